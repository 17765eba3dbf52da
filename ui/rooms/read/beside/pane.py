"""The pane of the second document: its head, its pages, and the line that says which is in use."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from reviewer.messages import say
from ui.desk.desk import Desk
from ui.reader.page.renderer import Renderer
from ui.reader.reader import Reader
from ui.reader.sign import sign
from ui.rooms.read.pages.below import BelowPages
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.in_use import InUse
from ui.widgets.text import Elided

TOGETHER_KEY = "Ctrl+3"


class Pane(QFrame):
    """Pages of its own; ``close_asked`` returns to one document."""

    close_asked = Signal()

    def __init__(self, desk: Desk, renderer: Renderer, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Second document"))
        self.line = InUse()
        self.reader = Reader(renderer)
        self.reader.foot.original.hide()  # that one is of the first document
        self.below = BelowPages(desk)
        self.title = Elided("", size="strong")
        self.together = button(say("Scroll together"), kind="chip", tip=TOGETHER_KEY)
        self.together.setCheckable(True)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.M, SPACE.XS, SPACE.S, SPACE.XS)
        head.setSpacing(SPACE.S)
        head.addWidget(self.title, 1)
        head.addWidget(self.together)
        head.addWidget(sign("\u00d7", say("Close the second document"), self.close_asked.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addLayout(head)
        column.addWidget(self.reader, 1)
        column.addWidget(self.below)
