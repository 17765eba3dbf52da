"""Glyphs of a time line, which say how exactly a time is known, and the key to them."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from reviewer.chronology.dates import Precision
from reviewer.chronology.words import HOW_EXACTLY
from reviewer.messages import say
from ui import theme
from ui.theme import SPACE

_BESIDE = 8.0  # pixels to each side that a glyph takes
GLYPH = 28.0  # pixels of a glyph in the key, with what stands before its words
_IN_KEY = (
    Precision.MINUTE,
    Precision.ABOUT,
    Precision.BETWEEN,
    Precision.DAY,
    Precision.MONTH,
)
_LONG = {Precision.BETWEEN, Precision.MONTH}  # those that are drawn from one time to another
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Meaning(NamedTuple):
    """One glyph of the key, from ``x`` on, and its words."""

    x: float
    precision: Precision
    words: str


def key(metrics: QFontMetricsF, room: QRectF) -> list[Meaning]:
    """Return the key to the glyphs, at the right of ``room``: nothing where it would be cut."""
    words = [(one, say(HOW_EXACTLY[one])) for one in _IN_KEY]
    wide = [SPACE.L + GLYPH + metrics.horizontalAdvance(told) for _, told in words]
    if sum(wide) > room.width():
        return []
    return [
        Meaning(room.right() - sum(wide[at:]) + SPACE.L, precision, told)
        for at, (precision, told) in enumerate(words)
    ]


def paint_key(painter: QPainter, room: QRectF) -> None:
    """Say at the right of ``room`` which glyph means what."""
    ink = QColor(theme.tokens().ink2)
    for one in key(QFontMetricsF(painter.font()), room):
        half = _BESIDE if one.precision in _LONG else 0.0
        middle = QPointF(one.x + _BESIDE + 4, room.center().y())
        begin, end = middle - QPointF(half, 0), middle + QPointF(half, 0)
        paint_glyph(painter, one.precision, begin, end, timed=one.precision is Precision.BETWEEN)
        painter.setPen(ink)
        painter.drawText(room.adjusted(one.x + GLYPH - room.left(), 0, 0, 0), _LEFT, one.words)


def paint_glyph(
    painter: QPainter, precision: Precision, begin: QPointF, end: QPointF, *, timed: bool
) -> None:
    """Draw how exactly a time is known: dot, ring with dots, arrow, bar, square, dashed bar."""
    paint = theme.tokens()
    colour = QColor(paint.accent)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if precision is Precision.MINUTE:
        painter.setBrush(colour)
        painter.drawEllipse(begin, 4, 4)
    elif precision is Precision.ABOUT:
        _paint_about(painter, begin, end)
    elif precision in {Precision.BEFORE, Precision.AFTER}:
        _paint_arrow(painter, begin, -1 if precision is Precision.BEFORE else 1)
    elif timed:
        painter.drawLine(begin, end)
        painter.setBrush(colour)
        painter.drawEllipse(begin, 2, 2)
        painter.drawEllipse(end, 2, 2)
    elif precision is Precision.DAY:
        painter.drawRect(QRectF(begin.x() - 4, begin.y() - 4, 8, 8))
    else:
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(begin, end).adjusted(-4, -4, 4, 4), 4, 4)


def _paint_about(painter: QPainter, begin: QPointF, end: QPointF) -> None:
    """Draw a ring, with dots as far as it may have been."""
    middle = (begin + end) / 2
    painter.drawEllipse(middle, 4, 4)
    painter.setPen(QPen(painter.pen().color(), 2, Qt.PenStyle.DotLine))
    away = max(end.x() - middle.x(), _BESIDE)
    for side in (-1, 1):
        painter.drawLine(
            middle + QPointF(side * (_BESIDE - 2), 0), middle + QPointF(side * away, 0)
        )


def _paint_arrow(painter: QPainter, bound: QPointF, way: int) -> None:
    """Draw the only bound that is known, and an arrow to where it was."""
    tip = bound + QPointF(way * _BESIDE, 0)
    painter.drawLine(bound - QPointF(0, 4), bound + QPointF(0, 4))
    painter.drawLine(bound, tip)
    for side in (-3, 3):
        painter.drawLine(tip, tip + QPointF(-3 * way, side))
