"""The small bar that floats by what was picked: Mark, Note, Attach to the factor in focus."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from reviewer.messages import say
from ui.theme import RADIUS, SPACE, font, scale, tokens
from ui.widgets.shadow import cast_shadow

_LONGEST = 190  # logical pixels of a factor's name before it is cut


class SelectionBar(QFrame):
    """Shown by ``place_at`` over its parent; goes with ``hide``."""

    mark_asked = Signal()
    note_asked = Signal()
    attach_asked = Signal()
    correct_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("What to do with the selection"))
        self._factor = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.XS, SPACE.XS, SPACE.XS, SPACE.XS)
        row.setSpacing(SPACE.XS)
        self.mark = _BarButton(say("Mark"), "M", self)
        self.note = _BarButton(say("Note"), "N", self)
        self.attach = _BarButton(say("Attach"), "E", self)
        self.correct = _BarButton(say("Misread"), "W", self)
        self.correct.setAccessibleName(say("Correct the reading"))
        for one, signal in (
            (self.mark, self.mark_asked),
            (self.note, self.note_asked),
            (self.attach, self.attach_asked),
            (self.correct, self.correct_asked),
        ):
            one.clicked.connect(lambda _checked=False, s=signal: s.emit())
            row.addWidget(one)
        cast_shadow(self)
        self.hide()

    def set_factor(self, name: str) -> None:
        """Name the factor that Attach goes to; without one there is no Attach."""
        self._factor = name
        self.attach.setVisible(bool(name))
        self.attach.set_words(say("Attach to {name}", name=name))
        self.adjustSize()

    def offer(self, *, marking: bool, correcting: bool) -> bool:
        """Offer what may be done with what is picked; return whether that is anything.

        ``correcting`` where its words were read from a scan.
        """
        for one in (self.mark, self.note):
            one.setVisible(marking)
        self.attach.setVisible(marking and bool(self._factor))
        self.correct.setVisible(correcting)
        return marking or correcting

    def place_at(self, rect: QRect) -> None:
        """Float above ``rect`` (in the parent's pixels), or below it where there is no room."""
        parent = self.parentWidget()
        if parent is None:
            return
        room = parent.rect().adjusted(8, 8, -8, -8)
        self.attach.set_words(say("Attach to {name}", name=self._factor))
        self.adjustSize()
        if self.width() > room.width():  # the sheet says which factor it is
            self.attach.set_words(say("Attach"))
            self.adjustSize()
        top = rect.top() - self.height() - 10
        if top < room.top():
            top = rect.bottom() + 12
        if top + self.height() > room.bottom():
            top = room.bottom() - self.height()
        left = rect.center().x() - self.width() // 2
        left = min(max(left, room.left()), max(room.right() - self.width(), room.left()))
        self.move(left, max(top, room.top()))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().ink))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS.FIELD, RADIUS.FIELD)


class _BarButton(QAbstractButton):
    """Words and a key, in the bar's turned-over colours."""

    def __init__(self, words: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = key
        self._words = words
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Change what it says."""
        self._words = words
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(say("Key {key}", key=self._key))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font())
        wide = metrics.horizontalAdvance(self._shown(metrics))
        return QSize(wide + metrics.horizontalAdvance("M") + 36, metrics.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        paint = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            lit = QColor(paint.bg)
            lit.setAlpha(40)
            painter.setPen(QPen(QColor(paint.bg), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(lit)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(QColor(paint.bg))
        painter.setFont(font("body", QFont.Weight.Medium))
        metrics = painter.fontMetrics()
        inner = rect.adjusted(10, 0, -10, 0)
        centred = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(centred | Qt.AlignmentFlag.AlignLeft), self._shown(metrics))
        small = font("small")
        painter.setFont(small)
        side = QFontMetrics(small).horizontalAdvance("M") + 8
        box = QRectF(inner.right() - side, 0, side, QFontMetrics(small).height() + 1)
        box.moveCenter(QPointF(box.center().x(), rect.center().y()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(paint.line2), 1))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(paint.bg))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._key)

    def _shown(self, metrics: QFontMetrics) -> str:
        room = round(_LONGEST * scale())
        return metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room)
