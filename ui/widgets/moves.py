"""Small figures of what moved: one bar in parts, two dots on a line, a bar to both sides."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme
from ui.widgets.hatch import paint_hatched

STOOD, FILLED, HOLLOW, HATCHED = "stood", "filled", "hollow", "hatched"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of a bar: how many, in words, and how it is filled."""

    words: str
    count: int
    fill: str


class PartsBar(QWidget):
    """One line that is all of something, in its parts."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: tuple[Part, ...]) -> None:
        """Show ``parts`` in order, as wide as each is many."""
        self._parts = parts
        self.setAccessibleName(", ".join(f"{part.words}: {part.count:,}" for part in parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, round(16 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        total = sum(part.count for part in self._parts)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.5
        for part in self._parts:
            wide = (self.width() - 1) * part.count / total if total else 0
            if wide:
                paint_part(painter, QRectF(left, 0.5, max(wide, 3), self.height() - 1), part.fill)
            left += wide


def paint_part(painter: QPainter, room: QRectF, fill: str) -> None:
    """Paint one part, told apart in grey as well."""
    paint = theme.tokens()
    if fill == HATCHED:
        paint_hatched(painter, room, 1)
        return
    painter.setPen(QPen(QColor(paint.accent if fill == HOLLOW else paint.line2), 1))
    fills = {STOOD: paint.line2, FILLED: paint.accent, HOLLOW: paint.raised}
    painter.setBrush(QColor(fills[fill]))
    painter.drawRect(room)


class PartSample(QWidget):
    """One part in a legend."""

    def __init__(self, fill: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = fill
        self.setFixedSize(round(16 * theme.scale()), round(12 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_part(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._fill)


class PairedDots(QWidget):
    """A number before, hollow, and now, filled, on a line from 0 to the most of all rows."""

    def __init__(self, before: int, now: int, most: int, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before, self._now, self._most = before, now, max(most, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("{before} before, {now} now", before=before, now=now))

    def sizeHint(self) -> QSize:
        return QSize(120, round(22 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        before, now = (QPointF(self._x(at), middle) for at in (self._before, self._now))
        band = QColor(paint.accent)
        band.setAlpha(90)
        painter.setPen(QPen(band, 3))
        painter.drawLine(before, now)
        painter.setPen(QPen(QColor(paint.ink2), 1.6))
        painter.setBrush(QColor(paint.panel))
        painter.drawEllipse(before, 4.4, 4.4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paint.accent))
        painter.drawEllipse(now, 4.4, 4.4)

    def _x(self, value: int) -> float:
        return 7 + value / self._most * (self.width() - 14)


class TwoWayBar(QWidget):
    """Away to the left, hollow, and towards to the right, filled, from one line."""

    def __init__(
        self, away: int, towards: int, most: int, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._away, self._towards, self._most = away, towards, max(most, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = say("{away} away from the median, {towards} towards it", away=away, towards=towards)
        self.setAccessibleName(told)

    def sizeHint(self) -> QSize:
        return QSize(150, round(20 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        words = painter.fontMetrics().horizontalAdvance(f"{self._most:,}") + 8
        middle = self.width() / 2
        room = middle - words
        high = self.height() - 8
        for count, sign, fill in ((self._away, -1, HOLLOW), (self._towards, 1, FILLED)):
            wide = room * count / self._most
            left = middle - wide if sign < 0 else middle
            if count:
                paint_part(painter, QRectF(left, 4, max(wide, 2), high), fill)
            painter.setPen(QColor(paint.ink2))
            at = middle + sign * wide
            text = QRectF(at - words if sign < 0 else at, 0, words - 4, self.height())
            if sign > 0:
                text.translate(4, 0)
            side = Qt.AlignmentFlag.AlignRight if sign < 0 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(text, side | Qt.AlignmentFlag.AlignVCenter, f"{count:,}")
        painter.setPen(QPen(QColor(paint.ink3), 1))
        painter.drawLine(QPointF(middle, 1), QPointF(middle, self.height() - 1))
