"""Moving through the room by keyboard: the focus from part to part, the pages from anywhere."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QApplication, QStackedWidget, QWidget

from ui.reader.reader import Reader
from ui.rooms.read.beside.beside import Beside
from ui.rooms.read.cases.list import CaseList
from ui.rooms.read.finish.panel import LeftPanel
from ui.rooms.read.pages.search import SearchResults
from ui.rooms.read.sheet.sheet import ScoreSheet
from ui.rooms.read.terms.page import TermsPage


class Walking(QObject):
    """Knows the three parts: cases, what stands in the middle, what stands at the right."""

    def __init__(
        self,
        cases: CaseList,
        middle: QStackedWidget,
        right: QStackedWidget,
        beside: Beside,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._cases = cases
        self._middle = middle
        self._right = right
        self.beside = beside

    @property
    def keys(self) -> dict[str, Callable[[], object]]:
        """The keys that move through the room, and what each does."""
        return {
            "F6": self.next_part,
            "PgDown": lambda: self.scroll(1),
            "PgUp": lambda: self.scroll(-1),
            "Alt+Down": lambda: self._cases.step(1),
            "Alt+Up": lambda: self._cases.step(-1),
        }

    def in_use(self) -> Reader:
        """Return the pages in use: the first, or those beside them."""
        return self.beside.reader

    def next_part(self) -> None:
        """Move the focus round: cases, pages, second pages, sheet."""
        held, beside = QApplication.focusWidget(), self.beside
        every: list[tuple[QWidget, Callable[[], object]]] = [
            (self._cases, lambda: self._cases.list.setFocus(Qt.FocusReason.TabFocusReason)),
            (self._middle, self._to_first),
            (self._right, self.to_right),
        ]
        if beside.pane is not None:
            every.insert(2, (beside.pane, beside.pane.reader.take_keys))
        parts = [one for one in every if not one[0].isHidden()]
        at = next((n for n, (p, _) in enumerate(parts) if held and p.isAncestorOf(held)), -1)
        parts[(at + 1) % len(parts)][1]()

    def to_work(self) -> None:
        """Put the focus on the sheet; where there is none, on the page."""
        if self._right.isHidden():
            self.to_middle()
        else:
            self.to_right()

    def to_right(self) -> None:
        """Put the focus on the sheet, or on what is left."""
        front = self._right.currentWidget()
        if isinstance(front, LeftPanel | ScoreSheet):
            front.take_focus()

    def scroll(self, by: int) -> None:
        """Move what stands in the middle by a window's height, wherever the focus is."""
        front = self._middle.currentWidget()
        if self.beside.active:
            bar = self.beside.reader.view.verticalScrollBar()
        elif isinstance(front, SearchResults):
            bar = front.list.verticalScrollBar()
        elif isinstance(front, Reader):
            bar = front.view.verticalScrollBar()
        elif isinstance(front, TermsPage):
            bar = front.bar
        else:
            return
        step = QAbstractSlider.SliderAction
        bar.triggerAction(step.SliderPageStepAdd if by > 0 else step.SliderPageStepSub)

    def to_middle(self) -> None:
        """Put the focus on the pages in use, or on what stands in their place."""
        if self.beside.active:
            self.beside.reader.take_keys()
        else:
            self._to_first()

    def _to_first(self) -> None:
        front = self._middle.currentWidget()
        if isinstance(front, Reader):
            front.take_keys()
        elif isinstance(front, SearchResults):
            front.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif isinstance(front, TermsPage):
            front.take_keys()
