"""Below the documents of a case: correcting one, withdrawing it, showing it again. Chair only."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from reviewer.records.cases import Document, DocumentState
from reviewer.records.text import clean_line
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import DOCUMENTS, choose_file
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label

_CORRECT = "{new} takes the place of {old}. The old version is kept, with every mark in it."
_WITHDRAW = "{old} is no longer shown. It is kept, with every mark in it."


class DocumentActs(QWidget):
    """Tells what shall be done with the chosen document, once there is a reason."""

    corrected = Signal(object, object, str)  # Document, Path of the corrected file, reason
    withdrawn = Signal(object, str)  # Document, reason
    reinstated = Signal(object)  # Document

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._file: Path | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_buttons())
        self._stack.addWidget(self._build_form())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.set_document(None)

    def set_document(self, document: Document | None) -> None:
        """Take the document that is chosen in the list, or None."""
        same = document is not None and document == self._document
        self._document = document
        current = document is not None and document.current
        self._correct.setEnabled(current)
        self._withdraw.setEnabled(current)
        again = document is not None and document.state is DocumentState.WITHDRAWN
        self._again.setVisible(again)
        self._correct.setVisible(not again)
        self._withdraw.setVisible(not again)
        if not same:
            self._shut()

    def begin_correcting(self, path: Path) -> None:
        """Take the corrected file, and ask why."""
        self._file = path
        self._ask(_CORRECT, "Replace it")

    def _build_buttons(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.S)
        self._correct = button("Correct...", self._ask_file)
        self._withdraw = button("Withdraw...", self._begin_withdrawing)
        self._again = button("Show again", self._reinstate)
        row.addStretch(1)
        for made in (self._correct, self._withdraw, self._again):
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return part

    def _build_form(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self._lead = Label("", tone="secondary", wrap=True)
        self._why = QLineEdit()
        self._why.setMaxLength(400)
        self._why.setPlaceholderText("Why? Each panellist reads this")
        self._why.setAccessibleName("Why; each panellist reads this")
        self._why.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._why.returnPressed.connect(self.send)
        self._problem = InlineProblem()
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        row.addWidget(button("Cancel", self._shut))
        self._go = button("Withdraw it", self.send, kind="primary")
        row.addWidget(self._go)
        for widget in (self._lead, self._why, self._problem):
            column.addWidget(widget)
        column.addLayout(row)
        return part

    def send(self) -> None:
        """Tell what shall be done, or that the reason is missing."""
        why = clean_line(self._why.text())
        if self._document is None:
            return
        if not why:
            self._problem.tell("Say in a few words why.")
            self._why.setFocus()
            return
        document, file = self._document, self._file
        self._shut()
        if file is not None:
            self.corrected.emit(document, file, why)
        else:
            self.withdrawn.emit(document, why)

    def _ask_file(self) -> None:
        choose_file(self, "The corrected document", DOCUMENTS, self.begin_correcting)

    def _begin_withdrawing(self) -> None:
        self._file = None
        self._ask(_WITHDRAW, "Withdraw it")

    def _ask(self, lead: str, go: str) -> None:
        if self._document is None:
            return
        new = self._file.name if self._file is not None else ""
        self._lead.setText(lead.format(old=self._document.title, new=new))
        self._go.setText(go)
        self._go.setAccessibleName(go)
        self._why.clear()
        self._problem.clear()
        self._stack.setCurrentIndex(1)
        self._why.setFocus()

    def _reinstate(self) -> None:
        if self._document is not None:
            self.reinstated.emit(self._document)

    def _shut(self) -> None:
        self._file = None
        self._stack.setCurrentIndex(0)
