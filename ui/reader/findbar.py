"""The bar for finding words in the document, with a way on to finding them everywhere."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from reviewer.messages import say
from ui.reader.sign import sign
from ui.theme import SPACE, scale
from ui.widgets.announce import announce
from ui.widgets.buttons import button
from ui.widgets.filled import saved_as_typed
from ui.widgets.text import Label

_PAUSE = 180  # ms after the last letter before looking


class FindBar(QFrame):
    """Type to find; Enter and Shift+Enter step; Esc closes and leaves the hit selected."""

    wanted = Signal(str)
    stepped = Signal(int)  # +1 or -1
    everywhere = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setAccessibleName(say("Find"))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.M, SPACE.S, SPACE.M, SPACE.S)
        row.setSpacing(SPACE.S)
        self.field = QLineEdit()
        saved_as_typed(self.field)
        self.field.setPlaceholderText(say("Find in this document"))
        self.field.setAccessibleName(say("Find in this document"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(round(110 * scale()))
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.count = Label("", tone="secondary")
        self.count.setMinimumWidth(round(60 * scale()))
        self.before = sign("\u2039", say("Previous place"), lambda: self.stepped.emit(-1))
        self.after = sign("\u203a", say("Next place"), lambda: self.stepped.emit(1))
        self.all = button(
            say("In all cases"),
            lambda: self.everywhere.emit(self.field.text()),
            tip="Ctrl+Shift+F",
        )
        self.close_button = sign("\u00d7", say("Close (Esc)"), self.close_bar)
        row.addWidget(self.field, 1)
        for one in (self.count, self.before, self.after, self.all, self.close_button):
            row.addWidget(one)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.hide()

    def open_bar(self) -> None:
        """Show the bar and put the caret into it."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_bar(self) -> None:
        """Hide the bar."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def show_count(self, at: int, total: int) -> None:
        """Say which of how many places is shown; ``at`` counts from 1."""
        nothing = say("Not found") if self.field.text().strip() else ""
        self.count.setText(say("{at} of {total}", at=at, total=total) if total else nothing)
        announce(self, self.count.text())
        for one in (self.before, self.after):
            one.setEnabled(total > 0)

    def _look(self) -> None:
        self.wanted.emit(self.field.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._timer.isActive():
                self._timer.stop()
                self._look()
                return
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
