"""The journal read back: its entries, undo and redo."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.engine import dbapi
from reviewer.casebook.file import proof
from reviewer.casebook.file.proof import Check
from reviewer.casebook.schema import Table
from reviewer.casebook.stores.scans import restore_correction
from reviewer.casebook.writer import GENESIS, Step, Transaction, Writer, steps_of
from reviewer.errors import CasebookError, StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId, DocumentId

_TAIL = """
SELECT seq, at, actor, action, subject, undoes, hash FROM journal ORDER BY seq DESC LIMIT :count
"""
_BODY = "SELECT body FROM journal_value WHERE seq = :seq"
_HASH_AT = "SELECT hash FROM journal WHERE seq = :seq"
_DIGEST = "SELECT rows, root FROM digest"
_NEWEST_OF = """
SELECT seq, hash FROM journal WHERE action = :action AND subject = :subject
ORDER BY seq DESC LIMIT 1
"""
_TIMES = "SELECT at FROM journal WHERE action = :action AND subject = :subject ORDER BY seq"
_OF_ACTION = """
SELECT subject, coalesce(body, '') FROM journal LEFT JOIN journal_value USING (seq)
WHERE action = :action ORDER BY seq
"""
_TO_UNDO = "SELECT max(seq) FROM undo_step WHERE undone = 0 AND seq > :after"
_TO_REDO = """
SELECT undoes FROM journal
WHERE seq > :after AND +action = 'undo' AND undoes IN (SELECT seq FROM undo_step WHERE undone = 1)
ORDER BY seq DESC LIMIT 1
"""
_IS_UNDONE = "SELECT undone FROM undo_step WHERE seq = :seq"
_REVIEW_IN_USE = "SELECT EXISTS (SELECT 1 FROM rating WHERE review = :review)"
_CASE_OF_REVIEW = "SELECT inquiry_case FROM review WHERE id = ?"
_CASE_OF_DOCUMENT = "SELECT inquiry_case FROM document WHERE id = ?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One journal entry as shown; ``at`` is the claimed time."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    undoes: int | None
    hash: str


class History:
    """Undo, redo and the journal of one casebook."""

    def __init__(self, connection: Any, writer: Writer, tables: Mapping[str, Table]) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer
        self._tables = tables

    def tail(self, count: int = 50) -> list[Entry]:
        """Return the newest entries, newest first."""
        return [
            Entry(
                seq=row[0],
                at=row[1],
                actor=row[2],
                action=row[3],
                subject=row[4],
                undoes=row[5],
                hash=row[6],
            )
            for row in self._connection.execute(_TAIL, {"count": count})
        ]

    def head(self) -> str:
        """Return the hash of the newest entry."""
        newest = self.tail(1)
        return newest[0].hash if newest else GENESIS

    def hash_at(self, seq: int) -> str:
        """Return the hash of one entry, or "" where there are not so many."""
        row = self._connection.execute(_HASH_AT, {"seq": seq}).fetchone()
        return "" if row is None else str(row[0])

    def newest_of(self, action: str, subject: str) -> tuple[int, str]:
        """Return number and hash of the newest such entry, or (0, "") where there is none."""
        found = {"action": action, "subject": subject}
        row = self._connection.execute(_NEWEST_OF, found).fetchone()
        return (0, "") if row is None else (row[0], row[1])

    def times(self, action: str, subject: str) -> list[str]:
        """Return when each such entry was made (a claimed time), oldest first."""
        found = {"action": action, "subject": subject}
        return [str(at) for (at,) in self._connection.execute(_TIMES, found)]

    def chained(self) -> list[list[Any]]:
        """Return every entry, oldest first, as what its hash is taken over, ``prev`` and hash."""
        return [list(row) for row in self._connection.execute(proof.ENTRIES)]

    def digest(self) -> tuple[int, str]:
        """Return the number of rows and the state digest, as the last change left them."""
        rows, root = self._connection.execute(_DIGEST).fetchone()
        return rows, bytes(root).hex()

    def noted(self, action: str) -> dict[str, dict[str, str]]:
        """Return what the entries of one action keep to be proved later, by their subject."""
        return {
            subject: json.loads(body).get("note", {}) if body else {}
            for subject, body in self._connection.execute(_OF_ACTION, {"action": action})
        }

    def record(self, action: str, subject: str) -> Change:
        """Write an entry for something that changed no row: a file that left the casebook."""
        with self._writer.change(action, subject=subject) as tx:
            pass
        return tx.result

    def to_undo(self, *, after: int = 0) -> int | None:
        """Return the newest step that stands, of those ``after`` a journal entry, or None."""
        return self._found(_TO_UNDO, after)

    def to_redo(self, *, after: int = 0) -> int | None:
        """Return the step that was taken back last, and that ``after`` an entry, or None."""
        return self._found(_TO_REDO, after)

    def undo(self, seq: int) -> Change:
        """Take back one step.

        Raises ``StateError`` where it cannot be: it was taken back before, later work builds on
        it, or it belongs to an earlier round.
        """
        return self._step(seq, "undo", undone=True)

    def redo(self, seq: int) -> Change:
        """Do again one step that was taken back. Raises ``StateError`` where it cannot be."""
        return self._step(seq, "redo", undone=False)

    def checks(self) -> list[Check]:
        """Return the verdicts on the journal's chain and on the state digest."""
        return proof.checks(self._connection, self._tables)

    def _found(self, query: str, after: int) -> int | None:
        row = self._connection.execute(query, {"after": after}).fetchone()
        return None if row is None or row[0] is None else int(row[0])

    def _step(self, seq: int, action: str, *, undone: bool) -> Change:
        state = self._connection.execute(_IS_UNDONE, {"seq": seq}).fetchone()
        if state is None:
            raise StateError(say("That step is part of what was closed, so it stays as it is."))
        if bool(state[0]) is undone:
            raise StateError(
                say("That step was taken back already.")
                if undone
                else say("That step stands already.")
            )
        steps = steps_of(self._connection.execute(_BODY, {"seq": seq}).fetchone()[0])
        with self._writer.change(action, subject=str(seq)) as tx:
            tx.undoes = seq
            for step in reversed(steps) if undone else steps:
                if not self._stays(tx, step, steps, undone=undone):
                    _restore(tx, step, forward=not undone)
                for row in (step.before, step.after):
                    self._touch(tx, step.table, row or {})
            tx.mark_step(seq, undone=undone)
        return tx.result

    def _stays(self, tx: Any, step: Step, steps: Sequence[Step], *, undone: bool) -> bool:  # noqa: ANN401 - a Transaction
        """Say whether a row is left: the review that a rating began, and that others now need."""
        if step.table != "review" or all(one.table == "review" for one in steps):
            return False
        expected, wanted = (step.after, step.before) if undone else (step.before, step.after)
        if tx.get("review", step.key) != expected:
            return True
        used = self._connection.execute(_REVIEW_IN_USE, {"review": step.key["id"]}).fetchone()[0]
        return wanted is None and bool(used)

    def _touch(self, tx: Any, table: str, row: Mapping[str, Any]) -> None:  # noqa: ANN401 - a Transaction
        if table == "review" and row:
            tx.touch(case=CaseId(row["inquiry_case"]))
        elif "review" in row:
            found = self._connection.execute(_CASE_OF_REVIEW, (row["review"],)).fetchone()
            tx.touch(case=found and CaseId(found[0]))
        elif table == "event" and row:
            tx.touch(case=CaseId(row["inquiry_case"]))
        elif table in {"mark", "mark_left", "page_correction"} and row:
            found = self._connection.execute(_CASE_OF_DOCUMENT, (row["document"],)).fetchone()
            tx.touch(document=DocumentId(row["document"]), case=found and CaseId(found[0]))


def _restore(tx: Any, step: Step, *, forward: bool) -> None:  # noqa: ANN401 - a Transaction
    """Put one row back. Raises ``StateError`` where another row needs what would go."""
    put_back = restore_correction if step.table == "page_correction" else Transaction.restore
    try:
        put_back(tx, step, forward=forward)
    except CasebookError as error:
        if isinstance(error.__cause__, dbapi.IntegrityError):
            raise StateError(
                say(
                    "That step stands in for others: a rating cites this mark. Take back,"
                    " or do again, the steps that go with it first."
                )
            ) from error
        raise
