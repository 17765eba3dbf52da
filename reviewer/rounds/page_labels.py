"""One's own marks with what documents themselves call their pages, as whoever holds a paper
copy finds them.
"""  # noqa: D205 - one sentence over two lines

from collections.abc import Sequence
from typing import Protocol

from reviewer.casebook.book import Casebook
from reviewer.documents.limits import WHOLE
from reviewer.errors import DocumentError, EngineError
from reviewer.records.contents import Contents
from reviewer.records.ids import DocumentId
from reviewer.records.large import FileBytes
from reviewer.records.own_marks import OwnMark, labelled

_PDF = "application/pdf"  # no other kind of document calls its pages anything


class Reader(Protocol):
    """What is needed of ``reviewer.documents.outside.worker.Worker``."""

    def open(self, key: str, pdf: FileBytes) -> int:
        """Open a document and return its number of pages."""
        ...

    def open_in_pieces(self, key: str, pdf: FileBytes) -> int:
        """Do as ``open``, and read of it only what is asked for."""
        ...

    def contents(self, key: str) -> Contents:
        """Return the outline of a document and the labels of its pages."""
        ...

    def forget(self, key: str) -> None:
        """Close a document."""
        ...


def with_labels(book: Casebook, reader: Reader, marks: Sequence[OwnMark]) -> list[OwnMark]:
    """Return ``marks`` with what each one's document calls its page, where it says so.

    A document that cannot be read any more keeps the count of its pages, and where the reader
    cannot be had all do: the marks are listed all the same.
    """
    found: dict[DocumentId, tuple[str, ...]] = {}
    for key in dict.fromkeys(mark.document for mark in marks):
        try:
            found[key] = _labels(book, reader, key)
        except DocumentError:
            continue
        except EngineError:
            return list(marks)
    return [_called(mark, found.get(mark.document, ())) for mark in marks]


def _labels(book: Casebook, reader: Reader, key: DocumentId) -> tuple[str, ...]:
    document = book.documents.get(key)
    if document is None or document.media != _PDF:
        return ()
    pdf = book.documents.shown(key)
    try:
        (reader.open_in_pieces if len(pdf) > WHOLE else reader.open)(key, pdf)
        return reader.contents(key).labels
    finally:
        reader.forget(key)


def _called(mark: OwnMark, labels: tuple[str, ...]) -> OwnMark:
    if not 0 < mark.page <= len(labels):
        return mark
    label = labels[mark.page - 1]
    return mark._replace(label=label, called=labelled(mark.page, label, len(labels)))
