"""The reader: pages, small pages, find, foot, cover and the floating bar, put together."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from reviewer.intake.bundles import is_reference
from reviewer.messages import say
from reviewer.records.cases import PageText
from reviewer.records.reading import ReadingPlace
from reviewer.records.scans import PageReading, PageState
from ui.reader.box_tool import BoxTool
from ui.reader.cover import Cover
from ui.reader.findbar import FindBar
from ui.reader.floating import SelectionBar
from ui.reader.page.by_key import ByKey
from ui.reader.page.reading_view import ReadingView
from ui.reader.page.renderer import Renderer
from ui.reader.readings import told_of_reading
from ui.reader.shown import Found, Shown, ShownMark
from ui.reader.side.thumbnails import Thumbnails
from ui.reader.status_bar import Pages, ReaderFoot
from ui.reader.twin import Twin

_ROOM_FOR_SMALL = 720  # logical pixels: narrower readers keep the width for the page


class Reader(QWidget):
    """Reads one document at a time. It asks by signals and is told by ``set_...``."""

    text_wanted = Signal(str, int)  # document key, page
    find_wanted = Signal(str, str)  # document key, words
    everywhere_wanted = Signal(str)
    cited = Signal(str)  # a reference to a numbered page: {INV-014/34}
    page_changed = Signal(str, int)
    uncovered = Signal(str)
    closed = Signal()
    leaving = Signal()  # a jump to another place of the document begins

    def __init__(self, renderer: Renderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: Shown | None = None
        self._marks: list[ShownMark] = []
        self._typed: list[ShownMark] = []
        self._readings: Mapping[int, PageReading] = {}
        self._found: list[Found] = []
        self._at = -1
        self._jumped = False  # to a hit, since words are typed
        self._start = ReadingPlace()
        self._small_wanted: bool | None = None
        self.view = ReadingView(renderer)
        self.thumbnails = Thumbnails(renderer)
        self.find_bar = FindBar()
        self.foot = ReaderFoot()
        self.cover = Cover()
        self.bar = SelectionBar(self.view)
        by_key = ByKey(self.view)
        self.box_tool = BoxTool(self.view, by_key, self.foot)
        self.twin = Twin(self.view, by_key)
        self._build()
        self._connect()
        self._add_keys()

    # ------------------------------------------------------------ what it is told

    def open(
        self, document: Shown, *, place: ReadingPlace | None = None, covered: bool = False
    ) -> None:
        """Show a document at ``place``; ``covered`` waits until the reader wants to look.

        One without a place begins at its top, as large as the pages were until now.
        """
        self.document = document
        now = self.view.settings
        self._start = place or ReadingPlace(fit=now.fit.value, zoom=self.view.zoom)
        self._marks, self._typed, self._readings = [], [], {}
        self._found, self._at, self._jumped = [], -1, False
        if covered:
            self.cover.tell(document.title, document.note)
            self.view.show_document("", [])
            self.thumbnails.set_document("", [])
            self.foot.show_page(0, 0)
            self._stack.setCurrentWidget(self.cover)
            return
        self._uncover()

    def close_document(self) -> None:
        """Show nothing and hold no text."""
        self.document = None
        self.closed.emit()
        self._marks, self._found, self._typed, self._readings = [], [], [], {}
        self.view.show_document("", [])
        self.thumbnails.set_document("", [])
        self.view.forget_pictures()
        self.thumbnails.forget_pictures()
        self.find_bar.hide()
        self.find_bar.field.clear()
        self.foot.show_page(0, 0)
        self.foot.about.set_text("")
        self._stack.setCurrentWidget(self._pages)

    @property
    def covered(self) -> bool:
        """Whether the cover lies over the document."""
        return self._stack.currentWidget() is self.cover

    def set_text(self, key: str, page: PageText) -> None:
        """Take the text of a page."""
        if self.document is not None and key == self.document.key:
            self.view.set_text(page)
            self.twin.refresh()
            self.describe()
            if self._at >= 0 and self._found[self._at].page == page.number:
                self.view.show_found(self._found[self._at])

    def set_marks(self, marks: list[ShownMark]) -> None:
        """Show these marks of the document."""
        self._marks = marks
        if not self.covered:
            self.view.set_marks([*marks, *self._typed])
            self.thumbnails.set_marks(marks)
            self.describe()

    def set_readings(
        self, key: str, readings: Mapping[int, PageReading], typed: list[ShownMark]
    ) -> None:
        """Say which pages were read from their pictures, and where words were typed for misread.

        ``readings`` by number of page.
        """
        if self.document is not None and key == self.document.key:
            self._readings, self._typed = readings, typed
            self.set_marks(self._marks)
            self._float()

    def set_found(self, key: str, found: list[Found]) -> None:
        """Take the places that ``find_wanted`` asked for."""
        if self.document is None or key != self.document.key:
            return
        self._found = found
        self.view.set_found(found)
        onward = (i for i, hit in enumerate(found) if hit.page >= self.view.page)
        self._show_hit(next(onward, 0) if found else -1, typing=True)

    def say(self, sentence: str) -> None:
        """Say something at the foot until the page changes."""
        self.foot.about.set_text(sentence)

    def set_factor(self, name: str) -> None:
        """Name the factor in focus, which a selection can be attached to."""
        self.bar.set_factor(name)

    def go_to(self, page: int) -> None:
        """Show a page; under a cover it is where reading will begin."""
        self._start = replace(self._start, page=page, offset=0.0)
        self.view.go_to(page)

    def jump_to(self, page: int) -> None:
        """Go to a page in one step; to a neighbour it is no jump, but reading on."""
        if abs(page - self.view.page) > 1:
            self.leaving.emit()
        self.view.go_to(page)

    def place(self) -> ReadingPlace:
        """Return where the reader is; under a cover, where reading will begin."""
        return self._start if self.covered else self.view.place()

    def stand_at(self, page: int, offset: float) -> None:
        """Stand at a place as it was left; its size and turned pages stay as they are now."""
        self._start = replace(self._start, page=page, offset=offset)
        self.view.stand_at(page, offset)

    def find_words(self, words: str) -> None:
        """Open the find bar with ``words``."""
        self.find_bar.open_bar()
        self.find_bar.field.setText(words)

    def take_keys(self) -> None:
        """Put the focus on the pages, or on their words where those are open."""
        into: QWidget = self.twin if self.twin.isVisible() else self.view
        if self.covered:
            into = self.cover.show_button
        into.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def marks(self) -> list[ShownMark]:
        """The marks of the document, in the order in which they stand on its pages."""
        return sorted(self._marks, key=_place)

    def to_page_field(self) -> None:
        """Put the caret into the page's number, where pages are shown."""
        if not self.covered and self.view.page_count:
            self.foot.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.foot.page.selectAll()

    # ------------------------------------------------------------ private

    def _build(self) -> None:
        self._pages = QWidget()
        middle = self.middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.thumbnails)
        middle.addWidget(self.view, 1)
        column = self.column = QVBoxLayout(self._pages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.twin)
        column.addWidget(self.foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._pages)
        self._stack.addWidget(self.cover)

    def _connect(self) -> None:
        view, foot, bar = self.view, self.foot, self.bar
        view.page_changed.connect(self._on_page)
        view.zoom_changed.connect(self._on_zoom)
        view.moved.connect(self._float)
        view.selection_changed.connect(self._float)
        view.text_wanted.connect(self._ask_text)
        self.thumbnails.page_chosen.connect(self.jump_to)
        view.jump_asked.connect(self.jump_to)
        foot.page_entered.connect(self._enter_page)
        foot.cited.connect(self._lead)
        foot.fit_chosen.connect(view.set_fit)
        foot.zoom_chosen.connect(view.set_zoom)
        foot.zoom_stepped.connect(view.zoom_step)
        foot.turn_asked.connect(self._turn)
        foot.thumbnails_toggled.connect(self._toggle_small)
        bar.mark_asked.connect(view.mark_asked)
        bar.note_asked.connect(view.note_asked)
        bar.attach_asked.connect(view.attach_asked)
        bar.correct_asked.connect(view.correct_asked)
        self.find_bar.wanted.connect(self._ask_find)
        self.find_bar.stepped.connect(self._step)
        self.find_bar.everywhere.connect(self.everywhere_wanted)
        self.find_bar.closed.connect(self._end_find)
        self.cover.shown.connect(self._on_uncover)

    def _add_keys(self) -> None:
        for key, step in (("F3", 1), ("Shift+F3", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._step, step))

    def _uncover(self) -> None:
        document = self.document
        if document is None:
            return
        self._stack.setCurrentWidget(self._pages)
        sizes = list(document.sizes)
        self.thumbnails.set_document(document.key, sizes, first=document.first)
        self.view.show_document(document.key, sizes, self._start.page)
        self.view.setAccessibleName(say("Pages of {title}", title=document.title))
        self.view.set_marks([*self._marks, *self._typed])
        self.thumbnails.set_marks(self._marks)
        self._fit_small()
        layout = self._pages.layout()
        if layout is not None:
            layout.activate()  # pages as wide as they will be: a place of before would move
        self.view.go_back_to(self._start)
        self._on_zoom()
        if self.find_bar.isVisible() and self.find_bar.field.text():
            self._ask_find(self.find_bar.field.text())

    def _fit_small(self) -> None:
        several = self.document is not None and len(self.document.sizes) > 1
        wide = self.width() >= _ROOM_FOR_SMALL
        show = several and (wide if self._small_wanted is None else self._small_wanted)
        self.thumbnails.setVisible(show)
        self.foot.thumbs.blockSignals(True)
        self.foot.thumbs.setChecked(show)
        self.foot.thumbs.blockSignals(False)

    def _show_hit(self, index: int, *, typing: bool = False) -> None:
        """Show one of the hits. While words are typed only the first one is a jump."""
        elsewhere = index >= 0 and self._found[index].page != self.view.page
        if elsewhere and not (typing and self._jumped):
            self.leaving.emit()
        self._jumped = typing and (self._jumped or elsewhere)
        self._at = index
        self.find_bar.show_count(index + 1, len(self._found))
        if index >= 0:
            self.view.show_found(self._found[index])

    def describe(self) -> None:
        """Say at the foot what is on the page that is read."""
        page = self.view.page
        count = sum(1 for mark in self._marks if mark.page == page)
        words = {0: "", 1: say("1 mark on this page")}.get(
            count, say("{count} marks on this page", count=count)
        )
        text = self.view.characters(page) if page else None
        way = say(": draw a box to mark it") if self.view.marking else ""
        scan = say("a picture without text{way}", way=way) if text and not text.placed else ""
        lit = self.view.lights.told(page, text)
        here = [mark for mark in self._typed if mark.page == page]
        told = (scan, *told_of_reading(self._readings.get(page), here), words, lit)
        self.foot.about.set_text("  ·  ".join(part for part in told if part))

    # ------------------------------------------------------------ slots

    def _on_page(self, page: int) -> None:
        cited = self.document.cited(page) if self.document is not None else ""
        self.foot.show_page(page, self.view.page_count, cited)
        self.thumbnails.set_page(page)
        self.describe()
        if self.document is not None and not self.covered:
            self.page_changed.emit(self.document.key, page)

    def _on_zoom(self) -> None:
        self.foot.show_zoom(self.view.zoom, self.view.settings.fit)

    def _turn(self, degrees: int, which: Pages) -> None:
        last = self.view.page_count
        pages = {
            Pages.THIS: range(self.view.page, self.view.page + 1),
            Pages.ONWARD: range(self.view.page, last + 1),
            Pages.ALL: range(1, last + 1),
        }
        self.view.turn(degrees, pages[which])

    def _float(self) -> None:
        rect = self.view.selection_rect()
        picked = self.view.selection
        reading = self._readings.get(picked.page) if picked and picked.anchor.quote else None
        read = reading is not None and reading.state is PageState.READ
        if (
            not self.bar.offer(marking=self.view.marking, correcting=read)
            or rect is None
            or not self.view.viewport().rect().intersects(rect)
        ):
            self.bar.hide()
        else:
            self.bar.place_at(rect)

    def _ask_text(self, page: int) -> None:
        if self.document is not None:
            self.text_wanted.emit(self.document.key, page)

    def _ask_find(self, words: str) -> None:
        if self.document is None or self.covered:
            return
        if is_reference(words):
            self.find_bar.hide()  # or the page that it leads to would lead here again
            self.find_bar.field.clear()
            self._lead(words)
        elif words.strip():
            self.find_wanted.emit(self.document.key, words)
        else:
            self.set_found(self.document.key, [])

    def _step(self, step: int) -> None:
        if self._found:
            self._show_hit((self._at + step) % len(self._found))

    def _end_find(self) -> None:
        """Leave the hit at hand selected, so that one more key marks it."""
        if self._at >= 0 and self._found:
            hit = self._found[self._at]
            self.view.select(hit.page, hit.start, hit.end)
        self._found, self._at = [], -1
        self._jumped = False
        self.view.set_found([])
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead(self, reference: str) -> None:
        """Ask for a numbered page, and give the keys to the pages."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cited.emit(reference)

    def _enter_page(self, page: int) -> None:
        self.jump_to(min(page, self.view.page_count))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_small(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._small_wanted = wanted
        self._fit_small()

    def _on_uncover(self) -> None:
        if self.document is not None:
            self._uncover()
            self.uncovered.emit(self.document.key)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ Qt

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands a QResizeEvent
        self._fit_small()


def _place(mark: ShownMark) -> tuple[int, float, float]:
    box = mark.boxes[0] if mark.boxes else None
    return mark.page, box.top if box else 0.0, box.left if box else 0.0
