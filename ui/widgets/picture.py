"""One icon, drawn as it is painted, so that it always wears the present colours and size."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


class Picture(QWidget):
    """The icon ``name`` in the colour of the token ``tone`` ("ink3", "warn", "accent", ...)."""

    def __init__(
        self,
        name: str,
        *,
        tone: str = "ink2",
        size: int = 18,
        words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._size = size
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self.set_picture(self._name, tone)

    def set_picture(self, name: str, tone: str) -> None:
        """Show another icon, or the same in another colour."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self._size * theme.scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = getattr(theme.tokens(), self._tone)
        middle = (self.height() - self.sizeHint().height()) // 2
        QPainter(self).drawPixmap(0, middle, theme.pixmap(self._name, colour, self._size))
