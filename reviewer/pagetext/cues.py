"""What was said when: the parts of a transcript, from the words of its pages."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):([0-5]\d)(?:[.,](\d{1,3}))?"
_LINE = re.compile(rf"\s*[\[(]?{_TIME}[\])]?(?:\s*(?:-|\u2013|-->)\s*[\[(]?{_TIME}[\])]?)?(.*)")
MOST = 100_000  # parts of one transcript
LONGEST = 30.0  # seconds that a part lasts which does not say how long
_AFTER = 50  # parts after one that are looked at for its end


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """One part: seconds from ``start`` to ``end``, its words, and the page that they stand on."""

    start: float
    end: float
    words: str
    page: int


def cues_of(texts: Sequence[str]) -> list[Cue]:
    """Return the parts of a transcript in the order of their times; ``texts`` one a page.

    A part begins with a line that begins with a time, alone or with the time of its end; words
    before the first one belong to none.
    """
    found: list[tuple[float, float | None, list[str], int]] = []
    for page, text in enumerate(texts, 1):
        for line in text.splitlines():
            at = _LINE.fullmatch(line)
            if at and len(found) < MOST:
                end = _seconds(*at.groups()[4:8]) if at[6] is not None else None
                rest = at[9].strip(" \t:-\u2013")
                found.append((_seconds(*at.groups()[:4]), end, [rest] if rest else [], page))
            elif found and line.strip():
                found[-1][2].append(line.strip())
    spoken = sorted((one for one in found if one[2]), key=lambda one: one[0])
    begins = [one[0] for one in spoken]
    return [
        Cue(
            start=start,
            end=end if end is not None and end > start else _until(start, begins, at + 1),
            words=" ".join(words),
            page=page,
        )
        for at, (start, end, words, page) in enumerate(spoken)
    ]


def cue_at(cues: Sequence[Cue], seconds: float) -> int:
    """Return the place of the part that is spoken at ``seconds``, or was last; -1 before all."""
    return bisect_right(cues, seconds, key=lambda cue: cue.start) - 1


def _until(start: float, begins: Sequence[float], after: int) -> float:
    some = begins[after : after + _AFTER]
    following = next((one for one in some if one > start), start + LONGEST)
    return min(following, start + LONGEST)


def _seconds(hours: str | None, minutes: str, seconds: str, part: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + (float(f"0.{part}") if part else 0.0)
