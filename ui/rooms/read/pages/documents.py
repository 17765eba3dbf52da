"""Between the desk and the reader: opens documents, brings text and finds, remembers places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import by_steps
from reviewer.pagetext.cues import Cue, cues_of
from reviewer.records.cases import Document, PageText
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.judgement import Mark
from reviewer.records.large import FileBytes
from reviewer.records.reading import ReadingPlace
from ui.desk.desk import Desk
from ui.reader.dwelling import Dwelling
from ui.reader.page.renderer import Renderer
from ui.reader.reader import Reader
from ui.reader.shown import Found, Shown
from ui.rooms.read.pages.lookup import Lookup
from ui.rooms.read.pages.misread import Misread
from ui.rooms.read.queries import CaseMaterial

TOP_OF_PAGE = -0.012  # of its height: its upper edge shows
_REST = 1500  # ms on a page before it is remembered as the place

_FIRST = 6  # pages whose previews come with the document


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What of a document is there at once: the sizes of its pages, and previews to begin with."""

    sizes: tuple[tuple[float, float], ...]
    previewed: tuple[int, ...]
    previews: Mapping[int, bytes]


class Known:
    """What is known of documents by those who show them: where each was left, what was read."""

    def __init__(self) -> None:
        self.places: dict[DocumentId, ReadingPlace] = {}
        self.stored: dict[DocumentId, ReadingPlace] = {}
        self.read: dict[DocumentId, set[int]] = {}  # pages
        self.unstored: dict[DocumentId, set[int]] = {}  # pages, too
        self.newest: DocumentId | None = None  # whose place was stored last

    def clear(self) -> None:
        """Hold nothing."""
        for held in (self.places, self.stored, self.read, self.unstored):
            held.clear()
        self.newest = None


class Reading(QObject):
    """Shows one document of the open case at a time."""

    opened = Signal(str)  # document id
    leaving = Signal()  # another page is to be shown, of this document or another one
    failed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        renderer: Renderer,
        parent: QObject,
        *,
        known: Known | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reader = self.reader = reader
        self._renderer = renderer
        self.known = known or Known()
        self._last: dict[str, DocumentId] = {}  # case: the document last read in it
        self._reference = ""  # of the case
        self._wanted: DocumentId | None = None
        self._then: Mark | None = None
        self.document: DocumentId | None = None
        self._lookup = Lookup(desk, self)
        self.misread = Misread(desk, reader, renderer, self)
        self.misread.changed.connect(self._lookup.forget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST)
        self._timer.timeout.connect(self.keep_place)
        self.dwelling = Dwelling(reader.view, self)
        self.dwelling.use(self.pages_read)
        self.dwelling.read.connect(self._on_read)
        renderer.previews.wanted.connect(self._bring_previews)
        reader.text_wanted.connect(self._ask_text)
        reader.find_wanted.connect(self._ask_find)
        reader.page_changed.connect(self._on_page)
        reader.view.zoom_changed.connect(self._on_look)
        reader.view.turned.connect(self._on_look)
        reader.uncovered.connect(self._on_uncovered)

    def take_case(self, material: CaseMaterial) -> DocumentId | None:
        """Take a case's places; return the document to begin with."""
        self._reference = material.case.reference
        self.known.newest = self.known.newest or material.newest
        for document, place in material.places.items():
            self.known.stored.setdefault(document, place)
            self.known.places.setdefault(document, place)
        for document, pages in material.read.items():
            self.known.read.setdefault(document, set()).update(pages)
        ids = [document.id for document in material.documents]
        last = self._last.get(material.case.id, material.latest)
        return last if last in ids else (ids[0] if ids else None)

    def begin_at(self, case: CaseId, document: DocumentId) -> None:
        """Begin with ``document`` when the case is opened next, if it is there."""
        self._last[case] = document

    def open(self, document: Document, *, page: int = 0, mark: Mark | None = None) -> None:
        """Show a document where it was left, or from ``page``, or at a mark."""
        self.leaving.emit()
        self._last[document.case] = document.id
        self._wanted, self._then = document.id, mark
        page = mark.page if mark is not None else page
        if document.id == self.document:
            self._go(page or self._reader.view.page or 1)
            return
        self.keep_place()
        key = document.id

        def read(book: Casebook) -> Held:
            begin = page or self.known.places.get(key, ReadingPlace()).page
            return Held(
                sizes=tuple((float(w), float(h)) for w, h in book.documents.sizes(key)),
                previewed=book.previews.pages(key),
                previews=book.previews.some(key, range(begin, begin + _FIRST)),
            )

        def show(held: Held) -> None:
            if self._wanted == key:
                self._show(document, held, min(page, document.page_count))

        self._desk.ask(read).owner(self).succeeded(show).failed(self.failed.emit).run()

    def bring_original(self, key: DocumentId, then: Callable[[str, FileBytes], None]) -> None:
        """Bring the bytes of a document as they were imported."""

        def take(found: FileBytes) -> None:
            then(key, by_steps(self._desk.call, found))

        ask = self._desk.ask(lambda book: book.documents.original(key)).owner(self)
        ask.succeeded(take).failed(self.failed.emit).run()

    def bring_cues(
        self, key: DocumentId, of: DocumentId, then: Callable[[str, list[Cue]], None]
    ) -> None:
        """Bring the parts of a transcript, for the recording ``of`` which it is."""

        def take(texts: list[str]) -> None:
            made = self._desk.beside(lambda: cues_of(texts)).owner(self)
            made.succeeded(lambda found: then(of, found)).failed(self.failed.emit).run()

        ask = self._desk.ask(lambda book: book.documents.texts(key)).owner(self)
        ask.succeeded(take).failed(self.failed.emit).run()

    def keep_place(self, *, in_hand: bool = False) -> None:
        """Remember the place that is read, if it is another than before.

        ``in_hand`` remembers too that this document was read last, though nothing of it moved.
        """
        self._timer.stop()
        document = self.document
        if document is None or document not in self.known.places:
            return
        if not self._reader.covered:
            uncovered = self.known.places[document].uncovered
            self.known.places[document] = replace(self._reader.view.place(), uncovered=uncovered)
        place, read = self.known.places[document], self.known.unstored.pop(document, set())
        last = document == self.known.newest or not in_hand
        if place == self.known.stored.get(document) and not read and last:
            return
        self.known.stored[document], self.known.newest = place, document
        self._desk.do(lambda book: book.reading.put(document, place, read=read)).owner(self).run()

    def pages_read(self, document: str) -> frozenset[int]:
        """Return the pages of a document that were read, as far as it was opened here."""
        return frozenset(self.known.read.get(DocumentId(document), ()))

    def close(self) -> None:
        """Show nothing and hold nothing."""
        self._timer.stop()
        self.document = self._wanted = self._then = None
        self._last.clear()
        self.known.clear()
        self.dwelling.close()
        self._lookup.forget()
        self.misread.close()
        self._reader.close_document()

    def show_nothing(self) -> None:
        """Show no document: the case has none."""
        self.keep_place()
        self.document = self._wanted = self._then = None
        self.misread.close()
        self._reader.close_document()

    # ------------------------------------------------------------ private

    def _show(self, document: Document, held: Held, page: int) -> None:
        """Show a document from the top of ``page``, or (0) where it was left."""
        place = self.known.places.get(document.id, ReadingPlace())
        covered = bool(document.content_note) and not place.uncovered
        fresh = replace(place, uncovered=False) == ReadingPlace()  # never opened before
        if page:
            place = replace(place, page=page, offset=TOP_OF_PAGE)
        self._renderer.previews.open(document.id, held.previewed, held.previews)
        self._bring(document.id, len(held.sizes))
        self.document = document.id
        self._reader.open(
            Shown(
                key=document.id,
                title=document.title,
                sizes=held.sizes,
                note=document.content_note,
                scanned=document.text_source != "native",
                reference=self._reference,
                first=document.bundle,
            ),
            place=None if fresh and page <= 1 else place,
            covered=covered,
        )
        self.misread.show_document(document.id)
        self.opened.emit(document.id)
        if self._then is not None and not covered:
            self._reader.view.show_mark(self._then.id)

    def _bring(self, key: DocumentId, pages: int) -> None:
        """Bring the bytes of a document, however many; its previews are seen until they come."""
        if self._renderer.has(key):
            return

        def take(pdf: FileBytes) -> None:
            if self._wanted == key:
                self._renderer.open(key, by_steps(self._desk.call, pdf), pages)

        self._desk.ask(lambda book: book.documents.shown(key)).owner(self).succeeded(take).failed(
            self.failed.emit
        ).run()

    def _bring_previews(self, key: str, pages: list[int]) -> None:
        def take(previews: dict[int, bytes]) -> None:
            self._renderer.previews.take(key, pages, previews)

        def fail(error: Exception) -> None:
            take({})  # or none would be asked for any more
            self.failed.emit(error)

        ask = self._desk.ask(lambda book: book.previews.some(DocumentId(key), pages))
        ask.owner(self).succeeded(take).failed(fail).run()

    def _go(self, page: int) -> None:
        if self._then is not None and not self._reader.covered:
            self._reader.view.show_mark(self._then.id)
        else:
            self._reader.go_to(page)

    def _ask_text(self, key: str, page: int) -> None:
        def take(text: PageText) -> None:
            self._reader.set_text(key, text)

        self._desk.ask(lambda book: book.documents.page(DocumentId(key), page)).owner(
            self
        ).succeeded(take).run()

    def _ask_find(self, key: str, words: str) -> None:
        def take(found: list[Found]) -> None:
            if self._reader.find_bar.field.text() == words:
                self._reader.set_found(key, found)

        self._lookup.find(key, words, take)

    def _on_page(self, key: str, page: int) -> None:
        document = DocumentId(key)
        if page and document == self.document:
            self._timer.start()

    def _on_read(self, key: str, page: int) -> None:
        for held in (self.known.read, self.known.unstored):
            held.setdefault(DocumentId(key), set()).add(page)
        if key == self.document:
            self._timer.start()

    def _on_look(self) -> None:
        """Remember soon how large the pages are and how they are turned."""
        if self.document is not None and not self._reader.covered:
            self._timer.start()

    def _on_uncovered(self, key: str) -> None:
        document = DocumentId(key)
        place = self.known.places.get(document, ReadingPlace())
        self.known.places[document] = replace(place, uncovered=True)
        self.keep_place()
        self.opened.emit(key)
        if self._then is not None:
            self._reader.view.show_mark(self._then.id)
