"""Small charts that live in rows: a dot with its interval, stacked dots, a bar with bounds.

Each tells its numbers as accessible text too; colour never speaks alone.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme
from ui.widgets.hatch import paint_hatched


class IntervalDot(QWidget):
    """A value between ``lowest`` and ``highest`` with its interval as a band."""

    def __init__(
        self, *, lowest: float = 0.0, highest: float = 1.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._range = (lowest, highest)
        self._value: float | None = None
        self._interval: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_value(self, value: float | None, low: float | None, high: float | None) -> None:
        """Show ``value`` from ``low`` to ``high``; None where there is no number."""
        self._value = value
        self._interval = None if low is None or high is None else (low, high)
        words = say("no value") if value is None else f"{value:.2f}"
        if self._interval:
            words += say(", interval {low:.2f} to {high:.2f}", low=low, high=high)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, round(22 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(QPen(QColor(paint.line), 1))
        for quarter in range(5):
            x = self._x(self._range[0] + (self._range[1] - self._range[0]) * quarter / 4)
            painter.drawLine(QPointF(x, middle - 7), QPointF(x, middle + 7))
        if self._interval:
            band = QColor(paint.accent)
            band.setAlpha(90)
            painter.setPen(QPen(band, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            low, high = self._interval
            painter.drawLine(QPointF(self._x(low), middle), QPointF(self._x(high), middle))
        if self._value is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(paint.accent))
            painter.drawEllipse(QPointF(self._x(self._value), middle), 5, 5)

    def _x(self, value: float) -> float:
        lowest, highest = self._range
        share = (min(max(value, lowest), highest) - lowest) / (highest - lowest)
        return 7 + share * (self.width() - 14)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stack:
    """One column of stacked dots; ``index`` None, drawn hatched, for those who could not say.

    ``before`` is how many it was in an earlier round, hollow beside them, or None.
    """

    words: str
    count: int
    index: int | None = None
    before: int | None = None

    @property
    def told(self) -> str:
        """The column in words."""
        if self.before is None:
            return f"{self.words}: {self.count}"
        return say(
            "{words}: {count}, before {before}",
            words=self.words,
            count=self.count,
            before=self.before,
        )


class StackedDots(QWidget):
    """How many gave each point of the scale, one dot a person, no names."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stacks: tuple[Stack, ...] = ()
        self._points = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_stacks(self, stacks: tuple[Stack, ...], points: int) -> None:
        """Show ``stacks`` in order, for a scale of ``points`` points."""
        self._stacks, self._points = stacks, points
        self.setAccessibleName(", ".join(stack.told for stack in stacks))
        self.update()

    def sizeHint(self) -> QSize:
        tallest = max((s.count for s in self._stacks), default=4)
        return QSize(70 * max(len(self._stacks), 5), 40 + 24 * max(tallest, 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._stacks:
            return
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("body", QFont.Weight.DemiBold))
        column = self.width() / len(self._stacks)
        foot = round(28 * theme.scale())
        tallest = max(max(s.count, s.before or 0) for s in self._stacks) or 1
        step = min((self.height() - foot - 12) / tallest, 24.0)
        for place, stack in enumerate(self._stacks):
            box = QRectF(place * column + 4, self.height() - foot, column - 8, foot - 2)
            if stack.index is None:
                paint_hatched(painter, box, 5)
                painter.setPen(QColor(paint.ink))
            else:
                fill = theme.rating_fill(stack.index, self._points)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(fill)
                painter.drawRoundedRect(box, 5, 5)
                painter.setPen(theme.readable_on(fill))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, stack.words)
            radius = min(step * 0.42, 9.5)
            if stack.before is None:
                self._dots(painter, box, stack, step)
                continue
            aside = min(radius + 2, box.width() / 4)
            radius = min(radius, box.width() / 4 - 1)
            self._hollow(painter, box.translated(-aside, 0), stack.before, step, radius)
            self._dots(painter, box.translated(aside, 0), stack, step, most=radius)

    @staticmethod
    def _hollow(painter: QPainter, box: QRectF, count: int, step: float, radius: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.tokens().ink2), 1.4))
        for level in range(count):
            middle = QPointF(box.center().x(), box.top() - 8 - radius - level * step)
            painter.drawEllipse(middle, radius - 0.7, radius - 0.7)

    def _dots(
        self, painter: QPainter, box: QRectF, stack: Stack, step: float, *, most: float = 9.5
    ) -> None:
        paint = theme.tokens()
        radius = min(step * 0.42, most)
        if stack.index is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.ink2), 1.4, Qt.PenStyle.DashLine))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(paint.accent))
        for level in range(stack.count):
            middle = QPointF(box.center().x(), box.top() - 8 - radius - level * step)
            painter.drawEllipse(middle, radius, radius)


class BoundedBar(QWidget):
    """A share as a bar, with how low and high missing records could take it."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = 0.0
        self._bounds = (0.0, 0.0)
        self._colour = QColor()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_value(self, value: float, low: float, high: float, *, group: str = "") -> None:
        """Show ``value`` between ``low`` and ``high``, all shares 0-1, in the group's colour."""
        self._value, self._bounds = value, (low, high)
        self._colour = theme.group_colour(group) if group else QColor(theme.tokens().accent)
        self.setAccessibleName(
            say("{value:.0%}, from {low:.0%} to {high:.0%}", value=value, low=low, high=high)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, round(22 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paint.line if paint.dark else paint.bg))
        painter.drawRoundedRect(room, 4, 4)
        if self._value > 0:
            filled = QRectF(room)
            filled.setWidth(max(room.width() * min(self._value, 1.0), 4))
            painter.setBrush(self._colour)
            painter.drawRoundedRect(filled, 4, 4)
        low, high = (room.left() + room.width() * min(max(b, 0.0), 1.0) for b in self._bounds)
        if high > low:
            middle = room.center().y()
            painter.setPen(QPen(QColor(paint.panel), 4))
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            painter.setPen(QPen(QColor(paint.ink), 1.8))
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            for x in (low, high):
                painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 5))
