"""Ratings as stored: one a member, case, factor and round."""

from collections.abc import Iterator, Sequence

from reviewer.casebook.change import Change
from reviewer.casebook.stores.marks import put_mark
from reviewer.casebook.stores.reviews import Judgement
from reviewer.casebook.stores.selecting import EVIDENCE, RATINGS
from reviewer.casebook.writer import Transaction
from reviewer.records.ids import CaseId, MarkId, MemberId
from reviewer.records.judgement import Confidence, Mark, Rating, Reason, ReviewState
from reviewer.records.text import clean

_EVIDENCE_OF_RATING = "SELECT mark FROM evidence WHERE review = :review AND factor = :factor"


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
