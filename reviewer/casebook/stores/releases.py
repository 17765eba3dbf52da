"""Releases: rounds, who was left out, and the one moment at which all returns of a round open."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.agenda import LATER, keep_marks
from reviewer.casebook.stores.custody import OPENED, keep_opening
from reviewer.casebook.stores.marks import mark_row
from reviewer.casebook.stores.returns import counts_text
from reviewer.casebook.writer import Transaction, Value, Writer, now
from reviewer.records.ids import CaseId, MarkId, MemberId
from reviewer.records.judgement import Mark
from reviewer.records.panel import Counts, LateReturn, Member

_ABSENT = "SELECT member, reason FROM absence WHERE round = :round"
_META = "SELECT value FROM meta WHERE key = :key"
_RECEIVED = "SELECT member, sha256 FROM received WHERE round = :round AND standing = 'received'"
_LATE = """
SELECT member, sha256, opened, reason, custodian FROM late_return
WHERE round = :round ORDER BY opened, member
"""
_ASKED = "SELECT cases FROM round_asked WHERE round = :round AND member = :member"
_ALLOCATED = "SELECT id, cases FROM member WHERE rates AND cases <> '[]'"
_CASES = "SELECT id FROM inquiry_case ORDER BY position"
_LAST_REVIEW = "SELECT coalesce(max(id), 0) FROM review"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedReturn:
    """The work of one member as rows, ready to be stored at release.

    ``reviews``: (case, state, narrative, good practice, other). ``ratings``: (case, factor, value,
    reason, confidence, comment, record). ``evidence``: (case, factor, mark, position).
    ``declared`` is how much it says that it holds: kept from now on, and not before.
    """

    member: MemberId
    sha256: str
    reviews: Sequence[tuple[CaseId, str, str, str, str]]
    ratings: Iterable[tuple[CaseId, str, int | None, str | None, str | None, str, str]]
    marks: Sequence[Mark]
    evidence: Sequence[tuple[CaseId, str, MarkId, int]]
    declared: Counts = field(default_factory=Counts)


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

    def opened(self, round_number: int) -> dict[MemberId, str]:
        """Return the digest of the return that the release opened, by member; none before it.

        It is in force whatever is issued later. A release older than this record opened what
        stands as received.
        """
        if not self.released(round_number):
            return {}
        key = OPENED.format(round=round_number)
        row = self._connection.execute(_META, {"key": key}).fetchone()
        if row is not None:
            return {MemberId(member): digest for member, digest in json.loads(row[0])["returns"]}
        found = self._connection.execute(_RECEIVED, {"round": round_number}).fetchall()
        absent = self.absent(round_number)
        return {MemberId(one): digest for one, digest in found if one not in absent}

    def late(self, round_number: int) -> dict[MemberId, LateReturn]:
        """Return what was opened of the round after its release, by member."""
        return {
            MemberId(row[0]): LateReturn(digest=row[1], at=row[2], reason=row[3], custodian=row[4])
            for row in self._connection.execute(_LATE, {"round": round_number})
        }

    def asked(self, round_number: int, member: Member) -> tuple[CaseId, ...]:
        """Return the cases that ``member`` had when the round was released.

        Empty where that is not kept, or where a case had not been allocated by then.
        """
        for who in (member.id, ""):
            row = self._connection.execute(
                _ASKED, {"round": round_number, "member": who}
            ).fetchone()
            if row is not None:
                return tuple(CaseId(case) for case in json.loads(row[0]))
        return ()

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
        rows of the sealed return replace nothing. ``custodian`` gave half of the key. ``without``
        is read once all ``returns`` have come: one that proves to be no honest work may join it
        meanwhile. ``check`` is called before the commit; what it raises takes everything back.
        """
        digests = []
        with self._writer.change("release", subject=str(round_number)) as tx:
            for opened in returns:
                digests.append((opened.member, opened.sha256))
                _keep_declared(tx, opened)
                mine = opened.member == own
                keep_marks(tx, round_number, opened.marks, there=mine)
                if not mine:
                    _store(tx, round_number, opened)
            for member, reason in without.items():
                tx.put("absence", {"round": round_number, "member": member, "reason": reason})
            keep_opening(tx, round_number, digests, custodian)
            _keep_asked(tx, round_number)
            tx.amend("round", {"number": round_number}, {"released": now()})
            if check is not None:
                check()
        return tx.result

    def open_late(
        self,
        round_number: int,
        opened: OpenedReturn,
        *,
        reason: str,
        custodian: str = "",
        check: Callable[[], None] = lambda: None,
    ) -> Change:
        """Store the work of one return that came after the release, named late for ever.

        ``custodian`` gave half of the key. ``check`` is called before the commit.
        """
        with self._writer.change("open late return", subject=opened.sha256) as tx:
            row: dict[str, Value] = {
                "round": round_number,
                "member": opened.member,
                "sha256": opened.sha256,
                "opened": "",
                "reason": reason,
                "custodian": custodian,
            }
            tx.put("late_return", row)
            _keep_declared(tx, opened)
            keep_marks(tx, round_number, opened.marks, there=False)
            _store(tx, round_number, opened)
            tx.put("late_return", {**row, "opened": now()})
            check()
        return tx.result

    def keep_earlier(self, round_number: int, own: OpenedReturn) -> Change:
        """Put what its panellist said in a round before into a casebook that is being issued."""
        with self._writer.change("keep earlier round", subject=str(round_number)) as tx:
            new = [mark for mark in own.marks if tx.get("mark", {"id": mark.id}) is None]
            if new:
                tx.add_all("mark", map(tx.values_of("mark"), map(mark_row, new)))
            _store(tx, round_number, own)
        return tx.result

    def stored_counts(self, round_number: int) -> dict[MemberId, Counts]:
        """Return how much the casebook holds of each member's work in the round."""
        counts: dict[MemberId, dict[str, int]] = {}
        queries = dict(_COUNTS)
        if round_number == 1 and not self._connection.execute(LATER).fetchone()[0]:
            queries["marks"] = _ALL_MARKS  # which are round 1's is kept when the next one opens
        for name, query in queries.items():
            for member, number in self._connection.execute(query, {"round": round_number}):
                counts.setdefault(MemberId(member), {})[name] = number
        return {member: Counts(**found) for member, found in counts.items()}

    def own_counts(self, round_number: int, member: MemberId) -> Counts:
        """Return how much of a round of this casebook's own rater was there to be sealed.

        A return carries every mark made so far, those of earlier rounds too.
        """
        counts = self.stored_counts(round_number).get(member, Counts())
        row = self._connection.execute(_MARKS_SO_FAR, {"round": round_number, "member": member})
        return replace(counts, marks=int(row.fetchone()[0]))


_MARKS_SO_FAR = """
SELECT count(*) FROM mark WHERE member = :member
AND (id IN (SELECT mark FROM round_mark WHERE round <= :round)
     OR (id NOT IN (SELECT mark FROM round_mark)
         AND :round = (SELECT max(number) FROM round)))
"""


def _keep_declared(tx: Transaction, opened: OpenedReturn) -> None:
    """Keep what the return says that it holds.

    None is there of the chair's own, in a casebook from before own rounds were received.
    """
    declared = {"counts": counts_text(opened.declared)}
    tx.amend("received", {"sha256": opened.sha256}, declared, secret=True)


_ALL_MARKS = "SELECT member, count(*) FROM mark GROUP BY member"
_COUNTS = {
    "reviews": "SELECT member, count(*) FROM review WHERE round = :round GROUP BY member",
    "ratings": """
SELECT member, sum(found) FROM (
    SELECT review.member AS member, count(*) AS found FROM review JOIN rating ON review = id
    WHERE round = :round AND (value IS NOT NULL OR reason IS NOT NULL) GROUP BY id
) GROUP BY member""",
    "comments": """
SELECT member, sum(found) FROM (
    SELECT review.member AS member, count(*) AS found FROM review JOIN rating ON review = id
    WHERE round = :round AND comment <> '' GROUP BY id
) GROUP BY member""",
    "marks": """
SELECT member, count(*) FROM round_mark JOIN mark ON mark.id = round_mark.mark
WHERE round = :round GROUP BY member""",
    "evidence": """
SELECT member, sum(found) FROM (
    SELECT review.member AS member, count(*) AS found FROM review JOIN evidence ON review = id
    WHERE round = :round GROUP BY id
) GROUP BY member""",
}


def _store(tx: Transaction, round_number: int, opened: OpenedReturn) -> None:
    """Store the reviews, ratings and evidence of one return; its marks are there already."""
    last = int(tx.connection.execute(_LAST_REVIEW).fetchone()[0])
    ids = {row[0]: last + at for at, row in enumerate(opened.reviews, 1)}
    tx.add_all(
        "review",
        [(ids[row[0]], opened.member, row[0], round_number, *row[1:]) for row in opened.reviews],
    )
    tx.add_all("rating", ((ids[row[0]], *row[1:]) for row in opened.ratings))
    tx.add_all("evidence", ((ids[row[0]], *row[1:]) for row in opened.evidence))


def _keep_asked(tx: Transaction, round_number: int) -> None:
    """Keep who was asked for which cases: a later allocation asks nobody in a released round."""
    every = [case for (case,) in tx.connection.execute(_CASES).fetchall()]
    tx.put("round_asked", {"round": round_number, "member": "", "cases": json.dumps(every)})
    for member, cases in tx.connection.execute(_ALLOCATED).fetchall():
        tx.put("round_asked", {"round": round_number, "member": member, "cases": cases})
