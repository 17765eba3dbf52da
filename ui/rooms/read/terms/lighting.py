"""Lights the words of the reader's lists on every document that is read."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import Change
from reviewer.pagetext.terms import Terms
from reviewer.records.ids import DocumentId
from reviewer.records.terms import TermList
from ui.desk.desk import Desk
from ui.reader.page.lights import Tick, ticks_of
from ui.rooms.read.pages.documents import Reading

_LISTS = frozenset({"term_list", "term_list_words"})


class Lighting(QObject):
    """Reads the lists, and again after every change; all that takes long is done beside."""

    changed = Signal(object)  # tuple[TermList, ...]: the lists as they are now
    failed = Signal(object)

    def __init__(self, desk: Desk, reading: Reading, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._terms = Terms(())
        self._names: Sequence[str] = ()
        self._colours: Sequence[int] = ()
        self._asked: dict[Reading, int] = {}  # grows: what was asked for before is let go
        self.lists: tuple[TermList, ...] = ()
        desk.changed.connect(self._on_changed)
        desk.locking.connect(self._let_go)
        self.add(reading)

    def add(self, reading: Reading) -> None:
        """Light the words on what ``reading`` shows as well."""
        self._asked[reading] = 0
        self._light(reading)
        reading.opened.connect(partial(self._tick, reading))

    def read(self) -> None:
        """Read the lists."""
        ask = self._desk.ask(lambda book: tuple(book.terms.all())).owner(self)
        ask.succeeded(self._take).failed(self.failed.emit).run()

    def _on_changed(self, change: Change) -> None:
        if change.tables & _LISTS:
            self.read()

    def _take(self, lists: tuple[TermList, ...]) -> None:
        if lists == self.lists:
            return
        self.lists = lists
        self.changed.emit(lists)
        shown = [one for one in lists if one.shown and one.terms]

        def use(terms: Terms) -> None:
            if self.lists is not lists:
                return
            self._terms, self._colours = terms, [one.colour for one in shown]
            self._names = [one.name for one in shown]
            for reading in self._asked:
                self._light(reading)
                self._tick(reading, reading.document or "")

        made = self._desk.beside(lambda: Terms([one.terms for one in shown])).owner(self)
        made.succeeded(use).failed(self.failed.emit).run()

    def _light(self, reading: Reading) -> None:
        view = reading.reader.view
        view.lights.use(self._terms, self._names, self._colours)
        view.viewport().update()
        reading.reader.describe()

    def _tick(self, reading: Reading, key: str) -> None:
        """Work out where the whole document ``key`` is lit, for the scroll bar."""
        self._asked[reading] += 1
        asked, terms, colours = self._asked[reading], self._terms, self._colours
        lights, bar = reading.reader.view.lights, reading.reader.view.verticalScrollBar()
        lights.set_ticks(())
        bar.update()
        if not key or reading.reader.covered or not terms:
            return

        def wanted() -> bool:
            return asked == self._asked[reading]

        def show(ticks: list[Tick]) -> None:
            if wanted():
                lights.set_ticks(ticks)
                bar.update()

        def find(texts: list[str]) -> None:
            job = self._desk.beside(lambda: ticks_of(terms, colours, texts, wanted=wanted))
            job.owner(self).succeeded(show).failed(self.failed.emit).run()

        ask = self._desk.ask(lambda book: book.documents.texts(DocumentId(key))).owner(self)
        ask.succeeded(find).failed(self.failed.emit).run()

    def _let_go(self) -> None:
        """Hold no word and no text: it is being locked."""
        self.lists = ()
        self._terms, self._names, self._colours = Terms(()), (), ()
        for reading in self._asked:
            self._asked[reading] += 1
            reading.reader.view.lights.use(self._terms, (), ())
