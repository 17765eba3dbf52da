"""How much of a case has been rated, as a ring."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme


def paint_ring(painter: QPainter, room: QRectF, share: float, *, complete: bool = False) -> None:
    """Paint a ring with ``share`` (0-1) of it filled; ``complete`` paints it as settled."""
    paint = theme.tokens()
    width = max(room.width() / 6, 2.0)
    inner = room.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(paint.line), width))
    painter.drawEllipse(inner)
    if share > 0 or complete:
        colour = QColor(paint.good if complete else paint.accent)
        pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        part = 1.0 if complete else min(max(share, 0.0), 1.0)
        painter.drawArc(inner, 90 * 16, -round(part * 360 * 16))
    painter.restore()


class ProgressRing(QWidget):
    """A ring with the share that is done, and its words for those who do not see it."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = 0
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_progress(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``."""
        self._done, self._total = done, total
        self.setAccessibleName(say("{done} of {total} done", done=done, total=total))
        self.update()

    def sizeHint(self) -> QSize:
        side = round(18 * theme.scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        share = self._done / self._total if self._total else 0.0
        complete = self._total > 0 and self._done >= self._total
        paint_ring(QPainter(self), QRectF(self.rect()), share, complete=complete)
