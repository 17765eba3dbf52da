"""What is written over a time line: hours, days, months or years, each where it begins."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.chronology.words import day, month
from ui.rooms.chronology.layout import Span

_BEGIN = dt.datetime.min  # noqa: DTZ901 - of no zone, as all here; a Monday
_DAY, _YEAR = 24 * 60, 12  # minutes, months
_MINUTES = (
    *(5, 15, 30, 60, 120, 180, 360, 720),
    *(days * _DAY for days in (1, 2, 7, 14)),
)  # from one tick to the next; a week begins on its Monday
_MONTHS = (1, 3, 6, *(years * _YEAR for years in (1, 2, 5, 10, 20, 50)))
_LONGEST = 100 * _YEAR  # months from one tick to the next where nothing else is wide enough
_MONTH = 30 * _DAY  # minutes, to choose by


class Tick(NamedTuple):
    """One tick: what stands at it; ``begins`` a day, or more than a day."""

    moment: dt.datetime
    words: str
    begins: bool


def ticks(span: Span, most: float) -> list[Tick]:
    """Return the ticks of the time that is looked at, about ``most`` of them, in time's order.

    None stands before its start. A year is said of a day where it is another than at the tick
    before, or at the start: that day is written at the edge.
    """
    step = next((one for one in _MINUTES if span.minutes <= one * most), None)
    if step is None:
        months = (one for one in _MONTHS if span.minutes <= one * _MONTH * most)
        return _by_months(span, next(months, _LONGEST))
    found: list[Tick] = []
    year = span.start.year
    for moment in _each(span, step):
        begins = moment.hour == moment.minute == 0
        words = day(moment, year=moment.year != year) if begins else f"{moment:%H:%M}"
        found.append(Tick(moment, words, begins))
        year = moment.year if begins else year
    return found


def _each(span: Span, step: int) -> Iterator[dt.datetime]:
    """Give whole steps, counted from where the calendar begins."""
    first = -((_BEGIN - span.start) // dt.timedelta(minutes=step))
    for n in range(first, first + int(span.minutes / step) + 2):
        try:
            moment = _BEGIN + dt.timedelta(minutes=n * step)
        except OverflowError:
            return
        if span.at(moment) > 1:
            return
        yield moment


def _by_months(span: Span, step: int) -> list[Tick]:
    found: list[Tick] = []
    at = (span.start.year * _YEAR + span.start.month - 1) // step * step
    while at // _YEAR <= dt.MAXYEAR:
        year, number = divmod(at, _YEAR)
        at += step
        if year < dt.MINYEAR:
            continue
        moment = dt.datetime(year, number + 1, 1)  # noqa: DTZ001 - of no zone, as all here
        if span.at(moment) > 1:
            break
        if moment >= span.start:
            found.append(Tick(moment, str(year) if step >= _YEAR else month(moment), begins=True))
    return found
