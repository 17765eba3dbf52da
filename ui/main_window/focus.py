"""Where the focus goes when what had it is gone.

Qt hands it to whatever comes next, which is often Lock in the header. It belongs to the room.
"""

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.rooms.room import Room


class FocusGuard(QObject):
    """Gives the focus back to the room in front where a part of the room lost it by going."""

    def __init__(self, room: Callable[[], QWidget | None], window: QWidget) -> None:
        super().__init__(window)
        self._room = room
        self._window = window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_moved)

    def _on_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        room = self._room()
        if not isinstance(room, Room) or old is None or not room.isAncestorOf(old):
            return
        if new is None or not room.isAncestorOf(new):
            QTimer.singleShot(0, self, partial(self._look, old, new))

    def _look(self, old: QWidget, new: QWidget | None) -> None:
        """Take it back where ``old`` is gone, hidden or greyed and ``new`` was nobody's choice."""
        gone = not shiboken6.isValid(old) or not old.isVisible() or not old.isEnabled()
        room, held = self._room(), QApplication.focusWidget()
        if gone and held is new and isinstance(room, Room) and self._window.isActiveWindow():
            room.take_focus()
