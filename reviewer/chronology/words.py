"""Dates of a chronology in words: when, how exactly, by which clock, and how long nothing was."""

import calendar
import datetime as dt

from reviewer.chronology.dates import Precision, When
from reviewer.messages import later, plural, say

HOW_EXACTLY = {
    Precision.MINUTE: later("to the minute"),
    Precision.HOUR: later("in that hour"),
    Precision.DAY: later("that day"),
    Precision.MONTH: later("that month"),
    Precision.YEAR: later("that year"),
    Precision.BEFORE: later("before"),
    Precision.AFTER: later("after"),
    Precision.ABOUT: later("about"),
    Precision.BETWEEN: later("between two times"),
    Precision.UNKNOWN: later("without a date"),
}
_MONTHS = (
    later("Jan"),
    later("Feb"),
    later("Mar"),
    later("Apr"),
    later("May"),
    later("Jun"),
    later("Jul"),
    later("Aug"),
    later("Sep"),
    later("Oct"),
    later("Nov"),
    later("Dec"),
)
_HOUR, _DAY = 60, 24 * 60  # minutes
_DECEMBER = 12


def month_names() -> list[str]:
    """Return the short names of the twelve months, in the language in use."""
    return [say(month) for month in _MONTHS]


def how_exactly(when: When) -> str:
    """Return how exactly it is known when something happened."""
    told = say(HOW_EXACTLY[when.precision])
    return say("{how}, unsure", how=told) if when.unsure else told


def shown(when: When, *, year: bool = True) -> str:
    """Return when something happened as a table says it; the words as they are for no date.

    >>> from reviewer.chronology.dates import read
    >>> shown(read("2012-03-11T22:06/2012-03-11T22:13")), shown(read("2012-03~"))
    ('11 Mar 2012 22:06 to 22:13', 'about Mar 2012')
    """
    first, last = when.first, when.last
    if first is None and last is None:
        return when.text
    if first is None and last is not None:
        return say("before {when}", when=_end(last, timed=when.timed, year=year))
    if last is None and first is not None:
        return say("after {when}", when=_end(first, timed=when.timed, year=year))
    assert first is not None and last is not None  # noqa: S101, PT018 - the two cases above
    told = _span(when, first, last, year=year)
    if when.precision is Precision.ABOUT:
        told = say("about {when}", when=told)
    return say("{when} ({zone})", when=told, zone=_zone(when.zone)) if when.zone else told


def _zone(zone: str) -> str:
    return "UTC" if zone == "Z" else f"UTC{zone}"


def _end(moment: dt.datetime, *, timed: bool, year: bool) -> str:
    return f"{day(moment, year=year)} {moment:%H:%M}" if timed else day(moment, year=year)


def _span(when: When, first: dt.datetime, last: dt.datetime, *, year: bool) -> str:
    if when.timed:
        begin = _end(first, timed=True, year=year)
        same = first.date() == last.date()
        end = f"{last:%H:%M}" if same else _end(last, timed=True, year=year)
    elif first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        begin, end = _whole(first, last)
    else:
        begin, end = day(first, year=year), day(last, year=year)
    if first == last or begin == end:
        return begin
    return say("{first} to {last}", first=begin, last=end)


def _whole(first: dt.datetime, last: dt.datetime) -> tuple[str, str]:
    """Return the ends of whole months, or of whole years."""
    if (first.month, last.month) == (1, _DECEMBER):
        return str(first.year), str(last.year)
    return month(first), month(last)


def month(moment: dt.datetime) -> str:
    """Return "Mar 2012"."""
    return say("{month} {year}", month=say(_MONTHS[moment.month - 1]), year=moment.year)


def day(moment: dt.datetime, *, year: bool = True) -> str:
    """Return "11 Mar 2012", or without the year.

    >>> day(dt.datetime(2012, 3, 11))
    '11 Mar 2012'
    """
    name = say(_MONTHS[moment.month - 1])
    if not year:
        return say("{day} {month}", day=moment.day, month=name)
    return say("{day} {month} {year}", day=moment.day, month=name, year=moment.year)


def lasting(minutes: int) -> str:
    """Return a time in minutes as people say it.

    >>> lasting(55), lasting(129), lasting(2 * 1440), lasting(1500)
    ('55 min', '2 h 9 min', '2 days', '1 day 1 h')
    """
    if minutes < _HOUR:
        return say("{minutes} min", minutes=minutes)
    if minutes < _DAY:
        hours, rest = divmod(minutes, _HOUR)
        if rest:
            return say("{hours} h {minutes} min", hours=hours, minutes=rest)
        return say("{hours} h", hours=hours)
    days, rest = divmod(minutes, _DAY)
    told = plural("{count:,} day", "{count:,} days", count=days)
    hours = rest // _HOUR
    return say("{days} {hours} h", days=told, hours=hours) if hours else told


def clock_words(clock: str, fast: int) -> str:
    """Return which clock a time was read from, "" for none in particular.

    >>> clock_words("CAD", 3), clock_words("CAD", -60), clock_words("", 0)
    ('CAD +3 min', 'CAD -60 min', '')
    """
    return f"{clock} {fast:+d} min".strip() if fast else clock
