"""Two texts compared word by word: what stayed, what went, what came."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Change(StrEnum):
    """What became of words."""

    SAME = "same"
    OUT = "out"
    IN = "in"


class Piece(NamedTuple):
    """Words in a row that share one fate, with single spaces between them."""

    what: Change
    words: str


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return ``new`` against ``old`` in pieces, with as many words the same as there can be.

    White space is no difference. The pieces that are not ``OUT`` are the words of ``new``, those
    that are not ``IN`` the words of ``old``.

    >>> [
    ...     (one.what.value, one.words)
    ...     for one in compare_words("it fell far short", "it fell short")
    ... ]
    [('same', 'it fell'), ('out', 'far'), ('same', 'short')]
    """
    before, after = old.split(), new.split()
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    middle = _walk(before[start : len(before) - end], after[start : len(after) - end])
    fates = [
        *((Change.SAME, word) for word in before[:start]),
        *middle,
        *((Change.SAME, word) for word in before[len(before) - end :]),
    ]
    return tuple(_joined(fates))


def _walk(before: Sequence[str], after: Sequence[str]) -> list[tuple[Change, str]]:
    """Return the words of both with their fates.

    The longest common words are found with whole numbers as rows of bits (Hyyro 2004): texts of
    2,000 words, all alike or none, take some milliseconds and half a megabyte.
    """
    places: dict[str, int] = {}
    for at, word in enumerate(before):
        places[word] = places.get(word, 0) | 1 << at
    full = (1 << len(before)) - 1
    rows = [full]
    for word in after:
        last = rows[-1]
        both = last & places.get(word, 0)
        rows.append(((last + both) | (last - both)) & full)
    found: list[tuple[Change, str]] = []
    left, right = len(before), len(after)
    while left or right:
        if left and right and before[left - 1] == after[right - 1]:
            left, right = left - 1, right - 1
            found.append((Change.SAME, before[left]))
        elif right and not (left and rows[right] >> (left - 1) & 1):
            right -= 1
            found.append((Change.IN, after[right]))
        else:
            left -= 1
            found.append((Change.OUT, before[left]))
    return found[::-1]


def _joined(fates: Sequence[tuple[Change, str]]) -> list[Piece]:
    """Return words in a row as one piece each; what goes stands before what comes there."""
    pieces: list[Piece] = []
    went: list[str] = []
    came: list[str] = []
    stayed: list[str] = []

    def end_change() -> None:
        pieces.extend(
            Piece(what, " ".join(words))
            for what, words in ((Change.OUT, went), (Change.IN, came))
            if words
        )
        went.clear()
        came.clear()

    for what, word in fates:
        if what is Change.SAME:
            end_change()
            stayed.append(word)
            continue
        if stayed:
            pieces.append(Piece(Change.SAME, " ".join(stayed)))
            stayed.clear()
        (went if what is Change.OUT else came).append(word)
    end_change()
    if stayed:
        pieces.append(Piece(Change.SAME, " ".join(stayed)))
    return pieces
