"""The ways in which a number of a sheet may be shown: by its format, or any that is usual.

A count cannot know how a program draws each format; it asks whether one of them stands there.
"""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

_DATES = {*range(14, 23), *range(45, 48)}  # formats that are not written out in a file
KNOWN = {  # the codes of others of them
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 48: "##0.0E+0",
}  # fmt: skip
_EDGE = re.compile(r'&"[^"]*"|&[0-9]+|&K[0-9A-F]{6}|&[A-Za-z&]')
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_.|\*.')
_TIMED = re.compile(r"[dmyhs]", re.IGNORECASE)
_DIGITS = re.compile(r"[0#?]")
_FIRST = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001
_LAST = 2_958_465  # the last day that a sheet knows
_DECIMALS = 7
_FAR = 40  # digits before or behind the point, beyond which a number is told as it is
_ROOM = Context(prec=100)
_WRITTEN = re.compile(r"[0#?]\.([0#?]+)")
_PADDED = re.compile("0+")
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
Ways = Iterator[tuple[str, ...]]


def edge(text: str) -> str:
    """Return what heads or foots a page without the codes for its look and its numbers."""
    return _EDGE.sub(" ", text)


def is_date(number: int, code: str) -> bool:
    """Return whether a format shows a number as a moment."""
    if number in _DATES:
        return True
    plain = _QUOTED.sub("", code)
    return bool(_TIMED.search(plain)) and not re.search("general", plain, re.IGNORECASE)


def unseen(code: str) -> bool:
    """Return whether a format shows no digits of a number: words alone, or a fraction."""
    plain = _QUOTED.sub("", code)
    if is_date(0, code):
        return False
    return bool(code) and (
        "/" in plain or not (_DIGITS.search(plain) or re.search("general|@", plain, re.IGNORECASE))
    )


def ways(text: str, code: str = "") -> Ways:
    """Yield how a number may be written in a format, each as the words that digits make."""
    try:
        number = abs(Decimal(text))
    except InvalidOperation:
        yield words_of(text.casefold())
        return
    if not number.is_finite() or abs(number.adjusted()) > _FAR:
        yield words_of(text.casefold())
        return
    plain = _QUOTED.sub("", code)
    whole = f"{number:.0f}"
    if _PADDED.fullmatch(plain):
        yield (whole.zfill(len(plain)),)
        return
    shown = number * 100 if "%" in plain else number
    if written := _WRITTEN.search(plain):
        yield from _rounded(shown, len(written[1]))
    yield words_of(text.casefold())
    exact = float(number)
    yield from (words_of(f"{exact:.{digits}g}") for digits in (15, 11, 10, 9, 8, 7, 6, 5))
    yield from _decimals(shown)
    if scale := _SCALED.search(plain):
        yield from _decimals(number / 1000 ** len(scale[1]))
    if "e" in plain.casefold():
        yield from (words_of(f"{exact:.{digits}e}") for digits in range(_DECIMALS))
    if "-" in plain or "/" in plain or " " in plain or "." in plain:
        yield from _grouped(whole, plain)


def _grouped(whole: str, plain: str) -> Ways:
    """Yield digits in the groups of a format such as ``000-00-0000``."""
    places = plain.partition(";")[0]
    digits = whole.zfill(sum(one == "0" for one in places))
    at, parts = len(digits), []
    for group in reversed(re.findall(r"[0#?]+", places)):
        parts.append(digits[max(0, at - len(group)) : at])
        at = max(0, at - len(group))
    parts[-1] = digits[:at] + parts[-1]
    yield tuple(part for part in reversed(parts) if part)


def _decimals(shown: Decimal) -> Ways:
    for decimals in range(_DECIMALS):
        yield from _rounded(shown, decimals)


def _rounded(shown: Decimal, decimals: int) -> Ways:
    """Yield a number with so many places, halves away from nothing as sheets round."""
    near = shown.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _ROOM)
    for grouped in (f"{near:.{decimals}f}", f"{near:,.{decimals}f}"):
        yield words_of(grouped)
        yield words_of(grouped.rstrip("0"))


def moments(text: str, *, since_1904: bool) -> Ways:
    """Yield the year, or the day, or the hour of a number that is a moment."""
    try:
        serial = float(text)
    except ValueError:
        return
    if not 0 <= serial <= _LAST:
        yield from ways(text)
        return
    moment = _FIRST[since_1904] + dt.timedelta(days=serial, microseconds=500_000)
    if serial >= 1:
        yield from _days(moment)
    hours = int(serial * 24 + 1e-6)
    for hour in (moment.hour, moment.hour % 12 or 12, hours, int(serial * 1440 + 1e-6)):
        yield from ((shown, f"{moment.minute:02}") for shown in (str(hour), f"{hour:02}"))
    yield f"{moment.minute:02}", f"{moment.second:02}"
    for half in ("am", "pm"):
        yield (f"{moment.hour % 12 or 12}{half}",)


def _days(moment: dt.datetime) -> Ways:
    days = (f"{moment.day:02}", str(moment.day))
    months = (
        str(moment.month),
        f"{moment.month:02}",
        f"{moment:%b}".lower(),
        f"{moment:%B}".lower(),
    )
    years = (f"{moment:%Y}", f"{moment:%y}")
    for first, others in ((days, years), (days, months), (months, years)):
        yield from ((one, other) for one in first for other in others)
    yield (years[0],)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that digits make."""
    return tuple(re.findall(r"\w+", text))
