"""The one way to change rows: a transaction with its journal entry and its digest.

``with writer.change("rate", subject=...) as tx`` opens a transaction; ``tx.put`` and ``tx.remove``
change single rows and remember before and after (undo, history and audit need nothing else);
``tx.add_all`` inserts many rows that the journal names only as a whole. Leaving the block writes
one journal entry and the digest, and commits; an exception takes everything back.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from reviewer.casebook import digest
from reviewer.casebook.change import Change
from reviewer.casebook.roles import Role, require
from reviewer.casebook.schema import Table
from reviewer.errors import CasebookError, StateError
from reviewer.records.canonical import canonical
from reviewer.records.ids import CaseId, DocumentId

Value = str | int | float | bytes | None
Row = Mapping[str, Value]
GENESIS = "0" * 64
_BATCH = 5000  # rows handed to the engine at a time: bounds memory, not speed


@dataclass(slots=True)
class Step:
    """One row before and after, as the journal keeps it."""

    table: str
    key: dict[str, Value]
    before: dict[str, Value] | None
    after: dict[str, Value] | None


def now() -> str:
    """Return the machine's clock as RFC 3339 in UTC, to the second. A claim, not a proof."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer:
    """Owns every transaction of one open casebook."""

    def __init__(self, connection: Any, tables: Mapping[str, Table], path: Path) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._tables = tables
        self._path = path
        self.actor = ""
        self.role: Role | None = None  # None while a new casebook is filled: then all is allowed
        self.translate: Any = contextlib.nullcontext
        self.before: Callable[[], None] | None = None  # what must hold before the first change
        self.in_place: Callable[[bool], None] = lambda _made: None  # see Casebook._in_place
        self.wrote = False
        self.after: Callable[[], None] = lambda: None  # what follows a change that is on the disk

    def require(self, action: str) -> None:
        """Raise ``StateError`` where the role of this casebook may not do ``action``."""
        if self.role is not None:
            require(action, self.role)

    @contextlib.contextmanager
    def change(
        self, action: str, *, subject: str = "", undoable: bool = False
    ) -> Iterator["Transaction"]:
        """Open a transaction; see the module's description.

        Raises ``StateError`` where the role of this casebook may not do that, what the block
        raises, after taking everything back, and the sentences of ``reviewer.errors`` where the
        engine refuses.
        """
        self.require(action)
        if self.before is not None:
            self.before()
        self.in_place(False)
        with self.translate(self._path):
            tx = Transaction(self._connection, self._tables)
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield tx
                if undoable and tx.steps:
                    tx.forget_undone()
                tx.finish(action, self.actor, subject, undoable=undoable)
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(CasebookError):
                    self._connection.execute("ROLLBACK")
                raise
        self.wrote = True
        self.in_place(True)
        self.after()


@dataclass
class Transaction:
    """One open transaction. Made by ``Writer.change`` only."""

    connection: Any
    tables: Mapping[str, Table]
    steps: list[Step] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    cases: set[CaseId] = field(default_factory=set)
    documents: set[DocumentId] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    undoes: int | None = None
    note: dict[str, str] = field(default_factory=dict)  # what is to be proved later
    result: Change = field(default_factory=Change)
    _difference: int = 0
    _rows: int = 0

    def put(self, table: str, row: Row, *, secret: bool = False) -> None:
        """Insert ``row`` or replace the one with its key; all columns must be given.

        With ``secret`` the journal keeps no values (keys, tokens, file bytes).
        """
        facts = self.tables[table]
        values = [row[column] for column in facts.columns]
        key = {name: row[name] for name in facts.key}
        before = self.get(table, key)
        if before == dict(row):
            return
        columns = ", ".join(facts.columns)
        holes = ", ".join("?" * len(values))
        rest = [c for c in facts.columns if c not in facts.key]
        updates = ", ".join(f"{c} = excluded.{c}" for c in rest)
        self.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({holes})"  # noqa: S608 - names are the schema's
            f" ON CONFLICT ({', '.join(facts.key)}) DO "
            + (f"UPDATE SET {updates}" if rest else "NOTHING"),
            values,
        )
        self._account(table, before, dict(row))
        if secret:
            self.counts[table] = self.counts.get(table, 0) + 1
        else:
            self.steps.append(Step(table, key, before, dict(row)))

    def amend(self, table: str, key: Row, values: Row, *, secret: bool = False) -> bool:
        """Change ``values`` of the row with ``key``; returns whether there is one.

        What else is in the row is neither handed over nor stored again. With ``secret`` the
        journal keeps no values.
        """
        before = self.get(table, key)
        if before is None:
            return False
        after = {**before, **values}
        if after != before:
            self.connection.execute(
                f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in values)}"  # noqa: S608 - the schema's names
                f" WHERE {' AND '.join(f'{name} = ?' for name in key)}",
                [*values.values(), *key.values()],
            )
            held = {name: digest.short(value) for name, value in before.items()}  # hashed once
            self._account(table, held, {**held, **values})
            if secret:
                self.counts[table] = self.counts.get(table, 0) + 1
            else:
                self.steps.append(Step(table, dict(key), before, after))
        return True

    def remove(self, table: str, key: Row, *, secret: bool = False) -> None:
        """Delete the row with ``key``; nothing happens where there is none.

        With ``secret`` the journal keeps no values.
        """
        before = self.get(table, key)
        if before is None:
            return
        where = " AND ".join(f"{name} = ?" for name in key)
        self.connection.execute(
            f"DELETE FROM {table} WHERE {where}",  # noqa: S608 - names are the schema's
            list(key.values()),
        )
        self._account(table, before, None)
        if secret:
            self.counts[table] = self.counts.get(table, 0) + 1
        else:
            self.steps.append(Step(table, dict(key), before, None))

    def add_all(self, table: str, rows: Iterable[Sequence[Value]]) -> int:
        """Insert many new rows (values in column order); returns how many.

        The journal entry names only how many of which table there were.
        """
        facts = self.tables[table]
        statement = (
            f"INSERT INTO {table} ({', '.join(facts.columns)})"  # noqa: S608 - the schema's names
            f" VALUES ({', '.join('?' * len(facts.columns))})"
        )
        added = 0
        for batch in _batches(rows):
            self.connection.executemany(statement, batch)
            count, total = digest.rows_value(table, batch)
            self._difference += total
            self._rows += count
            added += count
        self.counts[table] = self.counts.get(table, 0) + added
        self.touched.add(table)
        return added

    def get(self, table: str, key: Row) -> dict[str, Value] | None:
        """Return the row with ``key`` (every key column given), or None."""
        facts = self.tables[table]
        where = " AND ".join(f"{name} = ?" for name in key)
        row = self.connection.execute(
            f"SELECT {', '.join(facts.columns)} FROM {table} WHERE {where}",  # noqa: S608 - as above
            list(key.values()),
        ).fetchone()
        return None if row is None else dict(zip(facts.columns, row, strict=True))

    def values_of(self, table: str) -> Callable[[Row], list[Value]]:
        """Return the function that puts a row of ``table`` into column order."""
        columns = self.tables[table].columns
        return lambda row: [row[column] for column in columns]

    def touch(self, *, case: CaseId | None = None, document: DocumentId | None = None) -> None:
        """Name a case or document that the change concerns, for the views."""
        if case is not None:
            self.cases.add(case)
        if document is not None:
            self.documents.add(document)

    def forget_undone(self) -> None:
        """End what could be redone: a new step of work was made."""
        for (seq,) in self.connection.execute(
            "SELECT seq FROM undo_step WHERE undone = 1"
        ).fetchall():
            before = self.get("undo_step", {"seq": seq})
            self.connection.execute("DELETE FROM undo_step WHERE seq = ?", (seq,))
            self._account("undo_step", before, None)

    def forget_steps(self) -> None:
        """End what could be undone or redone: nothing reaches back over this change."""
        for (seq,) in self.connection.execute("SELECT seq FROM undo_step").fetchall():
            self.remove("undo_step", {"seq": seq})

    def mark_step(self, seq: int, *, undone: bool) -> None:
        """Remember whether the journal entry ``seq`` stands or has been taken back."""
        row: dict[str, Value] = {"seq": seq, "undone": int(undone)}
        before = self.get("undo_step", {"seq": seq})
        self.connection.execute(
            "INSERT INTO undo_step (seq, undone) VALUES (:seq, :undone)"
            " ON CONFLICT (seq) DO UPDATE SET undone = excluded.undone",
            row,
        )
        self._account("undo_step", before, row)

    def restore(self, step: Step, *, forward: bool) -> None:
        """Put one row back to what it was before (or, ``forward``, after) a step."""
        expected, wanted = (step.before, step.after) if forward else (step.after, step.before)
        if self.get(step.table, step.key) != expected:
            raise StateError(
                "That step cannot be taken back by itself: later work builds on it. Take back the"
                " later steps first."
            )
        if wanted is None:
            self.remove(step.table, step.key)
        else:
            self.put(step.table, wanted)

    def finish(self, action: str, actor: str, subject: str, *, undoable: bool) -> None:
        """Write the journal entry and the digest. Called once, by ``Writer.change``."""
        seq, prev = self._head()
        steps = [[s.table, s.key, s.before, s.after] for s in self.steps]
        kept = {"steps": steps, "counts": self.counts} | ({"note": self.note} if self.note else {})
        body = canonical(kept).decode()
        salt = os.urandom(16)
        entry: dict[str, Value] = {
            "seq": seq + 1,
            "at": now(),
            "actor": actor,
            "action": action,
            "subject": subject,
            "undoes": self.undoes,
            "value_hash": hashlib.sha256(salt + body.encode()).hexdigest(),
            "prev": prev,
        }
        entry["hash"] = entry_hash(entry)
        self._insert("journal", entry)
        self._insert("journal_value", {"seq": seq + 1, "salt": salt, "body": body})
        if undoable and self.steps:
            self.mark_step(seq + 1, undone=False)
        rows, root = self.connection.execute("SELECT rows, root FROM digest").fetchone()
        self.connection.execute(
            "UPDATE digest SET rows = ?, root = ?",
            (rows + self._rows, digest.add(root, self._difference)),
        )
        self.result = Change(
            tables=frozenset(self.touched),
            cases=frozenset(self.cases),
            documents=frozenset(self.documents),
            seq=seq + 1,
            at=str(entry["at"]),
        )

    def _head(self) -> tuple[int, str]:
        head = self.connection.execute(
            "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return (0, GENESIS) if head is None else (head[0], head[1])

    def _insert(self, table: str, row: dict[str, Value]) -> None:
        columns = self.tables[table].columns
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 - the schema's names
            f" VALUES ({', '.join('?' * len(columns))})",
            [row[column] for column in columns],
        )
        self._account(table, None, row)

    def _account(
        self, table: str, before: Mapping[str, Value] | None, after: Mapping[str, Value] | None
    ) -> None:
        columns = self.tables[table].columns
        for row, sign in ((before, -1), (after, 1)):
            if row is not None:
                self._difference += sign * digest.row_value(table, [row[c] for c in columns])
                self._rows += sign
        self.touched.add(table)


def entry_hash(entry: Mapping[str, Value]) -> str:
    """Return the hash that chains a journal entry to the one before it."""
    return hashlib.sha256(
        canonical(
            [
                entry[name]
                for name in (
                    "seq",
                    "at",
                    "actor",
                    "action",
                    "subject",
                    "undoes",
                    "value_hash",
                    "prev",
                )
            ]
        )
    ).hexdigest()


def steps_of(body: str) -> list[Step]:
    """Return the steps that a journal entry kept (none where its values were blanked)."""
    return [Step(*parts) for parts in json.loads(body)["steps"]] if body else []


def _batches(rows: Iterable[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch
