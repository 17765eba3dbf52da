"""Small rounded labels: a state, a filter, a page that can be jumped to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme
from ui.widgets.text import Label, restyle, set_tip


class Chip(Label):
    """A state in a word or two; ``tone`` good, warn or stop colours it softly."""

    def __init__(self, text: str, *, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, tone=tone, parent=parent)
        self.setProperty("kind", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        restyle(self)


class FilterChip(QPushButton):
    """A choice that is on or off, such as one state in a list of cases."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Change what it says."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)


class EvidenceChip(QPushButton):
    """A cited page: pressed it jumps there, Delete takes it away.

    After ``look_without_leaving`` Space and the middle button look at it.
    """

    jumped = Signal(str)  # the mark's id
    looked = Signal(str)
    removed = Signal(str)

    WIDTH = 220  # pixels of text before it is cut, at the drawn text size

    def __init__(self, mark: str, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self._looks = False
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setAccessibleName(say("Evidence: {text}", text=text))
        self.setAccessibleDescription(say("Press to jump to the page, Delete to detach it."))
        set_tip(self, text)
        room = round(self.WIDTH * theme.scale())
        shown = QFontMetrics(theme.font("small")).elidedText(
            " ".join(text.split()), Qt.TextElideMode.ElideRight, room
        )
        self.setText(shown.replace("&", "&&"))
        self.clicked.connect(lambda _checked=False: self.jumped.emit(self._mark))

    @property
    def mark(self) -> str:
        """The mark it stands for."""
        return self._mark

    def look_without_leaving(self) -> None:
        """Let Space and the middle button look at the page."""
        self._looks = True
        self.setAccessibleDescription(
            say("Enter goes to the page, Space looks at it, Delete detaches it.")
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton and self._looks:
            self.looked.emit(self._mark)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._looks:
            self.looked.emit(self._mark)
            event.accept()
            return
        if self._looks and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            event.accept()
            return
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self._mark)
            event.accept()
            return
        super().keyPressEvent(event)
