"""A file read by the handle that holds its lock: another one, once closed, would drop it."""

import hashlib
import os
from pathlib import Path

from reviewer.casebook.file.connection import create_empty

_SLICE = 4 << 20  # bytes read at a time


def copy(handle: int, part: Path) -> bytes:
    """Copy what ``handle`` reads to the new file ``part``, synced; returns its SHA-256."""
    create_empty(part)
    found = hashlib.sha256()
    os.lseek(handle, 0, os.SEEK_SET)
    with part.open("r+b") as out:
        while data := os.read(handle, _SLICE):
            found.update(data)
            out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return found.digest()


def digest(handle: int) -> bytes:
    """Return the SHA-256 of what ``handle`` reads."""
    found = hashlib.sha256()
    os.lseek(handle, 0, os.SEEK_SET)
    while data := os.read(handle, _SLICE):
        found.update(data)
    return found.digest()


def sync(part: Path) -> None:
    """Make what was written to ``part`` durable."""
    with part.open("r+b") as stream:
        os.fsync(stream.fileno())
