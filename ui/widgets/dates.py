"""Stored times (RFC 3339 in UTC) as a person reads them: here, on this computer's clock."""

import datetime as dt


def when(stamp: str) -> str:
    """Return "24 Nov 2026, 14:03" in local time; "" for none; what is no time stays.

    >>> when("")
    ''
    >>> when("soon")
    'soon'
    """
    if not stamp:
        return ""
    try:
        moment = dt.datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    return f"{moment.day} {moment:%b %Y, %H:%M}"
