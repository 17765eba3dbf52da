"""Long work that takes one step at a time on an open casebook, so that others get in between."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from reviewer.casebook.book import Casebook
from reviewer.records.ids import DocumentId
from reviewer.records.large import FileBytes, LargeFile

T = TypeVar("T")


class Steps(Protocol):
    """Does one step on the casebook, on the thread that owns it, and waits for what comes of it.

    Between two steps anything may have changed: a step finds out for itself what is so.
    """

    def __call__(self, step: Callable[[Casebook], T]) -> T:
        """Return what ``step`` returns. Raises what it raises, and ``Cancelled``."""
        ...


def at_once(book: Casebook) -> Steps:
    """Return steps that are done where they are asked for."""

    def do(step: Callable[[Casebook], T]) -> T:
        return step(book)

    return do


def original_by(steps: Steps, document: DocumentId) -> FileBytes:
    """Return the bytes that were imported, to be read beside the thread that owns the casebook."""
    return by_steps(steps, steps(lambda book: book.documents.original(document)))


def shown_by(steps: Steps, document: DocumentId) -> FileBytes:
    """Return the PDF that is drawn, to be read beside the thread that owns the casebook."""
    return by_steps(steps, steps(lambda book: book.documents.shown(document)))


def by_steps(steps: Steps, file: FileBytes) -> FileBytes:
    """Return ``file``, which is of the casebook: what is kept in pieces comes a step a piece."""
    if not isinstance(file, LargeFile):
        return file
    sha256 = file.sha256

    def piece(number: int) -> bytes:
        return steps(lambda book: book.pieces.piece(sha256, number))

    return LargeFile(len(file), piece, sha256)
