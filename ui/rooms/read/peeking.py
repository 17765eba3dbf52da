"""Where a page is looked at from: a chip, a heading, what was found, what is cited on a page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import by_steps
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.messages import plural, say
from reviewer.pagetext.cues import cues_of
from reviewer.records.cases import Box, DocumentState, Hit
from reviewer.records.finding import Beside
from reviewer.records.ids import DocumentId
from reviewer.records.large import FileBytes
from reviewer.records.moments import clock, range_of, range_words
from ui import errors
from ui.reader.page.cache import Wanted
from ui.reader.page.layout import pages_of
from ui.reader.page.renderer import Renderer
from ui.reader.reader import Reader
from ui.rooms.read.beside.beside import Beside as Panes
from ui.rooms.read.pages.outlining import Outlining
from ui.rooms.read.pages.peek import Peek, Peeked
from ui.rooms.read.pages.search import FOUND, page_of
from ui.rooms.read.pages.searching import Searching, read_cited
from ui.rooms.read.walking import Walking
from ui.rooms.room import Room
from ui.theme.paper import paper

_CITED = re.compile(r"\{[^{}]{1,100}/[^{}]{1,20}\}")
_MOST = 40  # that are stepped through
_MOST_WORDS = 4000  # letters of a page that are read to somebody who does not see it

_MOST_SAID = 12  # lines of a transcript that are shown

Span = tuple[float, float]  # seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """A range of a recording to look at, and the pages of its transcript."""

    peeked: Peeked
    span: Span
    texts: Sequence[str] = ()

    def told(self) -> Peeked:
        """Return it with its times and what is said in it; takes long, so beside the window."""
        first, last = self.span
        cues = [one for one in cues_of(self.texts) if one.start < last and one.end > first]
        said = [f"{clock(one.start)}  {one.words}" for one in cues[:_MOST_SAID]]
        if len(cues) > _MOST_SAID:
            left = len(cues) - _MOST_SAID
            said.append(plural("and {count} line more", "and {count} lines more", count=left))
        if not said:
            said = [
                say("Its transcript has no words there.")
                if self.texts
                else say("It has no transcript: go there to hear it.")
            ]
        return replace(self.peeked, times=range_words(first, last), said="\n".join(said))


Read = Callable[[Casebook], Peeked | Heard]


class Peeking(QObject):
    """Looks at the page in hand on Space; ``look_at`` is for what names a mark."""

    def __init__(
        self,
        room: Room,
        searching: Searching,
        outlining: Outlining,
        walking: Walking,
        over: QWidget,
    ) -> None:
        super().__init__(room)
        self._room = room
        self._desk = room.desk
        self._judging = judging = walking.beside.first.judging
        self._walking = walking
        self._outlining = outlining
        self._results = searching.results
        self._renderer = Renderer(Worker, self)  # of its own: it pushes out no page that is read
        self._renderer.ready.connect(self._on_ready)
        self._renderer.failed.connect(self._on_failed)
        self._reads: Sequence[Read] = ()
        self._at = 0
        self._asked = 0  # grows: what was asked for before is let go
        self._wanted: Wanted | None = None
        self._before: QWidget | None = None  # that had the keys
        self.peek = Peek(over)
        self.peek.closed.connect(self._on_closed)
        self.peek.go_asked.connect(searching.led)
        self.peek.stepped.connect(self._step)
        self._ways: dict[QObject, Callable[[], object]] = {
            outlining.outline.tree: self._look_at_heading,
            self._results.list: self._look_at_found,
        }
        self._watch(walking.beside.reader)
        walking.beside.made.connect(self._watch)
        for part in self._ways:
            part.installEventFilter(self)
        judging.loaded.connect(self._on_loaded)
        self._hide_pages(walking.beside)
        walking.beside.first.sheet.look_asked.connect(self.look_at_mark)
        self._desk.locking.connect(self._let_go)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do here, by their ids."""
        return {"peek": self.look}

    def look(self) -> None:
        """Look at what is in hand: a heading, what was found, else what the page cites."""
        self._ways.get(QApplication.focusWidget() or self, self._look_at_cited)()

    def look_at_mark(self, mark: str) -> None:
        """Look at the page of a mark of the open case."""
        held = self._judging.mark(mark)
        if held is not None:
            span = range_of(held.anchor)
            boxes = () if span is not None else held.anchor.boxes
            page = self._page(held.document, held.page, boxes)
            self._begin([page if span is None else partial(_heard, read=page, span=span)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() == Qt.Key.Key_Space and held == Qt.KeyboardModifier.NoModifier:
                self._ways[watched]()
                return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ private

    def _hide_pages(self, panes: Panes) -> None:
        """Let no page behind this one count as read."""
        panes.covered = self.peek.isVisible
        dwelling = panes.first.reading.dwelling
        before = dwelling.hidden
        dwelling.hidden = lambda: before() or self.peek.isVisible()

    def _on_loaded(self) -> None:
        if self.peek.isVisible():
            self.peek.close_peek()

    def _watch(self, reader: Reader) -> None:
        self._ways[reader.view] = self._look_at_cited
        reader.view.installEventFilter(self)
        reader.view.peek_asked.connect(self._look_at_cited)

    def _look_at_heading(self) -> None:
        page, document = self._outlining.outline.heading_page, self._outlining.document
        if page and document:
            self._begin([self._page(DocumentId(document), page, ())])

    def _look_at_found(self) -> None:
        found = self._results.list.currentIndex().data(FOUND)
        if isinstance(found, Beside) and found.document:
            found = page_of(found)
        if isinstance(found, Hit):
            self._begin([self._page(found.document, found.page, ())])

    def _look_at_cited(self) -> None:
        """Look at what is cited in the words that are picked, or else on the page."""
        view = self._walking.in_use().view
        text = view.characters(view.page) if view.page else None
        picked = view.selection.anchor.quote if view.selection is not None else ""
        words = picked or (text.text if text is not None else "")
        cited = list(dict.fromkeys(_CITED.findall(words)))[:_MOST]
        if not cited:
            self._room.tells.emit(
                say(
                    "No page is cited here. Space looks at a page that is cited as"
                    " {example}, at a heading, at a page that was found, or at evidence.",
                    example="{A-1/34}",
                )
            )
        else:
            self._begin([partial(_cited, typed=one) for one in cited])

    def _page(
        self, document: DocumentId, page: int, boxes: Sequence[Box]
    ) -> Callable[[Casebook], Peeked]:
        return partial(_peeked, document=document, page=page, boxes=tuple(boxes))

    def _begin(self, reads: Sequence[Read]) -> None:
        if not self.peek.isVisible():
            self._before = QApplication.focusWidget()
        self._reads, self._at = reads, 0
        self._look()

    def _step(self, by: int) -> None:
        if len(self._reads) > 1:
            self._at = (self._at + by) % len(self._reads)
            self._look()

    def _look(self) -> None:
        self._asked += 1
        asked, at, read = self._asked, self._at, self._reads[self._at]

        def show(peeked: Peeked) -> None:
            if asked == self._asked:
                self.peek.open_at(peeked, at + 1, len(self._reads))
                if not peeked.why_not:
                    self._draw(peeked, asked)

        def take(found: Peeked | Heard) -> None:
            if isinstance(found, Peeked):
                show(found)
            elif asked == self._asked:
                made = self._desk.beside(found.told).owner(self)
                made.succeeded(show).failed(self._refuse).run()

        self._desk.ask(read).owner(self).succeeded(take).failed(self._refuse).run()

    def _draw(self, peeked: Peeked, asked: int) -> None:
        key = peeked.hit.document
        ratio, across = self.peek.devicePixelRatioF(), self.peek.sheet.width()
        wide = across if peeked.turn % 180 == 0 else self.peek.sheet.height()
        self._wanted = Wanted(
            key=key,
            page=peeked.hit.page,
            width=max(round(wide * ratio), 1),
            turn=peeked.turn,
            paper=paper(),
        )
        if self._renderer.has(key):
            self._renderer.want("peek", [self._wanted])
            return

        def take(pdf: FileBytes) -> None:
            if asked == self._asked and self._wanted is not None:
                self._renderer.open(key, by_steps(self._desk.call, pdf))
                self._renderer.want("peek", [self._wanted])

        ask = self._desk.ask(lambda book: book.documents.shown(key)).owner(self)
        ask.succeeded(take).failed(self._refuse).run()

    def _on_ready(self, wanted: Wanted, image: QImage) -> None:
        if wanted == self._wanted:
            self.peek.sheet.show_image(image)

    def _refuse(self, error: Exception) -> None:
        """Say why there is nothing to look at."""
        if isinstance(error, InputError):
            self._room.tells.emit(str(error))
        else:
            errors.show(self._room, error)

    def _on_failed(self, _key: str, _page: int, sentence: str) -> None:
        if self.peek.isVisible():
            self.peek.told.setText(sentence)
            self.peek.told.show()

    def _on_closed(self) -> None:
        """Give the keys back to where they were."""
        self._asked += 1
        self._wanted = None
        self._renderer.want("peek", [])
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_go(self) -> None:
        """Hold no page and no thread: it is being locked."""
        self._asked += 1
        self._reads, self._wanted, self._before = (), None, None
        self.peek.clear()
        self._renderer.close()


def _cited(book: Casebook, *, typed: str) -> Peeked:
    """Return the page that a reference means; raises ``InputError`` where none is shown."""
    hit = read_cited(book, typed)
    return _peeked(book, document=hit.document, page=hit.page, boxes=())


def _heard(book: Casebook, *, read: Callable[[Casebook], Peeked], span: Span) -> Peeked | Heard:
    """Return a range of a recording with what its transcript says, unless it is not shown."""
    peeked = read(book)
    if peeked.why_not:
        return replace(peeked, times=range_words(*span))
    below = [
        one
        for one in book.documents.of(peeked.hit.case)
        if one.current and one.origin.parent == peeked.hit.document and not one.content_note
    ]
    texts = [text for one in below for text in book.documents.texts(one.id)]
    return Heard(peeked=peeked, span=span, texts=tuple(texts))


def _peeked(book: Casebook, *, document: DocumentId, page: int, boxes: tuple[Box, ...]) -> Peeked:
    """Return a page as it may be looked at: what has a content note is not shown unasked."""
    held = book.documents.get(document)
    case = book.cases.get(held.case) if held is not None else None
    if held is None or case is None:
        raise InputError(say("This document is not in the casebook any more."))
    hit = Hit(
        case=case.id,
        reference=case.reference,
        document=document,
        title=held.title,
        page=page,
        snippet="",
    )
    place = book.reading.of(document)
    if held.state is DocumentState.WITHDRAWN:
        return Peeked(hit=hit, why_not=say("It was withdrawn, so its pages are not shown."))
    if held.content_note and not place.uncovered:
        return Peeked(
            hit=hit,
            why_not=say(
                "It has a content note: {note}. Go there to choose whether to look.",
                note=held.content_note,
            ),
        )
    text = book.documents.page(document, page)
    sizes = book.documents.sizes(document)
    return Peeked(
        hit=hit,
        size=sizes[page - 1] if 0 < page <= len(sizes) else (1.0, 1.0),
        turn=pages_of(place.turns).get(page, 0),
        words=" ".join(text.text.split())[:_MOST_WORDS],
        boxes=boxes,
    )
