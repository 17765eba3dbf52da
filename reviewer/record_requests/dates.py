"""Days as people write them: ISO, or in an order that somebody said. Nothing is guessed."""

import datetime as dt
import re

from reviewer.errors import InputError
from reviewer.messages import say

ISO = ""
ORDERS = ("dmy", "mdy", "ymd")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_PARTS = re.compile(r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})", re.ASCII)


def day(text: str, order: str = ISO) -> str:
    """Return the day that ``text`` says as ISO, or "" for none.

    ISO is always read. Another notation is read only in the ``order`` that was said, and with
    four figures for the year: 03/04/12 could be six days. Raises ``InputError`` else.

    >>> day("2026-03-02"), day("02/03/2026", "dmy"), day(" ")
    ('2026-03-02', '2026-03-02', '')
    """
    text = text.strip()
    if not text:
        return ""
    parts = _parts(text, order)
    if parts is None:
        raise InputError(_refusal(text, order))
    try:
        return dt.date(*parts).isoformat()
    except ValueError:
        raise InputError(say("{text!r} is no day of the calendar.", text=text[:40])) from None


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return int(iso[1]), int(iso[2]), int(iso[3])
    said = _PARTS.fullmatch(text)
    if said is None or not order:
        return None
    by = dict(zip(order, said.groups(), strict=True))
    if len(by["y"]) != 4 or len(by["m"]) > 2 or len(by["d"]) > 2:
        return None
    return int(by["y"]), int(by["m"]), int(by["d"])


def _refusal(text: str, order: str) -> str:
    if not order and _PARTS.fullmatch(text):
        return say(
            "{text!r} could be more than one day. Write it as 2026-03-31, or say in which order"
            " day, month and year stand.",
            text=text[:40],
        )
    return say("{text!r} is not read as a day. Write it as 2026-03-31.", text=text[:40])


def days_after(date: str, days: int) -> str:
    """Return the day that comes ``days`` after ``date`` (both ISO).

    >>> days_after("2026-02-27", 2)
    '2026-03-01'
    """
    return (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat()


def today() -> str:
    """Return this computer's day: a claim, and given on as a value."""
    return dt.datetime.now().astimezone().date().isoformat()
