"""The lock of a casebook file, taken without the engine.

The engine plays whatever journal lies beside a file as soon as it reads it. To look at both first,
the same bytes are locked that the engine locks (SQLite's os_unix.c and os_win.c). POSIX drops all
locks that a process has on a file when it closes any handle of it: so nothing here opens a file
that this process has open already (``reviewer.files.in_use``).
"""

import contextlib
import os
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reviewer.errors import BusyError, NotACasebookError
from reviewer.files.in_use import id_at, id_of, is_in_use
from reviewer.files.write import storage_error

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PENDING = 0x4000_0000  # the first of the engine's lock bytes
_BYTES = 512  # pending, reserved and the 510 that readers share
_FLOCK = "hhqqi"  # struct flock of 64-bit Linux
_PAUSE = 0.05  # seconds between two tries


def is_open_here(path: Path) -> bool:
    """Whether this process has a connection to the file at ``path``."""
    return is_in_use(id_at(path))


@contextlib.contextmanager
def held(path: Path, *, patience: float, reading: bool = False) -> Iterator[int]:
    """Hold the lock of the file ``path`` and yield a handle to it, for ``os.read``.

    With ``reading`` only writers are kept out, and the file need not be writable. Waits
    ``patience`` seconds. Raises ``BusyError``, ``NotACasebookError``, ``StorageError``.
    """
    if is_open_here(path):
        raise _busy(path)
    flags = os.O_RDONLY if reading else os.O_RDWR
    for name in ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, name, 0)
    try:
        handle = os.open(path, flags)
    except FileNotFoundError as error:
        raise NotACasebookError(f"There is no file {path.name} there.") from error
    except OSError as error:
        raise storage_error(error, path) from error
    try:
        until = time.monotonic() + patience
        while not _locked(handle, reading=reading):
            if time.monotonic() > until:
                raise _busy(path)
            time.sleep(_PAUSE)
        if id_of(os.fstat(handle)) != id_at(path):  # another file took its place meanwhile
            raise _busy(path)
        yield handle
    finally:
        os.close(handle)


def holder_of(path: Path) -> int | None:
    """Return the process that keeps others from writing ``path``, where the system tells (Linux).

    That is who writes or will write; else anybody who reads. None where nobody does, where it is
    not told, or where it is this process.
    """
    if sys.platform != "linux" or is_open_here(path):
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        return _asked(handle, _PENDING + 1, 1) or _asked(handle, _PENDING, _BYTES)
    finally:
        os.close(handle)


@contextlib.contextmanager
def held_while_named(part: Path) -> Iterator[None]:
    """Hold the lock of the file that takes a place: nobody opens it beside the old journal."""
    if os.name == "nt":  # an open file cannot be renamed there
        yield
        return
    with held(part, patience=0):
        yield


def _asked(handle: int, start: int, length: int) -> int | None:
    if sys.platform != "linux":
        return None
    wanted = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
    try:
        found = struct.unpack(_FLOCK, fcntl.fcntl(handle, fcntl.F_GETLK, wanted))
    except (OSError, struct.error):
        return None
    kind, pid = found[0], found[4]
    return pid if kind != fcntl.F_UNLCK and pid > 0 else None


def _locked(handle: int, *, reading: bool) -> bool:
    try:
        if sys.platform == "win32":  # never tried there
            os.lseek(handle, _PENDING, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, _BYTES)
        else:
            kind = fcntl.LOCK_SH if reading else fcntl.LOCK_EX
            fcntl.lockf(handle, kind | fcntl.LOCK_NB, _BYTES, _PENDING)
    except OSError:
        return False
    return True


def _busy(path: Path) -> BusyError:
    return BusyError(f"{path.name} is open elsewhere. Close it there first.")
