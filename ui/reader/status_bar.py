"""The line under the pages: where you are, how large, and what is on the page."""

from enum import Enum
from functools import partial

from PySide6.QtCore import QPoint, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from reviewer.messages import later, say
from reviewer.records.contents import page_called
from ui.reader.page.layout import Fit
from ui.reader.sign import sign
from ui.theme import SPACE, scale
from ui.widgets.buttons import button
from ui.widgets.filled import saved_as_typed
from ui.widgets.text import Elided, Label, set_tip

_ROOM_FOR_WORDS = 860  # device-independent pixels at the drawn text size
_ROOM_FOR_TOOLS = 620  # as above: less leaves no room for words beside every tool
_FOR_ABOUT = 110  # as above: what is said about the page has as much before its number has any
_TYPED = QRegularExpression(r"0*[1-9]\d{0,4}|\{[^{}]{1,120}\}?")
_NUMBER = later(
    "The number of this page among those of its case. Cite it so; typed at Page or Find, it leads"
    " here again."
)
_PERCENT = (50, 75, 100, 125, 150, 200, 300, 400)

_WAYS = (  # to look at the pages, each an action of the window
    (later("Two pages side by side, or one\tCtrl+4"), "two-pages"),
    (later("Outline\tCtrl+Shift+O"), "outline"),
    (later("Dark paper\tCtrl+Shift+N"), "night-pages"),
    (later("Band over the line that is read\tCtrl+Shift+B"), "reading-band"),
    (later("Hide the cases, or show them\tF9"), "hide-cases"),
    (later("Hide the sheet, or show it\tShift+F9"), "hide-sheet"),
    (later("Full screen\tF11"), "full-screen"),
)


class Pages(Enum):
    """Which pages are turned, as the menu says it."""

    THIS = later("Turn this page")
    ONWARD = later("Turn this page and those after it")
    ALL = later("Turn all pages")


class ReaderFoot(QFrame):
    """Page number entry, zoom, turn, thumbnails; words about the page at the right."""

    page_entered = Signal(int)
    cited = Signal(str)  # a numbered page of a case was typed: {INV-014/34}
    fit_chosen = Signal(object)  # Fit
    zoom_chosen = Signal(float)
    zoom_stepped = Signal(int)
    turn_asked = Signal(int, object)  # degrees clockwise, Pages
    thumbnails_toggled = Signal(bool)
    asked = Signal(str)  # the id of an action

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.M, SPACE.XS, SPACE.M, SPACE.XS)
        row.setSpacing(SPACE.XS)
        self.page = QLineEdit()
        saved_as_typed(self.page)
        self.page.setAccessibleName(say("Page number"))
        self.page.setValidator(QRegularExpressionValidator(_TYPED, self))
        self._widen("")
        self.page.textChanged.connect(self._widen)
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.returnPressed.connect(self._enter)
        self.page.editingFinished.connect(self._restore)
        self.total = Label("", tone="secondary")
        self.number = _Number()
        self._page = 0
        self._labels: tuple[str, ...] = ()
        self._zoom = (1.0, Fit.WIDTH)
        self.zoom = button(
            "",
            self._zoom_menu,
            kind="quiet",
            tip=say("Zoom: Ctrl and wheel, or + and \u2212 on the pages"),
        )
        self.thumbs = _turned(say("Pages"), say("Small pages at the side"))
        self.thumbs.toggled.connect(self.thumbnails_toggled)
        self.box = _turned(say("Box"), say("Draw a box on the page, over words as well \u00b7 B"))
        self.box.hide()
        self._named = Label(say("Page"), tone="secondary")
        row.addWidget(self._named)
        row.addWidget(self.page)
        row.addWidget(self.total)
        row.addWidget(self.number)
        row.addSpacing(SPACE.S)
        self._add_tools(row)
        self.about = Elided("", tone="secondary")
        self.about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.about, 1)
        self._spared = (self._named, self._smaller, self._larger)

    def _add_tools(self, row: QHBoxLayout) -> None:
        smaller = sign("\u2212", say("Zoom out"), lambda: self.zoom_stepped.emit(-1))
        self._smaller = smaller
        larger = self._larger = sign("+", say("Zoom in"), lambda: self.zoom_stepped.emit(1))
        self.turn = sign("\u21bb", say("Turn pages"), self._turn_menu)
        self.original = sign(
            "\u2193", say("Save the original..."), partial(self.asked.emit, "save-original")
        )
        tools = (smaller, self.zoom, larger, self.turn, self.box, self.thumbs, self.original)
        for one in tools:
            row.addWidget(one)

    def show_page(self, page: int, total: int, cited: str = "") -> None:
        """Say which page of how many is read, and how it is cited in the case."""
        self._page = page
        self.number.setText(cited)
        self._share_out()
        if not self.page.hasFocus() or not self.page.isModified():
            self.page.setText(str(page) if page else "")
        self.total.setText(say("of {total}", total=total) if total else "")
        label = self.called(page)
        if label not in {"", str(page)}:
            self.total.setText(say("of {total}: {label}", total=total, label=label))

    def called(self, page: int) -> str:
        """Return what the document itself calls ``page``, as far as that is known; else ""."""
        return self._labels[page - 1] if 0 < page <= len(self._labels) else ""

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Take what the document itself calls its pages; they may be typed from now on."""
        self._labels = labels
        typed = QRegularExpression(_TYPED.pattern() + "|.{1,40}") if labels else _TYPED
        self.page.setValidator(QRegularExpressionValidator(typed, self.page))

    def show_zoom(self, zoom: float, fit: Fit) -> None:
        """Say how large the pages are; how they fit only where there is room for the words."""
        self._zoom = (zoom, fit)
        word = {Fit.WIDTH: say("Fit width"), Fit.PAGE: say("Fit page"), Fit.FREE: ""}[fit]
        shown = word if self.width() >= _ROOM_FOR_WORDS * scale() else ""
        self.zoom.setText(f"{shown}  {zoom:.0%}".strip())
        self.zoom.setAccessibleName(say("Zoom {zoom:.0%} {word}", zoom=zoom, word=word).strip())

    def _enter(self) -> None:
        typed = self.page.text()
        self.page.setModified(False)
        if typed.startswith("{"):
            self.cited.emit(typed)
        elif typed.isdecimal():
            self.page_entered.emit(int(typed))
        elif page := page_called(self._labels, typed):
            self.page_entered.emit(page)
        elif typed:
            self.about.set_text(say("No page of this document is called {label}.", label=typed))

    def _widen(self, typed: str) -> None:
        """Give a reference to a numbered page the room that it needs."""
        self.page.setFixedWidth(round((150 if typed.startswith("{") else 50) * scale()))

    def _share_out(self) -> None:
        """Show the number of the page in its case where all of it has room beside the rest."""
        left = self.width() - super().minimumSizeHint().width() - _FOR_ABOUT * scale()
        wanted = self.number.sizeHint().width() + SPACE.S
        self.number.setVisible(bool(self.number.text()) and wanted <= left)

    def _spare(self) -> None:
        """Leave out what is said and done elsewhere too, where the words would have no room."""
        roomy = self.width() >= _ROOM_FOR_TOOLS * scale()
        for one in self._spared:
            one.setVisible(roomy)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        shown = sum(
            one.sizeHint().width() + SPACE.XS for one in self._spared if not one.isHidden()
        )
        return QSize(least.width() - shown, least.height())

    def _restore(self) -> None:
        self.page.setModified(False)
        self.page.setText(str(self._page) if self._page else "")

    def _zoom_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("Fit width\t0"), lambda: self.fit_chosen.emit(Fit.WIDTH))
        menu.addAction(say("Fit page\t9"), lambda: self.fit_chosen.emit(Fit.PAGE))
        menu.addAction(
            say("Fit what is picked\tCtrl+8"), partial(self.asked.emit, "fit-selection")
        )
        menu.addSeparator()
        for percent in _PERCENT:
            menu.addAction(f"{percent} %", partial(self.zoom_chosen.emit, percent / 100))
        menu.addSeparator()
        for words, ident in _WAYS:
            menu.addAction(say(words), partial(self.asked.emit, ident))
        menu.popup(self.zoom.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _turn_menu(self) -> None:
        """Offer both ways for this page, for those from here on, and for all."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = {(Pages.THIS, 90): "\tCtrl+R", (Pages.THIS, -90): "\tCtrl+Shift+R"}
        for which in Pages:
            for degrees, way in ((90, say("to the right")), (-90, say("to the left"))):
                words = f"{say(which.value)} {way}{keys.get((which, degrees), '')}"
                menu.addAction(words, partial(self.turn_asked.emit, degrees, which))
            menu.addSeparator()
        menu.popup(self.turn.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare()
        self._share_out()
        self.show_zoom(*self._zoom)


def _turned(text: str, told: str) -> QToolButton:
    """Return a tool that is on or off."""
    made = QToolButton()
    made.setText(text)
    set_tip(made, told)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setCheckable(True)
    return made


class _Number(Label):
    """The number of a page in its case, to be copied from; it widens nothing."""

    def __init__(self) -> None:
        super().__init__("", tone="secondary")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_tip(self, say(_NUMBER))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
