"""Marks, ratings and reviews as stored: what panellists say."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.selecting import EVIDENCE, RATINGS
from reviewer.casebook.writer import Transaction, Writer
from reviewer.errors import StateError
from reviewer.records.cases import Box
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import (
    Anchor,
    Confidence,
    Mark,
    Rating,
    Reason,
    Review,
    ReviewState,
)
from reviewer.records.text import clean

_MARKS = "SELECT mark.id, mark.member, mark.document, mark.page, mark.anchor, mark.note FROM mark"
_OF_CASE = " JOIN document ON document.id = mark.document WHERE document.inquiry_case = :case"
_REVIEW = """
SELECT id, state, narrative, good_practice, other FROM review
WHERE member = :member AND inquiry_case = :case AND round = :round
"""
_REVIEWS = """
SELECT review.inquiry_case, review.state, review.narrative, review.good_practice, review.other,
       count(CASE WHEN rating.value IS NOT NULL OR rating.reason IS NOT NULL THEN 1 END)
FROM review LEFT JOIN rating ON rating.review = review.id
WHERE review.member = :member AND review.round = :round GROUP BY review.id
"""
_EVIDENCE_OF_RATING = "SELECT mark FROM evidence WHERE review = :review AND factor = :factor"
_EVIDENCE_OF_MARK = "SELECT review, factor, mark FROM evidence WHERE mark = :mark"
_LAST_REVIEW = "SELECT coalesce(max(id), 0) FROM review"
_CASE_OF_DOCUMENT = "SELECT inquiry_case FROM document WHERE id = :document"
_SEALED_MARK = "SELECT EXISTS (SELECT 1 FROM round_mark WHERE mark = :mark)"
_ON_AGENDA = """
SELECT EXISTS (SELECT 1 FROM agenda_cell
               WHERE round = :round AND inquiry_case = :case AND factor = :factor)
"""
_CLOSED = """
SELECT EXISTS (SELECT 1 FROM round WHERE number = :round AND released <> '')
    OR EXISTS (SELECT 1 FROM sealed_return WHERE round = :round AND reopened = '')
"""


class Judgement:
    """What marks, ratings and reviews share: nothing changes once a round is sealed."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def require_loose(self, marks: Iterable[MarkId]) -> None:
        """Raise ``StateError`` where a mark belongs to an earlier round."""
        for mark in marks:
            if self._connection.execute(_SEALED_MARK, {"mark": mark}).fetchone()[0]:
                raise StateError(
                    "That mark belongs to an earlier round, so it stays as it is. Make another one"
                    " beside it."
                )

    def require_agenda(self, number: int, cells: Iterable[tuple[CaseId, str]]) -> None:
        """Raise ``StateError`` where a later round does not ask for one of ``cells``."""
        if number == 1:
            return
        for case, factor in cells:
            key = {"round": number, "case": case, "factor": factor}
            if not self._connection.execute(_ON_AGENDA, key).fetchone()[0]:
                raise StateError(
                    f"Round {number} asks only for the ratings on its agenda; {factor} of this"
                    " case stands as it was."
                )

    def require_open(self, number: int) -> None:
        """Raise ``StateError`` where round ``number`` is sealed or released."""
        if self._connection.execute(_CLOSED, {"round": number}).fetchone()[0]:
            raise StateError(
                f"Round {number} is sealed, so nothing in it can change. Reopen it first if the"
                " chair has not opened the returns yet."
            )

    def review_row(self, tx: Transaction, member: MemberId, case: CaseId, number: int) -> int:
        """Return the id of the review, made (as a draft) where it is not there yet."""
        found = self._connection.execute(
            _REVIEW, {"member": member, "case": case, "round": number}
        ).fetchone()
        if found is not None:
            return int(found[0])
        review = int(self._connection.execute(_LAST_REVIEW).fetchone()[0]) + 1
        tx.put("review", _review_row(review, Review(member=member, case=case, round=number)))
        return review


class Marks(Judgement):
    """Marks on pages."""

    def of_document(self, member: MemberId, document: DocumentId) -> list[Mark]:
        """Return one member's marks in one document, page by page."""
        rows = self._connection.execute(
            _MARKS + " WHERE document = ? AND member = ? ORDER BY page, id", (document, member)
        )
        return [_mark(row) for row in rows]

    def of_case(self, member: MemberId, case: CaseId) -> list[Mark]:
        """Return one member's marks in all documents of one case."""
        rows = self._connection.execute(
            _MARKS + _OF_CASE + " AND member = :member ORDER BY document.position, page, mark.id",
            {"case": case, "member": member},
        )
        return [_mark(row) for row in rows]

    def in_case(self, case: CaseId) -> list[Mark]:
        """Return everybody's marks in all documents of one case."""
        return [_mark(row) for row in self._connection.execute(_MARKS + _OF_CASE, {"case": case})]

    def of_member(self, member: MemberId) -> list[Mark]:
        """Return all marks of one member."""
        return [
            _mark(row) for row in self._connection.execute(_MARKS + " WHERE member = ?", (member,))
        ]

    def get(self, mark: MarkId) -> Mark | None:
        """Return one mark, or None."""
        row = self._connection.execute(_MARKS + " WHERE id = ?", (mark,)).fetchone()
        return None if row is None else _mark(row)

    def put(self, mark: Mark, *, round_number: int) -> Change:
        """Keep a mark, new or with another note."""
        return self.put_all([mark], round_number=round_number)

    def put_all(self, marks: Sequence[Mark], *, round_number: int) -> Change:
        """Keep several marks in one undoable step."""
        self.require_open(round_number)
        self.require_loose(mark.id for mark in marks)
        subject = marks[0].id if len(marks) == 1 else str(len(marks))
        with self._writer.change("mark", subject=subject, undoable=True) as tx:
            for mark in marks:
                put_mark(tx, mark)
        return tx.result

    def delete(self, mark: MarkId, *, round_number: int) -> Change:
        """Remove a mark, and from every rating whose evidence it was."""
        self.require_open(round_number)
        self.require_loose([mark])
        with self._writer.change("remove mark", subject=mark, undoable=True) as tx:
            row = tx.get("mark", {"id": mark})
            if row is not None:
                _touch_document(tx, DocumentId(str(row["document"])))
            for review, factor, evidence in self._connection.execute(
                _EVIDENCE_OF_MARK, {"mark": mark}
            ).fetchall():
                tx.remove("evidence", {"review": review, "factor": factor, "mark": evidence})
            tx.remove("mark", {"id": mark})
        return tx.result


class Ratings(Judgement):
    """Ratings of factors, with their evidence."""

    def of(self, member: MemberId, case: CaseId, round_number: int) -> dict[str, Rating]:
        """Return one member's ratings of one case, by factor; blanks are left out."""
        return {
            rating.factor: rating
            for _, _, rating in self._read(round_number, member=member, case=case)
        }

    def of_case(self, case: CaseId, round_number: int) -> Iterator[tuple[MemberId, Rating]]:
        """Yield (member, rating) of everybody in one case."""
        for member, _, rating in self._read(round_number, member=None, case=case):
            yield member, rating

    def everyone(
        self, round_number: int, *, member: MemberId | None = None
    ) -> Iterator[tuple[MemberId, CaseId, Rating]]:
        """Yield (member, case, rating) of all members, or of one."""
        yield from self._read(round_number, member=member, case=None)

    def put(self, member: MemberId, case: CaseId, round_number: int, rating: Rating) -> Change:
        """Keep one rating with its evidence; one that is empty in every way is removed."""
        return self.put_all(member, round_number, [(case, rating)])

    def put_all(
        self,
        member: MemberId,
        round_number: int,
        ratings: Sequence[tuple[CaseId, Rating]],
        *,
        marks: Sequence[Mark] = (),
        action: str = "rate",
    ) -> Change:
        """Keep several ratings (and the marks they cite) in one undoable step."""
        self.require_open(round_number)
        self.require_agenda(round_number, ((case, one.factor) for case, one in ratings))
        subject = ratings[0][1].factor if len(ratings) == 1 else str(len(ratings))
        with self._writer.change(action, subject=subject, undoable=True) as tx:
            for mark in marks:
                put_mark(tx, mark)
            for case, rating in ratings:
                review = self.review_row(tx, member, case, round_number)
                self._put_one(tx, review, rating)
                self._to_draft(tx, review)
                tx.touch(case=case)
        return tx.result

    def _to_draft(self, tx: Transaction, review: int) -> None:
        row = tx.get("review", {"id": review})
        if row is not None and row["state"] in {"unopened", "reading", "deferred"}:
            tx.put("review", {**row, "state": ReviewState.DRAFT.value})

    def _put_one(self, tx: Transaction, review: int, rating: Rating) -> None:
        key: dict[str, str | int] = {"review": review, "factor": rating.factor}
        comment = clean(rating.comment)
        record = clean(rating.record) if rating.reason is Reason.MISSING else ""
        old = {m for (m,) in self._connection.execute(_EVIDENCE_OF_RATING, key).fetchall()}
        for mark in sorted(old - set(rating.evidence)):
            tx.remove("evidence", {**key, "mark": mark})
        if rating.blank and not (comment or record or rating.evidence or rating.confidence):
            tx.remove("rating", key)
            return
        tx.put(
            "rating",
            {
                **key,
                "value": rating.value,
                "reason": rating.reason and rating.reason.value,
                "confidence": rating.confidence and rating.confidence.value,
                "comment": comment,
                "record": record,
            },
        )
        for place, mark in enumerate(dict.fromkeys(rating.evidence), 1):
            tx.put("evidence", {**key, "mark": mark, "position": place})

    def _read(
        self, round_number: int, *, member: MemberId | None, case: CaseId | None
    ) -> Iterator[tuple[MemberId, CaseId, Rating]]:
        which = (member is not None, case is not None)
        asked = {"round": round_number, "member": member, "case": case}
        evidence: dict[tuple[int, str], list[MarkId]] = {}
        for review, factor, mark in self._connection.execute(EVIDENCE[which], asked):
            evidence.setdefault((review, factor), []).append(MarkId(mark))
        for row in self._connection.execute(RATINGS[which], asked):
            yield (
                MemberId(row[0]),
                CaseId(row[1]),
                Rating(
                    factor=row[2],
                    value=row[3],
                    reason=None if row[4] is None else Reason(row[4]),
                    confidence=None if row[5] is None else Confidence(row[5]),
                    comment=row[6],
                    record=row[7],
                    evidence=tuple(evidence.get((row[8], row[2]), ())),
                ),
            )


class Reviews(Judgement):
    """Where each member stands with each case."""

    def of(
        self, member: MemberId, case: CaseId, round_number: int, *, rated: int
    ) -> Review | None:
        """Return one member's review of one case, whose ratings are ``rated``; None unopened."""
        asked = {"member": member, "case": case, "round": round_number}
        row = self._connection.execute(_REVIEW, asked).fetchone()
        return None if row is None else _review((member, case, round_number), row, rated)

    def all(self, member: MemberId, round_number: int) -> dict[CaseId, Review]:
        """Return one member's reviews by case; cases not opened yet are left out."""
        rows = self._connection.execute(_REVIEWS, {"member": member, "round": round_number})
        return {
            CaseId(row[0]): _review((member, CaseId(row[0]), round_number), row, row[5])
            for row in rows
        }

    def set_state(
        self, member: MemberId, case: CaseId, round_number: int, state: ReviewState
    ) -> Change:
        """Say where the member stands with the case (reading, deferred, draft)."""
        self.require_open(round_number)
        with self._writer.change("set state", subject=state.value, undoable=True) as tx:
            review = self.review_row(tx, member, case, round_number)
            row = tx.get("review", {"id": review})
            tx.put("review", {**(row or {}), "state": state.value})
            tx.touch(case=case)
        return tx.result

    def set_text(
        self,
        member: MemberId,
        case: CaseId,
        round_number: int,
        *,
        narrative: str | None = None,
        good_practice: str | None = None,
        other: str | None = None,
    ) -> Change:
        """Keep the free texts that are given; the others stay as they are."""
        self.require_open(round_number)
        if round_number > 1:
            raise StateError(
                f"Round {round_number} asks for ratings only. What you wrote in round 1 stands."
            )
        texts = {"narrative": narrative, "good_practice": good_practice, "other": other}
        with self._writer.change("write", undoable=True) as tx:
            review = self.review_row(tx, member, case, round_number)
            row = dict(tx.get("review", {"id": review}) or {})
            row.update({name: clean(text) for name, text in texts.items() if text is not None})
            tx.put("review", row)
            tx.touch(case=case)
        return tx.result


def put_mark(tx: Transaction, mark: Mark) -> None:
    """Keep one mark in an open transaction."""
    tx.put("mark", mark_row(mark))
    _touch_document(tx, mark.document)


def mark_row(mark: Mark) -> dict[str, str | int | float | bytes | None]:
    """Return a mark as its table's row."""
    return {
        "id": mark.id,
        "member": mark.member,
        "document": mark.document,
        "page": mark.page,
        "anchor": _anchor(mark.anchor),
        "note": clean(mark.note),
    }


def _anchor(anchor: Anchor) -> str:
    """Return an anchor as its column's JSON. Spelt out: ``asdict`` costs six times as much."""
    return json.dumps(
        {
            "kind": anchor.kind,
            "start": anchor.start,
            "end": anchor.end,
            "quote": anchor.quote,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "boxes": [
                {"left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}
                for box in anchor.boxes
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _touch_document(tx: Transaction, document: DocumentId) -> None:
    found = tx.connection.execute(_CASE_OF_DOCUMENT, {"document": document}).fetchone()
    tx.touch(document=document, case=None if found is None else CaseId(found[0]))


def _review_row(review: int, value: Review) -> dict[str, str | int | float | bytes | None]:
    return {
        "id": review,
        "member": value.member,
        "inquiry_case": value.case,
        "round": value.round,
        "state": value.state.value,
        "narrative": value.narrative,
        "good_practice": value.good_practice,
        "other": value.other,
    }


def _review(whose: tuple[MemberId, CaseId, int], row: Sequence[Any], rated: int) -> Review:
    member, case, number = whose
    return Review(
        member=member,
        case=case,
        round=number,
        state=ReviewState(row[1]),
        narrative=row[2],
        good_practice=row[3],
        other=row[4],
        rated=rated,
    )


def _mark(row: Sequence[Any]) -> Mark:
    anchor = json.loads(row[4])
    anchor["boxes"] = tuple(Box(**box) for box in anchor["boxes"])
    return Mark(
        id=MarkId(row[0]),
        member=MemberId(row[1]),
        document=DocumentId(row[2]),
        page=row[3],
        anchor=Anchor(**anchor),
        note=row[5],
    )
