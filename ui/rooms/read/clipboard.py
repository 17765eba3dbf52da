"""Copying case text is a person's choice; it does not stay on the clipboard (SECURITY 4a)."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEEP = 30_000  # ms
_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
}


class Clipboard(QObject):
    """Copies with hints that history tools honour, and clears what is still ours."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        """Put ``text`` on the clipboard for half a minute."""
        held = QMimeData()
        held.setText(text)
        for name, value in _HINTS.items():
            held.setData(name, value)
        QGuiApplication.clipboard().setMimeData(held)
        self._ours = text
        self._timer.start()

    def clear(self) -> None:
        """Clear the clipboard if it still holds what was copied here."""
        self._timer.stop()
        if self._ours and QGuiApplication.clipboard().text() == self._ours:
            QGuiApplication.clipboard().clear()
        self._ours = ""
