"""The files that travel: how they are called, telling nothing of a person, and how opened."""

import os
from pathlib import Path
from typing import BinaryIO

from reviewer.errors import ReturnError
from reviewer.files.read import NotAFileError, open_file

_SHOWN = 8  # hexadecimal digits of a hash: files in one folder are told apart


def issued_name(pack: str) -> str:
    """Return the name of the casebook issued with the pack hash ``pack``."""
    return f"panellist-{pack[:_SHOWN]}.casebook"


def update_name(seq: int, digest: str) -> str:
    """Return the name of update ``seq`` with the ``digest`` of its header."""
    return f"update-{seq}-{digest[:_SHOWN]}.update"


def open_sent(path: Path, most: int, what: str) -> BinaryIO:
    """Open a file that came from a person, having looked at its kind and size first.

    ``most`` is in bytes, ``what`` is "return" or "update". Raises ``ReturnError``: layer ``file``
    or ``size``.
    """
    try:
        stream = open_file(path)
    except NotAFileError:
        raise ReturnError(f"{path.name} is not a file.", layer="file") from None
    except OSError as error:
        raise unread(path, error) from error
    if os.fstat(stream.fileno()).st_size > most:
        stream.close()
        size = f"{most >> 30} GiB" if most >> 30 else f"{most >> 20} MiB"
        raise ReturnError(
            f"{path.name} is larger than {size}, which no {what} is. It was not read.",
            layer="size",
        )
    return stream


def unread(path: Path, error: OSError) -> ReturnError:
    """Return what is said of a file that the disk does not give."""
    return ReturnError(
        f"{path.name} could not be read: {error.strerror or 'disk error'}.", layer="file"
    )
