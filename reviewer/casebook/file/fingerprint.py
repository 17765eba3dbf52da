"""The schema a casebook must have: exactly that of its format, word for word.

Whoever knows the key can add a trigger, a view or a virtual table that changes what our own
statements do. So the whole of ``sqlite_master`` is compared with what the migrations make in an
empty database, before anything else is read.
"""

import functools
import hashlib
from typing import Any

from reviewer.casebook import schema
from reviewer.casebook.engine import Database, Migrations, scratch
from reviewer.records.canonical import canonical
from reviewer.records.text import clean_line

_PARTS = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
_APPLIED = "SELECT migration_set, name FROM _sqlite_migrations ORDER BY id"
_INDEX_SETTINGS = "SELECT k FROM page_fts_config WHERE k NOT IN ('version', 'secure-delete')"
_MOST = 60  # characters of a foreign name that are shown

Part = tuple[str, str, str, str]
Connection = Any  # sqlcipher3 has no types


def schema_of(connection: Connection) -> frozenset[Part]:
    """Return every part of a database's schema: type, name, table, and its text."""
    return frozenset((row[0], row[1], row[2], row[3]) for row in connection.execute(_PARTS))


def expected(version: int) -> frozenset[Part]:
    """Return the schema that a casebook of format ``version`` has."""
    return _made(schema.migrations, version)[0]


def fingerprint(parts: frozenset[Part]) -> str:
    """Return the SHA-256 of a schema, as FORMAT.md names it for each released format."""
    return hashlib.sha256(canonical(sorted(parts))).hexdigest()


def foreign_parts(connection: Connection, version: int) -> str:
    """Return what is not as in a casebook of format ``version``, as a sentence, or ""."""
    found = schema_of(connection)
    wanted, names = _made(schema.migrations, version)
    if found != wanted:
        return f"It has other parts than a casebook of format {version}: " + _difference(
            found, wanted
        )
    applied = tuple(name for _, name in connection.execute(_APPLIED))
    if applied != names or connection.execute(_INDEX_SETTINGS).fetchall():
        return f"It does not say truly that it was made as format {version}."
    return ""


def _difference(found: frozenset[Part], wanted: frozenset[Part]) -> str:
    """Name the first part that is too many, or else the first that lacks."""
    for parts, what in ((found - wanted, "the {} {}."), (wanted - found, "no {} {}.")):
        if parts:
            kind, name = min(parts)[:2]
            return what.format(clean_line(kind)[:_MOST], clean_line(name)[:_MOST])
    return ""


@functools.cache
def _made(migrations: Migrations, version: int) -> tuple[frozenset[Part], tuple[str, ...]]:
    """Return the schema that the first ``version`` migrations make, and their names."""
    with scratch() as connection:
        database = Database(connection, execute_plugins=False)
        steps = migrations.pending(database)[:version]
        migrations.ensure_migrations_table(database)
        for step in steps:
            step.fn(database)
        return schema_of(connection), tuple(step.name for step in steps)
