"""One factor on the score sheet: a line, which opens in place while it has the focus."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from reviewer.messages import plural, say
from reviewer.method.framework import Factor, Framework
from reviewer.method.needs import before_seal, in_short
from reviewer.records.judgement import Rating
from ui.theme import (
    RADIUS,
    SPACE,
    font,
    group_colour,
    rating_fill,
    readable_on,
    scale,
    tokens,
)
from ui.widgets.hatch import paint_hatched
from ui.widgets.rating import PointButton, ReasonField
from ui.widgets.text import set_tip

_BAR = 4
_CELL = 30


class FactorRow(QFrame):
    """The line of one factor; ``hold`` puts the open part into it."""

    entered = Signal(str)  # factor code: it got the focus or was pressed
    pressed_key = Signal(QKeyEvent)

    def __init__(self, factor: Factor, framework: Framework, parent: QWidget) -> None:
        super().__init__(parent)
        self.factor = factor
        self._framework = framework
        self._rating = Rating(factor=factor.code)
        self._before: Rating | None = None
        self._body: QWidget | None = None
        self._shown: tuple[Rating, Rating | None, bool] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._column = QVBoxLayout(self)
        self._set_margins()
        self.set_rating(self._rating)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_margins()

    @property
    def is_open(self) -> bool:
        """Whether it is the one that is open."""
        return self._body is not None

    def set_rating(self, rating: Rating) -> None:
        """Show a rating; one that is shown already is not painted again."""
        shown = (rating, self._before, self.is_open)
        if shown == self._shown:
            return
        self._shown = shown
        self._rating = rating
        self.setAccessibleName(self._spoken())
        set_tip(self, "" if self._body else self.factor.definition)
        self.update()

    def set_before(self, before: Rating | None) -> None:
        """Take one's own rating of an earlier round, or None in the first."""
        self._before = before

    def hold(self, body: QWidget) -> None:
        """Open: take the open part in."""
        self._body = body
        self._column.addWidget(body)
        self._set_margins()
        body.show()
        set_tip(self, "")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(say("Open"))
        self.update()

    def release(self) -> None:
        """Close: give the open part back."""
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body = None
        self._set_margins()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription("")
        self.set_rating(self._rating)

    # ------------------------------------------------------------ private

    def _head(self) -> int:
        return QFontMetrics(font()).height() + round(15 * scale())

    def _set_margins(self) -> None:
        if self._body is None:
            self._column.setContentsMargins(0, self._head(), 0, 0)
        else:
            self._column.setContentsMargins(SPACE.M, self._head(), SPACE.M, SPACE.M)

    def _spoken(self) -> str:
        rating, parts = self._rating, [self.factor.name]
        if rating.reason is not None:
            parts.append(self._framework.words(rating.reason).label)
            parts += [rating.record] if rating.record else []
        elif rating.value is not None:
            label = next(p.label for p in self._framework.scale if p.value == rating.value)
            parts.append(f"{rating.value}, {label}")
        else:
            parts.append(say("not rated"))
        if rating.confidence is not None:
            parts.append(say("{confidence} confidence", confidence=rating.confidence.value))
        if rating.evidence:
            parts.append(
                plural(
                    "{count:,} mark as evidence",
                    "{count:,} marks as evidence",
                    count=len(rating.evidence),
                )
            )
        needs = in_short(before_seal(rating, self._framework, self._before))
        return ", ".join([*parts, needs] if needs else parts)

    def _paint_value(self, painter: QPainter, room: QRectF) -> float:
        """Paint the rating at the right end of ``room``; return the width it took."""
        paint, rating = tokens(), self._rating
        if rating.reason is not None:
            words = self._framework.words(rating.reason).label
            words = f"{words}: {rating.record}" if rating.record else words
            painter.setFont(font("small"))
            metrics = painter.fontMetrics()
            wide = min(metrics.horizontalAdvance(words) + 14.0, room.width() * 0.45)
            cell = self._cell(room, wide)
            paint_hatched(painter, cell, RADIUS.CONTROL - 2)
            painter.setPen(QColor(paint.ink))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(wide - 12))
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), shown)
            return wide
        cell = self._cell(room, _CELL * scale())
        if rating.value is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.line2), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(cell, RADIUS.CONTROL - 1, RADIUS.CONTROL - 1)
            return cell.width()
        values = self._framework.values
        fill = rating_fill(values.index(rating.value), len(values))
        painter.setPen(QPen(QColor(paint.line2), 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(cell, RADIUS.CONTROL - 1, RADIUS.CONTROL - 1)
        painter.setPen(readable_on(fill))
        painter.setFont(font("body", QFont.Weight.DemiBold))
        painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), str(rating.value))
        return cell.width()

    def _cell(self, room: QRectF, wide: float) -> QRectF:
        high = QFontMetrics(font()).height() + 5
        return QRectF(room.right() - wide, room.center().y() - high / 2, wide, high)

    def _aside(self) -> tuple[str, str]:
        """Return the small words before the value, and their colour."""
        paint, rating = tokens(), self._rating
        needs = in_short(before_seal(rating, self._framework, self._before))
        if needs:
            return ("" if self.is_open else needs), paint.warn  # the open part says it
        count = len(rating.evidence)
        return ({0: "", 1: "1 mark"}.get(count, say("{count} marks", count=count)), paint.ink3)

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        paint = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self.is_open:
            held = QApplication.focusWidget()
            inside = held is not None and (held is self or self.isAncestorOf(held))
            pen = QPen(QColor(paint.focus), 2) if inside else QPen(QColor(paint.line2), 1)
            painter.setPen(pen)
            painter.setBrush(QColor(paint.raised))
            painter.drawRoundedRect(whole, RADIUS.FIELD, RADIUS.FIELD)
        elif self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(paint.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(paint.raised if paint.dark else paint.bg))
            painter.drawRoundedRect(whole, RADIUS.CONTROL, RADIUS.CONTROL)
        room = QRectF(0, 0, self.width(), self._head()).adjusted(SPACE.M, 1, -SPACE.M, 0)
        self._paint_head(painter, room)

    def _paint_head(self, painter: QPainter, room: QRectF) -> None:
        paint = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(group_colour(self.factor.group))
        high = QFontMetrics(font()).height() - 3
        bar = QRectF(room.left(), room.center().y() - high / 2, _BAR, high)
        painter.drawRoundedRect(bar, 2, 2)
        taken = 0.0 if self.is_open else self._paint_value(painter, room)
        words, colour = self._aside()
        painter.setFont(font("small"))
        small = painter.fontMetrics()
        face = font("body", QFont.Weight.DemiBold if self.is_open else QFont.Weight.Normal)
        left = bar.right() + SPACE.S
        free = room.right() - taken - left - SPACE.S
        name = QFontMetrics(face).horizontalAdvance(self.factor.name)
        aside = small.horizontalAdvance(words) + SPACE.S if words else 0
        if words and (name + aside <= free or colour == paint.warn):
            painter.setPen(QColor(colour))
            box = QRectF(left, room.top(), free, room.height())
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(flags), words)
            free -= aside
        painter.setFont(face)
        painter.setPen(QColor(paint.ink))
        metrics = QFontMetrics(face)
        text = self.factor.name if name <= free else self.factor.short
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(round(free), 20))
        box = QRectF(left, room.top(), free, room.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(180, self._head()))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(120, self._head()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.entered.emit(self.factor.code)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.entered.emit(self.factor.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = self.window().focusWidget()
        here = held is self or isinstance(held, PointButton | ReasonField)
        if not here and _writes(event):
            event.ignore()  # letters act only where the focus is seen to be
            return
        event.accept()
        self.pressed_key.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)


def _writes(event: QKeyEvent) -> bool:
    """Whether a key would change a rating, or go somewhere to change one."""
    keys = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return event.key() in keys or (bool(event.text()) and event.text().isprintable())
