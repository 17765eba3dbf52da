"""A tick beside a name, which may be longer than the room for it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.widgets.text import set_tip

_LEAST = 80  # pixels of the name at the least, beside the tick
_TICK = 32  # pixels that the tick takes


class NameBox(QCheckBox):
    """Shows as much of the name as it has room for; the whole name is its tip and is spoken."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name.replace("&", "&&"), parent)
        self._name = name
        self.setAccessibleName(name)
        set_tip(self, name)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _LEAST + _TICK), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _TICK
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
