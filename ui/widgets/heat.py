"""One cell of the heat map: fill, numeral, outline."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ui import theme
from ui.widgets.hatch import paint_hatched

SOLID, DASHED = "disagreement", "undecided"


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatCell:
    """What one cell shows.

    ``index`` is the place of the value on the scale, from 0 (halves lie between two points), or
    None where there is none; ``words`` stands in the cell; ``outline`` is "", disagreement (solid)
    or undecided (dashed); ``hatched`` = could not be assessed.
    """

    words: str
    index: float | None = None
    outline: str = ""
    hatched: bool = False


def paint_heat(
    painter: QPainter, room: QRectF, cell: HeatCell, points: int, *, focus: bool = False
) -> None:
    """Paint ``cell`` into ``room`` for a scale of ``points`` points."""
    paint = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = room.adjusted(1.5, 1.5, -1.5, -1.5)
    if cell.hatched:
        paint_hatched(painter, box, 4)
        ink = QColor(paint.ink)
        halo = QColor(paint.not_assessable)
        halo.setAlpha(200)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawRoundedRect(QRectF(box.center().x() - 13, box.center().y() - 8, 26, 16), 3, 3)
    else:
        fill = QColor(paint.raised) if cell.index is None else _fill(cell.index, points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 4, 4)
        ink = theme.readable_on(fill) if cell.index is not None else QColor(paint.ink2)
    painter.setPen(ink)
    painter.setFont(theme.font("small", QFont.Weight.DemiBold))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.words)
    if cell.outline:
        style = Qt.PenStyle.SolidLine if cell.outline == SOLID else Qt.PenStyle.DashLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(paint.ink), 1.8 if cell.outline == SOLID else 1.1, style))
        painter.drawRoundedRect(box, 4, 4)
    if focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(paint.focus), 2))
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.restore()


def _fill(index: float, points: int) -> QColor:
    """Return the fill for a place on the scale; a half takes the lower point's, to stay honest."""
    return theme.rating_fill(int(index), points)
