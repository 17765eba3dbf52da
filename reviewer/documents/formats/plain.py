"""Text files as pages. Runs in the worker."""

import re
from collections.abc import Iterator
from itertools import groupby

from reviewer.documents import encoding, limits
from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_GAP = re.compile(r"\S(?: {2,}| *\t[ \t]*)(?=\S)")
_RULED = re.compile(r"\s*(?:[-=_+|*]{2,}\s*)+")
_NEAR = 2  # lines within which a table goes on
# The columns that a page has room for in a fixed face, and its style.
_FIXED = ((84, "fixed"), (115, "fixed-small"))
_SMALLEST = "fixed-tiny"


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a text as pages: lines as they are, a new page at each form feed."""
    if len(untrusted) > 4 * limits.SET_CHARACTERS:  # no letters take more than four bytes
        raise Refused("text")
    text, guessed = encoding.decode(untrusted)
    pages = text.replace("\r\n", "\n").split("\f")
    found: list[Block] = []
    for at, page in enumerate(pages):
        if at == 0 or page.strip():
            found += lines(clean(page).strip("\n"), fresh=at > 0)
    return found, [encoding.GUESSED] if guessed else []


def lines(text: str, *, fresh: bool = False) -> Iterator[Block]:
    """Yield a text whose every line stands for itself, its tables in a fixed face.

    A table that was made with blanks keeps its columns only so.
    """
    every = text.split("\n")
    at = 0
    for is_table, group in groupby(_tables(every)):
        size = sum(1 for _ in group)
        part = "\n".join(every[at : at + size])
        style = _fixed(part) if is_table else "lines"
        yield Block(text=part, style=style, fresh=fresh and at == 0)
        at += size


def _tables(every: list[str]) -> list[bool]:
    """Return for each line whether it is of a table: it has gaps, and so has one near it."""
    apart = [bool(_GAP.search(line)) for line in every]
    ruled = [bool(line.strip()) and _RULED.fullmatch(line) is not None for line in every]
    found = [False] * len(every)
    last = -_NEAR - 1
    for at, gaps in enumerate(apart):
        if not gaps:
            continue
        if at - last <= _NEAR:
            found[last : at + 1] = [True] * (at + 1 - last)
        last = at
    for at, rule in enumerate(ruled):  # what is drawn above or below a table
        beside = found[max(0, at - 1) : at + 2]
        found[at] = found[at] or (rule and any(beside))
    return found


def _fixed(part: str) -> str:
    widest = max(len(line.expandtabs(8)) for line in part.split("\n"))
    return next((style for room, style in _FIXED if widest <= room), _SMALLEST)
