"""The documents of the case as a list over the pages: typed words narrow it, Enter opens one."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import say
from ui.rooms.read.pages.document_rows import DocumentRow, passes
from ui.theme import RADIUS, SPACE, scale, tokens
from ui.widgets.buttons import button
from ui.widgets.case_filter import CaseFilter
from ui.widgets.rows import SideRowDelegate
from ui.widgets.shadow import cast_shadow
from ui.widgets.side_list import SideModel, side_list
from ui.widgets.text import Label

_WIDE = 560  # logical pixels at the drawn text size
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class DocumentList(QFrame):
    """Floats over ``over``; Escape, a choice, or the focus going elsewhere closes it."""

    chosen = Signal(object)  # Document
    beside_chosen = Signal(object)  # Document, to be shown beside the one that is read
    closed = Signal()  # by Escape or its button: the keys go back to the pages

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._rows: tuple[DocumentRow, ...] = ()
        self._shown: list[DocumentRow] = []
        self.setProperty("surface", "raised")
        self.setAccessibleName(say("Documents of the case"))
        self.filter = CaseFilter(say("Filter documents"))
        self.filter.textChanged.connect(self._narrow)
        self.filter.installEventFilter(self)
        self.model = SideModel(self)
        self.list = side_list(self.model, say("Documents of the case"))
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.clicked.connect(lambda _index: self._choose())
        self.list.installEventFilter(self)
        self.nothing = Label(say("No document matches the filter."), tone="secondary", wrap=True)
        self.foot = Label("", tone="secondary", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(SPACE.S)
        head.addWidget(self.filter, 1)
        self.beside = button(say("Show beside"), kind="quiet", tip="Ctrl+Enter")
        self.beside.clicked.connect(lambda: self._choose(beside=True))
        head.addWidget(self.beside)
        head.addWidget(button(say("Close"), self._close, kind="quiet", tip="Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.M, SPACE.M, SPACE.M, SPACE.M)
        column.setSpacing(SPACE.S)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        column.addWidget(self.foot)
        cast_shadow(self)
        over.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.hide()

    @property
    def shown(self) -> list[DocumentRow]:
        """The rows that pass the filter."""
        return self._shown

    def open_at(self, document: str) -> None:
        """Show the list with the keys in its filter, the row of ``document`` chosen."""
        self.filter.clear()
        self._narrow()
        self._select(document)
        self._place()
        self.show()
        self.raise_()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_rows(self, rows: Sequence[DocumentRow], foot: str) -> None:
        """Show these rows, where the same one stays chosen, and a line below them."""
        if tuple(rows) != self._rows:
            held = self._current()
            self._rows = tuple(rows)
            self._narrow()
            if held is not None and held.document is not None:
                self._select(held.document.id)
        self.foot.setText(foot)

    def clear(self) -> None:
        """Hold nothing."""
        self.hide()
        self.filter.clear()
        self.set_rows((), "")

    # ------------------------------------------------------------ private

    def _narrow(self) -> None:
        typed = self.filter.text()
        self._shown = [row for row in self._rows if passes(row, typed)]
        self.model.set_rows([row.row for row in self._shown])
        self.list.setCurrentIndex(self.model.index(0))
        self.nothing.setVisible(not self._shown)
        self.list.setVisible(bool(self._shown))

    def _select(self, document: str) -> None:
        for at, row in enumerate(self._shown):
            if row.document is not None and row.document.id == document:
                self.list.setCurrentIndex(self.model.index(at))

    def _current(self) -> DocumentRow | None:
        at = self.list.currentIndex().row()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def _choose(self, *, beside: bool = False) -> None:
        """Open the document of the row at hand; a record that is not in the file stays shown."""
        row = self._current()
        if row is not None and row.document is not None:
            self.hide()
            (self.beside_chosen if beside else self.chosen).emit(row.document)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _place(self) -> None:
        """Stand at the top of what lies below, as high as the rows are where there is room."""
        over, layout = self.parentWidget(), self.layout()
        if over is None or layout is None:
            return
        room = over.rect().adjusted(SPACE.S, SPACE.S, -SPACE.S, -SPACE.S)
        rows = self.model.rowCount() * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth()
        others = layout.minimumSize().height() - self.list.minimumSizeHint().height()
        high = min(rows + max(others, 0) + SPACE.S, room.height())
        self.setGeometry(room.left(), room.top(), min(round(_WIDE * scale()), room.width()), high)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and (now is self or self.isAncestorOf(now))
        if self.isVisible() and now is not None and not inside:
            self.hide()

    # ------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._choose(beside=bool(held))
            return True
        if watched is self.filter and event.key() in _MOVES:
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)


class _Delegate(SideRowDelegate):
    """Rows; what is not in the file has a dashed line round it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        panel = self.parent()
        shown = panel.parent() if panel is not None else None
        if isinstance(shown, DocumentList) and shown.shown[index.row()].document is None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().ink3), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            room = QRectF(option.rect).adjusted(5, 2, -5, -2)
            painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
            painter.restore()
