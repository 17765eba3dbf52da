"""The wave of a recording: where it is loud, where it is heard, what is picked and marked."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from reviewer.records.moments import clock, range_words
from ui.reader.shown import ShownMark
from ui.reader.sound.player import BARS
from ui.theme import scale, tokens

_SLIP = 4  # logical pixels: less is a press, not a range
_STRIP = 10  # logical pixels below the wave, for the marks


class Wave(QWidget):
    """Press to go there, drag to pick a range, press a mark to see what it holds."""

    gone_to = Signal(float)  # seconds
    picked = Signal(float, float)  # from, to, in seconds
    mark_pressed = Signal(str, QRect)  # mark id, where it is in this widget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("Wave of the recording"))
        self.setMinimumHeight(round(76 * scale()))
        self.seconds = 0.0
        self.position = 0.0
        self.range: tuple[float, float] | None = None
        self._bars = bytearray(BARS)
        self._marks: list[ShownMark] = []
        self._begun: float | None = None  # where the button went down

    def show_length(self, seconds: float) -> None:
        """Show a recording of so many seconds, silent until its bars come."""
        self.seconds, self.position, self.range = seconds, 0.0, None
        self._bars = bytearray(BARS)
        self.tell()

    def take(self, first: int, bars: bytes) -> None:
        """Take some bars, from 0 to 255."""
        self._bars[first : first + len(bars)] = bars
        self.update()

    def set_marks(self, marks: Sequence[ShownMark]) -> None:
        """Show these marks, those that are on a range of time."""
        self._marks = [mark for mark in marks if mark.span is not None]
        self.tell()

    def move_to(self, seconds: float) -> None:
        """Show what is heard now."""
        self.position = seconds
        self.update()

    def pick(self, begin: float, end: float) -> None:
        """Show a range as picked; none where it is empty."""
        self.range = (begin, end) if end > begin else None
        self.tell()

    def tell(self) -> None:
        """Say to those who do not see it what is there."""
        told = [say("{length} long", length=clock(self.seconds))]
        if self.range is not None:
            told.append(say("{range} is picked", range=range_words(*self.range)))
        told += [
            say("marked {range}: {about}", range=range_words(*mark.span), about=mark.tip)
            for mark in self._marks
            if mark.span is not None
        ]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    # ------------------------------------------------------------ private

    def _x(self, seconds: float) -> float:
        return self.width() * min(1.0, seconds / self.seconds) if self.seconds else 0.0

    def _at(self, event: QMouseEvent) -> float:
        share = event.position().x() / max(1, self.width())
        return min(1.0, max(0.0, share)) * self.seconds

    def _mark_at(self, event: QMouseEvent) -> ShownMark | None:
        if event.position().y() < self.height() - _STRIP:
            return None
        at, near = self._at(event), self.seconds * _SLIP / max(1, self.width())
        for mark in reversed(self._marks):
            if mark.span is not None and mark.span[0] - near <= at <= mark.span[1] + near:
                return mark
        return None

    # ------------------------------------------------------------ Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        high = self.height() - _STRIP
        painter.fillRect(QRectF(0, 0, self.width(), high), QColor(t.raised))
        if self.range is not None:
            left, right = map(self._x, self.range)
            soft = QRectF(left, 0, max(2.0, right - left), high)
            painter.fillRect(soft, QColor(t.accent_soft))
        heard = self._x(self.position)
        for x in range(self.width()):
            first = x * BARS // self.width()
            bars = self._bars[first : max(first + 1, (x + 1) * BARS // self.width())]
            half = max(0.5, max(bars) / 255 * (high / 2 - 2))
            colour = t.accent if x <= heard else t.ink3
            painter.fillRect(QRectF(x, high / 2 - half, 1, 2 * half), QColor(colour))
        for mark in self._marks:
            if mark.span is not None:
                left, right = map(self._x, mark.span)
                strip = QRectF(left, high + 2, max(4.0, right - left), _STRIP - 4)
                painter.fillRect(strip, QColor(mark.colour))
        painter.fillRect(QRectF(heard - 1, 0, 2, high), QColor(t.ink))
        if self.hasFocus():
            painter.setPen(QColor(t.focus))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.seconds:
            return
        mark = self._mark_at(event)
        if mark is not None:
            point = event.position().toPoint()
            self.mark_pressed.emit(mark.id, QRect(point, point))
            return
        self._begun = self._at(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._begun is not None and self._far(event):
            self.pick(*sorted((self._begun, self._at(event))))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begun, self._begun = self._begun, None
        if begun is None:
            return
        self._begun = begun
        far = self._far(event)
        self._begun = None
        if far:
            self.picked.emit(*sorted((begun, self._at(event))))
        else:
            self.gone_to.emit(begun)

    def _far(self, event: QMouseEvent) -> bool:
        begun = self._x(self._begun or 0.0)
        return abs(event.position().x() - begun) >= _SLIP
