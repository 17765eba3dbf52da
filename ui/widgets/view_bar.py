"""The bar of views under the header: what else a room holds, one of them in front."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QWidget

from reviewer.messages import say
from ui import theme
from ui.theme import RADIUS, SPACE

_HIGH = 42  # pixels at the drawn text size


class ViewTab(QAbstractButton):
    """One view of the bar."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("body", QFont.Weight.DemiBold))
        wide = metrics.horizontalAdvance(self.text()) + round(24 * theme.scale())
        return QSize(wide, metrics.height() + round(9 * theme.scale()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()  # the bar moves, and tells it
        else:
            super().keyPressEvent(event)

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
            painter.setPen(QPen(QColor(paint.accent), 2))
            painter.drawLine(room.bottomLeft() + _IN, room.bottomRight() - _IN)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.focus), 2))
            painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        painter.setFont(theme.font("body", weight))
        painter.setPen(QColor(paint.ink if chosen or self.underMouse() else paint.ink2))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


_IN = QRectF(0, 0, RADIUS.CONTROL, 0).topRight()


class ViewBar(QFrame):
    """Choose a view; left and right move in the bar, as does the mouse."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setAccessibleName(say("Views"))
        self.setMinimumHeight(round(_HIGH * theme.scale()))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.XXL, SPACE.XS, SPACE.XXL, SPACE.XS)
        row.setSpacing(SPACE.XS)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, ViewTab] = {}
        for ident, text in choices:
            tab = ViewTab(text)
            tab.clicked.connect(lambda _checked=False, i=ident: self.chosen.emit(i))
            self._group.addButton(tab)
            row.addWidget(tab)
            self._tabs[ident] = tab
        row.addStretch(1)
        next(iter(self._tabs.values())).setChecked(True)

    @property
    def current(self) -> str:
        """The id of the view in front."""
        return next(ident for ident, tab in self._tabs.items() if tab.isChecked())

    def choose(self, ident: str) -> None:
        """Show ``ident`` as chosen, without telling anybody."""
        self._tabs[ident].setChecked(True)

    def step(self, by: int) -> None:
        """Choose the view ``by`` places on, round the ends, and tell it."""
        idents = list(self._tabs)
        self._tabs[idents[(idents.index(self.current) + by) % len(idents)]].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        self.step(by)
        self._tabs[self.current].setFocus()


def step_by_keys(bar: ViewBar, room: QWidget) -> None:
    """Let Ctrl+Tab and Ctrl+Shift+Tab go from view to view anywhere in ``room``."""
    for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
        key = QShortcut(QKeySequence(keys), room)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(partial(bar.step, by))
