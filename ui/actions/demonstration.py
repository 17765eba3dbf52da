"""The demonstration: made once on this computer, then opened like any casebook."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from reviewer.demo.public import PASSPHRASE
from reviewer.messages import say
from reviewer.progress import Progress
from ui import errors
from ui.desk.desk import Desk
from ui.dialogs.progress import ProgressDialog
from ui.printing import make_demonstration

NAME = "northmoor.casebook"


def home() -> Path:
    """Return the folder that the demonstration is kept in."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(data or Path.home()) / "Reviewer" / "demonstration"


class Demonstration:
    """Opens the invented inquiry; its passphrase guards nothing and is used for the person."""

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        make: Callable[[Path, Progress], object] = make_demonstration,
    ) -> None:
        self._desk = desk
        self._window = window
        self._make = make

    def open(self) -> None:
        """Open it, making it first where it is not there yet."""
        self._desk.lock()
        self._desk.afterwards(self._begin)

    def _begin(self) -> None:
        if (home() / NAME).exists():
            self._enter()
            return
        job = self._desk.apart(lambda progress: _make_whole(home(), self._make, progress))
        job.succeeded(lambda _none: self._enter())
        job.failed(lambda error: errors.show(self._window, error))
        ProgressDialog(self._window, say("Making the demonstration"), job).open()
        job.run()

    def _enter(self) -> None:
        job = self._desk.open(home() / NAME, PASSPHRASE)
        job.failed(lambda error: errors.show(self._window, error)).run()


def _make_whole(
    folder: Path, make: Callable[[Path, Progress], object], progress: Progress
) -> None:
    """Make it beside its place and move it there, so that a stop leaves nothing behind."""
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        make(part, progress)
        if folder.exists():
            shutil.rmtree(folder)  # an earlier one that lacks its casebook
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
