"""Where events stand on a time line: rows of a lane, labels that fold where they would meet."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from reviewer.chronology.dates import Precision, When
from reviewer.chronology.timeline import Placed
from reviewer.records.events import Lane

ROWS = 3  # of a lane; what finds no room folds into a count
_LEAST, _MOST = 10.0, 200 * 366 * 1440.0  # minutes that can be looked at


class Span(NamedTuple):
    """The time that is looked at: ``minutes`` from ``start`` on."""

    start: dt.datetime
    minutes: float

    @property
    def begin(self) -> float:
        """The start, in minutes since the year 1."""
        return minutes_of(self.start)

    def at(self, moment: dt.datetime) -> float:
        """Return where a moment stands, 0 at the start and 1 at the end."""
        return (moment - self.start).total_seconds() / 60 / self.minutes

    def zoomed(self, by: float, around: float = 0.5) -> "Span":
        """Return ``by`` times as much time, what stands ``around`` staying where it is."""
        wide = min(max(self.minutes * by, _LEAST), _MOST)
        return self.moved((self.minutes - wide) * around / self.minutes)._replace(minutes=wide)

    def moved(self, by: float) -> "Span":
        """Return the time beside this one, ``by`` times its length later."""
        try:
            return self._replace(start=self.start + dt.timedelta(minutes=self.minutes * by))
        except OverflowError:
            return self


class Spot(NamedTuple):
    """One event on the line: from ``left`` to ``right`` (pixels), its label behind it."""

    placed: Placed
    row: int
    left: float
    right: float


class Folded(NamedTuple):
    """``many`` events that found no room, at ``x`` in the last row."""

    lane: Lane
    x: float
    many: int


class Laid(NamedTuple):
    """What is drawn; ``before`` and ``after`` stand outside of the time that is looked at."""

    spots: list[Spot]
    folded: list[Folded]
    before: int
    after: int


def whole(placed: Sequence[Placed]) -> Span | None:
    """Return the time in which all entries with a time of day lie, else all with a date."""
    known = [one.when for one in placed if one.when.timed] or [
        one.when for one in placed if one.when.dated
    ]
    moments = [one for when in known for one in (when.first, when.last) if one is not None]
    if not moments:
        return None
    first, last = min(moments), max(moments)
    minutes = max((last - first).total_seconds() / 60, _LEAST * 3)
    return Span(first, minutes).zoomed(1.16, 0.4)


class Bounds(NamedTuple):
    """An event with its earliest and latest moment, in minutes since the year 1."""

    placed: Placed
    left: float
    right: float


class Line:
    """The events of a case that have a date, their bounds worked out once."""

    def __init__(self, placed: Sequence[Placed] = ()) -> None:
        known = [(one, bounds(one.when)) for one in placed]
        found = [Bounds(one, *map(minutes_of, ends)) for one, ends in known if ends is not None]
        self._all = sorted(found, key=lambda one: one.left)
        self._lefts = [one.left for one in self._all]
        self._reach = list(accumulate((one.right for one in self._all), max))
        self._rights = sorted(one.right for one in self._all)

    def in_sight(self, span: Span) -> tuple[list[Bounds], int, int]:
        """Return the events that ``span`` has a part of, and how many lie before and after it."""
        start, end = span.begin, span.begin + span.minutes
        stop = bisect_right(self._lefts, end)
        near = self._all[bisect_left(self._reach, start) : stop]
        seen = [one for one in near if one.right >= start]
        return seen, bisect_left(self._rights, start), len(self._all) - stop


def lay(line: Line, span: Span, wide: float, label: Callable[[Placed], float]) -> Laid:
    """Return where each event stands on a line ``wide`` pixels; ``label`` is its words' width."""
    spots: list[Spot] = []
    folded: dict[tuple[Lane, int], list[float]] = {}
    ends: dict[Lane, list[float]] = {lane: [-1.0] * ROWS for lane in Lane}
    seen, before, after = line.in_sight(span)
    start, scale = span.begin, wide / span.minutes
    for one, first, last in seen:
        left, right = max((first - start) * scale, 0.0), min((last - start) * scale, wide)
        taken = ends[one.lane]
        if min(taken) > left:
            folded.setdefault((one.lane, int(left // 90)), []).append(left)
            continue
        row = next(n for n in range(ROWS) if taken[n] <= left)
        taken[row] = right + label(one)
        spots.append(Spot(one, row, left, right))
    counts = [Folded(lane, min(xs), len(xs)) for (lane, _), xs in folded.items()]
    return Laid(spots, counts, before, after)


def minutes_of(moment: dt.datetime) -> float:
    """Return how many minutes lie between the beginning of the year 1 and ``moment``."""
    return (moment - dt.datetime.min).total_seconds() / 60  # noqa: DTZ901 - of no zone, as all here


def bounds(when: When) -> tuple[dt.datetime, dt.datetime] | None:
    """Return from when to when an event is drawn, None where it has no date."""
    if when.moment is None:
        return None
    if when.precision in {Precision.BEFORE, Precision.AFTER}:
        return when.moment, when.moment
    return when.first or when.moment, when.last or when.moment
