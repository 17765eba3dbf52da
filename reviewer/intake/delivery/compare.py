"""Near-copies in words: which files are nearly the same, and what differs between them."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.intake.delivery import likeness
from reviewer.messages import plural, say

_KEPT = 256 << 20  # bytes of packed words that are held while a delivery is looked at
_TOLD = 8  # words named on each side
NEAREST = 5  # others told of each text, the most alike; all stand in its group


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One text to compare: what it is called in a sentence, its pages, its bytes' hash."""

    label: str
    pages: int
    sha256: str
    signature: bytes


class Words:
    """The words of texts, packed; what does not fit any more is not compared word by word."""

    def __init__(self) -> None:
        self._kept: dict[int, bytes] = {}
        self._left = _KEPT

    def keep(self, place: int, words: Sequence[str]) -> None:
        """Keep the words of the text at ``place``."""
        packed = zlib.compress(" ".join(words).encode(), 1)
        if len(packed) <= self._left:
            self._left -= len(packed)
            self._kept[place] = packed

    def of(self, place: int) -> list[str] | None:
        """Return the words of the text at ``place``, or None."""
        packed = self._kept.get(place)
        return None if packed is None else zlib.decompress(packed).decode().split(" ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """What is nearly the same: sentences by place, and groups of places."""

    told: dict[int, list[str]]
    groups: tuple[tuple[int, ...], ...]


def compare(
    texts: Sequence[Text], words: Callable[[int], list[str] | None], *, new: int = 0
) -> Likeness:
    """Return which of ``texts`` are nearly the same; those from ``new`` on have just come.

    ``words`` returns the words of the text at a place, or None where they are not known.
    """
    told: dict[int, list[str]] = defaultdict(list)
    more: Counter[int] = Counter()
    joined: dict[int, int] = {}
    for copy in likeness.copies(_once(texts), new=new):
        for this, that in ((copy.other, copy.one), (copy.one, copy.other)):
            if this < new:
                continue
            if len(told[this]) < NEAREST:
                told[this].append(
                    _told(texts[this], texts[that], copy.alike, words(this), words(that))
                )
            else:
                more[this] += 1
        joined[_root(joined, copy.other)] = _root(joined, copy.one)
    for place, count in more.items():
        told[place].append(_others(count))
    groups: dict[int, list[int]] = defaultdict(list)
    for place in sorted({*joined, *joined.values()}):
        groups[_root(joined, place)].append(place)
    return Likeness(told=dict(told), groups=tuple(tuple(group) for group in groups.values()))


def _once(texts: Sequence[Text]) -> list[bytes]:
    """Return the signature of each text, of several with the same bytes only the first one's."""
    first: dict[str, int] = {}
    for place, text in enumerate(texts):
        first.setdefault(text.sha256, place)
    return [
        text.signature if first[text.sha256] == place else b"" for place, text in enumerate(texts)
    ]


def _root(joined: dict[int, int], place: int) -> int:
    while (above := joined.get(place, place)) != place:
        joined[place] = joined.get(above, above)  # next time the way is half as long
        place = above
    return place


def _others(count: int) -> str:
    return plural(
        "It is nearly the same as {count:,} more file, less alike.",
        "It is nearly the same as {count:,} more files, less alike.",
        count=count,
    )


def _told(
    this: Text, that: Text, alike: float, ours: list[str] | None, theirs: list[str] | None
) -> str:
    """Return how ``this`` differs from ``that``, in a sentence."""
    differs = _pages(this.pages - that.pages)
    if ours is not None and theirs is not None:
        more, less = likeness.apart(ours, theirs)
        if more:
            differs.append(say("only here: {words}", words=_named(more)))
        if less:
            differs.append(say("only there: {words}", words=_named(less)))
        if not more and not less and not differs:
            return say("The same words as “{other}”, in another file.", other=that.label)
        if not more and not less:
            differs.append(say("the same words"))
    return say(
        "Nearly the same as “{other}” ({share} in 100 runs of words): {differs}.",
        other=that.label,
        share=min(99, round(alike * 100)),
        differs="; ".join(differs) or say("as long as it"),
    )


def _pages(more: int) -> list[str]:
    if not more:
        return []
    if more > 0:
        return [plural("it has {count:,} page more", "it has {count:,} pages more", count=more)]
    return [plural("it has {count:,} page less", "it has {count:,} pages less", count=-more)]


def _named(words: Sequence[str]) -> str:
    told = ", ".join(words[:_TOLD])
    left = len(words) - _TOLD
    return told if left <= 0 else say("{words} and {count:,} more", words=told, count=left)
