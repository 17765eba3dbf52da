"""A casebook with a long journal made by real work, and somebody who has its key and edits it."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from reviewer.casebook import schema
from reviewer.casebook.engine import Database
from reviewer.casebook.file import proof
from reviewer.casebook.writer import GENESIS, entry_hash
from reviewer.crypto.receipt import Receipt
from reviewer.exchange.journal import journal_export
from reviewer.exchange.merge import receive
from reviewer.records.judgement import Confidence, Rating
from tests.formats.contents import raw
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    PASSPHRASE,
    issue_to,
    make_chair,
    rate_something,
    returned,
)

ENTRIES = 500
FIELDS = ("seq", "at", "actor", "action", "subject", "undoes", "value_hash", "prev", "hash")


@dataclass(frozen=True, kw_only=True)
class Record:
    """A chair's casebook of 500 entries with one return in it, and the panellist's own."""

    chair: Path
    panellist: Path
    receipt: Receipt  # of the chair's, before the last ten entries
    early: bytes  # the chair's journal as exported then

    def copy(self, folder):
        return shutil.copyfile(self.chair, folder / "chair.casebook")


def make_record(folder) -> Record:
    with make_chair(folder, rates=True, cases=3) as chair:
        pack = issue_to(chair, "Bo", folder)
        receive(chair, [returned(pack, folder)])
        rate_something(chair)
        work(chair, ENTRIES - 10)
        receipt, early = chair.receipt, journal_export(chair)
        work(chair, ENTRIES)
    return Record(chair=folder / "chair.casebook", panellist=pack, receipt=receipt, early=early)


def work(book, until):
    """Rate, mark, write, take back and do again until the journal has so many entries."""
    about, cases = book.about, book.cases.all()
    step = book.journal.tail(1)[0].seq
    while step < until:
        case, code = cases[step % len(cases)], FRAMEWORK.codes[step % len(FRAMEWORK.codes)]
        rating = Rating(factor=code, value=step % 2, comment=f"Why {step}", confidence=_sure(step))
        book.ratings.put(about.member, case.id, 1, rating)
        if step % 7 == 0 and step + 2 < until:
            book.undo()
            book.redo()
        step = book.journal.tail(1)[0].seq


def _sure(step):
    return (Confidence.LOW, Confidence.MODERATE, Confidence.HIGH)[step % 3]


class Editor:
    """Somebody who has the key and writes whatever they like, schema and digest put right after.

    ``connection`` is in a transaction; ``undo`` takes the edit back, ``keep`` leaves it.
    """

    def __init__(self, path):
        self.connection = raw(path, PASSPHRASE)
        self.connection.set_authorizer(None)
        self.tables = schema.tables(Database(self.connection, execute_plugins=False))
        self._guards = self.connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()

    def begin(self):
        self.connection.execute("PRAGMA foreign_keys = OFF")
        self.connection.execute("BEGIN")
        for name, _ in self._guards:
            self.connection.execute(f"DROP TRIGGER {name}")

    def undo(self):
        self.connection.execute("ROLLBACK")

    def keep(self, *, digest=True):
        for _, sql in self._guards:
            self.connection.execute(sql)
        if digest:
            rows, root = proof.digest_of(self.connection, self.tables)
            self.connection.execute("UPDATE digest SET rows = ?, root = ?", (rows, root))
        self.connection.execute("COMMIT")
        self.connection.close()

    def entries(self):
        return [list(row) for row in self.connection.execute(proof.ENTRIES)]

    def rebuild(self):
        """Chain everything anew, values too, so that nothing inside the file contradicts."""
        prev = GENESIS
        rows = self.entries()
        self.connection.execute("DELETE FROM journal")
        for place, row in enumerate(rows, 1):
            entry = dict(zip(FIELDS, row, strict=True))
            values = self.connection.execute(
                "SELECT salt, body FROM journal_value WHERE seq = ?", (entry["seq"],)
            ).fetchone()
            if values is not None and values[1]:
                entry["value_hash"] = hashlib.sha256(values[0] + values[1].encode()).hexdigest()
            self.connection.execute(
                "UPDATE journal_value SET seq = ? WHERE seq = ?", (place, entry["seq"])
            )
            entry |= {"seq": place, "prev": prev}
            entry["hash"] = prev = entry_hash(entry)
            self.connection.execute(
                "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [entry[name] for name in FIELDS],
            )

    def export(self, told):
        """The export that the program would write now, made from ``told``, an honest one."""
        entries = self.entries()
        data = json.loads(told)
        last = entries[-1][8] if entries else GENESIS
        return data | {"entries": entries, "journal": {"entries": len(entries), "head": last}}


def other(value):
    """Another value of the same kind, as small a change as there is."""
    if value is None:
        return 1
    if isinstance(value, int):
        return value + 1
    if not value:
        return "0"
    return value[:-1] + ("0" if value[-1] != "0" else "1")
