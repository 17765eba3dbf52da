"""SQLCipher, and sqlite-utils made to stand on it (SECURITY 1.1, 1.5).

The standard library's sqlite3 takes ``PRAGMA key`` and writes plain text, so it must never be the
engine below sqlite-utils: that package asks for ``pysqlite3`` first, and gets SQLCipher.
"""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

import sqlcipher3
from sqlcipher3 import dbapi2 as dbapi

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi

# sqlite-utils would load pandas where it is, for a kind of table that is not used here.
_PANDAS = sys.modules.get("pandas")
sys.modules["pandas"] = None  # type: ignore[assignment]  # what Python takes for "not there"

# The registrations above must come first.
import sqlite_utils.utils as sqlite_utils_engine  # noqa: E402
from sqlite_utils.db import Database  # noqa: E402
from sqlite_utils.migrations import Migrations  # noqa: E402

del sys.modules["pandas"]
if _PANDAS is not None:
    sys.modules["pandas"] = _PANDAS

from reviewer.errors import EngineError  # noqa: E402

OLDEST_SQLITE = (3, 51, 3)
OLDEST_CIPHER = (4, 6)

__all__ = ["Database", "Migrations", "check_engine", "dbapi", "scratch"]


def check_engine() -> None:
    """Raise ``EngineError`` unless the engine is SQLCipher and new enough."""
    if vars(sqlite_utils_engine)["sqlite3"] is not sqlcipher3:
        raise EngineError("The encrypted database engine was not loaded. Reinstall Reviewer.")
    with scratch() as probe:
        row = probe.execute("PRAGMA cipher_version").fetchone()
        version = probe.execute("SELECT sqlite_version()").fetchone()[0]
    if row is None or _numbers(row[0].split()[0]) < OLDEST_CIPHER:
        raise EngineError("The database engine cannot encrypt. Reinstall Reviewer.")
    if _numbers(version) < OLDEST_SQLITE:
        raise EngineError(f"The database engine {version} is too old. Reinstall Reviewer.")


@contextlib.contextmanager
def scratch() -> Iterator[Any]:
    """Open an empty database in memory, which never holds anything of a casebook."""
    connection = dbapi.connect(":memory:", isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
