"""A column of a readable width that grows with the text size."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme


def pile(holder: QWidget, *parts: QWidget) -> QVBoxLayout:
    """Lay ``parts`` in ``holder`` under each other, with nothing between or around them."""
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return column


class TextColumn(QWidget):
    """Put things into ``inside``; ``width`` is told at the drawn text size.

    It is wider only where something in it cannot be narrower, and narrower, down to ``least``,
    only where its room is.
    """

    def __init__(
        self, width: int, *, least: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._drawn = width
        self._least = width if least is None else least
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(0)
        self._fit()

    def centred(self) -> QHBoxLayout:
        """Return a row with this column in its middle."""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self, 1000)  # all the room there is, up to its own width
        row.addStretch(1)
        return row

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        widest = round(self._drawn * min(theme.scale(), 2.0))
        needs = self.inside.minimumSize().width()  # in another language, words may be longer
        narrow = min(self._least, widest)  # large text in a narrow place wraps sooner
        self.setMinimumWidth(max(narrow, needs))
        self.setMaximumWidth(max(widest, needs))
