"""The one way a file from outside is opened: a real file, at once, or not at all."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


class NotAFileError(OSError):
    """A folder, a pipe or a device lies there."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "it is no file")


def open_file(path: Path) -> BufferedReader:
    """Open ``path`` for reading; what it is is asked of the open file, so that nobody can swap it.

    A pipe is not waited for: on a stick it would never end. Raises ``OSError``, of which
    ``NotAFileError`` is for what is not a file.
    """
    flags = os.O_RDONLY
    for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK"):  # not every system has each
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotAFileError
    return os.fdopen(handle, "rb")
