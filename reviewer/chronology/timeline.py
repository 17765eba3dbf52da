"""The events of one case in their order, with the times in which an agency wrote nothing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reviewer.chronology.dates import Precision, When, by_clock, read
from reviewer.chronology.doubts import Doubts, doubtful
from reviewer.records.events import Event, Lane, lane_of
from reviewer.records.ids import EventId

USUAL_GAP = 60  # minutes without an entry that are worth showing
GAPS = (15, 30, 60, 120, 360, 1440)  # minutes; what a person may choose

_LAST = dt.datetime(9999, 12, 31)  # noqa: DTZ001 - of no zone, as all here


class Placed(NamedTuple):
    """One event in its place: ``when`` by the true clock, ``since`` minutes after the one before.

    ``since`` is None where it or the one before it is not known to the minute for sure, or they
    are of different zones.
    """

    event: Event
    lane: Lane
    when: When
    since: int | None


class Gap(NamedTuple):
    """A time in which an agency has no entry: between the events ``after`` and ``before``."""

    lane: Lane
    start: dt.datetime
    end: dt.datetime
    after: EventId
    before: EventId

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.end - self.start).total_seconds()) // 60


def ordered(events: Iterable[Event]) -> list[Placed]:
    """Return ``events`` in their order: by date; those that only follow another, behind it.

    Whatever has neither stands last, in the order in which it was entered. Where events follow
    each other in a circle they stand there too.
    """
    events = list(events)
    known = [(event, by_clock(read(event.when), event.fast)) for event in events]
    dated = [(event, when) for event, when in known if when.moment is not None]
    dated.sort(key=lambda one: (one[1].moment or _LAST, one[1].last or _LAST))
    loose = [(event, when) for event, when in known if when.moment is None]
    behind: dict[str, list[tuple[Event, When]]] = {}
    for one in loose:
        behind.setdefault(one[0].follows, []).append(one)
    found: list[tuple[Event, When]] = []
    for first in dated:
        _with_followers(first, behind, found)
    there = {event.id for event in events}
    for first in loose:
        if first[0].follows not in there:
            _with_followers(first, behind, found)
    placed = {event.id for event, _ in found}
    found += [one for one in loose if one[0].id not in placed]
    return _placed(found)


def _with_followers(
    first: tuple[Event, When],
    behind: Mapping[str, list[tuple[Event, When]]],
    found: list[tuple[Event, When]],
) -> None:
    left = [first]
    while left:
        one = left.pop()
        found.append(one)
        left += reversed(behind.get(one[0].id, []))


def _placed(found: Sequence[tuple[Event, When]]) -> list[Placed]:
    placed: list[Placed] = []
    before: tuple[dt.datetime, str] | None = None
    for event, when in found:
        since = None
        exact = when.precision is Precision.MINUTE and not when.unsure
        moment = when.moment if exact else None
        if moment is not None and before is not None and before[1] == when.zone:
            since = int((moment - before[0]).total_seconds()) // 60
        placed.append(Placed(event, lane_of(event.lane), when, since))
        if when.dated:
            before = None if moment is None else (moment, when.zone)
    return placed


class _Known(NamedTuple):
    """The latest that an agency's sure entries of one zone so far may mean."""

    last: dt.datetime
    event: EventId


def gaps(placed: Iterable[Placed], over: int = USUAL_GAP) -> list[Gap]:
    """Return where an agency has no entry for more than ``over`` minutes, in time's order.

    Between two of an agency's own entries whose times are known, from the latest that the one may
    mean to the earliest that the other may. An entry that is known to the day alone may be
    anywhere in it. None is claimed to, from or over an entry that is about then or unsure, nor
    between two of different zones, nor over one of another zone that may lie in it (``Doubts``).
    Those that are not known to a day, or have one bound only, are not counted: one of them may
    lie in a gap.
    """
    heard: dict[Lane, list[Placed]] = {}
    for one in placed:
        if one.lane.agency and speaks(one.when):
            heard.setdefault(one.lane, []).append(one)
    found = [gap for lane, entries in heard.items() for gap in _gaps(lane, entries, over)]
    return sorted(found, key=lambda gap: (gap.start, gap.lane))


def _gaps(lane: Lane, entries: Sequence[Placed], over: int) -> Iterator[Gap]:
    doubts = Doubts(one.when for one in entries)
    latest: dict[str, _Known] = {}
    for event, _, when, _ in entries:
        if when.first is None or when.last is None or doubtful(when):
            continue
        known = latest.get(when.zone)
        if known is not None:
            gap = Gap(lane, known.last, when.first, known.event, event.id)
            if gap.minutes > over and not doubts.in_between(when.zone, gap.start, gap.end):
                yield gap
        if known is None or when.last > known.last:
            latest[when.zone] = _Known(when.last, event.id)


def speaks(when: When) -> bool:
    """Whether an entry is known well enough to be counted in looking for gaps."""
    if when.first is None or when.last is None:
        return False
    return when.timed or when.last - when.first < dt.timedelta(days=1)


def rows(placed: Sequence[Placed], found: Sequence[Gap]) -> list[Placed | Gap]:
    """Return events and gaps as a table has them: a gap stands before the entry that ends it."""
    ends: dict[EventId, list[Gap]] = {}
    for gap in found:
        ends.setdefault(gap.before, []).append(gap)
    told: list[Placed | Gap] = []
    for one in placed:
        told += ends.get(one.event.id, [])
        told.append(one)
    return told


def pairs(events: Iterable[Event]) -> list[tuple[EventId, EventId]]:
    """Return the events that dispute each other, each pair once, in the order of ``events``."""
    events = list(events)
    there = {event.id for event in events}
    found: dict[frozenset[str], tuple[EventId, EventId]] = {}
    for event in events:
        other = EventId(event.disputed_with)
        if other in there and other != event.id:
            found.setdefault(frozenset((event.id, other)), (event.id, other))
    return list(found.values())


def several_years(placed: Iterable[Placed]) -> bool:
    """Whether the year has to be said."""
    years = {one.year for each in placed for one in (each.when.first, each.when.last) if one}
    return len(years) != 1


def undated(placed: Iterable[Placed]) -> list[Placed]:
    """Return the events that stand without a date."""
    return [one for one in placed if one.when.precision is Precision.UNKNOWN]
