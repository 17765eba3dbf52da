"""Keeps searches under a name at the desk, and finds pages like what is picked on one."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError
from reviewer.messages import plural, say
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import Within
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.terms import SavedSearch
from reviewer.rounds.allocation import within_readable
from ui import errors
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.pages.searching import Searching
from ui.rooms.room import Room

MOST_ALIKE = 100  # pages that are listed

Alike = tuple[list[str], list[Hit], dict[CaseId, str]]


class Keeping(QObject):
    """Connects the menu of kept searches, and shows in ``front`` what is like a passage."""

    def __init__(
        self, room: Room, reading: Reading, searching: Searching, front: QStackedWidget
    ) -> None:
        super().__init__(room)
        self._room = room
        self._reading = reading
        self._searching = searching
        self._results = searching.results
        self._front = front
        kept = self._results.filters.kept
        kept.begun.connect(self._offer)
        kept.chosen.connect(self._look)
        kept.named.connect(self._keep)
        kept.forgotten.connect(self._forget)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do here, by their ids."""
        return {"alike": self.find_alike}

    def find_alike(self) -> None:
        """List pages like the words that are picked on the page that is read."""
        reader = self._reading.reader
        picked, document = reader.view.selection, self._reading.document
        if picked is None or not picked.anchor.quote.strip() or document is None:
            reader.say(say("Pick words on the page first, then press the key again."))
            return
        passage, own = picked.anchor.quote, (document, picked.page)
        ask = self._room.desk.ask(lambda book: read_alike(book, passage, own)).owner(self)
        ask.succeeded(self._show_alike).failed(self._failed).run()

    # ------------------------------------------------------------ private

    def _offer(self) -> None:
        ask = self._room.desk.ask(lambda book: book.searches.all()).owner(self)
        ask.succeeded(self._results.filters.kept.set_kept).failed(self._failed).run()

    def _look(self, kept: SavedSearch) -> None:
        self._results.filters.choose(kept.within)
        self._results.begin(kept.query)

    def _keep(self, name: str) -> None:
        words, within = self._results.words, self._results.filters.within

        def tell(_change: object) -> None:
            told = say("Kept as \u201c{name}\u201d: {words}", name=name.strip(), words=words)
            self._room.tells.emit(told)

        job = self._room.desk.do(lambda book: book.searches.save(name, words, within))
        job.owner(self).succeeded(tell).failed(self._failed).run()

    def _forget(self, kept: SavedSearch) -> None:
        told = say("\u201c{name}\u201d is removed. Ctrl+Z brings it back.", name=kept.name)
        job = self._room.desk.do(lambda book: book.searches.remove(kept.id))
        job.owner(self).succeeded(lambda _change: self._room.tells.emit(told))
        job.failed(self._failed).run()

    def _show_alike(self, found: Alike) -> None:
        words, hits, titles = found
        by_case: dict[CaseId, list[Hit]] = {}
        for hit in hits:
            by_case.setdefault(hit.case, []).append(hit)
        self._results.clear()
        self._front.setCurrentWidget(self._results)
        cases = [
            CaseHits(
                case=case,
                reference=some[0].reference,
                title=titles.get(case, ""),
                pages=len(some),
                covered=0,
            )
            for case, some in by_case.items()
        ]
        self._results.set_found(cases, by_case)
        pages = plural("{count:,} page", "{count:,} pages", count=len(hits))
        told = say(
            "{pages} like what you picked, by these words: {words}.",
            pages=pages,
            words=", ".join(words),
        )
        if not hits:
            told = say("No other page that is open to you holds several of its rare words.")
        elif len(hits) == MOST_ALIKE:
            told = say("{told} Less alike ones are not listed.", told=told)
        self._results.count.setText(told)
        self._results.list.setFocus()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InputError):
            self._room.tells.emit(str(error))
        else:
            errors.show(self._room, error)


def read_alike(book: Casebook, passage: str, own: tuple[DocumentId, int]) -> Alike:
    """Return the rare words of a passage, the pages like it, and the titles of cases."""
    may = within_readable(book, Within())
    words, hits = book.search_like(passage, own=own, limit=MOST_ALIKE, within=may)
    return words, hits, {one.id: one.title for one in book.cases.all()}
