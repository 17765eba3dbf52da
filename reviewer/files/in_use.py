"""Which files this process has a casebook open in: none of them may be opened a second time.

POSIX drops all locks that a process has on a file when it closes any handle of it. So a casebook
that lies in a folder which is brought in, under this name or another, would be open to a second
writer from then on.
"""

import os
import threading
from collections import Counter
from pathlib import Path

FileId = tuple[int, int]  # device and inode; on Windows volume and file index

_guard = threading.Lock()
_open: Counter[FileId] = Counter()


def id_of(facts: os.stat_result) -> FileId:
    """Return what tells a file from every other, whatever its name is by now."""
    return facts.st_dev, facts.st_ino


def id_at(path: Path) -> FileId | None:
    """Return which file lies at ``path``; None where none does, or it cannot be told."""
    try:
        return id_of(path.stat())
    except (OSError, ValueError):
        return None


def enter(file: FileId) -> None:
    """Note that this process has a connection to ``file``."""
    with _guard:
        _open[file] += 1


def leave(file: FileId) -> None:
    """Note that one such connection is closed."""
    with _guard:
        _open[file] -= 1
        if _open[file] <= 0:
            del _open[file]


def is_in_use(file: FileId | None) -> bool:
    """Whether this process has a connection to ``file``."""
    with _guard:
        return file in _open
