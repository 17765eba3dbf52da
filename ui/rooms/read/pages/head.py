"""Above the pages: the documents of the case, and the way to find words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reviewer.messages import say
from ui.rooms.read.pages.tabs import DocumentTabs
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.keyhint import KeyHint


class PagesHead(QWidget):
    """A bar of tabs with a button at its end."""

    find_asked = Signal()

    def __init__(self, tabs: DocumentTabs, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.M, SPACE.XS, SPACE.M, SPACE.XS)
        row.setSpacing(SPACE.S)
        row.addWidget(tabs, 1)
        row.addWidget(button(say("Find"), self.find_asked.emit, kind="quiet"))
        row.addWidget(KeyHint("Ctrl+F"))
