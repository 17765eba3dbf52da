"""Opening a casebook without its passphrase: the lines of its recovery sheet, and a new one."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.crypto.groups import Sheet
from reviewer.crypto.recovery import read_sheet
from reviewer.errors import ReviewerError
from reviewer.messages import say
from ui.desk import creation
from ui.desk.desk import Desk
from ui.dialogs.working import WorkingFrame
from ui.widgets.card import SectionHeading
from ui.widgets.passphrase_choice import PassphraseChoice
from ui.widgets.sheet_entry import SheetEntry


class RecoverDialog(WorkingFrame):
    """Stays open with what was typed until the casebook is open."""

    def __init__(self, parent: QWidget, desk: Desk, path: Path) -> None:
        super().__init__(
            parent,
            say("Use the recovery sheet"),
            lead=say(
                "The sheet opens {name} without its passphrase. Type its lines; each"
                " is checked as you type. Then choose a new passphrase.",
                name=path.name,
            ),
            action=say("Open the casebook"),
            width=580,
        )
        self._desk = desk
        self._path = path
        self.entry = SheetEntry(Sheet.RECOVERY)
        self.choice = PassphraseChoice()
        self.choice.set_context([path.stem])
        self.body.addWidget(SectionHeading(say("The lines of the sheet")))
        self.body.addWidget(self.entry)
        self.body.addWidget(SectionHeading(say("A new passphrase")))
        self.body.addWidget(self.choice)
        self.watch(self.entry, self.choice)
        self.entry.changed.connect(self.problem.clear)
        self.choice.changed.connect(self.problem.clear)
        self.finished.connect(lambda _result: self._forget())

    def open(self) -> None:
        super().open()
        self.entry.focus()

    def accept(self) -> None:
        if self._busy:
            return
        for part in (self.entry, self.choice):
            if part.problem:
                self.refuse(part.problem, part.wanting)
                return
        try:
            sheet = read_sheet(self.entry.text)
        except ReviewerError as error:
            self._failed(error)
            return
        job = creation.recover(self._desk, self._path, sheet, self.choice.passphrase)
        self.work(job.succeeded(lambda _about: self._done()))

    def _done(self) -> None:
        self._waiting(on=False)
        super().accept()

    def _forget(self) -> None:
        self.entry.forget()
        self.choice.clear()
