"""The time line: lanes, glyphs that say how exactly a time is known, and gaps as bands.

It shows what the table beside it says in words, which a screen reader reads.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.chronology.dates import When
from reviewer.chronology.timeline import Gap, Placed
from reviewer.chronology.words import day, lasting
from reviewer.messages import plural, say
from reviewer.records.events import LANE_NAMES, Lane, Standing
from reviewer.records.ids import EventId
from ui import theme
from ui.rooms.chronology.glyphs import paint_glyph, paint_key
from ui.rooms.chronology.layout import (
    ROWS,
    Laid,
    Line,
    Span,
    Spot,
    bounds,
    lay,
    minutes_of,
    whole,
)
from ui.rooms.chronology.listing import KEYS
from ui.rooms.chronology.ticks import ticks
from ui.theme import RADIUS, SPACE
from ui.widgets.hatch import paint_hatched

_HEAD, _ROW, _LANES = 26.0, 17.0, 172.0  # pixels at the drawn text size
_OVER = 18.2  # of the head, for what is written in it
_NARROW = 24  # pixels of a gap that is not hatched
_LABEL = 26  # letters of an event on the line
_GLYPH = 24.0  # pixels that stand between two labels in a row
_COUNT = 14.0  # pixels that "+3" takes to the left of where it stands
_TICKS = 9  # at most, however wide
_WIDEST = dt.datetime.fromisoformat("2000-12-28")
_KEYS = {**KEYS, Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Written(NamedTuple):
    """A tick at ``x`` and its words, "" where they find no room; ``begins`` a day or more."""

    x: float
    words: str
    begins: bool


class TimeView(QWidget):
    """Left and Right go to the next event, + and - zoom, 0 shows all; ``chosen`` tells."""

    chosen = Signal(str)  # the id of an event
    keyed = Signal(str)  # as of the table, and "open"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Time line. The table below says the same in words."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.span: Span | None = None
        self._placed: tuple[Placed, ...] = ()
        self._line = Line()
        self._gaps: tuple[tuple[Gap, float, float], ...] = ()  # from when to when, as in Line
        self._labels: dict[EventId, tuple[str, float]] = {}  # the words of each, and their width
        self._held = ""
        self._looked: tuple[str, When | None] = ("", None)  # the one in hand, when it was

    def show_events(self, placed: Sequence[Placed], gaps: Sequence[Gap], *, same: bool) -> None:
        """Show these; where it is the ``same`` case, what is looked at stays."""
        if placed is not self._placed:
            self._placed, self._line = tuple(placed), Line(placed)
            self._labels.clear()
        self._gaps = tuple((one, minutes_of(one.start), minutes_of(one.end)) for one in gaps)
        if not same or not placed or self.span is None:
            self.span = whole(placed)
        self.update()

    def hold(self, event: str) -> None:
        """Take an event in hand, and look at it where it is outside."""
        found = next((one.when for one in self._placed if one.event.id == event), None)
        ends = bounds(found) if found is not None and (event, found) != self._looked else None
        self._held, self._looked = event, (event, found)
        if self.span is not None and ends is not None:
            first, last = (self.span.at(moment) for moment in ends)
            if last < 0 or first > 1:
                self.span = self.span.moved((first if first > 1 else last) - 0.5)
        self.update()

    def zoom(self, by: float, around: float = 0.5) -> None:
        """Look at ``by`` times as much time."""
        if self.span is not None:
            self.span = self.span.zoomed(by, around)
            self.update()

    def show_all(self) -> None:
        """Look at the whole case."""
        self.span = whole(self._placed)
        self.update()

    def laid(self) -> Laid:
        """Return what is drawn now, and where."""
        if self.span is None:
            return Laid([], [], 0, 0)
        return lay(self._line, self.span, self._wide, lambda one: self._label(one)[1])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._labels.clear()

    def ticks(self) -> list[Written]:
        """Return what is written over the lanes: no words are cut, none meet."""
        if self.span is None:
            return []
        metrics = QFontMetricsF(theme.font("small"))
        most = min(self._wide / (metrics.horizontalAdvance(day(_WIDEST)) + 14), _TICKS)
        found: list[Written] = []
        free = 0.0
        for tick in ticks(self.span, most):
            x = _LANES * theme.scale() + self.span.at(tick.moment) * self._wide
            end = x + 5 + metrics.horizontalAdvance(tick.words)
            words = tick.words if free <= x and end <= self.width() else ""
            free = end if words else free
            found.append(Written(x, words, tick.begins))
        return found

    @property
    def edge(self) -> str:
        """The day at the left edge, "" where nothing is looked at."""
        return day(self.span.start) if self.span is not None else ""

    def sizeHint(self) -> QSize:
        return QSize(600, round(self._lane_top(len(Lane)) + _HEAD * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 0)  # the room leaves it out where it is low

    def keyPressEvent(self, event: QKeyEvent) -> None:
        looks: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Plus: lambda: self.zoom(0.5),
            Qt.Key.Key_Equal: lambda: self.zoom(0.5),
            Qt.Key.Key_Minus: lambda: self.zoom(2.0),
            Qt.Key.Key_0: self.show_all,
        }
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        pressed = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain_key = held == Qt.KeyboardModifier.NoModifier
        if pressed in looks and (plain_key or held == Qt.KeyboardModifier.ShiftModifier):
            looks[pressed]()  # Shift writes the sign, or the digit, on many keyboards
        elif plain_key and pressed in steps:
            self._step(steps[pressed])
        elif plain_key and pressed in _KEYS:
            self.keyed.emit(_KEYS[pressed])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(0.8 if turn > 0 else 1.25, self._share(event.position().x()))
        elif self.span is not None:
            self.span = self.span.moved(-turn / 1200)
            self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        for spot in self.laid().spots:
            if self._place(spot).contains(at):
                self.chosen.emit(spot.placed.event.id)
                return

    def _step(self, by: int) -> None:
        known = [str(one.event.id) for one in self._placed if one.when.dated]
        if known:
            here = known.index(self._held) if self._held in known else -by
            self.chosen.emit(known[min(max(here + by, 0), len(known) - 1)])

    # ------------------------------------------------------------ private: where

    @property
    def _wide(self) -> float:
        return max(self.width() - _LANES * theme.scale() - SPACE.L, 50.0)

    def _share(self, x: float) -> float:
        return min(max((x - _LANES * theme.scale()) / self._wide, 0.0), 1.0)

    def _label(self, placed: Placed) -> tuple[str, float]:
        """Return the words of an event, and how many pixels they and their glyph take."""
        made = self._labels.get(placed.event.id)
        if made is None:
            words = _words(placed)
            made = words, _GLYPH + self.fontMetrics().horizontalAdvance(words)
            self._labels[placed.event.id] = made
        return made

    def _lane_top(self, lane: int) -> float:
        return (_HEAD + lane * (ROWS * _ROW + 3)) * theme.scale()

    def _place(self, spot: Spot) -> QRectF:
        high = _ROW * theme.scale()
        top = self._lane_top(list(Lane).index(spot.placed.lane)) + 1 + spot.row * high
        label = self._label(spot.placed)[1]
        left = _LANES * theme.scale() + spot.left
        return QRectF(left - 6, top, spot.right - spot.left + label, high)

    # ------------------------------------------------------------ private: painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        if self.span is None:
            return
        laid = self.laid()
        self._paint_lanes(painter)
        painter.setPen(QColor(theme.tokens().ink2))
        edge = QRectF(SPACE.M, 2, (_LANES - 8) * theme.scale() - SPACE.M, _OVER * theme.scale())
        painter.drawText(edge, _RIGHT, self.edge)
        left = _LANES * theme.scale()
        painter.setClipRect(QRectF(left - 8, 0, self.width() - left + 8, self.height()))
        self._paint_ticks(painter)
        self._paint_gaps(painter, self.span)
        for spot in laid.spots:
            self._paint_spot(painter, spot, self.room_until(laid, spot))
        painter.setPen(QColor(theme.tokens().ink2))
        for one in laid.folded:
            top = self._lane_top(list(Lane).index(one.lane) + 1) - _ROW * theme.scale()
            room = QRectF(left + one.x - _COUNT, top, 30, _ROW * theme.scale())
            painter.fillRect(room, QColor(theme.tokens().raised))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"+{one.many}")
        painter.setClipping(False)
        foot = QRectF(SPACE.M, self._lane_top(len(Lane)), self.width() - 2 * SPACE.M, 0)
        foot.setHeight(_HEAD * theme.scale())
        told = self.foot(laid)
        painter.drawText(foot, _LEFT, told)
        paint_key(painter, foot.adjusted(painter.fontMetrics().horizontalAdvance(told), 0, 0, 0))

    def room_until(self, laid: Laid, spot: Spot) -> float:
        """Return as far as the words of an event may reach: to the edge, or to a count there."""
        edge, left = float(self.width() - SPACE.M), _LANES * theme.scale() - _COUNT
        if spot.row < ROWS - 1:  # counts stand in the last row
            return edge
        lane = spot.placed.lane
        counts = [one.x for one in laid.folded if one.lane is lane and one.x >= spot.right]
        return min([edge, *(left + x for x in counts)])

    def foot(self, laid: Laid) -> str:
        """Return how many events are in view, and how many are outside."""
        inside = len(laid.spots) + sum(one.many for one in laid.folded)
        told = plural("{count:,} event in view", "{count:,} events in view", count=inside)
        if laid.before or laid.after:
            told = say(
                "{told} \u00b7 {before:,} before, {after:,} after",
                told=told,
                before=laid.before,
                after=laid.after,
            )
        return told

    def _paint_lanes(self, painter: QPainter) -> None:
        paint = theme.tokens()
        for at, lane in enumerate(Lane):
            top = self._lane_top(at)
            painter.setPen(QColor(paint.line))
            painter.drawLine(QPointF(SPACE.M, top), QPointF(self.width() - SPACE.M, top))
            painter.setPen(QColor(paint.ink))
            room = QRectF(SPACE.M, top, (_LANES - 14) * theme.scale(), _ROW * theme.scale() + 6)
            painter.drawText(room, _LEFT, say(LANE_NAMES[lane]))
        painter.setPen(QColor(paint.line))
        foot = self._lane_top(len(Lane))
        painter.drawLine(QPointF(SPACE.M, foot), QPointF(self.width() - SPACE.M, foot))

    def _paint_ticks(self, painter: QPainter) -> None:
        paint = theme.tokens()
        for one in self.ticks():
            painter.setPen(QColor(paint.ink3 if one.begins else paint.line))
            foot = QPointF(one.x, self._lane_top(len(Lane)))
            painter.drawLine(QPointF(one.x, _OVER * theme.scale()), foot)
            painter.setPen(QColor(paint.ink2))
            room = QRectF(one.x + 3, 2, self.width() - one.x, _OVER * theme.scale())
            painter.drawText(room, _LEFT, one.words)

    def _paint_gaps(self, painter: QPainter, span: Span) -> None:
        left, begin, wide = _LANES * theme.scale(), span.begin, self._wide
        scale, high = wide / span.minutes, ROWS * _ROW * theme.scale() - 2
        tops = {lane: self._lane_top(at) + 2 for at, lane in enumerate(Lane)}
        narrow: list[QRectF] = []
        for gap, first, last in self._gaps:
            start, end = (first - begin) * scale, (last - begin) * scale
            if end < 0 or start > wide:
                continue
            start, end = max(start, -8.0), min(end, wide + SPACE.L)
            band = QRectF(left + start, tops[gap.lane], end - start, high)
            if end - start < _NARROW:  # hundreds: hatching would tell nothing, and take long
                narrow.append(band)
            else:
                self._paint_gap(painter, band, gap)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().not_assessable))
        painter.drawRects(narrow)

    def _paint_gap(self, painter: QPainter, band: QRectF, gap: Gap) -> None:
        paint_hatched(painter, band, RADIUS.CONTROL)
        words = say("no entry for {time}", time=lasting(gap.minutes))
        room = self.fontMetrics().horizontalAdvance(words) + 12.0
        if room < band.width():
            high = (_ROW - 1) * theme.scale()
            ground = QRectF(band.center().x() - room / 2, band.bottom() - high - 2, room, high)
            painter.fillRect(ground, QColor(theme.tokens().raised))
            painter.setPen(QColor(theme.tokens().ink2))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_spot(self, painter: QPainter, spot: Spot, until: float) -> None:
        paint, room, event = theme.tokens(), self._place(spot), spot.placed.event
        if event.id == self._held:
            painter.setPen(QPen(QColor(paint.focus), 1.5))
            painter.setBrush(QColor(paint.accent_soft))
            painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
        begin = QPointF(room.left() + 6, room.center().y())
        end = begin + QPointF(spot.right - spot.left, 0)
        paint_glyph(painter, spot.placed.when.precision, begin, end, timed=spot.placed.when.timed)
        disputed = event.standing is Standing.DISPUTED
        painter.setPen(QColor(paint.stop if disputed else paint.ink))
        label = QRectF(end.x() + 10, room.top(), room.right() - end.x(), room.height())
        label.setRight(min(label.right(), until))
        words, taken = self._label(spot.placed)
        if taken - _GLYPH <= label.width():  # else the table has it
            painter.drawText(label, _LEFT, words)


def _words(placed: Placed) -> str:
    words = placed.event.what
    words = words if len(words) <= _LABEL else words[:_LABEL].rstrip() + "\u2026"
    if placed.event.standing is Standing.DISPUTED:
        return say("{what} (disputed)", what=words)
    return words
