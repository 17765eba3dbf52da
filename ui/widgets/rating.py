"""The rating itself: a numeral for each point of the scale, then the reasons for none.

"Not present" (a point) and "could not look" (a reason) never share a colour, a sign or a key.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QHBoxLayout, QMenu, QSizePolicy, QWidget

from reviewer.messages import later, say
from reviewer.method.framework import Point, ReasonWords
from reviewer.records.judgement import Reason
from ui import theme
from ui.theme import RADIUS
from ui.widgets.hatch import paint_hatched
from ui.widgets.text import Label, set_tip

_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
_NONE_CHOSEN = later("or why not")  # beside the points; never an answer by itself
_FEW = 7  # from more points on the segments are drawn narrower


class PointButton(QAbstractButton):
    """One point of the scale."""

    def __init__(self, point: Point, index: int, points: int, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.point = point
        self._index = index
        self._points = points
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one of several: a radio button to those who are read to
        self.setText(str(point.value))
        self.setAccessibleName(f"{point.value}, {point.label}")
        set_tip(self, f"{point.value}  {point.label}\n{point.anchor}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chosen(self, *, on: bool) -> None:
        """Show whether it is the one chosen; none of them may be."""
        self.setAutoExclusive(False)
        self.setChecked(on)
        self.setAutoExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the row: they move the focus and choose nothing."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        wide = 34 if self._points <= _FEW else 25
        return QSize(round(wide * theme.scale()), round(28 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill = QColor(paint.raised)
        ink = QColor(paint.ink2)
        edge = QColor(paint.line2)
        if self.isChecked():
            fill = theme.rating_fill(self._index, self._points)
            ink = theme.readable_on(fill)
            edge = QColor(paint.ink2)
        elif self.underMouse() and self.isEnabled():
            edge, ink = QColor(paint.ink3), QColor(paint.ink)
        if not self.isEnabled() and not self.isChecked():
            fill, ink = QColor(paint.bg), QColor(paint.ink3)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(room, RADIUS.CONTROL - 1, RADIUS.CONTROL - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.focus), 2))
            painter.drawRoundedRect(room, RADIUS.CONTROL - 1, RADIUS.CONTROL - 1)
        painter.setPen(ink)
        painter.setFont(theme.font("body", QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class ReasonField(QAbstractButton):
    """The reasons for not rating, first-class: a field that opens them as a menu."""

    picked = Signal(object)  # Reason

    def __init__(self, reasons: Sequence[ReasonWords], *, parent: QWidget) -> None:
        super().__init__(parent)
        self._reasons = tuple(reasons)
        self._chosen: Reason | None = None
        self._extra = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        for words in self._reasons:
            action = self._menu.addAction(f"{words.label}\t{words.key.upper()}".replace("&", "&&"))
            action.triggered.connect(
                lambda _checked=False, reason=words.reason: self.picked.emit(reason)
            )
        self.clicked.connect(lambda _checked=False: self._open())
        self.set_reason(None)

    def set_reason(self, reason: Reason | None, extra: str = "") -> None:
        """Show ``reason``; ``extra`` (which record is missing) stands behind it."""
        self._chosen, self._extra = reason, extra
        self.setText(self._words())
        set_tip(self, self._words())  # a narrow sheet ends it in dots
        self.setAccessibleName(
            say("Not assessable: {words}", words=self._words())
            if reason
            else say("Not assessable, choose a reason")
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(120 * theme.scale()), round(28 * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(58 * theme.scale()), round(28 * theme.scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(paint.ink2 if self._chosen else paint.line2), 1))
        painter.setBrush(QColor(paint.not_assessable if self._chosen else paint.raised))
        painter.drawRoundedRect(room, RADIUS.CONTROL - 1, RADIUS.CONTROL - 1)
        if self._chosen:
            edge = QRectF(room.right() - 26, room.top() + 1, 25, room.height() - 2)
            paint_hatched(painter, edge, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.focus), 2))
            painter.drawRoundedRect(room, RADIUS.CONTROL - 1, RADIUS.CONTROL - 1)
        ink = QColor(paint.ink if self._chosen else paint.ink2)
        painter.setPen(ink)
        painter.setFont(theme.font())
        words = QRectF(room.left() + 9, room.top(), room.width() - 36, room.height())
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        x, y = room.right() - 13, room.center().y()
        painter.setPen(QPen(ink, 1.5))
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])

    def _words(self) -> str:
        label = next((w.label for w in self._reasons if w.reason is self._chosen), "")
        if not label:
            return say(_NONE_CHOSEN)
        return f"{label}: {self._extra}" if self._extra else label

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class SegmentedRating(QGroupBox):
    """The points of a scale beside each other, then the reasons.

    ``value_picked`` and ``reason_picked`` tell what a person chose, ``cleared`` that they took it
    back (the same point again, or Delete). It shows only what it is told (``show_rating``). Where
    it does not stand ``alone``, keys go to what it stands in, which hands them to ``take_key``.
    """

    value_picked = Signal(int)
    reason_picked = Signal(object)  # Reason
    cleared = Signal()

    def __init__(
        self,
        scale: Sequence[Point],
        reasons: Sequence[ReasonWords],
        *,
        name: str = "",
        alone: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setAccessibleName(name or say("Rating"))
        self._alone = alone
        self._keys = {words.key: words.reason for words in reasons}
        self._value: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._points: list[PointButton] = []
        for index, point in enumerate(scale):
            made = PointButton(point, index, len(scale), parent=self)
            made.clicked.connect(lambda _checked=False, v=point.value: self._pick(v))
            row.addWidget(made)
            self._points.append(made)
        self._reason = ReasonField(reasons, parent=self)
        self._reason.picked.connect(self.reason_picked)
        row.addWidget(self._reason, 1)

    @property
    def reason_field(self) -> ReasonField:
        """The field with the reasons."""
        return self._reason

    def show_rating(self, value: int | None, reason: Reason | None, extra: str = "") -> None:
        """Show what is stored; None and None is blank."""
        self._value = value
        for made in self._points:
            made.show_chosen(on=made.point.value == value)
        self._reason.set_reason(reason, extra)

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on a digit, a reason's letter or Delete; return whether it was one of them."""
        plain_key = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if not plain_key or not self.isEnabled():
            return False
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
            return True
        text = event.text().lower()
        if text in self._keys:
            self.reason_picked.emit(self._keys[text])
            return True
        if text.isdecimal() and text.isascii() and int(text) in self._values:
            self.value_picked.emit(int(text))
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        places: list[QAbstractButton] = [*self._points, self._reason]
        at = next((n for n, made in enumerate(places) if made.hasFocus()), None)
        if step is not None and at is not None:
            places[min(max(at + step, 0), len(places) - 1)].setFocus()
            return
        if not self._alone or not self.take_key(event):
            super().keyPressEvent(event)

    @property
    def _values(self) -> set[int]:
        return {made.point.value for made in self._points}

    def _pick(self, value: int) -> None:
        again = self._value == value
        for made in self._points:  # Qt checked what was clicked; only what is stored is shown
            made.show_chosen(on=made.point.value == self._value)
        if again:
            self.cleared.emit()
        else:
            self.value_picked.emit(value)


class ScaleWord(Label):
    """What a point or a reason is called, small; stronger where it is chosen."""

    def __init__(self, text: str, *, tone: str) -> None:
        super().__init__(text, tone=tone)
        self._chosen = False
        self._weigh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # the text may be larger now
            self._weigh()

    def set_chosen(self, *, on: bool) -> None:
        """Show whether it is the one that is chosen."""
        self._chosen = on
        self._weigh()

    def _weigh(self) -> None:
        weight = QFont.Weight.DemiBold if self._chosen else QFont.Weight.Normal
        self.setFont(theme.font("small", weight))
