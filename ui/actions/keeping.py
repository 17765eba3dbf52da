"""Passphrase and recovery sheet: which dialog is opened, on what."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.desk.desk import Desk
from ui.dialogs.change_passphrase import ChangePassphraseDialog
from ui.dialogs.print_sheet import PrintSheetDialog
from ui.dialogs.recover import RecoverDialog
from ui.settings import Settings


class Keeping:
    """What the actions about getting in run."""

    def __init__(self, desk: Desk, settings: Settings, window: QWidget) -> None:
        self._desk = desk
        self._settings = settings
        self._window = window

    def change(self) -> None:
        """Ask for another passphrase."""
        dialog = ChangePassphraseDialog(self._window, self._desk, self._settings)
        dialog.wants.connect(lambda _id: self.print_sheet())
        dialog.open()

    def print_sheet(self) -> None:
        """Ask where the recovery sheet goes."""
        PrintSheetDialog(self._window, self._desk).open()

    def recover(self, path: Path) -> None:
        """Ask for the lines of the recovery sheet of ``path``."""
        RecoverDialog(self._window, self._desk, path).open()
