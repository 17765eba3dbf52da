"""Backups that nobody has to think of: after each large step, and hourly while work goes on."""

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer.casebook.book import About
from reviewer.casebook.change import EVERYTHING, Change
from reviewer.casebook.file.backup import Backup
from ui.desk import backups
from ui.desk.desk import Desk
from ui.settings import Settings

EVERY = 3600.0  # seconds between two while work goes on
SOON = 3000  # milliseconds after a large step, so that its own reading goes first


class BackingUp(QObject):
    """Watches the desk; ``failed`` tells that a backup could not be made."""

    failed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        parent: QObject,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self._now = now
        self._last = now()  # when the newest backup was made, on this clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self.back_up)
        desk.changed.connect(self._changed)
        desk.locking.connect(self._timer.stop)
        desk.backed_up.connect(self._made)

    def begin(self, _about: About) -> None:
        """Watch over a casebook that was opened: its newest backup may be old."""
        path = self._desk.path
        if path is not None:
            self._last = self._now()
            backups.list_all(self._desk, self._settings, path).succeeded(
                lambda found: self._take_age(path, found)
            ).run()

    def back_up(self) -> None:
        """Make one now; not of the demonstration, which is nobody's work and can be made again."""
        about = self._desk.about
        if about is not None and worth_keeping(about) and not self._desk.checking:
            self._last = self._now()  # also where it fails: it is tried again in an hour
            backups.back_up(self._desk, self._settings).failed(self._not_made).run()

    def _take_age(self, path: Path, found: list[Backup]) -> None:
        if path == self._desk.path:
            age = _age(found[0]) if found else EVERY
            self._last = self._now() - age

    def _changed(self, change: Change) -> None:
        due = change is EVERYTHING or self._now() - self._last >= EVERY
        if due and not self._timer.isActive():  # a hand that never rests must not put it off
            self._timer.start()

    def _not_made(self, error: Exception) -> None:
        if self._desk.about is not None:  # else it was locked meanwhile, which is no failure
            self.failed.emit(error)

    def _made(self, _backup: Backup) -> None:
        self._last = self._now()


def worth_keeping(about: About) -> bool:
    """Whether backups of a casebook are made unasked."""
    return not about.demonstration


def _age(backup: Backup) -> float:
    """Return how long ago a backup was made, in seconds; a clock that ran back counts as long."""
    try:
        made = dt.datetime.fromisoformat(backup.manifest.at)
        age = (dt.datetime.now(dt.UTC) - made).total_seconds()
    except (ValueError, TypeError):
        return EVERY
    return age if age >= 0 else EVERY
