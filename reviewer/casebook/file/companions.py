"""What the engine would play into a file of that name: ``-journal``, ``-wal`` and ``-shm``.

Nothing says that such a file belongs to the file beside it: a killed program leaves one, and
whoever puts a backup in the file's place leaves it lying there (SECURITY 14). So none is ever
played into a casebook: see ``settling``.
"""

import contextlib
import datetime as dt
import os
import stat
from pathlib import Path

from reviewer.files.write import storage_error, sync_folder

JOURNAL = "-journal"
SUFFIXES = (JOURNAL, "-wal", "-shm")
_STAMP = "%Y%m%dT%H%M%S%fZ"


def beside(path: Path) -> list[Path]:
    """Return what lies beside ``path`` that the engine would play; an empty journal is none."""
    found = []
    for suffix in SUFFIXES:
        companion = path.with_name(path.name + suffix)
        with contextlib.suppress(OSError):
            facts = companion.lstat()
            if suffix != JOURNAL or facts.st_size or not stat.S_ISREG(facts.st_mode):
                found.append(companion)
    return found


def kept_name(path: Path) -> Path:
    """Return a new name for what an interrupted change left of ``path``."""
    stamp = dt.datetime.now(dt.UTC).strftime(_STAMP)
    return path.with_name(f"{path.name}.interrupted-{stamp}")


def set_aside(path: Path, name: Path | None = None) -> list[Path]:
    """Move away what lies beside ``path``, so that nothing plays it; returns the new names.

    They are those of ``name`` (by default ``kept_name``), so that they belong to a file called
    that. To be called while nobody else has ``path`` open. Raises ``StorageError``.
    """
    name = name or kept_name(path)
    moved = []
    for companion in beside(path):
        kept = name.with_name(name.name + companion.name.removeprefix(path.name))
        try:
            if os.path.lexists(kept):
                raise FileExistsError(kept)
            companion.rename(kept)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise storage_error(error, companion) from error
        moved.append(kept)
    if moved:
        with contextlib.suppress(OSError):  # a move that a power cut undoes is done again
            sync_folder(path.parent)
    return moved


def without_journal(path: Path, name: Path) -> list[str]:
    """Return what was kept of ``path`` before ``name`` and has no journal of its own beside it.

    A try that the disk refused, or that was killed, never came to move the journal beside it.
    """
    begins = f"{path.name}.interrupted-"
    with contextlib.suppress(OSError):
        names = {one.name for one in path.parent.iterdir() if one.name.startswith(begins)}
        paired = {one.removesuffix(end) for end in SUFFIXES for one in names if one.endswith(end)}
        beside_none = {one for one in names if not one.endswith(SUFFIXES)}
        return sorted(beside_none - paired - {name.name})
    return []


def forget_links(path: Path) -> None:
    """Remove second names of the file ``path`` that a try which was cut off gave it."""
    with contextlib.suppress(OSError):
        for found in path.parent.glob("*.interrupted-*"):
            if found.name.startswith(f"{path.name}.interrupted-") and found.samefile(path):
                found.unlink()
