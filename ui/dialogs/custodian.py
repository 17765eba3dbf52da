"""Who keeps the other half of the key: asked with a new casebook, and told once it is on paper."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from reviewer.exchange.custody import WHAT_IS_LOST, CustodianWish
from reviewer.messages import later, say
from reviewer.records.panel import LONGEST_NAME
from reviewer.records.text import clean_line
from ui.dialogs.frame import Frame
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import choose_folder
from ui.widgets.form import Form
from ui.widgets.text import Label

MEANS = later(
    "The returns then open only with this casebook and a sheet of paper"
    " that this person keeps, so nobody can say that the chair read the"
    " others' scores first. If both copies of the sheet are lost, nobody"
    " can open the returns any more."
)
_FOLDER = later("Folder for the custodian's sheet")


class CustodianChoice(QWidget):
    """A box, a name and a folder; ``suggest`` ticks the box until a person has touched it."""

    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touched = False
        self._chair_scores = False
        self._folder: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.M)
        self.box = QCheckBox(say("A second person keeps half of the key to the returns"))
        self._means = Label(say(MEANS), tone="secondary", size="small", wrap=True)
        column.addWidget(self.box)
        column.addWidget(self._means)
        self._fields = Form()
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(say("For example: the secretary of the inquiry"))
        self._fields.add(say("Name of the second person, not the chair"), self.name)
        self._fields.add(
            say(_FOLDER), self._build_folder(), help_=say("A stick that this person takes.")
        )
        column.addWidget(self._fields)
        self.box.clicked.connect(self._touch)
        self.box.toggled.connect(lambda _on: self._show())
        self.name.textChanged.connect(lambda _text: self.changed.emit())
        self._show()

    @property
    def wish(self) -> CustodianWish | None:
        """What is wished, or None where the box is not ticked; ask ``problem`` first."""
        if not self.box.isChecked() or self._folder is None:
            return None
        return CustodianWish(name=clean_line(self.name.text()), folder=self._folder)

    def problem(self, *, chair: str, casebook: Path) -> tuple[str, QWidget]:
        """Return what is missing or cannot be, in a sentence or "", and the field it is about."""
        name, told = clean_line(self.name.text()), ""
        if not self.box.isChecked():
            return "", self.box
        if not name:
            told = say("Give the name of the person who keeps the other half of the key.")
        elif name.casefold() == chair.casefold():
            told = say("The other half of the key must be kept by somebody else than the chair.")
        if told:
            return told, self.name
        if self._folder is None:
            told = say("Choose a folder for the custodian's sheet, best on that person's stick.")
        elif self._folder.resolve() == casebook.resolve().parent:
            told = say(
                "The custodian's sheet must not lie beside the casebook. Choose another folder."
            )
        return told, self._choose

    def suggest(self, *, chair_scores: bool) -> None:
        """Tick the box where the chair scores, unless a person has decided already."""
        self._chair_scores = chair_scores
        if not self._touched:
            self.box.setChecked(chair_scores)
        self._show()

    def set_folder(self, folder: Path) -> None:
        """Take the folder for the sheet."""
        self._folder = folder
        self._where.setText(str(folder))
        self.changed.emit()

    def _build_folder(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.S)
        self._where = QLineEdit()
        self._where.setReadOnly(True)
        self._where.setPlaceholderText(say("Not chosen yet"))
        self._where.setAccessibleName(say(_FOLDER))
        row.addWidget(self._where, 1)
        choose = self._choose = button(
            say("Choose..."), lambda: choose_folder(self, say(_FOLDER), self.set_folder)
        )
        choose.setAccessibleName(say("Choose: {folder}", folder=say(_FOLDER)))
        row.addWidget(choose)
        return part

    def _touch(self) -> None:
        self._touched = True

    def _show(self) -> None:
        on = self.box.isChecked()
        self._fields.setVisible(on)
        lost = self._chair_scores and not on
        self._means.setText(WHAT_IS_LOST if lost else say(MEANS))
        self._means.set_tone("warn" if lost else "secondary")
        self.changed.emit()


class SheetWrittenDialog(Frame):
    """Tells where the custodian's sheet lies, and what must become of it."""

    def __init__(self, parent: QWidget, custodian: str, sheet: Path) -> None:
        super().__init__(parent, say("Print the custodian's sheet now"), width=520)
        print_both = say(
            "Print both, give them to {custodian}, and delete the file. This"
            " casebook does not keep that half of the key, so the sheet can never"
            " be printed again.",
            custodian=custodian,
        )
        keep_apart = say(
            "Let the two copies lie in different places. If both are lost, the"
            " sealed returns can never be opened, by anybody."
        )
        written = say(
            "It was written as {name} into {parent}: two pages, a copy each.",
            name=sheet.name,
            parent=sheet.parent,
        )
        for sentence in (written, print_both, keep_apart):
            self.body.addWidget(Label(sentence, wrap=True))
