"""The journal read back: its entries, undo and redo."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewer.casebook import proof
from reviewer.casebook.proof import Check
from reviewer.casebook.schema import Table
from reviewer.casebook.writer import GENESIS, Change, Writer, steps_of
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
_OF_ACTION = """
SELECT subject, coalesce(body, '') FROM journal LEFT JOIN journal_value USING (seq)
WHERE action = :action ORDER BY seq
"""
_TO_UNDO = "SELECT max(seq) FROM undo_step WHERE undone = 0"
_TO_REDO = "SELECT min(seq) FROM undo_step WHERE undone = 1"
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

    def record(self, action: str, *, subject: str = "", note: Mapping[str, str]) -> Change:
        """Write an entry of its own for what left the casebook unchanged; ``note`` is kept."""
        with self._writer.change(action, subject=subject) as tx:
            tx.note = dict(note)
        return tx.result

    def undo(self) -> Change | None:
        """Take back the newest step that stands; None where there is none."""
        return self._step(_TO_UNDO, "undo", undone=True)

    def redo(self) -> Change | None:
        """Do again the step that was taken back last; None where there is none."""
        return self._step(_TO_REDO, "redo", undone=False)

    def checks(self) -> list[Check]:
        """Return the verdicts on the journal's chain and on the state digest."""
        return proof.checks(self._connection, self._tables)

    def _step(self, query: str, action: str, *, undone: bool) -> Change | None:
        seq = self._connection.execute(query).fetchone()[0]
        if seq is None:
            return None
        steps = steps_of(self._connection.execute(_BODY, {"seq": seq}).fetchone()[0])
        with self._writer.change(action, subject=str(seq)) as tx:
            tx.undoes = seq
            for step in reversed(steps) if undone else steps:
                tx.restore(step, forward=not undone)
                for row in (step.before, step.after):
                    self._touch(tx, step.table, row or {})
            tx.mark_step(seq, undone=undone)
        return tx.result

    def _touch(self, tx: Any, table: str, row: Mapping[str, Any]) -> None:  # noqa: ANN401 - a Transaction
        if table == "review" and row:
            tx.touch(case=CaseId(row["inquiry_case"]))
        elif "review" in row:
            found = self._connection.execute(_CASE_OF_REVIEW, (row["review"],)).fetchone()
            tx.touch(case=found and CaseId(found[0]))
        elif table == "mark" and row:
            found = self._connection.execute(_CASE_OF_DOCUMENT, (row["document"],)).fetchone()
            tx.touch(document=DocumentId(row["document"]), case=found and CaseId(found[0]))
