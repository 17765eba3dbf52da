"""The recovery sheet, written as a PDF to print; the file goes again once it is printed."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from reviewer.messages import later, say
from ui.desk.desk import Desk
from ui.dialogs.working import WorkingFrame
from ui.widgets.buttons import button
from ui.widgets.files import choose_folder
from ui.widgets.form import Form
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Label

_KEEP = later(
    "Print it now. Put the sheet into an envelope, seal it, and keep it in"
    " another building than the casebook. Then delete the file: whoever"
    " has it and the casebook reads every case. On a disk that is not"
    " encrypted a deleted file can sometimes be brought back. A printer"
    " keeps what it prints in its queue for a while: use one of your own,"
    " not one that many people share."
)


class PrintSheetDialog(WorkingFrame):
    """Asks for the passphrase again, so that nobody takes the key from a desk left open."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            say("Print a recovery sheet"),
            lead=say(
                "The sheet opens this casebook without its passphrase, with Reviewer"
                " or with any other program that reads SQLCipher 4. It is written as a"
                " PDF of one page."
            ),
            action=say("Write the sheet"),
            width=540,
        )
        self._desk = desk
        self._folder: Path | None = None
        self.written: Path | None = None
        self._form = Form()
        self._form.add(
            say("Folder for the PDF"),
            self._build_folder(),
            help_=say("Not the folder of the casebook. A stick that you lock away is good."),
        )
        self.passphrase = PassphraseField(say("Passphrase of this casebook"))
        self._form.add(
            say("Passphrase of this casebook"),
            self.passphrase,
            help_=say("Asked again, so that nobody else can take the key from an open casebook."),
        )
        self.body.addWidget(self._form)
        self._where = Label("", size="strong", wrap=True)
        self._keep = Label(say(_KEEP), wrap=True)
        for part in (self._where, self._keep):
            self.body.addWidget(part)
            part.hide()
        self.watch(self._form)
        self.passphrase.textChanged.connect(lambda _text: self.problem.clear())
        self.finished.connect(lambda _result: self.passphrase.forget())

    def accept(self) -> None:
        if self._busy:
            return
        if self.written is not None:
            self._delete(self.written)
            return
        if self._folder is None:
            self.problem.tell(say("Choose a folder for the PDF."))
            return
        if not self.passphrase.text():
            self.problem.tell(say("Type the passphrase of this casebook."))
            return
        job = self._desk.print_sheet(self._folder, self.passphrase.text())
        self.work(job.succeeded(self._done))

    def take_folder(self, folder: Path) -> None:
        """Write the sheet into ``folder``."""
        self._folder = folder
        self._place.setText(str(folder))
        self.problem.clear()

    def _build_folder(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        self._place = QLineEdit()
        self._place.setReadOnly(True)
        self._place.setAccessibleName(say("Folder for the PDF"))
        self._place.setPlaceholderText(say("No folder chosen yet"))
        line.addWidget(self._place, 1)
        line.addWidget(button(say("Choose..."), self._choose))
        return row

    def _choose(self) -> None:
        choose_folder(self, say("Folder for the recovery sheet"), self.take_folder)

    def _done(self, path: Path) -> None:
        self.written = path
        self.passphrase.forget()
        self._form.hide()
        self.heading.setText(say("The recovery sheet is written"))
        self.lead.hide()
        self._where.setText(say("{name}, in {parent}", name=path.name, parent=path.parent))
        self._where.show()
        self._keep.show()
        self.go.setText(say("It is printed: delete the file"))
        self.go.setAccessibleName(self.go.text())
        self.away.setText(say("Close and keep the file"))
        self.away.setAccessibleName(self.away.text())
        self._fit()

    def _delete(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self.problem.tell(
                say(
                    "{name} could not be deleted ({strerror}). Delete it yourself.",
                    name=path.name,
                    strerror=error.strerror,
                )
            )
            return
        super().accept()
