"""Whether the program's own parts give their known answers; asked before the first casebook.

The engine encrypts a database in memory that only its key reads, and reads one that another engine
wrote; the primitives give the answers of their standards. Nothing is written to any disk.
"""

import contextlib
import os

from reviewer.assets import resource
from reviewer.casebook.engine import check_engine, dbapi
from reviewer.crypto.selftest import check_primitives, failed

_PART = "the encrypted database (SQLCipher)"
_KNOWN = "52656368656e20536965206461732062697474652073656c6273742065696e6d01" + "a5" * 15
_ANSWER = "written by another engine"
_sound = False


def require_sound() -> None:
    """Raise ``EngineError`` unless every part works as it must; asked once, then remembered."""
    global _sound  # noqa: PLW0603 - one answer a process
    if not _sound:
        check_all()
        _sound = True


def check_all() -> None:
    """Raise ``EngineError`` naming the first part that does not work as it must."""
    check_engine()
    check_primitives()
    try:
        good = _keeps_to_itself() and _reads_another()
    except (dbapi.Error, OSError) as error:  # also where the known answer is not in the program
        raise failed(_PART) from error
    if not good:
        raise failed(_PART)


def _keeps_to_itself() -> bool:
    """Write a row under a key into memory; only that key may read it back."""
    name = f"file:/reviewer-selftest-{os.getpid()}?vfs=memdb"
    key, salt, secret = os.urandom(32).hex(), os.urandom(16).hex(), os.urandom(12).hex()
    with contextlib.closing(_keyed(name, key + salt)) as writer:
        writer.execute("CREATE TABLE own (secret TEXT)")
        writer.execute("INSERT INTO own VALUES (?)", (secret,))
        own = _read(name, key + salt, "SELECT secret FROM own")
        other = _read(name, os.urandom(32).hex() + salt, "SELECT secret FROM own")
        none = _read(name, "", "SELECT secret FROM own")
    return (own, other, none) == (secret, None, None)


def _reads_another() -> bool:
    """Read what another engine wrote, and not with another key (``resources/selftest``)."""
    name = f"{resource('selftest/sqlcipher-4.db').as_uri()}?mode=ro&immutable=1"
    right = _read(name, _KNOWN, "SELECT answer FROM known")
    wrong = _read(name, "00" + _KNOWN[2:], "SELECT answer FROM known")
    return (right, wrong) == (_ANSWER, None)


def _keyed(name: str, spec: str) -> dbapi.Connection:
    connection = dbapi.connect(name, uri=True, isolation_level=None)
    if spec:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key = \"x'{spec}'\"")
    return connection


def _read(name: str, spec: str, query: str) -> str | None:
    """Return the one value of ``query``, or None where the key does not open the database."""
    with contextlib.closing(_keyed(name, spec)) as reader:
        try:
            return str(reader.execute(query).fetchone()[0])
        except dbapi.DatabaseError:
            return None
