"""One cell of the heat map: fill, numeral, outline."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.hatch import paint_hatched

SOLID, DASHED = "disagreement", "undecided"
HOLLOW, FRAME, RULED = "hollow", "frame", "ruled"


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatCell:
    """What one cell shows.

    ``index`` is the place of the value on the scale, from 0 (halves lie between two points), or
    None where there is none; ``words`` stands in the cell; ``outline`` is "", disagreement (solid)
    or undecided (dashed); ``hatched`` = could not be assessed. ``ground`` is "", hollow (a thick
    line in the colour of the value: too few for a class), frame (a thin line: blank) or ruled (a
    line under the fill: determined).
    """

    words: str
    index: float | None = None
    outline: str = ""
    hatched: bool = False
    ground: str = ""


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
        ink = _paint_ground(painter, box, cell, points)
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


def paint_corner(painter: QPainter, room: QRectF) -> None:
    """Fold the corner of a cell: something beside its scores is to be talked about."""
    box = room.adjusted(1.5, 1.5, -1.5, -1.5)
    side = min(box.height(), box.width()) * 0.42
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.tokens().ink))
    painter.drawPolygon(
        QPolygonF(
            [
                box.topRight() - QPointF(side, 0),
                box.topRight(),
                box.topRight() + QPointF(0, side),
            ]
        )
    )
    painter.restore()


def _paint_ground(painter: QPainter, box: QRectF, cell: HeatCell, points: int) -> QColor:
    """Paint what lies under the words of a cell that is not hatched; return the ink for them."""
    paint = theme.tokens()
    ground = QColor(paint.raised)
    fill = ground if cell.index is None else _fill(cell.index, points)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground if cell.ground == HOLLOW else fill)
    painter.drawRoundedRect(box, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if cell.ground == HOLLOW:
        painter.setPen(QPen(fill, 3))
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        return QColor(paint.ink)
    if cell.ground == FRAME:
        painter.setPen(QPen(QColor(paint.ink3), 0.8))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
    elif cell.ground == RULED:
        painter.setPen(QPen(QColor(paint.ink), 3))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
    return theme.readable_on(fill) if cell.index is not None else QColor(paint.ink2)


class Sample(QWidget):
    """One cell of a legend."""

    def __init__(
        self, cell: HeatCell, *, points: int, corner: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cell, self._points, self._corner = cell, points, corner
        self.setFixedSize(round(34 * theme.scale()), round(25 * theme.scale()))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect())
        paint_heat(painter, room, self._cell, self._points)
        if self._corner:
            paint_corner(painter, room)


def _fill(index: float, points: int) -> QColor:
    """Return the fill for a place on the scale; a half takes the lower point's, to stay honest."""
    return theme.rating_fill(int(index), points)
