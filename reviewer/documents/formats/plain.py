"""Text files as pages. Runs in the worker."""

from reviewer.documents import encoding, limits
from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a text as pages: lines as they are, a new page at each form feed."""
    if len(untrusted) > 4 * limits.SET_CHARACTERS:  # no letters take more than four bytes
        raise Refused("text")
    text, guessed = encoding.decode(untrusted)
    pages = text.replace("\r\n", "\n").split("\f")
    found = [
        Block(text=clean(page).strip("\n"), style="lines", fresh=at > 0)
        for at, page in enumerate(pages)
        if at == 0 or page.strip()
    ]
    return found, [encoding.GUESSED] if guessed else []
