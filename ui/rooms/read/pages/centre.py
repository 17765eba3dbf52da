"""The middle of the room: a bar above, the pages or what stands in their place, lines below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.rooms.read.pages.below import BelowPages
from ui.rooms.read.pages.head import PagesHead
from ui.widgets.in_use import InUse
from ui.widgets.roomy import Front


class PagesPart(QWidget):
    """Holds ``head``, ``middle`` with ``pages`` one behind the other, and ``below``.

    ``line`` lies over the middle where something stands beside it.
    """

    def __init__(self, head: PagesHead, pages: tuple[QWidget, ...], below: BelowPages) -> None:
        super().__init__()
        self.head = head
        self.below = below
        self.middle = Front()
        for page in pages:
            self.middle.addWidget(page)
        self.line = InUse()
        self.line.hide()
        first = QWidget()
        over = QVBoxLayout(first)
        over.setContentsMargins(0, 0, 0, 0)
        over.setSpacing(0)
        over.addWidget(self.line)
        over.addWidget(self.middle, 1)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setChildrenCollapsible(False)
        self.panes.setHandleWidth(1)
        self.panes.addWidget(first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.panes, 1)
        column.addWidget(below)  # below: what comes moves no page under the hand

    def add_beside(self, pane: QWidget) -> None:
        """Let ``pane`` stand at the right of the middle, as wide as that."""
        self.panes.addWidget(pane)
        for place in range(self.panes.count()):
            self.panes.setStretchFactor(place, 1)
        half = self.panes.width() // 2
        self.panes.setSizes([half, half])
