"""Text files as pages. Runs in the worker."""

from reviewer.documents.formats.typeset import Block
from reviewer.records.text import clean


def blocks(text: str) -> list[Block]:
    """Return ``text`` as pages: lines as they are, a new page at each form feed."""
    pages = text.replace("\r\n", "\n").split("\f")
    return [
        Block(text=clean(page).strip("\n"), style="lines", fresh=at > 0)
        for at, page in enumerate(pages)
        if at == 0 or page.strip()
    ]
