"""Finding words on a page, forgiving about case, quotation marks and the ends of lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.pagetext.breaks import BREAK, across_breaks

_ALIKE = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "}


class Folded(NamedTuple):
    """A text folded for finding; ``places`` says where each character came from, None: there."""

    text: str
    places: list[int] | None


class Wanted(NamedTuple):
    """What is looked for in folded texts: as it is, and where words may be broken."""

    whole: re.Pattern[str]
    broken: re.Pattern[str]


def find(text: str, query: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every place where ``query`` stands in ``text``, without overlap.

    Upper and lower case are alike, curly and straight quotation marks are alike, and any run of
    white space matches any other. A word that is broken at the end of a line is found whole, and
    as it is printed. A query of white space alone finds nothing.
    """
    wanted = pattern(query)
    if wanted is not None:
        yield from found_in(fold(text), wanted)


def pattern(query: str) -> Wanted | None:
    """Return what is looked for in folded texts, or None where nothing is asked for."""
    words = _alike(query).casefold().split()
    if not words:
        return None
    return Wanted(
        whole=re.compile(r"\s+".join(map(re.escape, words))),
        broken=re.compile(r"\s+".join(map(across_breaks, words))),
    )


def found_in(folded: Folded, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every place, as ``find`` does."""
    places = folded.places
    sought = wanted.broken if BREAK in folded.text else wanted.whole
    for match in sought.finditer(folded.text):
        start, end = match.span()
        yield (start, end) if places is None else (places[start], places[end - 1] + 1)


def fold(text: str) -> Folded:
    """Return ``text`` folded for finding.

    A character never folds to none, so where the length stays each stands where it stood.
    """
    alike = _alike(text)
    folded = alike.casefold()
    if len(folded) == len(alike):
        return Folded(folded, None)
    out: list[str] = []
    places: list[int] = []
    for index, character in enumerate(alike):
        for one in character.casefold():
            out.append(one)
            places.append(index)
    return Folded("".join(out), places)


def _alike(text: str) -> str:
    for curly, straight in _ALIKE.items():
        text = text.replace(curly, straight)
    return text
