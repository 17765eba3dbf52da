"""A scroll bar that shows where something was found: a tick for each place, at its height."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.theme import tokens

_HIGH = 2  # pixels of a tick


class TickedBar(QScrollBar):
    """Asks ``heights`` for shares of the whole (0-1) each time it is painted: pages may turn."""

    def __init__(
        self, heights: Callable[[], Sequence[float]], parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._heights = heights

    def places(self) -> list[int]:
        """Return the pixels where ticks stand, each once."""
        room = max(self.height() - _HIGH, 0)
        return sorted({round(share * room) for share in self._heights()})

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        places = self.places()
        if places:
            painter = QPainter(self)
            colour = QColor(tokens().warn)
            for place in places:
                painter.fillRect(1, place, self.width() - 2, _HIGH, colour)
