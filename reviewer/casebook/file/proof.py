"""The proof that nothing was taken out of a casebook: its journal's chain and its state digest."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewer.casebook import digest
from reviewer.casebook.schema import Table
from reviewer.casebook.writer import GENESIS, entry_hash
from reviewer.records.text import counted

ENTRIES = """
SELECT seq, at, actor, action, subject, undoes, value_hash, prev, hash FROM journal ORDER BY seq
"""
_VALUES = "SELECT seq, salt, body FROM journal_value ORDER BY seq"
_MANY = "rating"
_NAMES = ("seq", "at", "actor", "action", "subject", "undoes", "value_hash", "prev", "hash")

Connection = Any  # sqlcipher3 has no types


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One verdict about the file; ``sentence`` is for a person.

    ``remark`` says that nothing is wrong and that the sentence should be read all the same.
    """

    name: str
    passed: bool
    sentence: str
    remark: bool = False


def checks(connection: Connection, tables: Mapping[str, Table]) -> list[Check]:
    """Return the verdicts on the journal's chain and on the state digest."""
    return [chain(connection), state(connection, tables)]


def chain(connection: Connection) -> Check:
    """Return whether each entry of the journal is chained to the one before it."""
    values = {seq: (salt, body) for seq, salt, body in connection.execute(_VALUES).fetchall()}
    prev, count = GENESIS, 0
    for row in connection.execute(ENTRIES):
        entry = dict(zip(_NAMES, row, strict=True))
        count += 1
        salt, body = values.get(entry["seq"], (b"", None))
        whole = body is None or (
            body == "" or hashlib.sha256(salt + body.encode()).hexdigest() == entry["value_hash"]
        )
        if (
            entry["seq"] != count
            or entry["prev"] != prev
            or entry["hash"] != entry_hash(entry)
            or not whole
        ):
            return Check(
                name="journal",
                passed=False,
                sentence=f"The journal does not hold together at entry {entry['seq']}.",
            )
        prev = entry["hash"]
    entries = counted(count, "entry", "entries")
    return Check(name="journal", passed=True, sentence=f"{entries}, each chained to the last.")


def digest_of(connection: Connection, tables: Mapping[str, Table]) -> tuple[int, bytes]:
    """Return the number of rows and the state digest, computed anew over every row."""
    rows = total = 0
    for table in tables.values():
        count, value = _value_of(connection, table)
        rows += count
        total += value
    return rows, digest.add(bytes(digest.BYTES), total)


def _value_of(connection: Connection, table: Table) -> tuple[int, int]:
    """Return the number of a table's rows and the sum of what they add to the digest.

    Ratings, by far the most rows, come a review at a time: it costs more to make a row of the
    driver's than to hash it.
    """
    first, *rest = table.columns
    columns = ", ".join(table.columns)
    statement = f"SELECT {columns} FROM {table.name}"  # noqa: S608 - the schema's names
    if table.name != _MANY:
        return digest.rows_value(table.name, connection.execute(statement))
    line = f"group_concat(json_array({', '.join(rest)}), char(10))"
    statement = f"SELECT {first}, {line} FROM {table.name} GROUP BY {first}"  # noqa: S608 - as above
    return digest.packed_value(table.name, connection.execute(statement))


def state(connection: Connection, tables: Mapping[str, Table]) -> Check:
    """Return whether the rows are those of the last change: the digest of all of them agrees."""
    rows, root = digest_of(connection, tables)
    kept = connection.execute("SELECT rows, root FROM digest").fetchall()
    good = kept == [(rows, root)]
    return Check(
        name="digest",
        passed=good,
        sentence=f"{rows} rows agree with the digest of the last change."
        if good
        else "The rows are not those of the last change: old pages were put into the file.",
    )
