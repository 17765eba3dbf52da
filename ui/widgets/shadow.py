"""The shadow of what floats over the pages."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget


def cast_shadow(part: QWidget, *, blur: float = 18, strength: int = 70) -> None:
    """Let ``part`` cast a shadow below it; ``blur`` in pixels, ``strength`` of 255."""
    shadow = QGraphicsDropShadowEffect(part)
    shadow.setBlurRadius(blur)
    shadow.setOffset(QPointF(0, 4))
    shadow.setColor(QColor(0, 0, 0, strength))
    part.setGraphicsEffect(shadow)
