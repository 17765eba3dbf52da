"""What stands between the file and work, and the way out: a stick to copy from, a backup."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.casebook.file import location
from reviewer.casebook.file.location import Place
from reviewer.errors import DamagedError, NotACasebookError
from reviewer.messages import later, say
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.rooms.opening import restoring
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label

if TYPE_CHECKING:
    from reviewer.casebook.book import About
    from reviewer.casebook.file.backup import Backup
    from ui.widgets.backup_list import BackupList

_OPEN = later("Unlock")
_COPY = later("Copy and open")
_RESTORE = later("Restore and open")
_TO_RESTORE = later(
    "Choose a backup, type the passphrase and press the button below. The"
    " file that is there now is not thrown away: it is kept beside it"
    " under another name."
)
_NO_BACKUP = later(
    "There is no good backup where Reviewer keeps them. If you keep one"
    " elsewhere, open it with Other casebook and go on in it. Keep the"
    " damaged file: parts of it may still be readable."
)


class WayOut(QWidget):
    """Hidden while nothing stands in the way; decides what the button under it does."""

    changed = Signal()  # what the button does

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self._path: Path | None = None
        self._place: Place | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE.S, 0, 0)
        self._column.setSpacing(SPACE.S)
        self.place = InlineProblem()
        self.sentence = Label("", wrap=True)
        for part in (self.place, self.sentence):
            self._column.addWidget(part)
        self._words = _OPEN
        self.clear()

    @cached_property
    def backups(self) -> BackupList:
        """The good backups; made when there is something to show in it."""
        made = restoring.backup_list(say("Good backups of this casebook"))
        self._column.addWidget(made)
        return made

    @property
    def plain(self) -> bool:
        """Whether the button simply opens the casebook."""
        return self._words == _OPEN

    @property
    def words(self) -> str:
        """What the button does."""
        return say(self._words)

    def look(self, path: Path) -> None:
        """Ask where ``path`` lies, and say so where nobody should work in it."""
        self._path = path
        self.clear()
        self._desk.elsewhere(lambda: location.place_of(path)).owner(self).succeeded(
            lambda place: self._show_place(path, place)
        ).run()

    def offer(self, error: Exception, *, asked: bool = False) -> None:
        """Offer the good backups where ``error`` says that the file itself cannot be used.

        With ``asked`` in any case: a damaged first page looks like a wrong passphrase.
        """
        damaged = asked or isinstance(error, DamagedError | NotACasebookError)
        if self._path is None or not damaged:
            return
        path, newest = self._path, getattr(error, "seq", 0)
        restoring.list_sound(self._desk, self._settings, path).owner(self).succeeded(
            lambda found: self._show_backups(path, found, newest)
        ).run()

    def job(self, path: Path, passphrase: str) -> Job[About]:
        """Build the job that the button stands for."""
        if self._words == _RESTORE and self.backups.chosen is not None:
            return restoring.restore(self._desk, path, self.backups.chosen.path, passphrase)
        if self._words == _COPY:
            return restoring.open_copy(self._desk, path, own_folder(), passphrase)
        return self._desk.open(path, passphrase)

    def clear(self) -> None:
        """Nothing stands in the way."""
        self.place.clear()
        self.sentence.hide()
        if "backups" in vars(self):
            self.backups.hide()
        self.hide()
        self._become(_OPEN)

    def _show_place(self, path: Path, place: Place | None) -> None:
        if path != self._path or place is None:
            return
        self.place.tell(
            say(
                "This file lies on {kind}. Work there can be lost when it is pulled"
                " out or the connection drops.",
                kind=place.kind.value,
            ),
            details=(
                say(
                    "Reviewer copies it to {folder} and opens the copy; this one stays.",
                    folder=own_folder(),
                ),
            ),
            action=say("Work on it where it is"),
            then=self.clear,
            notice=True,
        )
        self.show()
        self._become(_COPY)

    def _show_backups(self, path: Path, found: list[Backup], newest: int) -> None:
        if path != self._path:
            return
        self.place.clear()
        self.sentence.show()
        self.sentence.setText(say(_TO_RESTORE) if found else say(_NO_BACKUP))
        self.backups.show_backups(found, newest=newest)
        self.show()
        self._become(_RESTORE if found else _OPEN)

    def _become(self, words: str) -> None:
        self._words = words
        self.changed.emit()


def own_folder() -> Path:
    """Return the person's folder for documents on this computer."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home())
