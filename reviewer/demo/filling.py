"""One panellist's opinions into their own casebook: marks, ratings and texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Self

from reviewer.casebook.book import Casebook
from reviewer.demo.intake import Loaded
from reviewer.demo.shapes import Judgement, Opinion, Passage
from reviewer.errors import EngineError
from reviewer.pagetext.anchors import find
from reviewer.records.cases import Box
from reviewer.records.ids import CaseId, MarkId, MemberId, new_id
from reviewer.records.judgement import Anchor, Mark, Rating, ReviewState

_BEGUN = 9  # ratings in a case that was only begun


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """How much of a round is done: the first ``whole`` cases, and some more begun."""

    whole: int
    begun: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """A casebook with somebody at it, and the papers by case."""

    book: Casebook
    member: MemberId
    round: int
    papers: Mapping[str, Loaded]
    rng: Random = field(repr=False)

    @classmethod
    def of(cls, book: Casebook, loaded: Sequence[Loaded], *, seed: str) -> Self:
        """Sit down at an issued casebook."""
        about = book.about
        return cls(
            book=book,
            member=about.member,
            round=about.round,
            papers={one.case.reference: one for one in loaded},
            rng=Random(seed),  # noqa: S311 - invention, not secrecy
        )

    def case(self, reference: str) -> CaseId:
        """Return the id of a case."""
        return self.papers[reference].case.id

    def put_off(self, reference: str) -> None:
        """Defer a case, with no reason given."""
        self.book.reviews.set_state(
            self.member, self.case(reference), self.round, ReviewState.DEFERRED
        )


def fill(desk: Desk, judgements: Sequence[Judgement], *, part: Part | None = None) -> int:
    """Write a panellist's round, or part of it; return how many ratings were written."""
    chosen = [
        one
        for number, one in enumerate(judgements)
        if part is None or number < part.whole or one.reference in part.begun
    ]
    marks: list[Mark] = []
    rated: list[tuple[CaseId, Rating]] = []
    for one in chosen:
        begun = part is not None and one.reference in part.begun
        case = _Case(desk, one.reference)
        opinions = one.opinions[:_BEGUN] if begun else one.opinions
        rated += [(desk.case(one.reference), case.rating(opinion)) for opinion in opinions]
        marks += case.marks()
    desk.book.ratings.put_all(desk.member, desk.round, rated, marks=marks)
    for one in chosen:
        texts = (one.narrative, one.good_practice, one.other)
        if any(texts) and (part is None or one.reference not in part.begun):
            desk.book.reviews.set_text(
                desk.member,
                desk.case(one.reference),
                desk.round,
                narrative=one.narrative or None,
                good_practice=one.good_practice or None,
                other=one.other or None,
            )
    return sum(not rating.blank for _, rating in rated)


class _Case:
    """The marks that one panellist makes in one case: each passage once."""

    def __init__(self, desk: Desk, reference: str) -> None:
        self._desk = desk
        self._pages = desk.papers[reference].pages
        self._made: dict[tuple[str, str], Mark] = {}

    def marks(self) -> list[Mark]:
        """Return the marks made so far, and sometimes one on a scan."""
        return [*self._made.values(), *self._on_scan()]

    def rating(self, opinion: Opinion) -> Rating:
        """Return the rating, with marks made for what it rests on."""
        return Rating(
            factor=opinion.factor,
            value=opinion.value,
            reason=opinion.reason,
            confidence=opinion.confidence,
            comment=opinion.comment,
            record=opinion.record,
            evidence=tuple(dict.fromkeys(self._mark(p) for p in opinion.evidence)),
        )

    def _mark(self, passage: Passage) -> MarkId:
        key = (passage.document, passage.quote)
        if key not in self._made:
            document, pages = self._pages[passage.document]
            place = find(pages, passage.quote, page=passage.page)
            if place is None:
                raise EngineError(
                    f"The demonstration quotes what {passage.document} does not say:"
                    f" {passage.quote}"
                )
            self._made[key] = Mark(
                id=MarkId(new_id()),
                member=self._desk.member,
                document=document.id,
                page=place[0],
                anchor=place[1],
            )
        return self._made[key].id

    def _on_scan(self) -> list[Mark]:
        """Mark an area now and then: a picture has no text to mark."""
        found = [
            document
            for document, _ in self._pages.values()
            if document.text_source == "none" and self._desk.rng.random() < 0.3
        ]
        top = self._desk.rng.uniform(0.15, 0.4)
        box = Box(left=0.1, top=top, right=0.86, bottom=top + 0.07)
        return [
            Mark(
                id=MarkId(new_id()),
                member=self._desk.member,
                document=document.id,
                page=1,
                anchor=Anchor(kind="area", boxes=(box,)),
                note="Compare the times with the call log.",
            )
            for document in found
        ]
