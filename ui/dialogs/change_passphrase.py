"""Another passphrase for the casebook that is open, and what follows from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.messages import later, say
from ui.desk import backups
from ui.desk.desk import Desk
from ui.dialogs.working import WorkingFrame
from ui.settings import Settings
from ui.widgets.form import Form
from ui.widgets.passphrase import PassphraseField
from ui.widgets.passphrase_choice import PassphraseChoice
from ui.widgets.text import Label

OLD_COPIES = later(
    "Older copies and backups still open with the old passphrase, and with"
    " recovery sheets that were printed before. Keep those secret, or"
    " destroy them."
)


class ChangePassphraseDialog(WorkingFrame):
    """Asks for the old one first; afterwards offers a new sheet and a new backup."""

    wants = Signal(str)  # the id of an action: print-sheet

    def __init__(self, parent: QWidget, desk: Desk, settings: Settings) -> None:
        super().__init__(
            parent,
            say("Change passphrase"),
            lead=say(
                "The whole casebook is encrypted anew. That takes a moment; a power"
                " cut meanwhile leaves either the old passphrase or the new one, never"
                " neither."
            ),
            action=say("Change it"),
            width=540,
        )
        self._desk = desk
        self._settings = settings
        self._changed = False
        self._form = Form()
        self.old = PassphraseField(say("The passphrase it has now"))
        self._form.add(say("The passphrase it has now"), self.old)
        self.choice = PassphraseChoice()
        self._form.add(say("New passphrase"), self.choice)
        about = desk.about
        if about is not None:
            self.choice.set_context([about.title, about.chair])
        self.body.addWidget(self._form)
        self._after = Label(say(OLD_COPIES), wrap=True)
        self._sheet = Label(
            say(
                "A recovery sheet printed before does not open this casebook any more."
                " Print a new one, and make a new backup, so that both go with the new"
                " passphrase."
            ),
            tone="secondary",
            wrap=True,
        )
        for part in (self._after, self._sheet):
            self.body.addWidget(part)
            part.hide()
        self.watch(self._form)
        self.old.textChanged.connect(lambda _text: self.problem.clear())
        self.choice.changed.connect(self.problem.clear)
        self.finished.connect(lambda _result: self._forget())

    def open(self) -> None:
        super().open()
        self.old.setFocus()

    def accept(self) -> None:
        if self._busy:
            return
        if self._changed:
            super().accept()
            self.wants.emit("print-sheet")
            return
        if not self.old.text():
            self.refuse(say("Type the passphrase the casebook has now."), self.old)
            return
        if self.choice.problem:
            self.refuse(self.choice.problem, self.choice.wanting)
            return
        job = self._desk.rekey(self.choice.passphrase, old=self.old.text())
        self.work(job.succeeded(lambda _none: self._done()))

    def _done(self) -> None:
        """Turn into what follows: the old copies, a new sheet, a new backup."""
        self._changed = True
        self._forget()
        self._form.hide()
        self.heading.setText(say("The passphrase was changed"))
        self.lead.hide()
        self._after.show()
        self._sheet.show()
        self.go.setText(say("Print a new recovery sheet..."))
        self.go.setAccessibleName(say("Print a new recovery sheet"))
        self.away.setText(say("Later"))
        self.away.setAccessibleName(say("Later"))
        self._backup = self.add_button(say("Make a new backup"), self._back_up)
        self.watch(self._backup)
        self._fit()

    def _back_up(self) -> None:
        job = backups.back_up(self._desk, self._settings)
        self.work(job.succeeded(lambda made: self._backed_up(made.path.name)))

    def _backed_up(self, name: str) -> None:
        self._sheet.setText(say("{name} was written, opened again and found whole.", name=name))
        self._sheet.set_tone("good")
        self._backup.hide()

    def _forget(self) -> None:
        self.old.forget()
        self.choice.clear()
