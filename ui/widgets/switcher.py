"""The row of rooms in the header, one of them chosen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QWidget

from reviewer.messages import say
from ui import theme
from ui.theme import RADIUS
from ui.widgets.text import set_tip


class Segment(QAbstractButton):
    """One choice of a segmented row."""

    def __init__(self, text: str, short: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole, self._short = text, short or text
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("body", QFont.Weight.Medium))
        wide = metrics.horizontalAdvance(self.text()) + round(30 * theme.scale())
        return QSize(wide, metrics.height() + round(11 * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(44 * theme.scale()), self.sizeHint().height())

    def shorten(self, *, on: bool) -> None:
        """Show the short words, or the whole ones again."""
        self.setText(self._short if on else self._whole)
        self.updateGeometry()
        self._tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def _tip(self) -> None:
        cut = self.width() < self.sizeHint().width() or self.text() != self._whole
        set_tip(self, self._whole if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        if chosen:
            painter.setPen(QPen(QColor(paint.line), 1))
            painter.setBrush(QColor(paint.raised))
            painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.focus), 2))
            painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
        painter.setFont(theme.font("body", QFont.Weight.Medium))
        painter.setPen(QColor(paint.ink if chosen or self.underMouse() else paint.ink2))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - 8
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)


class Switcher(QFrame):
    """Choose one of a few; left and right move, as does the mouse."""

    chosen = Signal(str)

    def __init__(self, name: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name or say("Rooms"))
        self._group = QButtonGroup(self)
        self._segments: dict[str, Segment] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(2)

    @property
    def current(self) -> str:
        """The id of what is chosen, or ""."""
        return next((i for i, s in self._segments.items() if s.isChecked()), "")

    def set_choices(
        self, choices: Sequence[tuple[str, str]], short: Mapping[str, str] | None = None
    ) -> None:
        """Offer ``choices`` as (id, text); the first is not chosen by itself.

        ``short`` has fewer words for some ids, for ``shorten``.
        """
        for segment in self._segments.values():
            self._group.removeButton(segment)
            segment.setParent(None)
            segment.deleteLater()
        self._segments = {}
        for ident, text in choices:
            segment = Segment(text, (short or {}).get(ident, ""), parent=self)
            segment.clicked.connect(lambda _checked=False, i=ident: self.chosen.emit(i))
            self._group.addButton(segment)
            self._row.addWidget(segment)
            self._segments[ident] = segment
            segment.show()  # layouts show what they are given later, and count it only then

    def shorten(self, *, on: bool) -> None:
        """Show the short words where room is scarce, or the whole ones again."""
        for segment in self._segments.values():
            segment.shorten(on=on)

    def choose(self, ident: str) -> None:
        """Show ``ident`` as chosen, without telling anybody."""
        if ident in self._segments:
            self._segments[ident].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        idents = list(self._segments)
        if step is None or not idents:
            super().keyPressEvent(event)
            return
        at = idents.index(self.current) if self.current else 0
        ident = idents[(at + step) % len(idents)]
        self._segments[ident].setFocus()
        self._segments[ident].click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(paint.line), 1))
        painter.setBrush(QColor(paint.bg))
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(room, RADIUS.FIELD, RADIUS.FIELD)
