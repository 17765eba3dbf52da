"""A scroll bar that shows where something was found: a tick for each place, at its height.

What was found reaches across it, lit words reach half as far.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.theme import tokens

_HIGH = 2  # pixels of a tick


class TickedBar(QScrollBar):
    """Asks ``heights`` for shares of the whole (0-1) each time it is painted: pages may turn.

    The same list, in the same room, stands at the same pixels: they are not worked out again.
    """

    def __init__(
        self,
        heights: Callable[[], Sequence[float]],
        lit: Callable[[], Sequence[tuple[float, str]]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._heights = heights
        self._lit = lit
        self._places: list[int] = []
        self._places_of: tuple[Sequence[float], int] = ((), 0)
        self._lit_places: list[tuple[int, str]] = []
        self._lit_of: tuple[Sequence[tuple[float, str]], int] = ((), 0)

    def places(self) -> list[int]:
        """Return the pixels where ticks stand, each once."""
        room = max(self.height() - _HIGH, 0)
        shares, (shown, within) = self._heights(), self._places_of
        if shares is not shown or room != within:
            self._places = sorted({round(share * room) for share in shares})
            self._places_of = (shares, room)
        return self._places

    def lit_places(self) -> list[tuple[int, str]]:
        """Return the pixels where lit words stand, each once in a colour."""
        room = max(self.height() - _HIGH, 0)
        shares, (shown, within) = self._lit(), self._lit_of
        if shares is not shown or room != within:
            self._lit_places = sorted({(round(share * room), paint) for share, paint in shares})
            self._lit_of = (shares, room)
        return self._lit_places

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        places, lit = self.places(), self.lit_places()
        if places or lit:
            painter = QPainter(self)
            for place, paint in lit:
                painter.fillRect(1, place, (self.width() - 2) // 2, _HIGH, QColor(paint))
            colour = QColor(tokens().warn)
            for place in places:
                painter.fillRect(1, place, self.width() - 2, _HIGH, colour)
