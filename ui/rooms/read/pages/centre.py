"""The middle of the room: a bar above, the pages or what stands in their place, lines below."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.rooms.read.pages.below import BelowPages
from ui.rooms.read.pages.head import PagesHead
from ui.widgets.roomy import Front


class PagesPart(QWidget):
    """Holds ``head``, ``middle`` with ``pages`` one behind the other, and ``below``."""

    def __init__(self, head: PagesHead, pages: tuple[QWidget, ...], below: BelowPages) -> None:
        super().__init__()
        self.head = head
        self.middle = Front()
        for page in pages:
            self.middle.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.middle, 1)
        column.addWidget(below)  # below: what comes moves no page under the hand
