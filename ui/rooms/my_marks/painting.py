"""How a row of the list is painted, and the heading over its columns."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewer.messages import say
from reviewer.records.own_marks import OwnMark, kind_words, standing_words
from ui import theme
from ui.rooms.my_marks.grouping import Head
from ui.theme import SPACE, group_colour, rating_fill, readable_on

ROW = int(Qt.ItemDataRole.UserRole) + 64
_HIGH = 31  # pixels of a row at the drawn text size
_MOST_DOTS = 6
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Columns(NamedTuple):
    """Where the columns of a row stand: each from ``x`` on, ``wide`` pixels."""

    quote: tuple[float, float]
    note: tuple[float, float]
    page: tuple[float, float]
    made: tuple[float, float]

    @classmethod
    def of(cls, wide: float) -> "Columns":
        """Return the columns of a row that is ``wide``."""
        made = QFontMetrics(theme.font()).horizontalAdvance("2012-03-28") + 8.0
        left, right = 30.0, wide - SPACE.L
        page = min(250.0 * theme.scale(), (right - left) * 0.34)
        words = right - left - made - page - 2 * SPACE.M
        quote = words * 0.56
        at = left + quote + SPACE.M
        return cls(
            (left, quote),
            (at, words - quote - SPACE.M),
            (left + words + SPACE.M, page),
            (right - made, made),
        )


class Headings(QWidget):
    """The names of the columns, where those stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Quote, my note, page, made"))

    def sizeHint(self) -> QSize:
        return QSize(200, round(34 * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, paint = QPainter(self), theme.tokens()
        painter.setFont(theme.font("small", QFont.Weight.DemiBold))
        painter.setPen(QColor(paint.ink2))
        names = (say("Quote"), say("My note"), say("Page"), say("Made"))
        for (x, wide), name in zip(Columns.of(self.width()), names, strict=True):
            side = _RIGHT if name == names[-1] else _LEFT
            painter.drawText(QRectF(x, 0, wide, self.height()), side, _cut(painter, name, wide))
        painter.setPen(QColor(paint.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class RowDelegate(QStyledItemDelegate):
    """Paints heads and marks."""

    points: tuple[int, ...] = ()  # of the scale
    cases = True  # whether a row names its case: nothing above it does

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it over; all rows are as high
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002 - as above
    ) -> QSize:
        return QSize(300, round(_HIGH * theme.scale()))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW)
        painter.save()
        room = QRectF(option.rect)
        _ground(painter, room, option.state)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Head):
            self._head(painter, room, row)
        elif isinstance(row, OwnMark):
            _mark(painter, room, row, cases=self.cases)
        painter.restore()

    def _head(self, painter: QPainter, room: QRectF, head: Head) -> None:
        paint = theme.tokens()
        painter.setPen(QColor(paint.line))
        painter.drawLine(room.topLeft(), room.topRight())
        _bar(painter, QRectF(room.left() + 16, room.center().y() - 8, 4, 16), head)
        strong = theme.font("body", QFont.Weight.DemiBold)
        sign = "\u25b8 " if head.folded else ""
        count = f"{head.count:,}"
        most = room.width() * 0.5
        title = QFontMetrics(strong).elidedText(
            sign + head.title, Qt.TextElideMode.ElideRight, round(most)
        )
        x = room.left() + 30
        painter.setFont(strong)
        painter.setPen(QColor(paint.ink))
        wide = QFontMetrics(strong).horizontalAdvance(title)
        painter.drawText(QRectF(x, room.top(), wide + 2, room.height()), _LEFT, title)
        x += wide + SPACE.M
        painter.setFont(theme.font())
        painter.setPen(QColor(paint.ink2))
        wide = QFontMetrics(theme.font()).horizontalAdvance(count)
        painter.drawText(QRectF(x, room.top(), wide + 2, room.height()), _LEFT, count)
        x += wide + SPACE.M
        if head.value is not None and head.value in self.points:
            x = self._rating(painter, room, x, head.value)
        right = _dots(painter, room, head.dots)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(paint.ink2))
        aside = _cut(painter, head.aside, right - x - SPACE.S)
        painter.drawText(QRectF(x, room.top(), right - x - SPACE.S, room.height()), _RIGHT, aside)

    def _rating(self, painter: QPainter, room: QRectF, x: float, value: int) -> float:
        side = 20 * theme.scale()
        box = QRectF(x, room.center().y() - side / 2, side * 1.5, side)
        fill = rating_fill(self.points.index(value), len(self.points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(readable_on(fill))
        painter.setFont(theme.font("body", QFont.Weight.Bold))
        painter.drawText(box, _CENTRE, str(value))
        return float(box.right() + SPACE.M)


def _ground(painter: QPainter, room: QRectF, state: QStyle.StateFlag) -> None:
    paint, flags = theme.tokens(), QStyle.StateFlag
    if state & flags.State_Selected:
        painter.fillRect(room, QColor(paint.accent_soft))
        painter.fillRect(QRectF(room.left(), room.top(), 3, room.height()), QColor(paint.accent))
    elif state & flags.State_MouseOver:
        painter.fillRect(room, QColor(paint.bg if not paint.dark else paint.raised))
    if state & flags.State_HasFocus and state & flags.State_KeyboardFocusChange:
        painter.setPen(QColor(paint.focus))
        painter.drawRoundedRect(room.adjusted(4, 1, -2, -2), 5, 5)


def _bar(painter: QPainter, room: QRectF, head: Head) -> None:
    """Paint the colour of a group; dashed where the marks under it support nothing."""
    painter.setPen(Qt.PenStyle.NoPen)
    if head.group:
        painter.setBrush(group_colour(head.group))
        painter.drawRoundedRect(room, 2, 2)
    elif head.loose:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.tokens().ink3), 1, Qt.PenStyle.DashLine))
        painter.drawRect(room)


def _dots(painter: QPainter, room: QRectF, count: int) -> float:
    """Paint a dot a document, and more as a number; return where they begin."""
    paint = theme.tokens()
    shown = min(count, _MOST_DOTS)
    x = room.right() - SPACE.L
    if count > shown:
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(paint.ink2))
        words = f"+{count - shown:,}"
        wide = QFontMetrics(theme.font("small")).horizontalAdvance(words)
        painter.drawText(QRectF(x - wide, room.top(), wide, room.height()), _RIGHT, words)
        x -= wide + SPACE.XS
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(paint.accent))
    for _ in range(shown):
        painter.drawEllipse(QPointF(x - 5, room.center().y()), 4.5, 4.5)
        x -= 14
    return x


def where_of(mark: OwnMark, *, cases: bool) -> str:
    """Return the page that a row names, with its case where ``cases``."""
    if cases:
        return say(
            "{title} p. {page}, {reference}",
            title=mark.title,
            page=mark.page,
            reference=mark.reference,
        )
    return say("{title} p. {page}", title=mark.title, page=mark.page)


def shared(columns: Columns, *, note: bool) -> Columns:
    """Return the columns of a row: without a note its quote has the room of both."""
    if note:
        return columns
    (left, _), (at, wide) = columns.quote, columns.note
    return columns._replace(quote=(left, at + wide - left))


def _mark(painter: QPainter, room: QRectF, mark: OwnMark, *, cases: bool) -> None:
    state = standing_words(mark.standing)
    paint = theme.tokens()
    columns = shared(Columns.of(room.width()), note=bool(mark.note.split() or state))

    def at(column: tuple[float, float]) -> QRectF:
        return QRectF(room.left() + column[0], room.top(), column[1], room.height())

    quote = " ".join(mark.quote.split())
    painter.setFont(theme.font())
    painter.setPen(QColor(paint.ink if quote else paint.ink2))
    words = f"\u201c{quote}\u201d" if quote else kind_words(mark.kind)
    painter.drawText(at(columns.quote), _LEFT, _cut(painter, words, columns.quote[1]))
    note = at(columns.note)
    if state:
        note.setRight(_chip(painter, note, state) - SPACE.S)
    painter.setFont(theme.font())
    painter.setPen(QColor(paint.ink2))
    written = " ".join(mark.note.split())
    painter.drawText(note, _LEFT, _cut(painter, written, note.width()))
    page = at(columns.page)
    _page(painter, page, where_of(mark, cases=cases))
    painter.setFont(theme.font())
    painter.setPen(QColor(paint.ink2))
    painter.drawText(at(columns.made), _RIGHT, mark.made[:10])


def _chip(painter: QPainter, room: QRectF, words: str) -> float:
    """Paint a state that needs a look at the right of ``room``; return its left edge."""
    paint, face = theme.tokens(), theme.font("small")
    painter.setFont(face)
    shown = _cut(painter, words, room.width() - 20)
    wide = QFontMetrics(face).horizontalAdvance(shown) + 16
    high = QFontMetrics(face).height() + 4
    box = QRectF(room.right() - wide, room.center().y() - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(paint.warn_soft))
    painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setPen(QColor(paint.warn))
    painter.drawText(box, _CENTRE, shown)
    return float(box.left())


def _page(painter: QPainter, room: QRectF, words: str) -> None:
    """Paint a page as a chip; the end, with its number, is never what is cut."""
    paint, face = theme.tokens(), theme.font("small")
    painter.setFont(face)
    shown = QFontMetrics(face).elidedText(
        " ".join(words.split()), Qt.TextElideMode.ElideMiddle, round(room.width() - 20)
    )
    wide = QFontMetrics(face).horizontalAdvance(shown) + 18
    high = QFontMetrics(face).height() + 5
    box = QRectF(room.left(), room.center().y() - high / 2, wide, high)
    painter.setBrush(QColor(paint.bg))
    painter.setPen(QColor(paint.line2))
    painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setPen(QColor(paint.ink))
    painter.drawText(box, _CENTRE, shown)


def _cut(painter: QPainter, words: str, wide: float) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(wide))
