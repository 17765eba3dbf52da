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
_LANE, _LANES = 6, 4  # of a strip, where marks lie over each other; and how many at most


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
        self.marked = False  # whether the range is one that is marked, and not picked
        self._bars = bytearray(BARS)
        self._marks: list[ShownMark] = []
        self._lanes: list[int] = []  # of each mark: the first is the upper one
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
        self._lanes = _lanes_of([mark.span for mark in self._marks if mark.span is not None])
        self.tell()

    def move_to(self, seconds: float) -> None:
        """Show what is heard now."""
        self.position = seconds
        self.update()

    def pick(self, begin: float, end: float, *, marked: bool = False) -> None:
        """Show a range as picked, or as ``marked``; none where it is empty."""
        self.range, self.marked = ((begin, end) if end > begin else None), marked
        self.tell()

    def tell(self) -> None:
        """Say to those who do not see it what is there."""
        told = [say("{length} long", length=clock(self.seconds))]
        if self.range is not None:
            words = range_words(*self.range)
            told.append(
                say("{range} is marked and shown", range=words)
                if self.marked
                else say("{range} is picked", range=words)
            )
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
        below = event.position().y() - (self.height() - self._strip)
        if below < 0:
            return None
        at, near = self._at(event), self.seconds * _SLIP / max(1, self.width())
        found = [
            (abs(below - self._lane_top(lane) - self._lane_height / 2), -place, mark)
            for place, (mark, lane) in enumerate(zip(self._marks, self._lanes, strict=True))
            if mark.span is not None and mark.span[0] - near <= at <= mark.span[1] + near
        ]
        return min(found, key=lambda one: one[:2])[2] if found else None

    @property
    def _strip(self) -> int:
        return max(_STRIP, 4 + _LANE * (1 + max(self._lanes, default=0)))

    @property
    def _lane_height(self) -> int:
        return _LANE - 1 if max(self._lanes, default=0) else _STRIP - 4

    def _lane_top(self, lane: int) -> int:
        """Return where a lane begins below the wave."""
        return 2 + _LANE * lane

    # ------------------------------------------------------------ Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        high = self.height() - self._strip
        painter.fillRect(QRectF(0, 0, self.width(), high), QColor(t.raised))
        if self.range is not None:
            left, right = map(self._x, self.range)
            soft = QRectF(left, 0, max(2.0, right - left), high)
            if self.marked:  # framed: what is picked is filled
                painter.setPen(QColor(t.accent))
                painter.drawRect(soft.adjusted(0, 0, -1, -1))
            else:
                painter.fillRect(soft, QColor(t.accent_soft))
        heard = self._x(self.position)
        for x in range(self.width()):
            first = x * BARS // self.width()
            bars = self._bars[first : max(first + 1, (x + 1) * BARS // self.width())]
            half = max(0.5, max(bars) / 255 * (high / 2 - 2))
            colour = t.accent if x <= heard else t.ink3
            painter.fillRect(QRectF(x, high / 2 - half, 1, 2 * half), QColor(colour))
        for mark, lane in zip(self._marks, self._lanes, strict=True):
            if mark.span is not None:
                left, right = map(self._x, mark.span)
                top = high + self._lane_top(lane)
                strip = QRectF(left, top, max(4.0, right - left), self._lane_height)
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
        begun, far = self._begun, self._far(event)
        self._begun = None
        if begun is None:
            return
        if far:
            self.picked.emit(*sorted((begun, self._at(event))))
        else:
            self.gone_to.emit(begun)

    def _far(self, event: QMouseEvent) -> bool:
        begun = self._x(self._begun or 0.0)
        return abs(event.position().x() - begun) >= _SLIP


def _lanes_of(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return a lane for each range, so that none hides another while there is one left.

    >>> _lanes_of([(0, 10), (5, 20), (10, 12)])
    [0, 1, 0]
    """
    ends: list[float] = []
    lanes = [0] * len(spans)
    for place in sorted(range(len(spans)), key=lambda one: spans[one]):
        begin, end = spans[place]
        free = next((lane for lane, until in enumerate(ends) if until <= begin), len(ends))
        if free == len(ends) and free < _LANES:
            ends.append(end)
        lane = lanes[place] = min(free, _LANES - 1)
        ends[lane] = max(ends[lane], end)
    return lanes
