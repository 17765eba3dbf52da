"""The casebook and the process that reads documents, imported when one is first opened.

The window must not wait for the engine: the first screen needs none.
"""

# ruff: noqa: PLC0415 - that is what this module is for
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.progress import Progress

if TYPE_CHECKING:
    from reviewer.casebook.book import Casebook
    from reviewer.documents.worker import Worker


def open_casebook(path: Path, passphrase: str, progress: Progress) -> Casebook:
    """Open the casebook at ``path``: see ``casebook.book``."""
    from reviewer.casebook import book

    return book.Casebook.open(path, passphrase, progress=progress)


def document_worker() -> Worker:
    """Make our side of the process that reads documents: see ``documents.worker``."""
    from reviewer.documents import worker

    return worker.Worker()
