"""A clock as people write it: its name, and by how many minutes it is known to run ahead.

``CAD +3 min``, ``CAD +3 minutes``, ``CAD runs 3 min fast`` and ``CAD +1 h`` say the same kind of
thing. What looks like such words and is not understood stays in the name, and is told.
"""

import re
from typing import NamedTuple

from reviewer.errors import InputError
from reviewer.messages import say
from reviewer.records.text import clean_line

_LONGEST = 120  # characters: the longest name with the longest words on it
_UNIT = r"(?:minutes?|mins?|m|hours?|hrs?|hr|h)"
_WAY = r"(?P<way>fast|ahead|slow|behind)"
_OURS = re.compile(r"(?P<name>.*?)\s*(?P<sign>[+\-\u2212])\s?(?P<n>\d{1,5})\s*min", re.DOTALL)
_WRITTEN = re.compile(
    r"(?P<name>.*?)"
    r"(?:[\s,:;]+(?:is|runs|ran|was))?"
    r"[\s,:;(]*(?P<sign>(?:(?<!\w)[-\u2013]|[+\u2212])\s?)?"
    rf"(?<!\d)(?:(?P<hours>\d{{1,3}})\s*(?:hours?|hrs?|hr|h)\s*)?"
    rf"(?:(?P<n>\d{{1,5}})\s*(?:minutes?|mins?|m))?(?:\s*{_WAY})?\s*\)?\.?",
    re.DOTALL | re.IGNORECASE,
)
_OFFSET = re.compile(
    r"[+\u2212]\s?\d|(?<!\w)[-\u2013]\s?\d"
    rf"|\d\s*(?:{_UNIT}|seconds?|secs?|s|days?|d)\b|\d\s*['\u2032]"
    r"|\b(?:fast|slow|ahead|behind)\b",
    re.IGNORECASE,
)


class Clock(NamedTuple):
    """Its name, and by how many minutes it runs ahead; ``plain``: the name is only a name."""

    name: str
    fast: int = 0
    plain: bool = True


def read_clock(text: str) -> Clock:
    """Return the clock that ``text`` means.

    >>> read_clock("CAD +3 min")[:2], read_clock("UTC -60 min")[:2], read_clock("ward clock")[:2]
    (('CAD', 3), ('UTC', -60), ('ward clock', 0))
    >>> read_clock("CAD runs 3 min fast")[:2], read_clock("CAD 3 min")
    (('CAD', 3), Clock(name='CAD 3 min', fast=0, plain=False))
    """
    line = clean_line(text)
    if len(line) > _LONGEST:
        return _clock(line, 0)
    ours = _OURS.fullmatch(line)
    if ours is not None:
        minutes = int(ours["n"])
        return _clock(ours["name"], minutes if ours["sign"] == "+" else -minutes)
    said = _WRITTEN.fullmatch(line)
    fast = None if said is None else _fast(said)
    if said is None or fast is None:
        return _clock(line, 0)
    return _clock(said["name"], fast)


def _clock(name: str, fast: int) -> Clock:
    return Clock(name, fast, _OFFSET.search(name) is None)


def _fast(said: re.Match[str]) -> int | None:
    """Return by how many minutes, or None where it is not said whether fast or slow, or both."""
    sign, way = (said["sign"] or "").strip(), (said["way"] or "").casefold()
    if said["hours"] is None and said["n"] is None:
        return None
    minutes = int(said["hours"] or 0) * 60 + int(said["n"] or 0)
    ahead = [sign == "+"] * bool(sign) + [way in {"fast", "ahead"}] * bool(way)
    if len(set(ahead)) != 1:
        return None
    return minutes if ahead[0] else -minutes


def as_told(name: str) -> str:
    """Return the sentence on a name that seems to say how wrong its clock is."""
    return say(
        "“{clock}” seems to say how wrong a clock is, and is not understood. A clock that is 3"
        " minutes fast is written CAD +3 min, one that is slow CAD -3 min.",
        clock=name[:60],
    )


def require_plain(clock: Clock) -> Clock:
    """Return ``clock``; raises ``InputError`` where its name says more than a name."""
    if not clock.plain:
        raise InputError(as_told(clock.name))
    return clock
