"""A soft band over the line that is read: it follows the pointer, and stays while pages move."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import scale, tokens

HEIGHT = 40  # logical pixels at the drawn text size: a line and what is around it
_STRENGTH = 34  # of 255
_EDGE = 90


class Ruler(QWidget):
    """Lies over ``port`` and takes nothing from it; hidden until it is shown."""

    def __init__(self, port: QWidget) -> None:
        super().__init__(port)
        self._port = port
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._middle = -1  # of the band, in the port; under 0: a third down
        port.installEventFilter(self)

    def place(self) -> None:
        """Lie across the port where the band stood last."""
        port, high = self._port.size(), round(HEIGHT * scale())
        middle = port.height() // 3 if self._middle < 0 else self._middle
        top = min(max(middle - high // 2, 0), max(port.height() - high, 0))
        self.setGeometry(QRect(0, top, port.width(), high))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._port and not self.isHidden():
            if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
                self._middle = round(event.position().y())
                self.place()
            elif event.type() == QEvent.Type.Resize:
                self.place()
        return False

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt hands a QShowEvent
        self.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        band, edge = QColor(tokens().accent), QColor(tokens().accent)
        band.setAlpha(_STRENGTH)
        edge.setAlpha(_EDGE)
        painter.fillRect(self.rect(), band)
        for y in (0, self.height() - 1):
            painter.fillRect(0, y, self.width(), 1, edge)
        painter.end()
