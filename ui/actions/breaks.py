"""A reminder of breaks, where whoever reads asked for one: a line at the foot, and no more."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer.messages import plural
from ui.settings import BREAK_MINUTES, Settings

_LOOK_EVERY = 20_000  # ms


class Breaks(QObject):
    """Counts while a casebook is open; ``due`` says so after as long as was asked for."""

    due = Signal(str)  # a sentence

    def __init__(
        self,
        settings: Settings,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._opened = self._since = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def minutes(self) -> int:
        """How long a casebook has been open, in whole minutes."""
        return int((self._clock() - self._opened) // 60)

    def begin(self) -> None:
        """Count from now: a casebook was opened."""
        self._opened = self._since = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """Count no more: it was locked."""
        self._timer.stop()

    def look(self) -> None:
        """Compare the clock; called a few times a minute."""
        wanted = self._settings.get(BREAK_MINUTES)
        if not wanted or self._clock() - self._since < wanted * 60:
            return
        self._since = self._clock()
        self.due.emit(
            plural(
                "You have been here for {count:,} minute. A break now is work well done: look up,"
                " stand up, or finish for today.",
                "You have been here for {count:,} minutes. A break now is work well done: look"
                " up, stand up, or finish for today.",
                count=self.minutes,
            )
        )
