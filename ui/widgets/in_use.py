"""The line over one of several panes that says which of them is in use."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import tokens


class InUse(QWidget):
    """A line over a pane, in the colour of the focus where its pages are in use."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = False
        self.setFixedHeight(2)

    @property
    def on(self) -> bool:
        """Whether the pane is in use."""
        return self._on

    def show_use(self, *, on: bool) -> None:
        """Say whether the pane is in use."""
        self._on = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        paint = tokens()
        QPainter(self).fillRect(self.rect(), QColor(paint.focus if self._on else paint.line))
