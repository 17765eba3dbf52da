"""A member's review of a case in a round as stored, and what every judgement of it is held to."""

from collections.abc import Iterable, Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Transaction, Writer
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId, MarkId, MemberId
from reviewer.records.judgement import Review, ReviewState
from reviewer.records.text import clean

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
_LAST_REVIEW = "SELECT coalesce(max(id), 0) FROM review"
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
                    say(
                        "That mark belongs to an earlier round, so it stays as it is. Make"
                        " another one beside it."
                    )
                )

    def require_agenda(self, number: int, cells: Iterable[tuple[CaseId, str]]) -> None:
        """Raise ``StateError`` where a later round does not ask for one of ``cells``."""
        if number == 1:
            return
        for case, factor in cells:
            key = {"round": number, "case": case, "factor": factor}
            if not self._connection.execute(_ON_AGENDA, key).fetchone()[0]:
                raise StateError(
                    say(
                        "Round {number} asks only for the ratings on its agenda; {factor} of"
                        " this case stands as it was.",
                        number=number,
                        factor=factor,
                    )
                )

    def require_open(self, number: int) -> None:
        """Raise ``StateError`` where round ``number`` is sealed or released."""
        if self._connection.execute(_CLOSED, {"round": number}).fetchone()[0]:
            raise StateError(
                say(
                    "Round {number} is sealed, so nothing in it can change. Reopen it"
                    " first if the chair has not opened the returns yet.",
                    number=number,
                )
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
            tx.amend("review", {"id": review}, {"state": state.value})
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
                say(
                    "Round {round_number} asks for ratings only. What you wrote in round 1"
                    " stands.",
                    round_number=round_number,
                )
            )
        texts = {"narrative": narrative, "good_practice": good_practice, "other": other}
        with self._writer.change("write", undoable=True) as tx:
            review = self.review_row(tx, member, case, round_number)
            given = {name: clean(text) for name, text in texts.items() if text is not None}
            tx.amend("review", {"id": review}, given)
            tx.touch(case=case)
        return tx.result


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
