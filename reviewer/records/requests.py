"""Records that should exist: what was asked of whom, and what became of it (METHOD 5).

A record has an identity, so that two spellings are one record. What is said of it is a history,
one step after another; its status, dates and documents are read from that history, so that they
can never say something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer.records.ids import CaseId, DocumentId, RequestId


class Status(StrEnum):
    """Where one record stands; the first is of one that nobody has asked for yet."""

    EXPECTED = "expected"
    REQUESTED = "requested"
    ACKNOWLEDGED = "acknowledged"
    COMPLETE = "received complete"
    PARTIAL = "received partial"
    ILLEGIBLE = "received illegible"
    NOT_LOCATED = "not located"
    LOST = "believed lost"
    DESTROYED = "confirmed destroyed"
    NONE = "stated not to exist"
    REFUSED = "refused"
    RESTRICTED = "restricted"
    FOUND_LATE = "found late"


class Group(StrEnum):
    """The five sums of a register; every record is in one of them."""

    RECEIVED = "received"
    PARTIAL = "partial or illegible"
    OPEN = "still asked for"
    NOT_COMING = "will not come as asked"
    EXPECTED = "not asked for yet"


GROUPS: Mapping[Status, Group] = {
    Status.EXPECTED: Group.EXPECTED,
    Status.REQUESTED: Group.OPEN,
    Status.ACKNOWLEDGED: Group.OPEN,
    Status.COMPLETE: Group.RECEIVED,
    Status.PARTIAL: Group.PARTIAL,
    Status.ILLEGIBLE: Group.PARTIAL,
    Status.NOT_LOCATED: Group.NOT_COMING,
    Status.LOST: Group.NOT_COMING,
    Status.DESTROYED: Group.NOT_COMING,
    Status.NONE: Group.NOT_COMING,
    Status.REFUSED: Group.NOT_COMING,
    Status.RESTRICTED: Group.NOT_COMING,
    Status.FOUND_LATE: Group.RECEIVED,
}
ANSWERS = tuple(status for status in Status if GROUPS[status] not in {Group.OPEN, Group.EXPECTED})
"""What an agency's answer can say; acknowledging alone is none."""


class What(StrEnum):
    """What a step of the history is: a new status, or one of the two that change none.

    ``CHASED``: asked again, or asked about the answer. ``ENOUGH``: left as it is, and no further
    letter is due.
    """

    REQUESTED = Status.REQUESTED.value
    ACKNOWLEDGED = Status.ACKNOWLEDGED.value
    COMPLETE = Status.COMPLETE.value
    PARTIAL = Status.PARTIAL.value
    ILLEGIBLE = Status.ILLEGIBLE.value
    NOT_LOCATED = Status.NOT_LOCATED.value
    LOST = Status.LOST.value
    DESTROYED = Status.DESTROYED.value
    NONE = Status.NONE.value
    REFUSED = Status.REFUSED.value
    RESTRICTED = Status.RESTRICTED.value
    FOUND_LATE = Status.FOUND_LATE.value
    CHASED = "chased"
    ENOUGH = "left as it is"

    @property
    def status(self) -> Status | None:
        """The status that it gives, or None where it changes none."""
        return _GIVEN.get(self)


_GIVEN: Mapping[What, Status] = {
    what: Status(what.value) for what in What if what not in {What.CHASED, What.ENOUGH}
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestStep:
    """One step of the history of a record.

    ``date`` is the day on which it happened and ``due`` by when an answer is to come (both ISO;
    ``due`` may be ""). ``words`` are the agency's, or the chair's own note. ``letter`` is the
    number of the letter that it went out with (0 for none), ``document`` what came. ``at`` is
    when it was entered (RFC 3339, UTC), as the machine's clock claims.
    """

    what: What
    date: str
    due: str = ""
    words: str = ""
    letter: int = 0
    document: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRequest:
    """One record of one case: a kind (the column of the register), what exactly, of which agency.

    ``number`` names it in letters and lists (``name``: R-0311). ``what`` may be "" where the kind
    says it all.
    """

    id: RequestId
    number: int
    case: CaseId
    kind: str
    agency: str
    what: str = ""
    steps: tuple[RequestStep, ...] = ()

    @property
    def name(self) -> str:
        """Its number as people write it."""
        return f"R-{self.number:04}"

    @property
    def title(self) -> str:
        """What it is called: what exactly, else its kind."""
        return self.what or self.kind

    @property
    def status(self) -> Status:
        """Where it stands: what the latest step says that gives a status."""
        for step in reversed(self.steps):
            if (said := step.what.status) is not None:
                return said
        return Status.EXPECTED

    @property
    def group(self) -> Group:
        """Which sum it is counted in."""
        return GROUPS[self.status]

    @property
    def requested(self) -> str:
        """The day on which it was first asked for, or ""."""
        return next((s.date for s in self.steps if s.what is What.REQUESTED), "")

    @property
    def due(self) -> str:
        """The day by which an answer is to come, as it was said last, or ""."""
        return next((step.due for step in reversed(self.steps) if step.due), "")

    @property
    def answered(self) -> str:
        """The day of the latest answer, or ""."""
        return next((s.date for s in reversed(self.steps) if s.what.status in ANSWERS), "")

    @property
    def documents(self) -> tuple[DocumentId, ...]:
        """The documents that came for it, in their order."""
        return tuple(dict.fromkeys(DocumentId(s.document) for s in self.steps if s.document))

    @property
    def lacking(self) -> bool:
        """Whether it has not come whole: what who reads the case is told of."""
        return self.group is not Group.RECEIVED

    @property
    def as_readers_have_it(self) -> "RecordRequest":
        """The record as panellists are told of it: where it stands, and since when.

        Without what was said, by which letter, until when: dealings of the chair with an agency.
        """
        steps = [RequestStep(what=What.REQUESTED, date=self.requested)] if self.requested else []
        said = next((one for one in reversed(self.steps) if one.what.status is not None), None)
        if said is not None and said.what is not What.REQUESTED:
            steps.append(RequestStep(what=said.what, date=said.date))
        return replace(self, steps=tuple(steps))

    @property
    def open(self) -> bool:
        """Whether an answer is still to come."""
        return self.group is Group.OPEN

    def overdue(self, today: str) -> bool:
        """Whether the answer should have come before the day ``today``."""
        return self.open and "" < self.due < today
