"""The records that the cases of one panellist lack, as they travel: what, whose, where it stands.

What an agency wrote, letters and days due stay with the chair (``as_readers_have_it``).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from reviewer.crypto import strict
from reviewer.records.canonical import fingerprint
from reviewer.records.ids import CaseId, RequestId
from reviewer.records.requests import GROUPS, Group, RecordRequest, RequestStep, Status, What
from reviewer.records.text import clean_line

MAX_GAPS = 100_000
_MAX_NUMBER = 999_999_999
_MAX_LINE = 4_000  # characters of a kind, an agency, what exactly
_LAYER = "changes"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LACKING = tuple(s.value for s, group in GROUPS.items() if group is not Group.RECEIVED)
_WAITS = {Group.OPEN, Group.EXPECTED}


def gaps_of(
    records: Iterable[RecordRequest], cases: Collection[CaseId]
) -> tuple[RecordRequest, ...]:
    """Return what ``cases`` lack, as their readers are told of it."""
    return tuple(one.as_readers_have_it for one in records if one.lacking and one.case in cases)


def print_of(gap: RecordRequest) -> str:
    """Return a fingerprint of all that is told of a gap."""
    return fingerprint(gap_row(gap))


def gap_row(gap: RecordRequest) -> list[str | int]:
    """Return a gap as it travels; a day that is not known is empty."""
    since = "" if gap.status is Status.EXPECTED else gap.steps[-1].date
    return [
        gap.id,
        gap.case,
        gap.number,
        gap.kind,
        gap.agency,
        gap.what,
        gap.status.value,
        gap.requested,
        since,
    ]


def read_gaps(untrusted: object, cases: Mapping[str, object]) -> tuple[RecordRequest, ...]:
    """Return the gaps in the rows of an update; each of one of ``cases``, none of them twice.

    Raises ``ReturnError`` (layer ``changes``).
    """
    found: dict[str, RecordRequest] = {}
    numbers = set[int]()
    for row in strict.rows(untrusted, layer=_LAYER, at_most=MAX_GAPS):
        gap = _gap(row, cases)
        if gap.id in found or gap.number in numbers:
            strict.refuse(_LAYER, "names one missing record twice")
        found[gap.id] = gap
        numbers.add(gap.number)
    return tuple(found.values())


def told(before: RecordRequest | None, after: RecordRequest | None) -> str:
    """Return what a reader is told of a gap that changed, or "" where it is still waited for."""
    if after is None:
        return "" if before is None else f"No longer missing: {before.title}."
    if before is not None and {before.group, after.group} <= _WAITS:
        return ""
    waits = after.group in _WAITS
    return f"Missing: {after.title} ({'has not come yet' if waits else after.status.value})."


def _gap(untrusted: object, cases: Mapping[str, object]) -> RecordRequest:
    row = strict.row(untrusted, 9, layer=_LAYER)
    if not isinstance(row[0], str) or not _ID.fullmatch(row[0]):
        strict.refuse(_LAYER, "has a missing record without an identity")
    if not isinstance(row[1], str) or row[1] not in cases:
        strict.refuse(_LAYER, "misses a record of a case that is not among its own")
    kind, agency, what = map(_line, row[3:6])
    if not kind or not agency:
        strict.refuse(_LAYER, "misses a record that has no kind or no agency")
    status = Status(strict.one_of(row[6], _LACKING, layer=_LAYER))
    requested, since = _day(row[7]), _day(row[8])
    steps = [RequestStep(what=What.REQUESTED, date=requested)] if requested else []
    if status not in {Status.EXPECTED, Status.REQUESTED}:
        steps.append(RequestStep(what=What(status.value), date=since))
    gap = RecordRequest(
        id=RequestId(row[0]),
        number=strict.whole(row[2], 1, _MAX_NUMBER, layer=_LAYER),
        case=CaseId(row[1]),
        kind=kind,
        agency=agency,
        what=what,
        steps=tuple(steps),
    )
    if gap_row(gap) != list(row) or since < requested:
        strict.refuse(_LAYER, "says of a missing record what cannot be")
    return gap


def _line(untrusted: object) -> str:
    line = strict.text(untrusted, layer=_LAYER, at_most=_MAX_LINE)
    if clean_line(line) != line:
        strict.refuse(_LAYER, "says of a missing record more than one line")
    return line


def _day(untrusted: object) -> str:
    day = strict.text(untrusted, layer=_LAYER, at_most=10)
    if day and not (_DAY.fullmatch(day) and _is_day(day)):
        strict.refuse(_LAYER, "has a day that is none")
    return day


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
