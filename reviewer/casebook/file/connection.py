"""The one opener of casebook files. Nothing else calls ``connect`` (SECURITY 1.1-1.4)."""

import contextlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reviewer.casebook.engine import dbapi
from reviewer.casebook.file import companions, errors, filelock
from reviewer.casebook.file.selftest import require_sound
from reviewer.crypto.keys import KEY_BYTES, SALT_BYTES
from reviewer.errors import (
    BusyError,
    CasebookError,
    ClosedError,
    InputError,
    NotACasebookError,
    StorageError,
    UnlockError,
)
from reviewer.files import in_use
from reviewer.files.read import open_file
from reviewer.files.write import storage_error, sync_folder

PAGE = 4096
PLAIN = b"SQLite format 3\x00"
_SLICE = 4 << 20  # bytes read at a time
BUSY_MS = 1500  # an antivirus program may hold the file for a moment

_PRAGMAS = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("fullfsync", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("cache_size", "-32768", -32768),  # KiB: decrypted pages are dear, keep 32 MiB of them
)
_KEY_PRAGMAS = {"key", "rekey", "hexkey", "hexrekey", "cipher_plaintext_header_size"}

Connection = Any  # sqlcipher3 has no types

translate = errors.translate  # whoever opens a file speaks of it


def read_salt(path: Path) -> bytes:
    """Return the salt of a casebook: its first 16 bytes.

    Called before connecting and never again while the file is open: closing a second handle would
    drop the lock. Raises ``NotACasebookError`` for what cannot be a casebook, ``BusyError`` for
    what this process has open.
    """
    if filelock.is_open_here(path):
        raise BusyError(f"{path.name} is open in this window or command already.")
    try:
        facts = path.lstat()
        if stat.S_ISLNK(facts.st_mode) or not stat.S_ISREG(facts.st_mode):
            raise NotACasebookError(
                f"{path.name} is a link, a folder, a pipe or a device, not a casebook. Open the"
                " file itself."
            )
        with open_file(path) as stream:
            head = stream.read(SALT_BYTES)
    except FileNotFoundError as error:
        raise NotACasebookError(f"There is no file {path.name} there.") from error
    except OSError as error:
        raise StorageError(f"{path.name} could not be read: {error.strerror}.") from error
    if facts.st_size == 0:
        raise NotACasebookError(
            f"{path.name} is empty (0 bytes). If it should be a casebook, copy it again from"
            " where it came, or restore a backup."
        )
    if head == PLAIN:
        raise NotACasebookError(
            f"{path.name} is an ordinary SQLite database without encryption, not a casebook."
        )
    if facts.st_size % PAGE:
        raise NotACasebookError(
            f"{path.name} is not a casebook, or it was cut short: a casebook is a whole number of"
            " pages long. Copy it again from where it came, or restore a backup."
        )
    return head


def _rollback_waits(path: Path) -> bool:
    """Whether the engine still has a change to take back."""
    with contextlib.suppress(OSError):
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    return False


def check_name_free(path: Path) -> None:
    """Raise ``InputError`` where something already has that name."""
    if os.path.lexists(path):
        raise InputError(f"{path.name} already exists there, so nothing was written.")


def create_empty(path: Path) -> None:
    """Make an empty file of our own at ``path`` that nobody else may read.

    Raises ``InputError`` where the name is taken, ``StorageError`` where the disk refuses.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError as error:
        raise InputError(f"{path.name} already exists there, so nothing was written.") from error
    except OSError as error:
        raise storage_error(error, path) from error
    os.close(handle)
    sync_folder(path.parent)


def connect(
    path: Path,
    key: bytes | bytearray,
    salt: bytes,
    *,
    read_only: bool = False,
    as_it_is: bool = False,
    raw: bool = False,
) -> Connection:
    """Open ``path`` with the raw key and all settings that every casebook connection has.

    Takes no lock yet (see ``lock``). With ``raw`` the file's bytes can be read beside it (see
    ``copy_raw``), by the one connection that a program keeps open. ``as_it_is`` reads a file that
    nobody changes, without lock and without what lies beside it. Raises ``UnlockError`` where
    the key does not fit, ``BusyError`` where a journal lies beside it (see ``settling``), and the
    sentence of ``translate`` for all else.
    """
    require_sound()
    spec = _spec(key, salt)
    mode = "ro&immutable=1" if as_it_is else "ro" if read_only else "rw"
    if not as_it_is:
        _refuse_journal(path)
    handle = _raw_handle(path) if raw else None
    with translate(path):
        connection = dbapi.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            factory=errors.SpeakingConnection,
            isolation_level=None,
            timeout=BUSY_MS / 1000,
        )
        connection.path = path
        connection.raw = handle
        connection.enter(path)
    read_only = read_only or as_it_is
    try:
        with translate(path):
            _prepare(connection, spec, path, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_journal(path: Path) -> None:
    """Let the engine play nothing: what lies there is a change under way, or nobody's.

    An empty journal, and the one of a connection that this process has, are no matter; neither
    is what we put beside our own part files.
    """
    found = companions.beside(path)
    if filelock.is_open_here(path):
        found = [one for one in found if not one.name.endswith(companions.JOURNAL)]
    if found and not path.name.endswith(".part"):
        raise BusyError(
            f"{path.name} is being changed elsewhere at this moment: {found[0].name} lies beside"
            " it. Try again when that is done."
        )


def play(part: Path) -> None:
    """Let the engine play the journal beside the copy ``part``, which needs no key for it.

    Raises ``StorageError`` where the disk refuses.
    """
    with (
        translate(part),
        contextlib.closing(
            dbapi.connect(f"{part.absolute().as_uri()}?mode=rw", uri=True)
        ) as connection,
    ):
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key = \"x'{_spec(bytes(KEY_BYTES), bytes(SALT_BYTES))}'\"")
        with contextlib.suppress(dbapi.Error):  # it is played, and then the key does not fit
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def reserve(connection: Connection, path: Path) -> None:
    """Keep every other writer out while readers may still come: for as long as a file is checked.

    Opens a transaction that writes nothing and that ``lock`` ends. Raises ``BusyError``.
    """
    with translate(path):
        connection.execute("BEGIN IMMEDIATE")


def lock(connection: Connection, path: Path) -> None:
    """Take the exclusive lock that is kept until ``close``. Raises ``BusyError``.

    After ``reserve`` nobody else can have written in between: ending an empty transaction in the
    exclusive locking mode turns the one lock into the other, and where a reader is still there
    the reservation stands.

    The engine opens a file for reading only, and says nothing, where one try to open it for
    writing failed (found by tests/faults); it would take no lock then and refuse each change. So
    a file that may be written must be open for that: raises ``StorageError``.
    """
    with translate(path):
        if not connection.in_transaction:
            connection.execute("BEGIN EXCLUSIVE")
        if os.access(path, os.W_OK):
            connection.execute("DELETE FROM digest WHERE 0")
        connection.execute("COMMIT")


def is_in_place(connection: Connection, path: Path) -> bool:
    """Whether the file that was opened is the one that now has its name (SECURITY 19)."""
    there = in_use.id_at(path)
    if there is None or connection.raw is None:
        return there is not None and there == connection.file
    return there == in_use.id_of(os.fstat(connection.raw))


def close(connection: Connection, path: Path) -> None:
    """Close, leaving no journal file behind; what lies beside another file is not ours.

    Done while the lock is held: once the mode is DELETE and no transaction is open, what still
    lies there is left over from a crash whose rollback is long done, and nobody else can need it.
    """
    with contextlib.suppress(CasebookError, dbapi.Error, OSError):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    with contextlib.suppress(CasebookError, dbapi.Error, OSError):
        if is_in_place(connection, path):
            connection.execute("PRAGMA journal_mode=DELETE")
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    connection.close()


def rekey(connection: Connection, path: Path, key: bytes | bytearray, salt: bytes) -> None:
    """Re-encrypt the whole file under another key and salt, in one transaction of the engine.

    The engine calls a re-key done even where its commit failed (found by tests/faults), and would
    then write pages under a key that the file does not have: only an emptied journal is a commit.
    Where there was none the connection is closed, and the next opening rolls the file back.
    Raises ``ClosedError``.
    """
    spec = _spec(key, salt)
    connection.set_authorizer(None)
    try:
        connection.execute(f"PRAGMA rekey = \"x'{spec}'\"")
        if _rollback_waits(path):
            raise StorageError(f"The new key of {path.name} did not reach the disk.")
    except CasebookError as error:
        connection.close()
        raise ClosedError(
            f"The disk is full or failed while the passphrase of {path.name} was being changed, so"
            " the old one holds. The casebook was closed; nothing in it is lost. Open it again."
        ) from error
    connection.set_authorizer(_authorize)


def copy_into(connection: Connection, path: Path, copy: Path) -> None:
    """Write a compact copy of the open casebook to ``copy``, encrypted with the same key and salt.

    The one place where the engine may attach another file (VACUUM INTO needs it).
    """
    create_empty(copy)
    connection.set_authorizer(None)
    try:
        with translate(path):
            connection.execute("VACUUM INTO ?", (str(copy.absolute()),))
    finally:
        connection.set_authorizer(_authorize)
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())


def copy_raw(connection: Connection, copy: Path) -> None:
    """Copy the file's bytes, on any thread; whether they belong together is for others to check.

    While they are read the casebook's thread may change the file.
    """
    create_empty(copy)
    start = 0
    with copy.open("r+b") as out:
        while part := connection.read_raw(_SLICE, start):
            start += out.write(part)
        out.flush()
        os.fsync(out.fileno())


def _raw_handle(path: Path) -> int | None:
    """Open a handle for ``copy_raw``; None where the system cannot read at a place (Windows).

    For writing where that is allowed: a layered file system gives a file another inode when it is
    first opened so, and ``is_in_place`` would take that for another file.
    """
    mode = os.O_RDWR if os.access(path, os.W_OK) else os.O_RDONLY
    try:
        return os.open(path, mode | os.O_CLOEXEC) if hasattr(os, "pread") else None
    except OSError as error:
        raise StorageError(f"{path.name} could not be read: {error.strerror}.") from error


_INTEGRITY: dict[str, tuple[str, list[tuple[str]]]] = {
    "pages": ("PRAGMA cipher_integrity_check", []),
    "structure": ("PRAGMA integrity_check", [("ok",)]),
}


def integrity(connect: Callable[[], Connection], name: str) -> bool:
    """Run one check on a connection of its own (one bad page poisons a second check).

    ``name`` is ``pages`` (the engine's authentication of every page) or ``structure`` (SQLite's
    own). To be called before the exclusive lock is taken: on the thread that opens the file, or
    (with a connection for reading only) on another while it is reserved.
    """
    pragma, good = _INTEGRITY[name]
    connection = connect()
    try:
        return bool(connection.execute(pragma).fetchall() == good)
    except (BusyError, UnlockError):
        raise
    except CasebookError:
        return False
    finally:
        connection.close()


def _spec(key: bytes | bytearray, salt: bytes) -> str:
    """Return exactly 96 hexadecimal digits, the only key that this program gives to the engine.

    A digit less, and the engine would silently take them as a passphrase.
    """
    parts: tuple[tuple[object, int], ...] = ((key, KEY_BYTES), (salt, SALT_BYTES))
    for part, length in parts:
        if not isinstance(part, bytes | bytearray) or len(part) != length:
            raise ValueError("a raw key has 32 bytes and a salt 16")
    return bytes(key).hex() + bytes(salt).hex()


def _prepare(connection: Connection, spec: str, path: Path, *, read_only: bool) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key = \"x'{spec}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for name, value, expected in _PRAGMAS:
        if read_only and name in {"journal_mode", "locking_mode"}:
            continue
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise CasebookError(f"{path.name}: the setting {name} could not be made ({found}).")
    connection.set_authorizer(_authorize)


def _authorize(
    action: int, first: str | None, second: str | None, _db: str | None, _source: str | None
) -> int:
    """Refuse what could write plain text or load code, on every connection after set-up."""
    if action == dbapi.SQLITE_ATTACH:
        return int(dbapi.SQLITE_DENY)
    if action == dbapi.SQLITE_PRAGMA and (first or "").lower() in _KEY_PRAGMAS:
        return int(dbapi.SQLITE_DENY)
    if action == dbapi.SQLITE_FUNCTION and (second or "").lower() == "load_extension":
        return int(dbapi.SQLITE_DENY)
    return int(dbapi.SQLITE_OK)
