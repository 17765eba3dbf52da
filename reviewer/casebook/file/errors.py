"""The driver's errors, turned into ours wherever they come up: at a call or between two rows."""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reviewer.casebook.engine import dbapi
from reviewer.errors import BusyError, CasebookError, DamagedError, StorageError, UnlockError
from reviewer.files import in_use
from reviewer.files.write import whole_name

_ROWS = 100  # read at a time while iterating


@contextlib.contextmanager
def translate(path: Path) -> Iterator[None]:
    """Turn the driver's errors into ours, decided once from its codes (SQLite, "Result Codes").

    The engine's sentence on a schema that it cannot read cites it, and the driver cannot always
    read that: damage too.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise _ours(dbapi.SQLITE_CORRUPT, error, path) from error
    except dbapi.DatabaseError as error:
        raise _ours(getattr(error, "sqlite_errorcode", None), error, path) from error


def _ours(code: int | None, error: Exception, path: Path) -> CasebookError:
    found = None if code is None else _SENTENCES.get(code & _PRIMARY)
    if found is None:
        return CasebookError(
            f"{whole_name(path)} could not be used ({type(error).__name__}: {error})."
        )
    kind, sentence = found
    return kind(sentence.format(name=whole_name(path)))


_PRIMARY = 0xFF  # an extended code tells more in its higher bytes
_BUSY = (
    BusyError,
    (
        "{name} is open elsewhere: in another window, or on another computer if it lies on a"
        " shared drive. Close it there first."
    ),
)
_UNWRITABLE = StorageError, "{name} may not be written to where it lies."
_SENTENCES: dict[int, tuple[type[CasebookError], str]] = {
    dbapi.SQLITE_NOTADB: (
        UnlockError,
        (
            "The passphrase does not open {name}. A wrong passphrase and a damaged first page look"
            " alike: check Caps Lock and the slip, then try a backup."
        ),
    ),
    dbapi.SQLITE_BUSY: _BUSY,
    dbapi.SQLITE_LOCKED: _BUSY,
    dbapi.SQLITE_FULL: (
        StorageError,
        (
            "The disk that holds {name} is full. The last change was not made; nothing else is"
            " lost. Free some space and try again."
        ),
    ),
    dbapi.SQLITE_CORRUPT: (
        DamagedError,
        (
            "{name} is damaged, or the disk could not read it. Close it and open it again; if that"
            " is refused, keep the file and restore the last backup."
        ),
    ),
    dbapi.SQLITE_READONLY: _UNWRITABLE,
    dbapi.SQLITE_CANTOPEN: _UNWRITABLE,
    dbapi.SQLITE_IOERR: (
        StorageError,
        "The disk that holds {name} reported an error. The last change was not made.",
    ),
}


class _SpeakingCursor(dbapi.Cursor):  # type: ignore[misc]  # the driver has no types
    """Rows that may fail to be read at any moment: the disk can break between two of them."""

    def execute(self, *args: Any) -> Any:  # noqa: ANN401 - as the driver's own
        with translate(self.connection.path):
            return super().execute(*args)

    def executemany(self, *args: Any) -> Any:  # noqa: ANN401
        with translate(self.connection.path):
            return super().executemany(*args)

    def fetchone(self) -> Any:  # noqa: ANN401
        with translate(self.connection.path):
            return super().fetchone()

    def fetchall(self) -> Any:  # noqa: ANN401
        with translate(self.connection.path):
            return super().fetchall()

    def __iter__(self) -> Iterator[Any]:
        with translate(self.connection.path):
            while rows := self.fetchmany(_ROWS):
                yield from rows


class SpeakingConnection(dbapi.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection whose every failure is one of our sentences. ``path`` is the file's.

    ``raw`` is a handle to read the file's bytes with, or None. It is closed after the connection:
    a process that closes any handle of a file loses all its locks on it.
    """

    path: Path
    raw: int | None = None

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **named)
        self._reading = threading.Lock()
        self.file: in_use.FileId | None = None

    def enter(self, path: Path) -> None:
        """Note which file this connection has, for as long as it is open."""
        self.file = in_use.id_at(path) if self.raw is None else in_use.id_of(os.fstat(self.raw))
        if self.file is not None:
            in_use.enter(self.file)

    def read_raw(self, size: int, start: int) -> bytes:
        """Return bytes of the file, on any thread. Raises ``StorageError`` once it is closed."""
        with self._reading:
            if self.raw is None:
                raise StorageError(f"{self.path.name} was closed while it was copied.")
            return os.pread(self.raw, size, start)

    def close(self) -> None:
        """Close the connection, and the handle after it."""
        super().close()
        with self._reading:
            if self.raw is not None:
                os.close(self.raw)
            self.raw = None
            if self.file is not None:
                in_use.leave(self.file)
            self.file = None

    def cursor(self, *args: Any) -> Any:  # noqa: ANN401
        """Return a cursor of ours."""
        return super().cursor(*(args or (_SpeakingCursor,)))

    def execute(self, *args: Any) -> Any:  # noqa: ANN401
        """Execute one statement; raises as ``translate`` says."""
        return self.cursor().execute(*args)

    def executemany(self, *args: Any) -> Any:  # noqa: ANN401
        """Execute one statement for many rows; raises as ``translate`` says."""
        return self.cursor().executemany(*args)
