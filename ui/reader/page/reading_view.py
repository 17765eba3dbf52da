"""The hand on the page: picking words by mouse and keyboard, drawing a box, pressing a mark."""

import time
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from reviewer.records.cases import Box, PageText
from reviewer.records.judgement import Anchor
from reviewer.records.reading import ReadingPlace
from ui.reader.page.keys import moves
from ui.reader.page.layout import Fit, Layout, pages_of, ranges_of
from ui.reader.page.letters import back, onward
from ui.reader.page.menu import show_menu, to_mark
from ui.reader.page.renderer import Renderer
from ui.reader.page.ticks import TickedBar
from ui.reader.page.view import STEP, PageView
from ui.reader.shown import Found, Selection
from ui.widgets.text import set_tip

_SMALLEST_BOX = 6  # logical pixels: less is a slip of the hand
_SCROLL_EDGE = 24  # logical pixels from the edge where dragging begins to scroll
_TRIPLE = 0.4  # seconds after a double click in which a third one picks the line


class ReadingView(PageView):
    """A page view that words and areas can be picked in. A selection stays until it is let go."""

    selection_changed = Signal()
    mark_pressed = Signal(str, QRect)  # mark id, where it is in the viewport
    note_asked = Signal()
    mark_asked = Signal()
    attach_asked = Signal()
    copy_asked = Signal(str)
    correct_asked = Signal()  # the words that are picked were misread
    event_asked = Signal()  # what is picked tells of an event
    peek_asked = Signal()  # look at a page that is cited here, without leaving
    cite_asked = Signal()  # copy what is picked, or the mark in hand, with where it stands
    turned = Signal()
    step_asked = Signal(int)  # back (-1) or forward over the last jump
    jump_asked = Signal(int)  # a page that is gone to in one step

    def __init__(self, renderer: Renderer, parent: QWidget | None = None) -> None:
        self._at = self._from = self._to = 0
        self._heights: tuple[Layout, list[float]] | None = None  # of what is found, and where
        self._box: Box | None = None
        self._of: Anchor | None = None  # what that box stands for, if not for itself
        self._drag = ""  # "text" or "area" while the button is down
        self._begun = QPoint()
        self._word: tuple[int, int] | None = None
        self._double_at = 0.0
        self.marking = True  # whether what is picked may be marked here
        self.boxing = False  # whether the mouse draws a box, over words as well
        super().__init__(renderer, parent)
        self._moves = {
            **moves(self, self.jump_asked.emit),
            Qt.Key.Key_Escape: self.clear_selection,
        }
        bar = TickedBar(self.heights_found, lambda: self.lights.heights(self._layout))
        self.setVerticalScrollBar(bar)
        bar.setSingleStep(STEP)
        bar.valueChanged.connect(self._on_scrolled)

    # ------------------------------------------------------------ what is found

    def set_found(self, found: list[Found]) -> None:
        """Show where words were found in the document, on the pages and on the scroll bar."""
        super().set_found(found)
        self._heights = None
        self.verticalScrollBar().update()

    def set_text(self, page: PageText) -> None:
        """Take the text of a page: what was found there has its own place now."""
        super().set_text(page)
        self._heights = None if page.number in self._found else self._heights
        self.verticalScrollBar().update()

    def heights_found(self) -> list[float]:
        """Return how far down the whole document each place is that was found (0-1).

        The middle of its page where its words are not here yet. One list until that changes.
        """
        if self._heights is not None and self._heights[0] is self._layout:
            return self._heights[1]
        whole = max(self._layout.height, 1.0)
        found = []
        for page, places in self._found.items():
            rect, text = self._layout.rect(page), self.characters(page)
            for place in places:
                boxes = text.boxes(place.start, place.end) if text else ()
                at = self._layout.place(page, boxes[0]) if boxes else rect
                found.append(at.center().y() / whole)
        self._heights = self._layout, found
        return found

    # ------------------------------------------------------------ what is picked

    @property
    def selection(self) -> Selection | None:
        """What is picked now, white space at its ends left out."""
        if self._box is not None:
            of = self._of if self._of is not None and self._of.boxes[0] is self._box else None
            return Selection(page=self._at, anchor=of or Anchor(kind="area", boxes=(self._box,)))
        text = self.characters(self._at) if self._at else None
        if text is None:
            return None
        start, end = text.trimmed(*sorted((self._from, self._to)))
        if start >= end:
            return None
        return Selection(page=self._at, anchor=text.anchor(start, end))

    def select(self, page: int, start: int, end: int) -> None:
        """Pick the characters from ``start`` to ``end`` of a page."""
        self._at, self._from, self._to, self._box = page, start, end, None
        self._tell()

    def pick_box(self, page: int, box: Box, of: Anchor | None = None) -> None:
        """Pick a part of a page, in page units; ``of`` is the anchor whose first box it is."""
        self._at, self._from, self._to, self._box, self._of = page, 0, 0, box, of
        self._tell()

    def clear_selection(self) -> None:
        """Let go of what is picked."""
        if self._at:
            self._at, self._from, self._to, self._box = 0, 0, 0, None
            self._tell()

    def selection_rect(self) -> QRect | None:
        """Return where the selection lies in the viewport, or None."""
        picked = self.selection
        if picked is None or (picked.anchor.kind == "area" and picked.anchor.end):
            return None  # a range of a recording stands above its page
        whole = QRectF()
        for box in picked.anchor.boxes:
            whole = whole.united(self._layout.place(picked.page, box))
        return whole.translated(-self.offset()).toAlignedRect()

    # ------------------------------------------------------------ how the pages stand

    def turn(self, degrees: int = 90, pages: Iterable[int] | None = None) -> None:
        """Turn ``pages`` clockwise, or against it where ``degrees`` is less than 0.

        Without ``pages`` the one that is read, which stays the one that is read.
        """
        page = self._page
        within = [p for p in ((self._page,) if pages is None else pages) if self._sizes]
        self.change(self.settings.turned(within, degrees), still=1 / 3)
        self._note_page(page)
        self.turned.emit()

    def look_again(self) -> None:
        """Draw the pages anew: their paper is another."""
        self._on_scrolled()

    def place(self) -> ReadingPlace:
        """Return where the window stands in the document, and how the pages are shown."""
        top = self.offset().y()
        page = self._layout.nearest(top) or 1
        rect = self._layout.rect(page) if self._sizes else QRectF(0, 0, 1, 1)
        return ReadingPlace(
            page=page,
            offset=(top - rect.top()) / max(rect.height(), 1),
            fit=self.settings.fit.value,
            zoom=self.zoom,
            turns=ranges_of(self.settings.turns),
        )

    def go_back_to(self, place: ReadingPlace) -> None:
        """Show the pages as they were left."""
        turns = {p: by for p, by in pages_of(place.turns).items() if p <= len(self._sizes)}
        self.change(replace(self.settings, fit=Fit(place.fit), zoom=place.zoom, turns=turns))
        self.stand_at(place.page, place.offset)

    def stand_at(self, page: int, offset: float) -> None:
        """Show a page with ``offset`` of its height above the window."""
        if self._sizes:
            page = min(max(page, 1), len(self._sizes))
            rect = self._layout.rect(page)
            self.verticalScrollBar().setValue(round(rect.top() + offset * rect.height()))

    # ------------------------------------------------------------ private

    def _reset(self) -> None:
        self._at = self._from = self._to = 0
        self._box, self._word, self._drag = None, None, ""
        self._double_at = 0.0

    def _tell(self) -> None:
        self.viewport().update()
        if not self._drag:
            self.selection_changed.emit()

    def _on_new_document(self) -> None:
        self._reset()
        self.selection_changed.emit()

    def _selected(self, page: int) -> tuple[tuple[QRectF, ...], QRectF | None]:
        if page != self._at:
            return (), None
        shift = -self.offset()
        if self._box is not None:
            return (), self._layout.place(page, self._box).translated(shift)
        text = self.characters(page)
        boxes = text.boxes(*sorted((self._from, self._to))) if text else ()
        return tuple(self._layout.place(page, b).translated(shift) for b in boxes), None

    def _caret(self, page: int, point: QPoint) -> int:
        text = self.characters(page)
        return text.caret(*self.unit_at(page, point)) if text else 0

    def _stretch(self, point: QPoint) -> None:
        """Follow the mouse with the selection's loose end, whole words after a double click."""
        above = point.y() + self.offset().y() < self._layout.rect(self._at).top()
        caret = 0 if above else self._caret(self._at, point)
        if self._word is None:
            self._to = caret
        else:
            text = self.characters(self._at)
            start, end = text.word(caret) if text else (caret, caret)
            self._from = max(self._word[1], end) if caret < self._word[0] else self._word[0]
            self._to = start if caret < self._word[0] else max(end, self._word[1])

    def _draw_box(self, point: QPoint) -> None:
        one, two = self.unit_at(self._at, self._begun), self.unit_at(self._at, point)
        self._box = Box(
            left=min(one[0], two[0]),
            top=min(one[1], two[1]),
            right=max(one[0], two[0]),
            bottom=max(one[1], two[1]),
        )

    def _grow(self, key: int, *, by_word: bool) -> None:
        """Stretch the selection with Shift and an arrow, from the top of the page if need be."""
        if not self._at or self._box is not None:
            self._at, self._box = self.page, None
            self._from = self._to = self._caret(self.page, QPoint(0, 40))
        text = self.characters(self._at)
        if text is None:
            return
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._to = text.step(self._to, 1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Right:
            self._to = onward(text.text, self._to, by_word=by_word)
        else:
            self._to = back(text.text, self._to, by_word=by_word)
        self._tell()
        rect = self.selection_rect()
        if rect is not None:
            end = text.boxes(max(self._to - 1, 0), max(self._to, 1))
            if end:
                self.reveal(self._at, self._layout.place(self._at, end[0]))

    def _shortcut(self, event: QKeyEvent) -> bool:
        """Run what a single letter means while the pages have the focus."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        letters = {
            Qt.Key.Key_M: self.mark_asked,
            Qt.Key.Key_N: self.note_asked,
            Qt.Key.Key_E: self.attach_asked,
            Qt.Key.Key_W: self.correct_asked,
            Qt.Key.Key_T: self.event_asked,
        }
        signal = letters.get(Qt.Key(event.key()))
        if plain and signal is not None:
            signal.emit()
            return True
        if plain and (move := self._moves.get(Qt.Key(event.key()))) is not None:
            move()
            return True
        return False

    def _copy(self) -> None:
        if (picked := self.selection) is not None and picked.anchor.quote:
            self.copy_asked.emit(picked.anchor.quote)

    # ------------------------------------------------------------ Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.page_count:
            return
        point = event.position().toPoint()
        page = self.page_at(point)
        since = time.monotonic() - self._double_at
        self._begun = point
        self._word = None
        if since < _TRIPLE and page == self._at and self._box is None:
            text = self.characters(page)
            self._from, self._to = text.line(self._caret(page, point)) if text else (0, 0)
            self._tell()
            return
        keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and page == self._at
        boxed = self.boxing or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._drag = "area" if boxed or not self.has_text(page) else "text"
        caret = self._caret(page, point)
        self._from = self._from if keep else caret
        self._at, self._to, self._box = page, caret, None
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not self._drag:
            self._show_cursor(point)
            return
        if self._drag == "area":
            self._draw_box(point)
        else:
            self._stretch(point)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if point.y() < _SCROLL_EDGE:
            bar.setValue(bar.value() - _SCROLL_EDGE)
        elif point.y() > height - _SCROLL_EDGE:
            bar.setValue(bar.value() + _SCROLL_EDGE)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        drag, self._drag = self._drag, ""
        small = (point - self._begun).manhattanLength() < _SMALLEST_BOX
        if drag == "area" and small:
            self._at, self._box = 0, None
        if drag and small and self.selection is None:
            self._at = 0
            mark = self.mark_at(point)
            if mark is not None:
                self.chosen_mark = mark.id
                self.mark_pressed.emit(mark.id, QRect(point, point).adjusted(-4, -8, 4, 8))
        self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        page = self.page_at(point) if self.page_count else 0
        text = self.characters(page) if page else None
        if text is None or not text.placed:
            return
        self._at, self._box = page, None
        self._from, self._to = self._word = text.word(self._caret(page, point))
        self._double_at = time.monotonic()
        self._begun, self._drag = point, "text"
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if shift and event.key() in arrows:
            self._grow(event.key(), by_word=control)
        elif control and event.key() == Qt.Key.Key_C:
            (self.cite_asked.emit if shift else self._copy)()
        elif control and event.key() == Qt.Key.Key_A:
            text = self.characters(self.page)
            self.select(self.page, 0, len(text.text) if text else 0)
        elif not self._shortcut(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        picked = self.selection
        words = picked is not None and bool(picked.anchor.quote)
        cited = picked is not None or bool(self.chosen_mark)
        asked = (self.mark_asked, self.note_asked, self.attach_asked) if self.marking else ()
        marks = to_mark(asked, can=picked is not None)
        with_words = (
            (say("Copy the words\tCtrl+C"), self._copy, words),
            (say("Copy with citation\tCtrl+Shift+C"), self.cite_asked.emit, cited),
            (say("Correct the reading...\tW"), self.correct_asked.emit, words),
            (say("Add an event to the chronology...\tT"), self.event_asked.emit, cited),
        )
        ways = (
            (say("Look at the page that is cited\tSpace"), self.peek_asked.emit, True),
            (say("Back to where you were\tAlt+Left"), lambda: self.step_asked.emit(-1), True),
            (say("Forward again\tAlt+Right"), lambda: self.step_asked.emit(1), True),
        )
        show_menu(self, event.globalPos(), (marks, with_words, ways))

    def _show_cursor(self, point: QPoint) -> None:
        page = self.page_at(point) if self.page_count else 0
        shape = Qt.CursorShape.ArrowCursor
        tip = ""
        if page and self._layout.rect(page).contains(QPointF(point) + self.offset()):
            text = self.characters(page)
            mark = self.mark_at(point)
            if mark is not None:
                shape, tip = Qt.CursorShape.PointingHandCursor, mark.tip
            elif self.boxing or (text is not None and not text.placed):
                shape = Qt.CursorShape.CrossCursor
            elif text is not None and text.over(*self.unit_at(page, point)):
                shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        set_tip(self.viewport(), tip)
