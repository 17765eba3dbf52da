"""What the panel decided of a case and factor together, and who dissents (METHOD 3 and 4.10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.records.ids import CaseId, DocumentId, MemberId, RequestId


class Ruling(StrEnum):
    """What was decided of a cell.

    ``POINT``: a point of the scale. ``MEDIAN``: it is left at the median that it had, halves too.
    ``REOPENED``: what was decided before it no longer stands; nothing is a lock for ever.
    """

    POINT = "point"
    MEDIAN = "median"
    NOT_ASSESSABLE = "not-assessable"
    NOT_RELEVANT = "not-relevant"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dissent:
    """One member who would have decided otherwise, in the member's own words.

    ``name`` is what the member was called then, "" where the dissent is told without a name; then
    ``member`` is "" too. ``instead`` is a point of the scale as its text, a word of ``Ruling``, or
    "" where the member does not say.
    """

    words: str
    member: MemberId | str = ""
    name: str = ""
    instead: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What a cell's ratings and records were when it was decided.

    ``said`` is what each member's rating in force was: a point or a reason as its text, "" for a
    blank. ``came`` are the records that ratings of the cell name as missing and that had come,
    ``gone`` the documents that ratings cite and that had been replaced or withdrawn.
    """

    said: Mapping[MemberId, str] = field(default_factory=dict)
    came: frozenset[RequestId] = frozenset()
    gone: frozenset[DocumentId] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Determination:
    """One decision on one cell; ``number`` counts those of the cell from 1, all of which stay.

    ``halves`` is twice the value, so that a median of 2.5 is whole; None where there is no value.
    ``round`` is the latest that was released, ``at`` a claimed time (RFC 3339, UTC), ``by`` who
    entered it.
    """

    case: CaseId
    factor: str
    number: int
    round: int
    what: Ruling
    reason: str
    halves: int | None = None
    dissents: tuple[Dissent, ...] = ()
    ground: Ground = field(default_factory=Ground)
    at: str = ""
    by: str = ""

    @property
    def stands(self) -> bool:
        """Whether it decides the cell, were it the latest."""
        return self.what is not Ruling.REOPENED

    @property
    def value(self) -> float | None:
        """The value decided, in points of the scale."""
        return None if self.halves is None else self.halves / 2
