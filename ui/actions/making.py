"""Making a new casebook: asked for, made while a bar runs, and a custodian's sheet told of."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import About, NewCasebook
from reviewer.exchange.custody import CustodianWish, create, sheet_path
from reviewer.messages import say
from ui import errors
from ui.desk import creation
from ui.desk.desk import Desk
from ui.dialogs.custodian import SheetWrittenDialog
from ui.dialogs.new_casebook import NewCasebookDialog
from ui.dialogs.progress import ProgressDialog
from ui.printing import custodian_sheet


class Making:
    """Asks what the new casebook is to be, makes it, and opens it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window

    def ask(self) -> None:
        """Ask for the inquiry, the framework, the place and the passphrase."""
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        dialog = NewCasebookDialog(self._window, Path(documents or Path.home()))
        dialog.chosen.connect(self.create)
        dialog.open()

    def create(
        self, path: Path, passphrase: str, new: NewCasebook, wish: CustodianWish | None
    ) -> None:
        """Make it; whatever is open is saved and put away first, and all dialogs with it."""
        self._desk.lock()
        self._desk.afterwards(lambda: self._make(path, passphrase, new, wish))

    def _make(
        self, path: Path, passphrase: str, new: NewCasebook, wish: CustodianWish | None
    ) -> None:
        if wish is None:
            job = creation.create(self._desk, path, passphrase, new)
        else:
            make = partial(create, wish=wish, draw=custodian_sheet)
            job = creation.create(self._desk, path, passphrase, new, make)
            job.succeeded(lambda about: self._tell_sheet(about, wish.folder))
        job.failed(lambda error: errors.show(self._window, error))
        ProgressDialog(self._window, say("Making the casebook"), job).open()
        job.run()

    def _tell_sheet(self, about: About, folder: Path) -> None:
        if about.custodian is not None:
            sheet = sheet_path(folder, about.custodian)
            SheetWrittenDialog(self._window, about.custodian.name, sheet).open()
