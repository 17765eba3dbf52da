"""A wash over words: it colours the paper, white or dark, and leaves their ink."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ui.theme.paper import at_night


def lay(painter: QPainter, rect: QRectF, wash: QColor) -> None:
    """Colour the paper and leave the ink: dark words stay as dark as they were."""
    share = wash.alphaF()
    if at_night():  # and on dark paper, light words as light as they were
        lit = (share * part for part in (wash.redF(), wash.greenF(), wash.blueF()))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Screen)
        painter.fillRect(rect, QColor.fromRgbF(*lit))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        return
    light = [1 - share * (1 - part) for part in (wash.redF(), wash.greenF(), wash.blueF())]
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(rect, QColor.fromRgbF(*light))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
