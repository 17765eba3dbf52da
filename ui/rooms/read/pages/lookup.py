"""Finding words in one document: its text is read once and searched beside the casebook."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QObject

from reviewer.pagetext.find import Folded, fold, found_in, pattern
from reviewer.records.ids import DocumentId
from ui.desk.desk import Desk
from ui.reader.shown import Found

MOST_FOUND = 2000  # places in one document; more is a word like "the"


class Lookup(QObject):
    """Holds the folded text of the document that was last searched, until ``forget``."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key = ""
        self._pages: Sequence[Folded] = ()

    def find(self, key: str, words: str, take: Callable[[list[Found]], None]) -> None:
        """Find ``words`` in the document ``key``, and give ``take`` the places."""

        def search(pages: Sequence[Folded]) -> None:
            self._desk.beside(lambda: find_in(pages, words)).owner(self).succeeded(take).run()

        def keep(pages: Sequence[Folded]) -> None:
            if self._key == key:  # not forgotten meanwhile, and no other was opened
                self._pages = pages
                search(pages)

        def prepare(texts: list[str]) -> None:
            self._desk.beside(lambda: [fold(text) for text in texts]).owner(self).succeeded(
                keep
            ).run()

        if self._key == key and self._pages:
            search(self._pages)
            return
        self._key, self._pages = key, ()
        self._desk.ask(lambda book: book.documents.texts(DocumentId(key))).owner(self).succeeded(
            prepare
        ).run()

    def forget(self) -> None:
        """Hold no text."""
        self._key, self._pages = "", ()


def find_in(pages: Sequence[Folded], words: str) -> list[Found]:
    """Find ``words`` on the pages of a document, at most ``MOST_FOUND`` places."""
    wanted = pattern(words)

    def places() -> Iterator[Found]:
        for number, page in enumerate(pages, 1):
            if wanted is not None:
                yield from (Found(page=number, start=a, end=b) for a, b in found_in(page, wanted))

    return list(islice(places(), MOST_FOUND))
