"""The hatching that means "could not be assessed"; never a shade of the rating ramp."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui import theme

STEP = 7.0  # pixels between the stripes


def paint_hatched(painter: QPainter, room: QRectF, radius: float) -> None:
    """Fill ``room`` with the hatching, corners rounded by ``radius``."""
    paint = theme.tokens()
    shape = QPainterPath()
    shape.addRoundedRect(room, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(shape, QColor(paint.not_assessable))
    painter.setClipPath(shape)
    painter.setPen(QPen(QColor(paint.hatch), STEP / 2.4, Qt.PenStyle.SolidLine))
    place = room.left() - room.height()
    while place < room.right() + STEP:
        painter.drawLine(
            round(place), round(room.bottom()), round(place + room.height()), round(room.top())
        )
        place += STEP
    painter.restore()
