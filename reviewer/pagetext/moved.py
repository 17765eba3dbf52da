"""A marked passage, found again in other pages: exactly, nearly and with doubt, or not at all.

For a document that was corrected: the words may have gone to another page, been read anew from a
scan, or been changed. What is only alike is never taken for the same (METHOD 6).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from reviewer.pagetext.breaks import across_breaks, plain
from reviewer.records.judgement import Anchor

ALIKE = 0.75  # of 1: less is another passage
CLEAR = 0.08  # how much better than the next best place it must be
_CONTEXT = 32  # characters each side of a quote
_WEIGHT = 0.2  # how much what stands around counts beside the words themselves
_LOOKED_INTO = 24  # pages that are most like the quote are read closely
_TRIED = 6  # places on each of them
_FITTED = 6  # words at an end of a place that may be more or less than those of the quote
_LONG = 300  # characters: longer quotes are held against a place word by word
_MOST = 4000  # words of a quote that are looked for
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


class Sure(StrEnum):
    """How sure it is that a passage was found again."""

    EXACT = "exact"
    NEAR = "near"
    SEVERAL = "several"  # places are as good as each other
    NOWHERE = "nowhere"
    NO_WORDS = "no words"  # a box or a whole page has none to look for


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a passage may be now: offsets into the text of ``page``, which counts from 1.

    ``alike`` (0-1) compares the words alone, ``rank`` what stands around them too.
    """

    page: int
    start: int
    end: int
    alike: float
    rank: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """What came of looking: ``place`` only where ``sure`` is exact or near.

    ``other`` is another place whose words alone are about as much alike as those of one that is
    near: what stands around told them apart.
    """

    sure: Sure
    place: Place | None = None
    other: Place | None = None


def look(texts: Sequence[str], anchor: Anchor) -> Again:
    """Look for the words of ``anchor`` in ``texts``, one a page."""
    words = anchor.quote.split()
    if not words or anchor.kind != "text":
        return Again(sure=Sure.NO_WORDS)
    exact = list(_exact(texts, words, anchor))
    if exact:
        return _best(exact, Sure.EXACT)
    near = [place for place in _near(texts, anchor) if place.alike >= ALIKE]
    return _best(near, Sure.NEAR) if near else Again(sure=Sure.NOWHERE)


def _best(places: list[Place], sure: Sure) -> Again:
    """Return the best of ``places``, unless another is about as good."""
    ranked = sorted(places, key=lambda place: -place.rank)
    if len(ranked) > 1 and ranked[0].rank - ranked[1].rank < CLEAR:
        return Again(sure=Sure.SEVERAL)
    best, rest = ranked[0], ranked[1:] if sure is Sure.NEAR else []
    alike = [place for place in rest if place.alike > best.alike - CLEAR]
    return Again(sure=sure, place=best, other=alike[0] if alike else None)


def _exact(texts: Sequence[str], words: Sequence[str], anchor: Anchor) -> Iterator[Place]:
    # No letter before or after: "he was" does not stand in "the wasp".
    within = r"\s+".join(map(across_breaks, words))
    ends = [r"\b" if one.isalnum() else "" for one in (words[0][0], words[-1][-1])]
    pattern = re.compile(within.join(ends))
    for page, text in enumerate(texts, 1):
        for match in pattern.finditer(text):
            start, end = match.span()
            rank = 1 + _WEIGHT * _around(text, start, end, anchor)
            yield Place(page=page, start=start, end=end, alike=1.0, rank=rank)


def _around(text: str, start: int, end: int, anchor: Anchor) -> float:
    """Return how much alike (0-1) what stands before and after is to what stood there."""
    then = _folded(anchor.prefix), _folded(anchor.suffix)
    now = _folded(text[max(0, start - _CONTEXT) : start]), _folded(text[end : end + _CONTEXT])
    if not any(then):
        return 0.0
    return sum(_ratio(one, other) for one, other in zip(then, now, strict=True)) / 2


def _near(texts: Sequence[str], anchor: Anchor) -> list[Place]:
    quote = [plain(word) for word in _WORD.findall(anchor.quote)][:_MOST]
    if not quote:
        return []
    known = set(quote)
    held = [
        (sum(word in folded for word in known), -page, page)
        for page, folded in enumerate(map(plain, texts), 1)
    ]
    best = sorted(one for one in held if one[0])[-_LOOKED_INTO:]
    return [
        place for _, _, page in best for place in _on_page(texts[page - 1], page, quote, anchor)
    ]


def _on_page(text: str, page: int, quote: Sequence[str], anchor: Anchor) -> list[Place]:
    """Return the places on a page that are most like ``quote``, none of which lie over another."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [plain(text[start:end]) for start, end in spans]
    found: list[tuple[float, int, int]] = []
    for first in _promising(words, quote):
        tried = [
            (_alike(quote, words[start:end]), start, end)
            for start in range(max(first - 2, 0), min(first + 3, len(words)))
            for end in {
                min(max(start + len(quote) + more, start + 1), len(words)) for more in (-1, 0, 1)
            }
        ]
        found.append(max(tried))
    places: list[Place] = []
    taken: list[tuple[int, int]] = []
    for one in sorted(found, reverse=True):
        alike, first, last = one
        if _meets(first, last, taken):
            continue
        if alike >= ALIKE - CLEAR:
            alike, first, last = _fitted(quote, words, one, taken)
        taken.append((first, last))
        start, end = spans[first][0], spans[last - 1][1]
        rank = alike + _WEIGHT * _around(text, start, end, anchor)
        places.append(Place(page=page, start=start, end=end, alike=alike, rank=rank))
    return places


def _meets(first: int, last: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(first < end and start < last for start, end in taken)


def _fitted(
    quote: Sequence[str],
    words: Sequence[str],
    found: tuple[float, int, int],
    taken: Sequence[tuple[int, int]],
) -> tuple[float, int, int]:
    """Return a place with some words more or less at its ends, as long as it is more alike so."""
    best = found
    while True:
        _, first, last = best
        steps = [step for more in range(1, _FITTED + 1) for step in (more, -more)]
        ends = [(first + n, last) for n in steps] + [(first, last + n) for n in steps]
        tried = [
            (_alike(quote, words[start:end]), start, end)
            for start, end in ends
            if 0 <= start < end <= len(words) and not _meets(start, end, taken)
        ]
        better = max(tried, default=best)
        if better[0] <= best[0]:
            return best
        best = better


def _promising(words: Sequence[str], quote: Sequence[str]) -> list[int]:
    """Return where a run of as many words shares most threes of letters with ``quote``."""
    wanted = Counter(part for word in quote for part in _threes(word))
    parts = [_threes(word) for word in words]
    held: Counter[str] = Counter()
    shared, scores = 0, []
    for at in range(len(words)):
        for part in parts[at]:
            held[part] += 1
            shared += held[part] <= wanted[part]
        gone = at - len(quote)
        if gone >= 0:
            for part in parts[gone]:
                shared -= held[part] <= wanted[part]
                held[part] -= 1
        scores.append((shared, max(at - len(quote) + 1, 0)))
    best: list[int] = []
    for _, at in sorted(scores, reverse=True):
        if all(abs(at - one) > 2 for one in best):
            best.append(at)
        if len(best) == _TRIED:
            break
    return best


def _threes(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


def _alike(quote: Sequence[str], words: Sequence[str]) -> float:
    one, other = " ".join(quote), " ".join(words)
    if len(one) <= _LONG:
        return _ratio(one, other)
    shared = (Counter(quote) & Counter(words)).total()
    most = 2 * shared / (len(quote) + len(words))
    if most < ALIKE:  # in whatever order they stand: it is not worth a closer look
        return most
    return SequenceMatcher(None, quote, words, autojunk=False).ratio()


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _folded(text: str) -> str:
    return " ".join(plain(word) for word in _WORD.findall(text))
