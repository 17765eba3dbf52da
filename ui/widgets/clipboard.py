"""Copying case text is a person's choice; it does not stay on the clipboard (SECURITY 4a).

One keeper for the whole program looks after whatever any field, label or button of it copies:
history tools are asked to leave it alone, and it is cleared after half a minute, on lock and at
the end, but only if the clipboard still holds it. What another program put there is not touched.
"""

import os
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from reviewer.messages import say

KEEP = 30_000  # ms
_LOOK_AGAIN = 400  # ms until a clipboard that was cleared must be empty
_MARK = "application/x-reviewer-copied"  # tells our own copies where the system does not
_HINTS = {
    _MARK: os.urandom(16),
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
}


class ClipboardKeeper(QObject):
    """Gives what is copied its hints, and clears what is still ours."""

    failed = Signal(str)  # a sentence: it could not be cleared

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours: dict[QClipboard.Mode, str] = {}
        self._leaving = ""
        self._timer = _once(self, KEEP, self.clear)
        self._again = _once(self, _LOOK_AGAIN, self._look_again)
        self._clipboard.changed.connect(self._on_changed)

    def clear(self) -> None:
        """Clear the clipboard, and the selection, if they still hold what was copied here."""
        self._timer.stop()
        held = self._ours.pop(QClipboard.Mode.Clipboard, "")
        selected = self._ours.pop(QClipboard.Mode.Selection, "")
        if selected and self._clipboard.text(QClipboard.Mode.Selection) == selected:
            self._clipboard.clear(QClipboard.Mode.Selection)
        if held and self._clipboard.text() == held:
            self._leaving = held
            self._clipboard.clear()
            self._again.start()

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        """Look after what a part of this program has just copied or selected."""
        text = self._clipboard.text(mode)
        if not text:
            return
        hinted = bytes(self._clipboard.mimeData(mode).data(_MARK).data()) == _HINTS[_MARK]
        if not hinted and not self._owns(mode):
            return
        self._ours[mode] = text
        if mode == QClipboard.Mode.Clipboard:
            self._timer.start()
            if not hinted:
                self._clipboard.setMimeData(_hinted(text), mode)

    def _owns(self, mode: QClipboard.Mode) -> bool:
        if mode == QClipboard.Mode.Clipboard:
            return self._clipboard.ownsClipboard()
        return mode == QClipboard.Mode.Selection and self._clipboard.ownsSelection()

    def _look_again(self) -> None:
        """Say so where the system kept what was to be cleared."""
        left, self._leaving = self._leaving, ""
        if left and self._clipboard.text() == left:
            self.failed.emit(
                say(
                    "What you copied could not be taken off the clipboard again. Copy something"
                    " harmless, so that it is gone."
                )
            )


def copy(text: str) -> None:
    """Put ``text`` on the clipboard; the keeper takes it off again."""
    QGuiApplication.clipboard().setMimeData(_hinted(text))


def _hinted(text: str) -> QMimeData:
    held = QMimeData()
    held.setText(text)
    for name, value in _HINTS.items():
        held.setData(name, value)
    return held


def _once(owner: QObject, after: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(after)
    timer.timeout.connect(then)
    return timer
