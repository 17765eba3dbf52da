"""A row of a side list: a ring, two lines that are cut with dots, signs, a state at the right."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QStandardItem
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui import theme
from ui.widgets.ring import paint_ring
from ui.widgets.text import plain


class RowRole(IntEnum):
    """The role under which a model hands out its ``SideRow``."""

    ROW = int(Qt.ItemDataRole.UserRole) + 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """One small sign in a row, such as ``!`` for a content note; ``tone`` as for chips."""

    text: str
    words: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SideRow:
    """What one row shows. ``share`` None leaves the ring out; ``complete`` paints it settled."""

    first: str
    second: str = ""
    state: str = ""
    share: float | None = None
    complete: bool = False
    signs: tuple[Sign, ...] = ()

    @property
    def spoken(self) -> str:
        """The row as one sentence, for ``AccessibleTextRole``."""
        parts = (self.first, self.second, self.state, *(sign.words for sign in self.signs))
        return ", ".join(part for part in parts if part)


def side_item(row: SideRow, role: int, what: object) -> QStandardItem:
    """Return the item of ``row`` in a model; ``what`` it stands for is held under ``role``."""
    item = QStandardItem(row.first)
    item.setData(row, RowRole.ROW)
    item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
    item.setData(what, role)
    item.setEditable(False)
    return item


class SideRowDelegate(QStyledItemDelegate):
    """Paints ``SideRow`` values."""

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it over; our rows ask the theme
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        row = index.data(RowRole.ROW)
        two = isinstance(row, SideRow) and row.second
        line = QFontMetrics(theme.font()).height()
        return QSize(120, round(line * (2 if two else 1) + 18 * theme.scale()))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the row whole as its tip, where its model has none of its own."""
        row = index.data(RowRole.ROW)
        if isinstance(row, SideRow) and not index.data(Qt.ItemDataRole.ToolTipRole):
            QToolTip.showText(event.globalPos(), plain(row.spoken), view)
            return True
        return super().helpEvent(event, view, option, index)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(RowRole.ROW)
        if not isinstance(row, SideRow):
            super().paint(painter, option, index)
            return
        painter.save()
        room = QRectF(option.rect)
        state = option.state
        _ground(painter, room, state)
        left = room.left() + 15
        if row.share is not None:
            side = 18 * theme.scale()
            ring = QRectF(left, room.center().y() - side / 2, side, side)
            paint_ring(painter, ring, row.share, complete=row.complete)
            left += side + 9
        _words(painter, QRectF(left, room.top(), room.right() - left - 12, room.height()), row)
        painter.restore()


def _ground(painter: QPainter, room: QRectF, state: QStyle.StateFlag) -> None:
    paint = theme.tokens()
    flags = QStyle.StateFlag
    if state & flags.State_Selected:
        painter.fillRect(room, QColor(paint.accent_soft))
        painter.fillRect(QRectF(room.left(), room.top(), 3, room.height()), QColor(paint.accent))
    elif state & flags.State_MouseOver:
        painter.fillRect(room, QColor(paint.bg if not paint.dark else paint.raised))
    if state & flags.State_HasFocus and state & flags.State_KeyboardFocusChange:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(paint.focus))
        painter.drawRoundedRect(room.adjusted(4, 1, -2, -2), 5, 5)


class Shares(NamedTuple):
    """How wide the words of a row may be; ``state`` is 0 where there is no room for it."""

    first: float
    second: float
    state: float
    beside_first: bool


def shares(row: SideRow, wide: float) -> Shares:
    """Return who gets what of ``wide``: a name is not cut as long as other words can give way.

    Where the name needs the room, the state stands beside the second line; in a row of one line
    it is left out, since the tip and the accessible text have it.
    """
    body, strong = theme.font(), theme.font("body", QFont.Weight.DemiBold)
    state = QFontMetrics(body).horizontalAdvance(row.state) + 8.0 if row.state else 0.0
    signs = sum(_sign_width(sign) + 4 for sign in row.signs)
    if QFontMetrics(strong).horizontalAdvance(row.first) + signs <= wide - state:
        return Shares(wide - state - signs, wide - state, state, beside_first=True)
    if row.second:
        return Shares(wide - signs, wide - state, state, beside_first=False)
    return Shares(wide - signs, wide, 0.0, beside_first=False)


def _words(painter: QPainter, room: QRectF, row: SideRow) -> None:
    paint = theme.tokens()
    body, strong = theme.font(), theme.font("body", QFont.Weight.DemiBold)
    line = QFontMetrics(body).height()
    top = room.center().y() - (line if row.second else line / 2)
    share = shares(row, room.width())
    aside, width = QRectF(room), room.width()
    if share.beside_first:
        width -= share.state
    elif row.second:
        aside.setTop(top + line)
        aside.setHeight(line)
    painter.setFont(body)
    painter.setPen(QColor(paint.ink2))
    end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    if share.state:
        painter.drawText(aside, end, row.state)
    first = QFontMetrics(strong).elidedText(
        row.first, Qt.TextElideMode.ElideRight, round(share.first)
    )
    painter.setFont(strong)
    painter.setPen(QColor(paint.ink))
    vertical = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(room.left(), top, width, line), vertical, first)
    _signs(painter, room.left() + QFontMetrics(strong).horizontalAdvance(first) + 6, top, row)
    if row.second:
        second = QFontMetrics(body).elidedText(
            row.second, Qt.TextElideMode.ElideRight, round(share.second)
        )
        painter.setFont(body)
        painter.setPen(QColor(paint.ink2))
        under = QRectF(room.left(), top + line, share.second, line)
        painter.drawText(under, vertical, second)


def _signs(painter: QPainter, left: float, top: float, row: SideRow) -> None:
    paint = theme.tokens()
    tones = {
        "warn": (paint.warn, paint.warn_soft),
        "stop": (paint.stop, paint.stop_soft),
        "good": (paint.good, paint.good_soft),
    }
    face = _sign_font()
    height = QFontMetrics(face).height()
    line = QFontMetrics(theme.font()).height()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for sign in row.signs:
        ink, fill = tones.get(sign.tone, (paint.ink2, paint.not_assessable))
        box = QRectF(left, top + (line - height) / 2, _sign_width(sign), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(face)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign.text)
        left += box.width() + 4


def _sign_font() -> QFont:
    face = theme.font("small", QFont.Weight.Bold)
    face.setPixelSize(max(face.pixelSize() - 2, 8))
    return face


def _sign_width(sign: Sign) -> float:
    return max(QFontMetrics(_sign_font()).horizontalAdvance(sign.text) + 8, 14)
