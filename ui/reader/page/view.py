"""The pages of one document under each other, painted on a viewport of our own.

The view asks for text and bitmaps and is told when they come; it knows no casebook.
"""

import math
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reviewer.messages import say
from reviewer.pagetext.characters import Characters
from reviewer.records.cases import PageText
from reviewer.records.ids import MarkId
from ui.reader.page.cache import Cache, Wanted, bitmap_of, cap_of
from ui.reader.page.layout import LARGEST, SMALLEST, Fit, Layout, Settings, next_zoom
from ui.reader.page.lights import Lights
from ui.reader.page.painting import PageParts, PlacedMark, paint_page, sign_area
from ui.reader.page.renderer import Renderer
from ui.reader.page.wishes import Wishes
from ui.reader.shown import Found, ShownMark
from ui.theme import tokens

STEP = 48  # logical pixels a line of scrolling


class PageView(QAbstractScrollArea):
    """Shows a document; ``show_document`` first, then ``set_marks`` and ``set_found``."""

    page_changed = Signal(int)
    zoom_changed = Signal()
    text_wanted = Signal(int)
    mark_shown = Signal(str)  # mark id
    moved = Signal()  # scrolled, zoomed or resized: whatever floats over the page must follow

    def __init__(self, renderer: Renderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("Pages"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(STEP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.key = ""
        self.settings = Settings()
        self._renderer = renderer
        self._wishes = Wishes(renderer, "1 view")
        self.lights = Lights()
        self._cache = Cache()
        self._sizes: list[tuple[float, float]] = []
        self._layout = Layout([], self.settings, QSizeF(1, 1))
        self._texts: dict[int, Characters] = {}
        self._pages: dict[int, PageText] = {}
        self._asked: set[int] = set()
        self._problems: dict[int, str] = {}
        self._marks: dict[int, list[ShownMark]] = {}
        self._found: dict[int, list[Found]] = {}
        self._found_now: Found | None = None
        self._page = 0
        self.chosen_mark = ""
        renderer.ready.connect(self._on_ready)
        renderer.failed.connect(self._on_failed)
        renderer.previews.came.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)

    # ------------------------------------------------------------ what is shown

    @property
    def page(self) -> int:
        """The page that fills most of the upper half of the window (0: no document)."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many pages the document has."""
        return len(self._sizes)

    @property
    def zoom(self) -> float:
        """The zoom in use; 1.0 is 100 %."""
        return self._layout.zoom

    def show_document(self, key: str, sizes: list[tuple[float, float]], page: int = 1) -> None:
        """Show the document ``key`` with pages of ``sizes`` (points), from ``page`` on."""
        self.key = key
        self._sizes = list(sizes)
        for kept in (self._texts, self._pages, self._problems, self._marks, self._found):
            kept.clear()
        self.lights.clear()
        self._asked.clear()
        self._found_now = None
        self._page = 0
        self.chosen_mark = ""
        self._on_new_document()
        self._relayout(keep=False)
        self.go_to(page)

    def set_text(self, page: PageText) -> None:
        """Take the text of a page that ``text_wanted`` asked for."""
        self._pages[page.number] = page
        self._texts.pop(page.number, None)
        self.viewport().update()

    def set_marks(self, marks: list[ShownMark]) -> None:
        """Show these marks in place of the ones before."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.page, []).append(mark)
        self.viewport().update()

    def set_found(self, found: list[Found]) -> None:
        """Show where words were found in the document."""
        self._found = {}
        self._found_now = None
        for hit in found:
            self._found.setdefault(hit.page, []).append(hit)
        self.viewport().update()

    def show_found(self, hit: Found) -> None:
        """Go to one place that was found and show it as the one at hand."""
        self._found_now = hit
        text = self.characters(hit.page)
        boxes = text.boxes(hit.start, hit.end) if text else ()
        if boxes:
            self.reveal(hit.page, self._layout.place(hit.page, boxes[0]))
        else:
            self.go_to(hit.page)
        self.viewport().update()

    def show_mark(self, mark: MarkId) -> None:
        """Go to a mark and frame it, once its page is here."""
        self.chosen_mark = mark
        self.mark_shown.emit(mark)
        for page, marks in self._marks.items():
            for one in marks:
                if one.id == mark:
                    if one.boxes:
                        self.reveal(page, self._layout.place(page, one.boxes[0]))
                    else:
                        self.go_to(page)
        self.viewport().update()

    def characters(self, page: int) -> Characters | None:
        """Return the characters of a page, or None while its text is still on the way."""
        if page not in self._texts and page in self._pages:
            self._texts[page] = Characters(self._pages[page])
        return self._texts.get(page)

    def has_text(self, page: int) -> bool:
        """Whether the page's text is known and has places on the page."""
        text = self.characters(page)
        return text is not None and text.placed

    def forget_pictures(self) -> None:
        """Let go of every page that was drawn."""
        self._cache.clear()

    # ------------------------------------------------------------ moving

    def go_to(self, page: int) -> None:
        """Show the top of a page."""
        if not self._sizes:
            return
        page = min(max(page, 1), len(self._sizes))
        self.verticalScrollBar().setValue(round(self._layout.rect(page).top()) - 12)
        self._note_page(page)

    def reveal(self, page: int, place: QRectF) -> None:
        """Scroll as little as shows ``place`` (content coordinates) with room around it."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if place.top() < bar.value() + 40 or place.bottom() > bar.value() + height - 80:
            bar.setValue(round(place.center().y() - height / 3))
        across, width = self.horizontalScrollBar(), self.viewport().width()
        if place.left() < across.value() or place.right() > across.value() + width:
            across.setValue(round(place.center().x() - width / 2))
        self._note_page(page)

    def set_fit(self, fit: Fit) -> None:
        """Fit the width or a whole page, and keep doing so when the window changes."""
        self.change(replace(self.settings, fit=fit, zoom=self.zoom))

    def set_zoom(self, zoom: float) -> None:
        """Zoom to ``zoom`` (1.0 is 100 %), held to what is possible."""
        zoom = min(max(zoom, SMALLEST), LARGEST)
        self.change(replace(self.settings, fit=Fit.FREE, zoom=zoom))

    def zoom_step(self, steps: int) -> None:
        """Zoom in or out by whole steps."""
        self.set_zoom(next_zoom(self.zoom, steps))

    # ------------------------------------------------------------ places

    def offset(self) -> QPointF:
        """Return the content coordinates of the viewport's top left."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def page_at(self, point: QPoint) -> int:
        """Return the page under (or nearest below) a point of the viewport."""
        return self._layout.at(QPointF(point) + self.offset())

    def unit_at(self, page: int, point: QPoint) -> tuple[float, float]:
        """Return a point of the viewport in the units of ``page``."""
        return self._layout.unit(page, QPointF(point) + self.offset())

    def mark_at(self, point: QPoint) -> ShownMark | None:
        """Return the mark under a point of the viewport: the shortest where several lie."""
        place = QPointF(point)
        for parts in self.parts():
            under = [
                placed
                for placed in parts.marks
                if any(r.adjusted(-2, -2, 2, 4).contains(place) for r in placed.rects)
                or (not placed.mark.typed and sign_area(placed, parts.rect).contains(place))
            ]
            if under:
                return min(under, key=lambda p: sum(r.width() for r in p.rects)).mark
        return None

    def parts(self) -> list[PageParts]:
        """Return what is painted now, page by page."""
        top = self.offset().y()
        shown = self._layout.between(top, top + self.viewport().height())
        return [self._parts(page) for page in shown]

    # ------------------------------------------------------------ hooks for the hand on the page

    def _on_new_document(self) -> None:
        """Forget what belonged to the document before."""

    def _selected(self, page: int) -> tuple[tuple[QRectF, ...], QRectF | None]:
        """Return the boxes of the selected text and the box being drawn on ``page``."""
        del page
        return (), None

    # ------------------------------------------------------------ private

    def change(self, settings: Settings, *, still: float = 1 / 2) -> None:
        """Show the pages by ``settings``; what stands at ``still`` of the height stays there."""
        self.settings = settings
        policy = Qt.ScrollBarPolicy
        free = settings.fit is Fit.FREE
        self.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if free else policy.ScrollBarAlwaysOff
        )
        self._relayout(keep=True, still=still)
        self.zoom_changed.emit()

    def _relayout(self, *, keep: bool, still: float = 1 / 2) -> None:
        """Lay the pages out anew.

        ``keep`` holds the place still that stands at the part ``still`` of the window's height.
        """
        width, height = self.viewport().width(), self.viewport().height()
        middle = self.offset().y() + height * still
        page = self._layout.nearest(middle) if keep and len(self._layout) else 0
        held = 0.0
        if page:
            rect = self._layout.rect(page)
            held = (middle - rect.top()) / max(rect.height(), 1)
        self._layout = Layout(self._sizes, self.settings, QSizeF(width, height))
        self._cache.cap = cap_of(width, height, self.devicePixelRatioF())
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, math.ceil(self._layout.height) - height))
        bar.setPageStep(max(height - STEP, STEP))
        across.setRange(0, max(0, math.ceil(self._layout.width) - width))
        across.setPageStep(width)
        across.setValue((across.maximum()) // 2)
        if page and page <= len(self._layout):
            rect = self._layout.rect(page)
            bar.setValue(round(rect.top() + held * rect.height() - height * still))
        self._on_scrolled()

    def _parts(self, page: int) -> PageParts:
        shift = -self.offset()
        layout = self._layout
        selection, drawing = self._selected(page)
        wanted = self._bitmap(page)
        image = self._cache.get(wanted) or self._cache.stand_in(wanted)
        image = image or self._renderer.previews.picture(wanted)
        now = self._found_now
        return PageParts(
            number=page,
            rect=layout.rect(page).translated(shift),
            image=image,
            problem=self._problems.get(page, ""),
            marks=tuple(
                PlacedMark(
                    mark=mark,
                    rects=tuple(layout.place(page, b).translated(shift) for b in mark.boxes),
                )
                for mark in self._marks.get(page, ())
            ),
            lit=self.lights.placed(
                page, self.characters(page), lambda box: layout.place(page, box).translated(shift)
            ),
            chosen=self.chosen_mark,
            hits=tuple(
                r for hit in self._found.get(page, ()) if hit != now for r in self._places(hit)
            ),
            hit_now=self._places(now) if now and now.page == page else (),
            selection=selection,
            drawing=drawing,
        )

    def _places(self, hit: Found) -> tuple[QRectF, ...]:
        text = self.characters(hit.page)
        boxes = text.boxes(hit.start, hit.end) if text else ()
        shift = -self.offset()
        return tuple(self._layout.place(hit.page, b).translated(shift) for b in boxes)

    def _bitmap(self, page: int) -> Wanted:
        turn, ratio = self.settings.turn(page), self.devicePixelRatioF()
        return bitmap_of(self.key, page, self._layout.rect(page), turn, ratio)

    def _request(self) -> None:
        """Ask for the pages in sight, then their neighbours; drop what was asked before."""
        if not self._sizes or not self.isVisible():
            self._wishes.nothing()
            return
        top = self.offset().y()
        shown = list(self._layout.between(top, top + self.viewport().height()))
        held, broken, count = self._cache, self._problems, len(self._sizes)
        wish = self._wishes.ask
        for page in wish(shown, count, top, self._bitmap, held=held, broken=broken):
            if page not in self._asked:
                self._asked.add(page)
                self.text_wanted.emit(page)

    def _note_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    # ------------------------------------------------------------ slots

    def _on_scrolled(self) -> None:
        if self._sizes:
            height = self.viewport().height()
            self._note_page(self._layout.nearest(self.offset().y() + height / 3, self._page))
        self._request()
        self.viewport().update()
        self.moved.emit()

    def _on_ready(self, wanted: Wanted, image: QImage) -> None:
        current = wanted.key == self.key and wanted.page <= len(self._sizes)
        if not current or wanted != self._bitmap(wanted.page):
            return  # a thumbnail, or a size that is no longer shown
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._cache.put(wanted, image)
        self.viewport().update()

    def _on_failed(self, key: str, page: int, sentence: str) -> None:
        if key and key != self.key:
            return
        pages = [page] if page else range(1, len(self._sizes) + 1)
        self._problems.update(dict.fromkeys(pages, sentence))
        self.viewport().update()

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens().bg))
        for parts in self.parts():
            paint_page(painter, parts)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout(keep=True)
        if self.settings.fit is not Fit.FREE:
            self.zoom_changed.emit()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt hands a QShowEvent
        self._request()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt hands a QHideEvent
        self._request()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._request()  # another paper

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turns = event.angleDelta().y()
            if turns:
                self.set_zoom(self.zoom * (1.1 if turns > 0 else 1 / 1.1))
            event.accept()
            return
        super().wheelEvent(event)
