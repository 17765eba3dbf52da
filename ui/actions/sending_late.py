"""Sending a round that an update closed before it was sealed: sealed as it is, written as late."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import Casebook
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import closed_unsealed, seal
from reviewer.messages import later, say
from ui import errors
from ui.desk.desk import Desk
from ui.dialogs.frame import Frame
from ui.widgets.files import choose_folder
from ui.widgets.text import Label

_MEANS = later(
    "An update closed it while it was not sealed. What you sealed and"
    " returned of it before is with the chair as it was. It can be sealed"
    " as it is now, with what is blank left blank, and sent as late. The"
    " chair decides whether that is opened; it is named late in the report."
)


class SendLateDialog(Frame):
    """Tells ``wanted`` where the round is to be sealed and written."""

    wanted = Signal()

    def __init__(self, parent: QWidget, number: int) -> None:
        super().__init__(
            parent,
            say("Round {number} is not sealed", number=number),
            action=say("Seal it and write the return..."),
        )
        self.body.addWidget(Label(say(_MEANS), wrap=True))

    def accept(self) -> None:
        super().accept()
        self.wanted.emit()


class SendingLate:
    """Offers each such round in turn, seals it, and writes its return to a chosen folder."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window

    def offer(self) -> None:
        """Offer the first round that was closed unsealed, where there is one."""
        self._desk.ask(closed_unsealed).succeeded(self._show).failed(self._failed).run()

    def send(self, number: int, folder: Path) -> None:
        """Seal round ``number`` as it is and write its return into ``folder``."""
        job = self._desk.work(
            lambda book, _progress: _sealed_and_written(book, number, folder), changes=True
        )
        job.succeeded(partial(self._done, number)).failed(self._failed).run()

    def _show(self, rounds: tuple[int, ...]) -> None:
        if not rounds:
            return
        dialog = SendLateDialog(self._window, rounds[0])
        dialog.wanted.connect(partial(self._ask_folder, rounds[0]))
        dialog.open()

    def _ask_folder(self, number: int) -> None:
        choose_folder(
            self._window,
            say("Folder for the return of round {number}", number=number),
            partial(self.send, number),
        )

    def _done(self, number: int, path: Path) -> None:
        told = Frame(
            self._window, say("Round {number} is sealed, to be sent as late", number=number)
        )
        told.body.addWidget(
            Label(say("The return was written: {name}", name=path.name), wrap=True)
        )
        told.open()

    def _failed(self, error: Exception) -> None:
        errors.show(self._window, error)


def _sealed_and_written(book: Casebook, number: int, folder: Path) -> Path:
    seal(book, late=number)
    return write_return(book, folder, round_number=number)
