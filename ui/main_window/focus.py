"""Where the focus goes when what had it is gone.

Qt hands it to whatever comes next, which is often Lock in the header. It belongs to the room.
"""

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.rooms.room import Room


class FocusGuard(QObject):
    """Gives the focus back to the room in front where a part of the room lost it by going."""

    def __init__(self, room: Callable[[], QWidget | None], window: QWidget) -> None:
        super().__init__(window)
        self._room = room
        self._window = window
        self._last: QWidget | None = None  # what had it last in the room in front
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_moved)

    def _on_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        room = self._room()
        if not isinstance(room, Room):
            self._last = None
        elif new is not None and room.isAncestorOf(new):
            self._last = new
        elif old is not None and room.isAncestorOf(old):
            QTimer.singleShot(0, self, partial(self._look, old, new))
        elif new is not None and new.window() is self._window:
            away = old is None or old.window() is not self._window
            if away and self._last is not None:
                QTimer.singleShot(0, self, partial(self._come_back, self._last, new))

    def _look(self, old: QWidget, new: QWidget | None) -> None:
        """Take it back where ``old`` is gone, hidden or greyed and ``new`` was nobody's choice."""
        room = self._in_front(new)
        if room is not None and not _takes(old):
            room.take_focus()
        elif new is not None and shiboken6.isValid(new) and new.window() is self._window:
            self._last = None  # somebody's choice

    def _come_back(self, last: QWidget, new: QWidget) -> None:
        """Give it back after a dialog: what had it may have been greyed meanwhile."""
        room = self._in_front(new)
        if room is None:
            return
        if _takes(last) and room.isAncestorOf(last):
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            room.take_focus()

    def _in_front(self, new: QWidget | None) -> Room | None:
        """Return the room, if the focus has stayed with ``new`` since."""
        room, held = self._room(), QApplication.focusWidget()
        stays = held is new and self._window.isActiveWindow()
        return room if stays and isinstance(room, Room) else None


def _takes(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled()
