"""Words of a scan that were misread: what was typed for them is shown, and asked for.

Knows of the document that is read which of its pages were read from their pictures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtGui import QImage, QTransform

from reviewer.casebook.book import Casebook, Change
from reviewer.messages import say
from reviewer.pagetext.characters import Characters
from reviewer.records.cases import Box, PageText
from reviewer.records.ids import DocumentId
from reviewer.records.scans import Correction, PageReading, PageState
from ui.desk.desk import Desk
from ui.reader.page.cache import MOST_PIXELS, Wanted
from ui.reader.page.renderer import Renderer
from ui.reader.reader import Reader
from ui.reader.readings import Misreading, correction_id, shown_correction
from ui.reader.shown import ShownMark

_TABLES = frozenset({"page_reading", "page_correction"})
_WHO = "0 misread"  # drawn before what only fills the window
_TALL = 30  # pixels of a line of words that is looked at
_MARGIN = 0.7  # of a line's height, around the words


@dataclass(frozen=True, kw_only=True, slots=True)
class Readings:
    """What was read from the pictures of one document's pages, and what was typed for it."""

    document: DocumentId
    pages: Mapping[int, PageReading] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    shown: tuple[ShownMark, ...] = ()

    def over(self, page: int, start: int, end: int) -> Correction | None:
        """Return what was typed for the words from ``start`` to ``end``, or is these itself."""
        for one in self.corrections:
            for first, length in ((one.start, one.end - one.start), (one.place, len(one.typed))):
                if one.page == page and first <= start and end <= first + length:
                    return one
        return None

    def read_to(self, page: int, length: int) -> int:
        """Return where the words that were read end on a page: what was typed stands behind."""
        return min((c.place - 1 for c in self.corrections if c.page == page), default=length)


def read_readings(book: Casebook, document: DocumentId) -> Readings:
    """Read what is known of a document's scanned pages."""
    corrections = tuple(book.scans.corrections(document))
    texts = {number: book.documents.page(document, number) for number in _pages(corrections)}
    return Readings(
        document=document,
        pages=book.scans.of(document),
        corrections=corrections,
        shown=tuple(shown_correction(one, _boxes(texts[one.page], one)) for one in corrections),
    )


class Misread(QObject):
    """Asks what the page says for the words that are picked, and keeps it beside them."""

    changed = Signal()  # the words of the document that is read
    asked = Signal(object)  # a Misreading

    def __init__(self, desk: Desk, reader: Reader, renderer: Renderer, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reader = reader
        self._renderer = renderer
        self._held: Readings | None = None
        self._wanted: DocumentId | None = None
        self._drawing: tuple[Wanted, _Words, Callable[[QImage], None]] | None = None
        renderer.ready.connect(self._on_drawn)
        desk.changed.connect(self._on_changed)
        reader.view.correct_asked.connect(self.ask)
        reader.view.mark_pressed.connect(self._on_pressed)

    def show_document(self, document: DocumentId) -> None:
        """Read what is known of the document that is read now."""
        self._wanted, self._held = document, None
        self._read(document)

    def close(self) -> None:
        """Hold nothing."""
        self._wanted = self._held = None

    def ask(self) -> None:
        """Ask what the words say that are picked, or say why that cannot be asked."""
        picked = self._reader.view.selection
        text = self._reader.view.characters(picked.page) if picked is not None else None
        if picked is None or text is None or not picked.anchor.quote:
            self._reader.say(say("Pick the word on the page first, then press the key again."))
            return
        held = self._held
        if held is None:
            self._look_again()
            return
        reading = held.pages.get(picked.page)
        if reading is None:
            self._reader.say(say("The words of this page are from its file: none was misread."))
            return
        if reading.state is not PageState.READ:
            self._reader.say(say("This page is a scan that was not read yet."))
            return
        before = held.over(picked.page, picked.anchor.start, picked.anchor.end)
        start = before.start if before is not None else picked.anchor.start
        end = before.end if before is not None else picked.anchor.end
        start, end = text.trimmed(start, min(end, held.read_to(picked.page, len(text.text))))
        if start < end:
            self._ask(held.document, reading, text, (start, end), before)
        else:
            self._reader.say(say("Pick words that were read on the page."))

    # ------------------------------------------------------------ private

    def _ask(
        self,
        document: DocumentId,
        reading: PageReading,
        text: Characters,
        place: tuple[int, int],
        before: Correction | None,
    ) -> None:
        shown, (start, end), page = self._reader.document, place, reading.number
        if shown is None:
            return
        words = _Words(boxes=text.boxes(start, end), size=shown.sizes[page - 1], turn=reading.turn)

        def correct(typed: str) -> Callable[[Casebook], Change]:
            return lambda book: book.scans.correct(document, page, start, end, typed)

        def draw(room: float, ratio: float, take: Callable[[QImage], None]) -> None:
            wanted = Wanted(key=document, page=page, width=words.page_width(room, ratio))
            self._drawing = wanted, words, take
            self._renderer.want(_WHO, [wanted])

        self.asked.emit(
            Misreading(
                read=" ".join(text.text[start:end].split()),
                typed=before.typed if before is not None else "",
                correct=correct,
                draw=draw,
                forget=self._draw_no_more,
            )
        )

    def _look_again(self) -> None:
        """Read anew, for reading it may have failed: none of its pages is said to be no scan."""
        self._reader.say(
            say("How this page was read is still being looked up. Press the key again.")
        )
        if self._wanted is not None:
            self._read(self._wanted)

    def _draw_no_more(self) -> None:
        self._drawing = None
        self._renderer.want(_WHO, ())

    def _on_drawn(self, wanted: Wanted, image: QImage) -> None:
        if self._drawing is not None and self._drawing[0] == wanted:
            _, words, take = self._drawing
            take(words.cut(image))

    def _read(self, document: DocumentId) -> None:
        def take(found: Readings) -> None:
            if self._wanted == document:
                self._take(found)

        ask = self._desk.ask(lambda book: read_readings(book, document))
        ask.owner(self).succeeded(take).run()

    def _take(self, found: Readings) -> None:
        before, self._held = self._held, found
        self._reader.set_readings(found.document, found.pages, list(found.shown))
        if before is None:
            return
        self.changed.emit()
        if before.corrections != found.corrections:
            self._reader.view.clear_selection()
        for page in _differ(before, found):
            if self._reader.view.characters(page) is not None:
                self._reader.text_wanted.emit(found.document, page)

    def _on_changed(self, change: Change) -> None:
        document = self._wanted
        if document is not None and change.tables & _TABLES and document in change.documents:
            self._read(document)

    def _on_pressed(self, mark: str, _where: QRect) -> None:
        """Ask again about words for which something was typed."""
        held = self._held
        for one in held.corrections if held is not None else ():
            if correction_id(one) == mark:
                self._reader.view.chosen_mark = ""
                self._reader.view.select(one.page, one.start, one.end)
                self.ask()


def _pages(corrections: tuple[Correction, ...]) -> set[int]:
    return {one.page for one in corrections}


def _boxes(text: PageText, one: Correction) -> tuple[Box, ...]:
    within = (one.start, one.end)
    return Characters(text, within=within).boxes(*within)


def _differ(before: Readings, after: Readings) -> list[int]:
    """Return the pages whose words are others than before."""
    read = {n for n, one in after.pages.items() if before.pages.get(n) != one}
    typed = set(before.corrections) ^ set(after.corrections)
    return sorted(read | {one.page for one in typed})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """Words on a page of ``size`` points that stands upright once it is turned by ``turn``."""

    boxes: tuple[Box, ...]
    size: tuple[float, float]
    turn: int

    def page_width(self, room: float, ratio: float) -> int:
        """Return how many pixels wide the page is drawn: the words well seen, within ``room``."""
        part = self._part()
        wide, high = self.size
        across = part.height() * high if self.turn % 180 else part.width() * wide
        scale = min(_TALL / self._line(), room / max(across, 1.0)) * ratio
        most = MOST_PIXELS * min(1.0, wide / high)
        return round(min(max(scale * wide, 1), most))

    def cut(self, page: QImage) -> QImage:
        """Return the words out of the picture of their page, upright."""
        part, wide, high = self._part(), page.width(), page.height()
        place = QRectF(part.x() * wide, part.y() * high, part.width() * wide, part.height() * high)
        return page.copy(place.toAlignedRect()).transformed(QTransform().rotate(self.turn))

    def _part(self) -> QRectF:
        """Return what is shown around the words, in page units."""
        left, right = min(b.left for b in self.boxes), max(b.right for b in self.boxes)
        top, bottom = min(b.top for b in self.boxes), max(b.bottom for b in self.boxes)
        more = _MARGIN * self._line()
        over, up = more / self.size[0], more / self.size[1]
        whole = QRectF(left, top, right - left, bottom - top).adjusted(-over, -up, over, up)
        return whole.intersected(QRectF(0, 0, 1, 1))

    def _line(self) -> float:
        """Return the height of a line of these words in points, read upright."""
        first = self.boxes[0]
        across = (first.right - first.left) * self.size[0]
        down = (first.bottom - first.top) * self.size[1]
        return max(across if self.turn % 180 else down, 1.0)
