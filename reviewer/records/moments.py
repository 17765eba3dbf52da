"""Times in a recording, and the range of it that a mark is on.

A range travels as an ``area`` of the recording's first page: tenths of seconds as its start and
end, the times as people read them as its quote. A program that knows no ranges shows them there.
"""

import re

from reviewer.errors import InputError
from reviewer.messages import say
from reviewer.records.cases import Box
from reviewer.records.judgement import Anchor

TENTHS = 10
LONGEST = 1_000_000.0  # seconds: as many tenths as an anchor may count
_TYPED = re.compile(r"\s*(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d))?\s*")
_EDGE = Box(left=0.0, top=0.0, right=1.0, bottom=0.012)  # of the recording's page


def clock(seconds: float) -> str:
    """Return a time as it is read off a player.

    >>> clock(723.4), clock(3725)
    ('00:12:03', '01:02:05')
    """
    whole = int(seconds + 1e-6)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def range_words(start: float, end: float) -> str:
    """Return a range as it is cited.

    >>> range_words(723.0, 729.9)
    '00:12:03-00:12:09'
    """
    return f"{clock(start)}-{clock(end)}"


def place_words(title: str, page: int, anchor: Anchor | None) -> str:
    """Return where a mark is, as a reader names it: by its page, or by its times.

    >>> place_words("999 call", 1, range_anchor(10.0, 14.0)), place_words("Log", 3, None)
    ('999 call 00:00:10-00:00:14', 'Log p.3')
    """
    span = range_of(anchor) if anchor is not None else None
    if span is None:
        return say("{title} p.{page}", title=title, page=page)
    return say("{title} {times}", title=title, times=range_words(*span))


def range_anchor(start: float, end: float) -> Anchor:
    """Return the anchor of a mark on a range of a recording, in seconds.

    Raises ``InputError`` where it ends before it begins.
    """
    first, last = round(start * TENTHS), round(end * TENTHS)
    if not 0 <= first < last <= LONGEST * TENTHS:
        raise InputError(say("A range ends later than it begins."))
    words = range_words(first / TENTHS, last / TENTHS)
    return Anchor(kind="area", start=first, end=last, quote=words, boxes=(_EDGE,))


def range_of(anchor: Anchor) -> tuple[float, float] | None:
    """Return the seconds from and to which an anchor is on a recording; None for any other."""
    if anchor.kind != "area" or anchor.end <= anchor.start:
        return None
    return anchor.start / TENTHS, anchor.end / TENTHS


def typed_time(text: str) -> float:
    """Return the seconds of a time as it was typed: 1:02:05, 12:03, 12:03.5 or 75.

    Raises ``InputError``.
    """
    found = _TYPED.fullmatch(text)
    seconds = -1.0
    if found:
        tenth = int(found[4] or 0) / 10
        seconds = int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3]) + tenth
    if not 0 <= seconds <= LONGEST:
        raise InputError(say("Type a time as hours, minutes and seconds, such as 0:12:03."))
    return seconds
