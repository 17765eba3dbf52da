"""Locks when nobody is here: no key or pointer for long, a sleep, a window long out of sight."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from reviewer.messages import plural
from ui.widgets.alive import HEARD

WARNING_S = 30.0  # how long before the lock the person is warned
_LOOK_EVERY_MS = 1000
HIDDEN_S = 600.0  # how long the window may be hidden or minimised
_SLEPT_S = 30.0  # a gap between two looks longer than this means that the computer slept
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    HEARD,
}


def seconds() -> float:
    """Return seconds that never run backwards and go on while the computer sleeps.

    ``time.monotonic`` stops during sleep on Linux and macOS.
    """
    platform: str = sys.platform  # mypy would judge by the machine it runs on
    if platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def warning(left: int) -> str:
    """Return what a person is told before the lock, ``left`` seconds from now."""
    return plural(
        "Nobody has touched Reviewer for a while: it locks in {count:,} second. Move the pointer"
        " or press a key to stay.",
        "Nobody has touched Reviewer for a while: it locks in {count:,} seconds. Move the pointer"
        " or press a key to stay.",
        count=left,
    )


class IdleWatch(QObject):
    """Tells ``warned`` and then ``expired`` when nothing was typed or moved for too long."""

    warned = Signal(int)  # seconds left
    stirred = Signal()  # somebody is here after all
    expired = Signal()

    def __init__(
        self,
        limit_s: Callable[[], float],
        *,
        hidden: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit_s = limit_s
        self._clock = clock or seconds
        self._hidden = hidden
        self._last = self._looked = self._seen = self._clock()
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch (a casebook was opened)."""
        self._last = self._looked = self._seen = self._clock()
        self._warning = False
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Stop watching (nothing is open)."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def stir(self) -> None:
        """Take a sign of life, also from what plays sound."""
        self._last = self._clock()
        if self._warning:
            self._warning = False
            self.stirred.emit()

    def look(self) -> None:
        """Compare the clock; called every second."""
        now = self._clock()
        slept = now - self._looked > _SLEPT_S
        self._looked = now
        if not self._hidden():
            self._seen = now
        left = self._limit_s() - (now - self._last)
        if slept or left <= 0 or now - self._seen > HIDDEN_S:
            self.stop()
            self.expired.emit()
        elif left <= WARNING_S:
            self._warning = True
            self.warned.emit(max(round(left), 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self.stir()
        return super().eventFilter(watched, event)
