"""How much of a case has been rated, as a ring."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

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
