"""What the rows of the score sheet scroll in."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.theme import SPACE, scale

_WIDE = 282  # of a row that is open, at the drawn text size


class RowsArea(QScrollArea):
    """Scrolls ``inside``, of which one row is open; takes no focus of its own."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()

    def _make_room(self) -> None:
        self.setMinimumWidth(round(_WIDE * scale()))

    def show_whole(self, row: QWidget) -> None:
        """Scroll as little as shows ``row`` whole; its top where it is higher than the area."""
        bar, high = self.verticalScrollBar(), self.viewport().height()
        top, bottom = row.y() - SPACE.S, row.y() + row.height() + SPACE.S
        if bottom > bar.value() + high:
            bar.setValue(min(top, bottom - high))
        if top < bar.value():
            bar.setValue(top)
