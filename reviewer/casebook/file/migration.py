"""Bringing an older casebook to today's format: on a verified copy, which then takes its place.

The file itself is only read. At every moment its name belongs to a whole casebook: the old one
until the rename, the new one after it. The old one stays beside it under another name.
Migrations only add: each row that was there is there afterwards, with each of its old values.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.casebook import digest, schema
from reviewer.casebook.engine import Database
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import connection as files
from reviewer.casebook.file import proof
from reviewer.casebook.file.checking import check_format, check_head, integrity, refuse_damage
from reviewer.casebook.schema import Table, tables
from reviewer.casebook.writer import Writer
from reviewer.errors import BusyError, DamagedError
from reviewer.files.write import drop_part, name_whole, part_of, storage_error, sweep

_GROWING = ("journal", "journal_value")  # the migration itself is entered there
_LAST = "SELECT max(seq) FROM journal"
_ACTOR = "SELECT value FROM meta WHERE key = ?"

Connection = Any  # sqlcipher3 has no types


@dataclass(frozen=True, kw_only=True, slots=True)
class _Before:
    """What the old file held, and what tells whether it is still that file.

    ``content`` is the number of rows and the sum of their values, by table.
    """

    version: int
    tables: Mapping[str, Table]
    last: int
    content: Mapping[str, tuple[int, int]]
    size: int
    changed: int  # ns


def migrate(path: Path, key: bytes | bytearray, salt: bytes) -> Path:
    """Put a casebook of today's format in the place of the older one at ``path``.

    Returns where the old file is kept. Raises ``DamagedError`` where the old file or the new one
    fails a check, ``BusyError``, ``StorageError``; the file is as it was then, and no part file
    is left.
    """
    sweep(path)
    part = part_of(path)
    refuse_damage(path, integrity(path, key, salt))
    try:
        before = _copy(path, part, key, salt)
        check_head(part, path, salt)
        _upgrade(part, key, salt, before)
        if not _same(part, key, salt, before):
            raise DamagedError(
                f"{path.name} could not be brought to the new format: what the copy held was not"
                " what the file holds. The copy was thrown away and the file is as it was. Please"
                " report this."
            )
        aside = _keep(path, before)
        name_whole(part, path)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        drop_part(part)
    return aside


def _copy(path: Path, part: Path, key: bytes | bytearray, salt: bytes) -> _Before:
    connection = files.connect(path, key, salt)
    try:
        version = check_format(path, connection)
        files.lock(connection, path)
        with files.translate(path):
            known = tables(Database(connection, execute_plugins=False))
            refuse_damage(path, proof.checks(connection, known))
            last = connection.execute(_LAST).fetchone()[0]
            content = _content(connection, known, last)
        files.copy_into(connection, path, part)
        facts = path.stat()
    finally:
        files.close(connection, path)
    return _Before(
        version=version,
        tables=known,
        last=last,
        content=content,
        size=facts.st_size,
        changed=facts.st_mtime_ns,
    )


def _upgrade(part: Path, key: bytes | bytearray, salt: bytes, before: _Before) -> None:
    connection = files.connect(part, key, salt)
    try:
        with files.translate(part):
            database = Database(connection, execute_plugins=False)
            schema.migrations.apply(database)  # one transaction each
            known = tables(database)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
            rows, root = proof.digest_of(connection, known)
            connection.execute("UPDATE digest SET rows = ?, root = ?", (rows, root))
            connection.execute("COMMIT")
            writer = Writer(connection, known, part)
            writer.translate = files.translate
            writer.actor = _actor(connection)
            with writer.change("migrate", subject=f"{before.version} to {schema.FORMAT}"):
                pass
    finally:
        files.close(connection, part)


def _same(part: Path, key: bytes | bytearray, salt: bytes, before: _Before) -> bool:
    """Whether the new file passes every check and holds what the old one held."""
    checks = integrity(part, key, salt)
    if not all(check.passed for check in checks):
        return False
    connection = files.connect(part, key, salt)
    try:
        with files.translate(part):
            known = tables(Database(connection, execute_plugins=False))
            found = _content(connection, before.tables, before.last)
            checks = proof.checks(connection, known)
    finally:
        files.close(connection, part)
    return found == before.content and all(check.passed for check in checks)


def _content(
    connection: Connection, known: Mapping[str, Table], last: int
) -> dict[str, tuple[int, int]]:
    """Return each table's rows as one number, by the columns in ``known``."""
    found = {}
    for table in known.values():
        statement = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 - the schema's names
        if table.name in _GROWING:
            statement += f" WHERE seq <= {last:d}"
        found[table.name] = digest.rows_value(table.name, connection.execute(statement))
    return found


def _actor(connection: Connection) -> str:
    """Return who is entered as having done it, as for any other change."""
    names = [connection.execute(_ACTOR, (key,)).fetchone()[0] for key in ("member", "chair")]
    return str(names[0] or names[1])


def _keep(path: Path, before: _Before) -> Path:
    """Give the old file a second name, once it is sure that it is still the file we copied."""
    facts = path.stat()
    if (facts.st_size, facts.st_mtime_ns) != (before.size, before.changed):
        raise BusyError(
            f"{path.name} was changed by another program while it was brought to the new format."
            " Nothing was changed here. Close the other program and open it again."
        )
    number = 1
    while True:
        again = f"-{number}" if number > 1 else ""
        aside = path.with_name(f"{path.stem}.format-{before.version}{again}.casebook")
        if not os.path.lexists(aside):
            backups.keep_aside(path, aside)
            return aside
        if aside.samefile(path):  # an interrupted migration gave it this name already
            return aside
        number += 1
