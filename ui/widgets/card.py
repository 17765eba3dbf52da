"""Cards, headings and lines: how a screen is divided."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.theme import SPACE
from ui.widgets.text import Label


class Card(QFrame):
    """A framed part of a screen with an optional title; put things into ``body``."""

    def __init__(self, title: str = "", note: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SPACE.L + 2, SPACE.L, SPACE.L + 2, SPACE.L)
        self.body.setSpacing(SPACE.S)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE.S)
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(Label(title, size="section", wrap=True), 1)
            self.body.addLayout(self.head)
        if note:
            self.body.addWidget(Label(note, tone="secondary", wrap=True))


class SectionHeading(Label):
    """A small heading in capitals over a group of rows."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, tone="secondary", parent=parent)
        self.setAccessibleName(text)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        face = theme.font("small", QFont.Weight.DemiBold)
        face.setCapitalization(QFont.Capitalization.AllUppercase)
        face.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
        face.setPixelSize(max(face.pixelSize() - 1, 9))
        self.setFont(face)


class Line(QFrame):
    """A hairline between parts."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "line")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(1)
