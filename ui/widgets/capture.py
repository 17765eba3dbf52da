"""Keeping the program's windows out of pictures of the screen, where the system can.

Windows can: recorders and assistants that take pictures then see nothing where the window is.
Some assistive tools need such pictures, so a person can allow them. X11, Wayland and macOS give a
program no dependable way; there, nothing is promised (``can_hide``).
"""

import contextlib
import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_NONE, _MONITOR, _EXCLUDE = 0x00, 0x01, 0x11  # WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE
SetAffinity = Callable[[int, int], bool]


def can_hide() -> bool:
    """Whether this system can keep a window out of pictures of the screen."""
    platform: str = sys.platform  # mypy would judge by the machine it runs on
    return platform == "win32"


class CaptureGuard(QObject):
    """Sees every window of the program as it is shown: the main one, dialogs, menus, hints."""

    def __init__(
        self,
        allowed: Callable[[], bool],
        *,
        set_affinity: SetAffinity | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._allowed = allowed
        self._set = set_affinity or _set_affinity
        application = QApplication.instance()
        if application is not None and (can_hide() or set_affinity is not None):
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() in {QEvent.Type.Show, QEvent.Type.WinIdChange}
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self._protect(watched)
        return False

    def look_again(self) -> None:
        """Apply what the person chose to every window that is shown now."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._protect(window)

    def _protect(self, window: QWidget) -> None:
        handle = window.internalWinId()
        if not handle:
            return
        if self._allowed():
            self._set(handle, _NONE)
        elif not self._set(handle, _EXCLUDE):
            self._set(handle, _MONITOR)  # before Windows 10 2004: a black picture


def _set_affinity(handle: int, affinity: int) -> bool:
    with contextlib.suppress(AttributeError, OSError):
        window = ctypes.c_void_p(handle)
        return bool(ctypes.windll.user32.SetWindowDisplayAffinity(window, affinity))  # type: ignore[attr-defined,unused-ignore]
    return False
