"""Typing a passphrase."""

import ctypes
import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QWidget,
)

from reviewer.messages import say


class _ShowButton(QPushButton):
    """Lies in the field, which gets no letter that was typed on the button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text() and event.text().isprintable():
            event.accept()


class PassphraseField(QLineEdit):
    """A field for a passphrase: hidden unless shown on purpose, nothing of it is remembered."""

    caps_lock = Signal(bool)  # whether caps lock seems to be on

    def __init__(self, name: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("level", "large")
        self.setAccessibleName(name or say("Passphrase"))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhHiddenText
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self._show = _ShowButton(say("Show"), self)
        self._show.setProperty("kind", "quiet")
        self._show.setCheckable(True)
        self._show.setAutoDefault(False)
        self._show.setCursor(Qt.CursorShape.PointingHandCursor)
        self._show.setAccessibleName(say("Show the passphrase"))
        self._show.toggled.connect(self._reveal)
        self._caps = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look_at_caps(event)
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._show.sizeHint()
        self._show.setGeometry(
            self.width() - size.width() - 5,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        self.setTextMargins(0, 0, size.width(), 0)

    @property
    def show_button(self) -> QPushButton:
        """What shows and hides the passphrase."""
        return self._show

    def hide_text(self) -> None:
        """Hide what was shown."""
        self._show.setChecked(False)

    def forget(self) -> None:
        """Empty and hide the field; unlike ``clear``, nothing can be brought back by undo."""
        self.setText("")
        self.hide_text()

    def hideEvent(self, event: QHideEvent) -> None:
        self.hide_text()
        super().hideEvent(event)

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal carries it
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._show.setText(say("Hide") if shown else say("Show"))

    def _look_at_caps(self, event: QKeyEvent) -> None:
        """Find out whether caps lock is on: asked of Windows, told by the letters elsewhere."""
        if sys.platform == "win32":
            self._tell_caps(on=bool(ctypes.windll.user32.GetKeyState(0x14) & 1))
            return
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell_caps(on=not self._caps)
            return
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell_caps(on=text.isupper() != shift)

    def _tell_caps(self, *, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_lock.emit(on)
