"""The register as people read it: the sums by status, case, kind and agency. They all add up."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewer.messages import plural, say
from reviewer.records.requests import Group, RecordRequest, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How far some records have come. ``overdue`` are among those still ``open``."""

    expected: int = 0
    received: int = 0
    partial: int = 0
    open: int = 0
    not_coming: int = 0
    not_asked: int = 0
    overdue: int = 0

    @property
    def gap(self) -> bool:
        """Whether anything that should exist has not come whole."""
        return self.received < self.expected


@dataclass(frozen=True, kw_only=True, slots=True)
class Register:
    """All records, counted on the day ``today``: the sums of each view make up ``whole``."""

    records: tuple[RecordRequest, ...]
    today: str
    whole: Count
    statuses: Mapping[Status, int]
    cases: Mapping[str, Count]
    kinds: Mapping[str, Count]
    agencies: Mapping[str, Count]


def register_of(records: Sequence[RecordRequest], today: str) -> Register:
    """Count ``records`` as they stand on the day ``today``."""
    said = Counter(one.status for one in records)
    return Register(
        records=tuple(records),
        today=today,
        whole=count(records, today),
        statuses={status: said[status] for status in Status},
        cases=_by(records, today, lambda one: one.case),
        kinds=_by(records, today, lambda one: one.kind),
        agencies=_by(records, today, lambda one: one.agency),
    )


def count(records: Iterable[RecordRequest], today: str = "") -> Count:
    """Count some records; nothing is overdue where no day is given."""
    groups: Counter[Group] = Counter()
    overdue = 0
    for one in records:
        groups[one.group] += 1
        overdue += one.overdue(today)
    return Count(
        expected=sum(groups.values()),
        received=groups[Group.RECEIVED],
        partial=groups[Group.PARTIAL],
        open=groups[Group.OPEN],
        not_coming=groups[Group.NOT_COMING],
        not_asked=groups[Group.EXPECTED],
        overdue=overdue,
    )


def told(register: Register) -> str:
    """Return the whole in one line; what is not there is left out, but for what was received."""
    whole = register.whole
    if not whole.expected:
        return say("No records are expected yet.")
    cases = plural("{count:,} case", "{count:,} cases", count=len(register.cases))
    parts = [say("{count:,} received", count=whole.received)]
    for number, words in (
        (whole.partial, say("{count:,} partial or illegible", count=whole.partial)),
        (whole.open, say("{count:,} still asked for", count=whole.open)),
        (whole.not_coming, say("{count:,} will not come as asked", count=whole.not_coming)),
        (whole.not_asked, say("{count:,} not asked for yet", count=whole.not_asked)),
    ):
        parts += [words] if number else []
    return say(
        "{expected:,} expected in {cases}: {parts}",
        expected=whole.expected,
        cases=cases,
        parts=" \u00b7 ".join(parts),
    )


def _by(
    records: Sequence[RecordRequest], today: str, key: Callable[[RecordRequest], str]
) -> dict[str, Count]:
    found: dict[str, list[RecordRequest]] = {}
    for one in records:
        found.setdefault(key(one), []).append(one)
    return {name: count(own, today) for name, own in found.items()}
