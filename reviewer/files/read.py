"""The one way a file from outside is opened: a real file, at once, or not at all."""

import errno
import os
import select
import stat
import time
from io import BufferedReader
from pathlib import Path

from reviewer.errors import InputError
from reviewer.files import in_use
from reviewer.messages import say

_FROM_THE_SHELL = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
_PATIENCE = 60.0  # seconds for what a shell's own pipe brings: somebody may be asked for a PIN


class NotAFileError(OSError):
    """A folder, a pipe or a device lies there."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "it is no file")


class InUseError(OSError):
    """The casebook itself lies there, which this process has open (see ``in_use``)."""

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, "it is the casebook that is open here")


def open_file(path: Path) -> BufferedReader:
    """Open ``path`` for reading; what it is is asked of the open file, so that nobody can swap it.

    A pipe is not waited for: on a stick it would never end. Raises ``OSError``, of which
    ``NotAFileError`` is for what is not a file, ``InUseError`` for a casebook that is open here.
    """
    if in_use.is_in_use(in_use.id_at(path)):
        raise InUseError
    flags = os.O_RDONLY
    for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK"):  # not every system has each
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags)
    facts = os.fstat(handle)
    if in_use.is_in_use(in_use.id_of(facts)):  # put there meanwhile, and not closed: see in_use
        raise InUseError
    if not stat.S_ISREG(facts.st_mode):
        os.close(handle)
        raise NotAFileError
    return os.fdopen(handle, "rb")


def read_small(path: Path, most: int) -> bytes:
    """Return what a file that people write holds, at most ``most`` + 1 bytes: more is too much.

    Raises ``InputError`` where it cannot be read.
    """
    try:
        with open_file(path) as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise InputError(
            say("{name} could not be read: {reason}.", name=path.name, reason=error.strerror)
        ) from error


def read_secret(path: Path, most: int) -> bytes:
    """Return what ``path`` holds, at most ``most`` + 1 bytes of it: more is too much.

    The one place where a pipe may stand for a file: one that the shell itself opened
    (``<(pass show inquiry)``), so that a passphrase need not lie on the disk. A pipe that has a
    name, and a device, are no file here either. Raises ``OSError``.
    """
    try:
        with open_file(path) as stream:
            return stream.read(most + 1)
    except NotAFileError:
        if os.name == "nt" or not str(path).startswith(_FROM_THE_SHELL):
            raise
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if not stat.S_ISFIFO(os.fstat(handle).st_mode):
            raise NotAFileError
        return _read_pipe(handle, most + 1)
    finally:
        os.close(handle)


def _read_pipe(handle: int, size: int) -> bytes:
    found, until = b"", time.monotonic() + _PATIENCE
    while len(found) < size:
        if not select.select([handle], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError(errno.ETIMEDOUT, "nothing more came")
        part = os.read(handle, size - len(found))
        if not part:
            break
        found += part
    return found
