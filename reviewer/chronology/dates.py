"""Dates as EDTF level 1 writes them, read as the earliest and the latest moment they may mean.

Ours reads what the standard leaves out and records need: times that are approximate, intervals
between two times, and an hour without its minutes. Nothing is guessed: what is no such date, or
none of the calendar (31 February), is kept as words and means no moment.

==========================  =======================================================
``2012-03-11T22:04``        to the minute; seconds, ``Z`` and ``+01:00`` are read too
``2012-03-11T22``           in that hour
``2012-03-11``              that day; ``2012-03`` that month; ``2012`` that year
``2012-03-XX``, ``201X``    a day of that month, a year of those ten
``2012-21`` ... ``-24``     spring, summer, autumn, winter: some time of that year
``2012-03-11~``             about then; ``?`` is unsure, ``%`` both
``A/B``                     between the two; ``../B`` before, ``A/..`` after; unsure
                            where an end is about then
==========================  =======================================================
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Precision(StrEnum):
    """How exactly it is known when something happened."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    BEFORE = "before"
    AFTER = "after"
    ABOUT = "about"
    BETWEEN = "between"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """What a date means: ``first`` and ``last`` are the earliest and the latest moment.

    Both are in minutes, without a zone and inclusive (a day is 00:00 to 23:59), and None where
    there is no such bound; both are None where ``precision`` is unknown. ``timed`` says that an
    hour is known at both ends, ``unsure`` that the writer doubted it. ``zone`` is the zone that is
    written behind it ("Z", "+01:00"), "" for none: nothing is moved because of it.
    """

    text: str
    precision: Precision = Precision.UNKNOWN
    first: dt.datetime | None = None
    last: dt.datetime | None = None
    timed: bool = False
    unsure: bool = False
    zone: str = ""

    @property
    def dated(self) -> bool:
        """Whether it means any moment."""
        return self.precision is not Precision.UNKNOWN

    @property
    def moment(self) -> dt.datetime | None:
        """Where it stands in time: its earliest moment, or its only bound."""
        return self.first or self.last


_SIMPLE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
    r"(?P<zone>Z|[+-]\d{2}(?::\d{2})?)?)?)?)?"
    r"(?P<sign>[?~%]?)",
    re.ASCII,
)
_UNSPECIFIED = re.compile(
    r"(?P<year>\d{2}(?:\d\d|\dX|XX))(?:-(?P<month>\d{2}|XX)(?:-(?P<day>XX))?)?(?P<sign>[?~%]?)",
    re.ASCII,
)
_SEASONS = range(21, 25)
_WINTER = 24
_OPEN = {"", ".."}
LONGEST = 80  # characters; no date is longer


def read(text: str) -> When:
    """Return what ``text`` means; one that is no date means no moment and keeps its words.

    >>> read("2012-02-31").precision, read("2012-03").last
    (<Precision.UNKNOWN: 'unknown'>, datetime.datetime(2012, 3, 31, 23, 59))
    """
    kept = When(text=text)
    spelt = text.strip()
    if not spelt or len(spelt) > LONGEST:
        return kept
    try:
        found = _interval(spelt) if "/" in spelt else _one(spelt)
    except (ValueError, OverflowError):  # no day of the calendar, no hour of a day
        return kept
    return kept if found is None else replace(found, text=text)


def by_clock(when: When, fast: int) -> When:
    """Return when it was, where the clock that said ``when`` runs ``fast`` minutes ahead.

    Only an hour was read from a clock: an end that is known to the day or worse stays as it is.

    >>> by_clock(read("2012-03-11T22:04"), 3).first
    datetime.datetime(2012, 3, 11, 22, 1)
    >>> by_clock(read("2012-03-11"), 3).first
    datetime.datetime(2012, 3, 11, 0, 0)
    """
    if not fast or not when.dated:
        return when
    back = dt.timedelta(minutes=fast)
    begin, end = _timed_ends(when)
    try:
        first = when.first - back if when.first is not None and begin else when.first
        last = when.last - back if when.last is not None and end else when.last
    except OverflowError:
        return When(text=when.text)
    if first is not None and last is not None and first > last:
        return when  # an hour set past the day that bounds it
    return replace(when, first=first, last=last)


def _timed_ends(when: When) -> tuple[bool, bool]:
    """Return whether the hour of its earliest and of its latest moment is known."""
    begin, slash, end = when.text.partition("/")
    return (read(begin).timed, read(end).timed) if slash else (when.timed, when.timed)


def _one(text: str) -> When | None:
    simple = _SIMPLE.fullmatch(text)
    if simple is not None:
        return _simple(simple)
    unspecified = _UNSPECIFIED.fullmatch(text)
    return None if unspecified is None else _unspecified(unspecified)


def _simple(said: re.Match[str]) -> When:
    year, month = int(said["year"]), said["month"]
    if month is not None and int(month) in _SEASONS and said["day"] is None:
        return _signed(_season(year, int(month)), said["sign"])
    if month is None:
        found = _span(Precision.YEAR, dt.date(year, 1, 1), dt.date(year, 12, 31))
    elif said["day"] is None:
        found = _month(Precision.MONTH, year, int(month))
    else:
        found = _day(dt.date(year, int(month), int(said["day"])), said)
    return _signed(found, said["sign"])


def _day(day: dt.date, said: re.Match[str]) -> When:
    if said["hour"] is None:
        return _span(Precision.DAY, day, day)
    zone = said["zone"] or ""
    if zone not in {"", "Z"}:
        dt.time.fromisoformat(zone[1:])  # raises ValueError where it is no such thing
    first = dt.datetime.combine(day, dt.time(int(said["hour"])))
    if said["minute"] is None:
        last, precision = first + dt.timedelta(minutes=59), Precision.HOUR
    else:
        first = last = first.replace(minute=int(said["minute"]), second=int(said["second"] or 0))
        precision = Precision.MINUTE
    return When(text="", precision=precision, first=first, last=last, timed=True, zone=zone)


def _unspecified(said: re.Match[str]) -> When | None:
    year, month = said["year"], said["month"]
    if year.isdecimal():
        if month is None:
            return None
        if month == "XX":
            found = _span(Precision.YEAR, dt.date(int(year), 1, 1), dt.date(int(year), 12, 31))
        elif said["day"] is None:
            return None
        else:
            found = _month(Precision.MONTH, int(year), int(month))
    elif month is not None:
        return None
    else:
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        found = _span(Precision.BETWEEN, dt.date(max(first, 1), 1, 1), dt.date(last, 12, 31))
    return _signed(found, said["sign"])


def _season(year: int, season: int) -> When:
    """Return some time of that year: which months a spring has is not the same everywhere."""
    last = dt.date(year, 12, 31)
    if season == _WINTER and year < dt.MAXYEAR:
        last = dt.date(year + 1, 3, 31)
    return _span(Precision.BETWEEN, dt.date(year, 1, 1), last)


def _month(precision: Precision, year: int, month: int) -> When:
    first = dt.date(year, month, 1)
    return _span(precision, first, first.replace(day=calendar.monthrange(year, month)[1]))


def _span(precision: Precision, first: dt.date, last: dt.date) -> When:
    return When(
        text="",
        precision=precision,
        first=dt.datetime.combine(first, dt.time()),
        last=dt.datetime.combine(last, dt.time(23, 59)),
    )


def _signed(found: When, sign: str) -> When:
    if sign in {"~", "%"}:
        return replace(found, precision=Precision.ABOUT, unsure=sign == "%")
    return replace(found, unsure=sign == "?")


def _interval(text: str) -> When | None:
    ends = [part.strip() for part in text.split("/")]
    if len(ends) != 2 or all(end in _OPEN for end in ends):
        return None
    known = [None if end in _OPEN else _one(end) for end in ends]
    if any(one is None and end not in _OPEN for one, end in zip(known, ends, strict=True)):
        return None
    begin, end = known
    if begin is not None and end is not None:
        return _between(begin, end)
    one = begin or end
    if one is None:
        return None
    if begin is None:
        return replace(one, precision=Precision.BEFORE, first=None, unsure=_doubted(one))
    return replace(one, precision=Precision.AFTER, last=None, unsure=_doubted(one))


def _doubted(end: When) -> bool:
    """Whether an end of an interval is about then, or unsure: the whole is unsure then."""
    return end.unsure or end.precision is Precision.ABOUT


def _between(begin: When, end: When) -> When | None:
    first, last = begin.first, end.last
    if first is None or last is None or first > last or begin.zone != end.zone:
        return None
    return When(
        text="",
        precision=Precision.BETWEEN,
        first=first,
        last=last,
        timed=begin.timed and end.timed,
        unsure=_doubted(begin) or _doubted(end),
        zone=begin.zone,
    )
