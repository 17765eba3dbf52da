"""Releases: rounds, who was left out, and the one moment at which all returns of a round open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.casebook.custody import keep_opening
from reviewer.casebook.rounds import keep_marks
from reviewer.casebook.writer import Change, Writer, now
from reviewer.records.ids import CaseId, MarkId, MemberId
from reviewer.records.judgement import Mark
from reviewer.records.panel import Counts

_ABSENT = "SELECT member, reason FROM absence WHERE round = :round"
_LAST_REVIEW = "SELECT coalesce(max(id), 0) FROM review"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedReturn:
    """The work of one member as rows, ready to be stored at release.

    ``reviews``: (case, state, narrative, good practice, other). ``ratings``: (case, factor, value,
    reason, confidence, comment, record). ``evidence``: (case, factor, mark, position).
    """

    member: MemberId
    sha256: str
    reviews: Sequence[tuple[CaseId, str, str, str, str]]
    ratings: Iterable[tuple[CaseId, str, int | None, str | None, str | None, str, str]]
    marks: Sequence[Mark]
    evidence: Sequence[tuple[CaseId, str, MarkId, int]]


class Rounds:
    """Rounds, and the one moment at which all returns of a round open."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def released(self, round_number: int) -> str:
        """Return when the round was released, or ""."""
        row = self._connection.execute(
            "SELECT released FROM round WHERE number = ?", (round_number,)
        ).fetchone()
        return "" if row is None else str(row[0])

    def absent(self, round_number: int) -> dict[MemberId, str]:
        """Return the members whom the round was released without, with the reason."""
        rows = self._connection.execute(_ABSENT, {"round": round_number})
        return {MemberId(row[0]): row[1] for row in rows}

    def release(
        self,
        round_number: int,
        returns: Iterable[OpenedReturn],
        *,
        own: MemberId | None,
        without: Mapping[MemberId, str],
        custodian: str = "",
        check: Any = None,  # noqa: ANN401 - see below
    ) -> Change:
        """Store the work of all ``returns`` and release the round, in one transaction.

        ``own`` is the chair where the chair rates: that work is in this casebook already, so the
        rows of the sealed return replace nothing. ``custodian`` gave half of the key. ``check`` is
        called before the commit; what it raises takes everything back.
        """
        digests = []
        with self._writer.change("release", subject=str(round_number)) as tx:
            review = int(self._connection.execute(_LAST_REVIEW).fetchone()[0])
            for opened in returns:
                digests.append((opened.member, opened.sha256))
                mine = opened.member == own
                keep_marks(tx, round_number, opened.marks, there=mine)
                if mine:
                    continue
                ids = {row[0]: review + at for at, row in enumerate(opened.reviews, 1)}
                review += len(ids)
                tx.add_all(
                    "review",
                    [
                        (ids[row[0]], opened.member, row[0], round_number, *row[1:])
                        for row in opened.reviews
                    ],
                )
                tx.add_all("rating", ((ids[row[0]], *row[1:]) for row in opened.ratings))
                tx.add_all("evidence", ((ids[row[0]], *row[1:]) for row in opened.evidence))
            for member, reason in without.items():
                tx.put("absence", {"round": round_number, "member": member, "reason": reason})
            keep_opening(tx, round_number, digests, custodian)
            row = tx.get("round", {"number": round_number}) or {}
            tx.put("round", {**row, "released": now()})
            if check is not None:
                check()
        return tx.result

    def stored_counts(self, round_number: int) -> dict[MemberId, Counts]:
        """Return how much the casebook holds of each member's work in the round."""
        counts: dict[MemberId, dict[str, int]] = {}
        for name, query in _COUNTS.items():
            for member, number in self._connection.execute(query, {"round": round_number}):
                counts.setdefault(MemberId(member), {})[name] = number
        return {member: Counts(**found) for member, found in counts.items()}


_COUNTS = {
    "reviews": "SELECT member, count(*) FROM review WHERE round = :round GROUP BY member",
    "ratings": """
SELECT member, count(*) FROM rating JOIN review ON review.id = rating.review
WHERE round = :round AND (value IS NOT NULL OR reason IS NOT NULL) GROUP BY member""",
    "comments": """
SELECT member, count(*) FROM rating JOIN review ON review.id = rating.review
WHERE round = :round AND comment <> '' GROUP BY member""",
    "marks": """
SELECT member, count(*) FROM mark
WHERE id IN (SELECT mark FROM round_mark WHERE round = :round)
   OR (:round = 1 AND NOT EXISTS (SELECT 1 FROM round WHERE number > 1))
GROUP BY member""",
    "evidence": """
SELECT member, count(*) FROM evidence JOIN review ON review.id = evidence.review
WHERE round = :round GROUP BY member""",
}
