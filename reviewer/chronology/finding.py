"""Dates in the words of a page, each with every way it can be read: offered, never chosen.

``03/04/2012`` is offered as 3 April and as 4 March. A time of day that stands right beside a date
is offered with it, and the day alone too. Months are read by their English names and by those of
the language in use; a day without its year, and a year of two digits, mean no date here.

A time without its day is offered with days that others say (``timed``): a heading above it on the
page (``days_above``), or the date of its document.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reviewer.chronology.dates import Precision, read
from reviewer.chronology.words import month_names

MOST = 8  # are offered
_LONGEST = 4000  # characters that are looked through; no quotation is longer

_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_CLOCK = (
    r"(?:(?P<{0}hour>\d{{1,2}})(?:(?P<{0}sign>[:.])(?P<{0}minute>\d{{2}})"
    r"(?::(?P<{0}second>\d{{2}}))?)(?!\d)|(?P<{0}four>\d{{4}})(?=\s?(?:h|hrs|hours)\b))"
    r"\s?(?P<{0}half>[ap]\.?m\b\.?)?(?P<{0}said>(?:h|hrs|hours)\b)?"
)
_BEFORE = rf"(?:(?<![\d:.]){_CLOCK.format('b')}[\s,]*(?:on\s)?\s*)?"
_BEHIND = rf"(?:(?:T|[\s,]*(?:at\s)?\s*){_CLOCK.format('a')}(?P<zone>Z\b|[+-]\d{{2}}:\d{{2}}\b)?)?"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_DATES = (
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)",
    r"(?P<one>\d{1,2})(?P<between>[./-])(?P<two>\d{1,2})(?P=between)(?P<numbered>\d{4})(?!\d)",
    _DAY.format(1) + r"\s(?:of\s)?(?P<month1>MONTH)\.?,?\s(?P<year1>\d{4})(?!\d)",
    r"(?P<month2>MONTH)\.?\s" + _DAY.format(2) + r",?\s(?P<year2>\d{4})(?!\d)",
    r"(?P<month3>MONTH)\.?,?\s(?P<year3>\d{4})(?!\d)",
)
_ALONE = re.compile(rf"(?<![\d:.]){_CLOCK.format('b')}", re.IGNORECASE | re.ASCII)
_NOON = 12


class Offer(NamedTuple):
    """A date as the page has it, and one way to read it (EDTF)."""

    written: str
    when: str


def offers(text: str) -> list[Offer]:
    """Return the ways to read the dates in ``text``, in their order, at most ``MOST``.

    >>> [one.when for one in offers("seen on 03/04/2012 at 22:04")][:2]
    ['2012-04-03T22:04', '2012-03-04T22:04']
    >>> offers("some time in March"), [one.when for one in offers("in March 2012")]
    ([], ['2012-03'])
    """
    months = _months()
    made: dict[str, Offer] = {}
    for found in _dates(months).finditer(" ".join(text[:_LONGEST].split())):
        days = list(_days(found, months))
        times = [time for side in "ba" if (time := _time(found, side))]
        for when in [*(f"{day}T{time}" for time in times for day in days), *days]:
            if read(when).dated:
                made.setdefault(when, Offer(found[0].strip(" ,"), when))
    return list(made.values())[:MOST]


def timed(text: str, days: Sequence[str]) -> list[Offer]:
    """Return each time in ``text`` that has no day beside it, with each of ``days`` (ISO).

    >>> timed("13:29 Neighbour reports; 2 May 2012 at 14:00", ["2008-09-01"])
    [Offer(written='13:29', when='2008-09-01T13:29')]
    """
    rest = _dates(_months()).sub(" | ", " ".join(text[:_LONGEST].split()))
    made: dict[str, Offer] = {}
    for found in _ALONE.finditer(rest):
        time = _time(found, "b")
        for when in (f"{day}T{time}" for day in days if time):
            if read(when).dated:
                made.setdefault(when, Offer(found[0].strip(" ,"), when))
    return list(made.values())[:MOST]


def days_above(text: str) -> list[str]:
    """Return the ways to read the last whole day in ``text``, ISO; [] where it has none.

    >>> days_above("Incident 5247, Monday 1 September 2008")
    ['2008-09-01']
    """
    months = _months()
    last: list[str] = []
    for found in _dates(months).finditer(" ".join(text[-_LONGEST:].split())):
        last = [day for day in _days(found, months) if is_day(day)] or last
    return list(dict.fromkeys(last))


def is_day(text: str) -> bool:
    """Whether ``text`` is one day of the calendar, neither more nor less exactly."""
    return read(text).precision is Precision.DAY


def _dates(months: Mapping[str, int]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    dates = "|".join(_DATES).replace("MONTH", rf"\b(?:{names})")
    return re.compile(rf"{_BEFORE}(?<![\d./-])(?:{dates}){_BEHIND}", re.IGNORECASE | re.ASCII)


def _months() -> Mapping[str, int]:
    """Return each name of a month, short and long, with its number."""
    made: dict[str, int] = {}
    for number, name in enumerate(_ENGLISH, 1):
        made |= {name: number, name[:3]: number}
    made["sept"] = 9
    for number, name in enumerate(month_names(), 1):
        made.setdefault(name.casefold(), number)
    return made


def _days(found: re.Match[str], months: Mapping[str, int]) -> Iterator[str]:
    if found["iso"]:
        yield found["iso"]
    elif found["numbered"]:
        one, two = int(found["one"]), int(found["two"])
        for first, second in ((one, two), (two, one)):
            yield f"{found['numbered']}-{second:02}-{first:02}"
    else:
        at = next(at for at in "123" if found[f"month{at}"])
        month = months[found[f"month{at}"].casefold()]
        day = "" if at == "3" else f"-{int(found[f'day{at}']):02}"
        yield f"{found[f'year{at}']}-{month:02}{day}"


def _time(found: re.Match[str], side: str) -> str:
    """Return the time before ("b") or behind ("a") a date, "" where none is."""
    four, half = found[f"{side}four"], (found[f"{side}half"] or "").casefold()
    if four:
        return f"{four[:2]}:{four[2:]}"
    if not found[f"{side}hour"]:
        return ""
    said = half or found[f"{side}said"]
    if found[f"{side}sign"] == "." and not said:
        return ""  # 22.04 alone may be any number
    hour = int(found[f"{side}hour"])
    if half:
        if not 1 <= hour <= _NOON:
            return ""
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    second = found[f"{side}second"]
    zone = (found["zone"] or "").upper() if side == "a" else ""
    return f"{hour:02}:{found[f'{side}minute']}" + (f":{second}" if second else "") + zone
