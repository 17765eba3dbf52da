"""Text of many lines that is shown whole whatever it is, in a field as high as it needs."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class Whole(QPlainTextEdit):
    """As high as its text needs; it can be picked with the mouse, and not changed."""

    def __init__(self, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "whole")
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setPlainText(text)

    @property
    def lines(self) -> int:
        """How many lines it takes at its present width."""
        block, count = self.document().firstBlock(), 0
        while block.isValid():
            count += max(block.layout().lineCount(), 1)
            block = block.next()
        return count

    def _text_height(self) -> float:
        """Return how high the lines are as they are laid out: a font's spacing may be less."""
        block, high = self.document().firstBlock(), 0.0
        while block.isValid():
            high += self.blockBoundingRect(block).height()
            block = block.next()
        return high

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = ceil(self._text_height()) + 2
        if high != self.height():
            self.setFixedHeight(high)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # what it stands in scrolls
