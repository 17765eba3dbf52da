"""How the register is painted: status cells, kinds over them, cases beside them."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme
from ui.rooms.cases.records.look import look_of
from ui.rooms.cases.records.matrix import MatrixModel, Role
from ui.theme.icons import pixmap
from ui.theme.tokens import Tokens

_SIGN = 13  # pixels of a sign at the drawn text size
_ROW = 29
_LEFT = Qt.AlignmentFlag.AlignLeft
_BESIDE, _AFTER = 8, 2  # pixels before and after what stands over a column
_SUM = 76  # pixels beside a reference for received of expected


def colours(paint: Tokens, tone: str) -> tuple[str, str]:
    """Return ink and ground of a tone; no ground ("") for what has come or asks nothing."""
    return {
        "good": (paint.good, ""),
        "warn": (paint.warn, paint.warn_soft),
        "stop": (paint.stop, paint.stop_soft),
        "accent": (paint.accent, paint.accent_soft),
    }.get(tone, (paint.ink2, ""))


@lru_cache(maxsize=128)
def sign(name: str, colour: str, side: int) -> QPixmap:
    """Return a sign in a colour; few are drawn often."""
    return pixmap(name, colour, side)


class StatusDelegate(QStyledItemDelegate):
    """Paints one status: sign, word, ground; a dashed edge while an answer is to come."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        paint = theme.tokens()
        room = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        view = option.widget
        if isinstance(view, QTableView) and view.currentIndex().row() == index.row():
            painter.fillRect(option.rect, QColor(paint.accent_soft))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = index.data(Role.SHOWN)
        if isinstance(shown, str):
            paint_status(painter, room, shown, int(index.data(Role.MORE) or 0))
        else:
            painter.setFont(theme.font("small"))
            painter.setPen(QColor(paint.ink3))
            painter.drawText(room.adjusted(6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "\u2013")
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.focus), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it over
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002 - as above
    ) -> QSize:
        return QSize(round(90 * theme.scale()), round(_ROW * theme.scale()))


def paint_status(painter: QPainter, room: QRectF, shown: str, more: int = 0) -> None:
    """Paint a status into ``room``; ``more`` records stand behind it."""
    paint, look = theme.tokens(), look_of(shown)
    ink, ground = colours(paint, look.tone)
    if ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(room, 4, 4)
    elif look.dashed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(paint.line2), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    side = round(_SIGN * theme.scale())
    top = room.center().y() - side / 2
    painter.drawPixmap(QPointF(room.left() + 4, top), sign(look.sign, ink, _SIGN))
    face = theme.font("small")
    painter.setFont(face)
    painter.setPen(QColor(paint.ink2 if look.tone == "good" else ink))
    text = room.adjusted(side + 7, 0, -2, 0)
    metrics = QFontMetrics(face)
    if more:  # never cut: it says that there is more than this
        beside = f"+{more}"
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(text, right, beside)
        text.adjust(0, 0, -metrics.horizontalAdvance(beside) - 2, 0)
    cut = metrics.elidedText(look.word, Qt.TextElideMode.ElideRight, int(text.width()))
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, cut)


class KindHeads(QHeaderView):
    """The kinds over their columns, in two lines where one is too short; how many of each came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        line = QFontMetrics(theme.font("small")).height()
        most = max((len(self.lines(logical)) for logical in range(self.count())), default=1)
        return QSize(super().sizeHint().width(), (1 + most) * line + round(16 * theme.scale()))

    def lines(self, logical: int) -> list[str]:
        """Return the lines in which a kind stands over its column."""
        kind = str(self.model().headerData(logical, Qt.Orientation.Horizontal) or "")
        metrics = QFontMetrics(theme.font("small", QFont.Weight.DemiBold))
        return in_two(kind, metrics, self.sectionSize(logical) - _BESIDE - _AFTER)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        told = str(self.model().headerData(logical, Qt.Orientation.Horizontal, Role.SUM) or "")
        _lines(
            painter, QRectF(rect).adjusted(_BESIDE, 0, -_AFTER, 0), [*self.lines(logical), told]
        )


class CaseHeads(QHeaderView):
    """The references beside their rows, each with how many of its records came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._wide = 150

    def fit(self) -> None:
        """Take the room that the longest reference needs, within reason."""
        model, scale = self.model(), theme.scale()
        metrics = QFontMetrics(theme.font("small", QFont.Weight.DemiBold))
        texts = (
            str(model.headerData(place, Qt.Orientation.Vertical) or "")
            for place in range(model.rowCount())
        )
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=40)
        self._wide = min(longest, round(140 * scale)) + round((_SUM + 8) * scale) + 20
        self.setFixedWidth(self._wide)
        self.setDefaultSectionSize(round(_ROW * scale))

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        model, paint = self.model(), theme.tokens()
        name = str(model.headerData(logical, Qt.Orientation.Vertical) or "")
        told = str(model.headerData(logical, Qt.Orientation.Vertical, Role.SUM) or "")
        room = QRectF(rect).adjusted(10, 0, -10, 0)
        painter.save()
        view = self.parentWidget()
        if isinstance(view, QTableView) and view.currentIndex().row() == logical:
            painter.fillRect(rect, QColor(paint.accent_soft))
        face = theme.font("small", QFont.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(QColor(paint.ink))
        wide = int(room.width() - _SUM * theme.scale())
        shown = QFontMetrics(face).elidedText(name, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(paint.ink2))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, told)
        painter.restore()


class Corner(QWidget):
    """Over the cases: what stands below, and the sums of all of it."""

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(10, 0, -10, 0)
        (case, cases), (received, whole) = self._model.corner
        _lines(painter, room, [case, cases])
        _lines(painter, room, [received, whole], Qt.AlignmentFlag.AlignRight)


def in_two(text: str, metrics: QFontMetrics, wide: int) -> list[str]:
    """Return ``text`` in one line, or in two where it is wider than ``wide`` and has two words."""
    words = text.split()
    for count in range(len(words), 0, -1):
        first = " ".join(words[:count])
        if metrics.horizontalAdvance(first) <= wide:
            return [part for part in (first, " ".join(words[count:])) if part]
    return [text]


def _lines(
    painter: QPainter, room: QRectF, texts: list[str], to: Qt.AlignmentFlag = _LEFT
) -> None:
    """Write lines from the foot up, the last of them light: sums stand level over all columns."""
    painter.save()
    painter.setPen(QColor(theme.tokens().ink2))
    strong, small = theme.font("small", QFont.Weight.DemiBold), theme.font("small")
    tall = QFontMetrics(small).height()
    foot = room.bottom() - round(5 * theme.scale())
    for up, text in enumerate(reversed(texts), 1):
        face = strong if up > 1 else small
        more = round(6 * theme.scale()) if up > 1 else 0  # a gap over the sum
        line = QRectF(room.left(), foot - up * tall - more, room.width(), tall)
        cut = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.setFont(face)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | to, cut)
    painter.restore()
