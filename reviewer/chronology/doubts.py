"""Entries that may lie in a time in which none is known, so that no gap is claimed over them.

An entry that is about then, or unsure, may lie half an hour off, one of a day a day. One with
another zone is held against it by both zones where both are written; where one is not, it may be
of any zone on earth.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from reviewer.chronology.dates import Precision, When

_HOUR = 3600  # seconds, as all here: no sum of them can leave the calendar
_WEST, _EAST = 12 * _HOUR, 14 * _HOUR  # the zones that are farthest from UTC
_START = dt.datetime(1, 1, 1)  # noqa: DTZ001 - of no zone, as dates are
_ABOUT, _ABOUT_A_DAY = _HOUR // 2, 24 * _HOUR


class _Span(NamedTuple):
    first: int
    last: int


class _Spans:
    """Times of entries, to be asked whether any reaches into another time."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        ordered = sorted(spans)
        self._firsts = [span.first for span in ordered]
        self._latest = list(accumulate((span.last for span in ordered), max))

    def reach(self, into: _Span, *, touching: bool) -> bool:
        """Whether any has a moment within ``into``; of its two ends only if ``touching``."""
        cut = bisect_right if touching else bisect_left
        before = cut(self._firsts, into.last)
        if not before:
            return False
        latest = self._latest[before - 1]
        return latest >= into.first if touching else latest > into.first


def doubtful(when: When) -> bool:
    """Whether whoever wrote it did not know it for sure."""
    return when.unsure or when.precision is Precision.ABOUT


class Doubts:
    """The entries of one agency, as times that may lie anywhere within their bounds."""

    def __init__(self, entries: Iterable[When]) -> None:
        kinds: dict[tuple[bool, bool], list[_Span]] = {}
        for when in entries:
            if when.first is None or when.last is None:
                continue
            span = _in_utc(when.zone, when.first, when.last)
            doubted = doubtful(when)
            if doubted:
                off = _ABOUT if when.timed else _ABOUT_A_DAY
                span = _Span(span.first - off, span.last + off)
            kinds.setdefault((bool(when.zone), doubted), []).append(span)
        self._kinds = {kind: _Spans(spans) for kind, spans in kinds.items()}

    def in_between(self, zone: str, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether an entry may lie between ``start`` and ``end``, as clocks of ``zone`` say them.

        ``zone`` is written as a date has it, "" for none. A sure entry that only touches an end
        leaves the time between free.
        """
        gap = _in_utc(zone, start, end)
        for (zoned, doubted), spans in self._kinds.items():
            into = gap
            if zoned and not zone:
                into = _Span(gap.first - _EAST, gap.last + _WEST)
            elif zone and not zoned:
                into = _Span(gap.first - _WEST, gap.last + _EAST)
            if spans.reach(into, touching=doubted):
                return True
        return False


def _in_utc(zone: str, first: dt.datetime, last: dt.datetime) -> _Span:
    """Return both in seconds, by UTC where a zone is written."""
    ahead = 0
    if zone not in {"", "Z"}:
        hours, _, minutes = zone[1:].partition(":")
        ahead = int(hours) * _HOUR + int(minutes or 0) * 60
        ahead = -ahead if zone[0] == "-" else ahead
    begin, end = ((moment - _START) // dt.timedelta(seconds=1) for moment in (first, last))
    return _Span(begin - ahead, end - ahead)
