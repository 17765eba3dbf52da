"""The engine of casebooks and what stands on it, imported when it is first wanted.

The window must not wait for it: the first screen needs none. It is imported on the window's
thread only, by whoever builds the job that uses it: two threads that import at once may see each
other's modules half made.
"""

# ruff: noqa: PLC0415 - that is what this module is for
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reviewer.progress import Progress

if TYPE_CHECKING:
    from reviewer.casebook.book import Casebook
    from reviewer.documents.outside.worker import Worker


class Opener(Protocol):
    """Opens a casebook, as ``Casebook.open`` does."""

    def __call__(self, path: Path, passphrase: str, *, progress: Progress) -> Casebook:
        """Return the open casebook."""
        ...


def casebook_opener() -> Opener:
    """Return what opens a casebook: see ``casebook.book``."""
    from reviewer.casebook import book

    return book.Casebook.open


def worker_maker() -> Callable[[], Worker]:
    """Return what makes our side of the process that reads documents: ``documents.worker``."""
    from reviewer.documents.outside import worker

    return worker.Worker


def demonstration_opener() -> Callable[[Path, str], bool]:
    """Return what says whether a passphrase opens the demonstration at a path."""
    from reviewer.casebook.file import demonstration

    return demonstration.opens_demonstration


def folder_reader() -> Callable[[Path], list[Path]]:
    """Return what lists the files in a folder that was dropped: see ``intake.places``."""
    from reviewer.intake import places

    return places.files_in
