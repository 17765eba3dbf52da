"""How the heat map is painted: cells, turned column heads with their group, references."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.rooms.agreement.matrix import Role
from ui.rooms.agreement.telling import cornered
from ui.widgets.heat import HeatCell, paint_corner, paint_heat

_BAR = 4  # pixels of the group's colour under a head
_DOTS = 4  # more cells than this are told by a number
_LONGEST = 150  # pixels of a turned head at the drawn text size


class HeatDelegate(QStyledItemDelegate):
    """Paints one cell, or the dots of those that differ."""

    points = 5

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        room = QRectF(option.rect).adjusted(1, 1, -1, -1)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        heat = index.data(Role.HEAT)
        if not isinstance(heat, HeatCell):
            paint_differing(painter, room, int(index.data(Role.DIFFERING) or 0))
            return
        paint_heat(painter, room, heat, self.points, focus=chosen)
        if cornered(index.data(Role.CELL)):
            paint_corner(painter, room)

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it over
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002 - as above
    ) -> QSize:
        return QSize(round(44 * theme.scale()), round(27 * theme.scale()))


def paint_differing(painter: QPainter, room: QRectF, count: int) -> None:
    """Paint one dot a cell that differs, or the number where there are many."""
    paint = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = room.left() + 8
    if count == 0 or count > _DOTS:
        strong = count > 0
        painter.setFont(
            theme.font("small", QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        )
        painter.setPen(QColor(paint.stop if strong else paint.ink3))
        text = str(count) if strong else "\u2013"
        words = QRectF(left - 2, room.top(), room.width(), room.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paint.stop))
        for place in range(count):
            painter.drawEllipse(QPointF(left + 3 + place * 10, room.center().y()), 3.2, 3.2)
    painter.restore()


class TurnedHeads(QHeaderView):
    """Column heads that read upwards, each over a bar in the colour of its group."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(round(34 * theme.scale()))

    def sizeHint(self) -> QSize:
        model = self.model()
        metrics = QFontMetrics(theme.font("small"))
        count = model.columnCount()
        texts = [
            str(model.headerData(place, Qt.Orientation.Horizontal) or "") for place in range(count)
        ]
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=60)
        most = round(_LONGEST * theme.scale())
        return QSize(super().sizeHint().width(), min(longest, most) + _BAR + 14)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        model = self.model()
        text = str(model.headerData(logical, Qt.Orientation.Horizontal) or "")
        group = model.headerData(logical, Qt.Orientation.Horizontal, Role.GROUP)
        paint = theme.tokens()
        room = QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = theme.font("small")
        shown = QFontMetrics(face).elidedText(
            text, Qt.TextElideMode.ElideRight, round(room.height() - _BAR - 12)
        )
        painter.setFont(face)
        painter.setPen(QColor(paint.ink2))
        painter.translate(room.center().x(), room.bottom() - _BAR - 6)
        painter.rotate(-90)
        line = QFontMetrics(face).height()
        painter.drawText(
            QRectF(0, -line / 2, room.height(), line), Qt.AlignmentFlag.AlignVCenter, shown
        )
        painter.restore()
        if isinstance(group, str):
            bar = QRectF(room.left() + 3, room.bottom() - _BAR, room.width() - 6, _BAR - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.group_colour(group))
            painter.drawRoundedRect(bar, 1.5, 1.5)


class References(QHeaderView):
    """The references of the cases, at the left of their rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._wide = 60

    def fit(self) -> None:
        """Take the room that the longest reference needs, within reason."""
        model = self.model()
        metrics = QFontMetrics(theme.font("small", QFont.Weight.DemiBold))
        texts = (
            str(model.headerData(place, Qt.Orientation.Vertical) or "")
            for place in range(model.rowCount())
        )
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=40)
        self._wide = min(longest, round(130 * theme.scale())) + 14
        self.setFixedWidth(self._wide)
        self.setDefaultSectionSize(round(27 * theme.scale()))

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        text = str(self.model().headerData(logical, Qt.Orientation.Vertical) or "")
        face = theme.font("small", QFont.Weight.DemiBold)
        room = rect.adjusted(0, 0, -8, 0)
        painter.save()
        painter.setFont(face)
        painter.setPen(QColor(theme.tokens().ink))
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()
