"""What a panellist says of a case: marks on pages and ratings of factors."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.records.cases import Box
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId


class Reason(StrEnum):
    """Why a factor was not put on the scale. Never a number (METHOD 2)."""

    MISSING = "missing"
    UNCLEAR = "unclear"
    NOT_RELEVANT = "not-relevant"
    OUTSIDE = "outside"
    RECUSED = "recused"


class Confidence(StrEnum):
    """How sure the panellist is of a rating."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class ReviewState(StrEnum):
    """Where one panellist stands with one case in one round (METHOD 3)."""

    UNOPENED = "unopened"
    READING = "reading"
    DRAFT = "draft"
    DEFERRED = "deferred"
    SEALED = "sealed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """One panellist's judgement of one factor in one case.

    At most one of ``value`` (a point of the framework's scale) and ``reason`` is set; neither
    means blank (not done yet), where a comment may already stand. ``record`` names the missing
    record. ``evidence`` are marks of the same panellist in the same case.
    """

    factor: str
    value: int | None = None
    reason: Reason | None = None
    confidence: Confidence | None = None
    comment: str = ""
    record: str = ""
    evidence: tuple[MarkId, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing has been decided yet."""
        return self.value is None and self.reason is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """One panellist's work on one case in one round, without the ratings."""

    member: MemberId
    case: CaseId
    round: int
    state: ReviewState = ReviewState.UNOPENED
    narrative: str = ""
    good_practice: str = ""
    other: str = ""
    rated: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Where a mark sits on its page (W3C Web Annotation selectors).

    ``kind`` is ``text`` (``start`` and ``end`` are character offsets in the page's text, with the
    exact ``quote``, up to 32 characters of context each side, and ``boxes`` for drawing), ``area``
    (one box) or ``page`` (the page as a whole: no offsets, no boxes).
    """

    kind: str
    start: int = 0
    end: int = 0
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A passage, an area or a page that a panellist marked; ``page`` counts from 1."""

    id: MarkId
    member: MemberId
    document: DocumentId
    page: int
    anchor: Anchor
    note: str = ""
