"""A new casebook: the inquiry, its framework, its chair, its passphrase, its place."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from reviewer.assets import resource
from reviewer.casebook.book import NewCasebook
from reviewer.errors import ReviewerError
from reviewer.messages import say
from reviewer.method.framework import Framework, load
from reviewer.records.panel import LONGEST_NAME
from reviewer.records.text import clean_line, counted
from ui.dialogs.custodian import CustodianChoice
from ui.dialogs.frame import Frame
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import CASEBOOKS, choose_file, choose_new
from ui.widgets.form import Form
from ui.widgets.passphrase_choice import PassphraseChoice

MARKINGS = ("OFFICIAL-SENSITIVE", "OFFICIAL", "CONFIDENTIAL", "")


class NewCasebookDialog(Frame):
    """Asks for everything a casebook is made with; tells it by ``chosen``."""

    chosen = Signal(object, str, object, object)  # Path, passphrase, NewCasebook, a wish or None

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(
            parent,
            say("New casebook"),
            lead=say("One encrypted file for the whole inquiry. It stays on this computer."),
            action=say("Create"),
            width=560,
        )
        self._place = folder / "inquiry.casebook"
        self._placed = False
        self._frameworks: list[Framework] = [
            load(resource("frameworks/commission.toml"), extended=extended)
            for extended in (False, True)
        ]
        form = Form()
        self.body.addWidget(form)
        self._build_inquiry(form)
        self._build_chair(form)
        self.choice = PassphraseChoice()
        form.add(say("Passphrase"), self.choice)
        self._build_place(form)
        self.choice.changed.connect(self.problem.clear)
        for known in (self._title, self._chair):
            known.textChanged.connect(lambda _text: self._tell_known())
        self._title.setFocus()

    def accept(self) -> None:
        problem, field = self._missing()
        if problem:
            self.refuse(problem, field)
            return
        new = NewCasebook(
            title=clean_line(self._title.text()),
            framework=self._frameworks[self._framework.currentIndex()],
            chair=clean_line(self._chair.text()) or say("Chair"),
            chair_rates=self._rates.isChecked(),
            marking=clean_line(self._marking.currentText()),
        )
        self.chosen.emit(self._place, self.choice.passphrase, new, self.custodian.wish)
        self.choice.clear()
        super().accept()

    def _build_inquiry(self, form: Form) -> None:
        self._title = QLineEdit()
        self._title.setPlaceholderText(say("For example: Northmoor Inquiry"))
        self._title.setMaxLength(200)
        form.add(say("Title of the inquiry"), self._title)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.S)
        self._framework = QComboBox()
        self._framework.setAccessibleName(say("Framework of factors"))
        for framework, words in zip(
            self._frameworks, (say("Commission"), say("Commission, extended")), strict=True
        ):
            self._framework.addItem(f"{words}: {counted(len(framework.factors), 'factor')}")
        line.addWidget(self._framework, 1)
        line.addWidget(button(say("From a file..."), self._choose_framework))
        form.add(
            say("Framework of factors"),
            row,
            help_=say(
                "What is rated in every case, and on which scale. It is frozen once the"
                " casebook is made."
            ),
        )
        self._marking = QComboBox()
        self._marking.setEditable(True)
        self._marking.addItems(list(MARKINGS))
        form.add(
            say("Protective marking"),
            self._marking,
            help_=say("Stands across every screen and every page; leave it empty for none."),
        )

    def _build_chair(self, form: Form) -> None:
        self._chair = QLineEdit()
        self._chair.setPlaceholderText(say("Chair"))
        self._chair.setMaxLength(LONGEST_NAME)
        form.add(say("Name of the chair"), self._chair)
        self._rates = QCheckBox(say("The chair is one of those who rate the cases"))
        form.add_plain(self._rates)
        self.custodian = CustodianChoice()
        self._rates.toggled.connect(lambda on: self.custodian.suggest(chair_scores=on))
        self.custodian.changed.connect(self.problem.clear)
        form.add_plain(self.custodian)

    def _build_place(self, form: Form) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.S)
        self._where = QLineEdit(str(self._place))
        self._where.setReadOnly(True)
        self._where.setAccessibleName(say("Where to save it"))
        line.addWidget(self._where, 1)
        self._choose = button(say("Choose..."), self._choose_place)
        line.addWidget(self._choose)
        form.add(
            say("Where to save it"), row, help_=say("On this computer's own disk, not on a stick.")
        )

    def _tell_known(self) -> None:
        self.choice.set_context([self._title.text(), self._chair.text()])

    def _missing(self) -> tuple[str, QWidget]:
        """Return what is missing, in a sentence or "", and the field it is about."""
        if not clean_line(self._title.text()):
            return say("Give the inquiry a title."), self._title
        chair = clean_line(self._chair.text()) or say("Chair")
        problem, field = self.custodian.problem(chair=chair, casebook=self._place)
        if problem:
            return problem, field
        if self.choice.problem:
            return self.choice.problem, self.choice.wanting
        taken = say("{name} already exists there. Choose another name.", name=self._place.name)
        return taken if self._place.exists() else "", self._choose

    def _choose_place(self) -> None:
        choose_new(self, say("Save the casebook"), CASEBOOKS, self._place, self._set_place)

    def _set_place(self, path: Path) -> None:
        self._place = path if path.suffix else path.with_suffix(".casebook")
        self._where.setText(str(self._place))

    def _choose_framework(self) -> None:
        choose_file(
            self, say("Framework"), say("Frameworks (*.toml)"), partial(self._take_framework)
        )

    def _take_framework(self, path: Path) -> None:
        try:
            framework = load(path)
        except ReviewerError as error:
            self.problem.tell(str(error))
            return
        self._frameworks.append(framework)
        self._framework.addItem(f"{framework.title}: {counted(len(framework.factors), 'factor')}")
        self._framework.setCurrentIndex(self._framework.count() - 1)
