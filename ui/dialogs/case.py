"""What the casebook says of one case, to be corrected: reference, title, notes, attributes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from reviewer.messages import later, say
from reviewer.records.cases import Case
from ui import theme
from ui.dialogs.frame import Frame
from ui.widgets.card import SectionHeading
from ui.widgets.form import Form

_LEAD = later("The journal keeps what it was before, and updates tell the panellists.")
_LINES = 4  # of a text that has several, before it scrolls


class CaseDialog(Frame):
    """Tells ``wanted`` with what was changed, by the names of ``correct_case``; stays open."""

    wanted = Signal(object)  # dict[str, object]

    def __init__(self, parent: QWidget, case: Case) -> None:
        super().__init__(
            parent,
            say("Correct case {reference}", reference=case.reference),
            lead=say(_LEAD),
            action=say("Correct it"),
            called=say("Correct the case"),
            width=520,
        )
        self._case = case
        form = Form()
        self.reference = _line(case.reference)
        self.title = _line(case.title)
        self.notes = _line("; ".join(case.content_notes))
        form.add(say("Reference"), self.reference)
        form.add(say("Title"), self.title)
        form.add(
            say("Content notes"), self.notes, help_=say("Several with a semicolon between them.")
        )
        self.body.addWidget(form)
        self.body.addWidget(SectionHeading(say("From the register")))
        facts = Form()
        self.attributes: dict[str, QLineEdit | QPlainTextEdit] = {}
        for name, text in case.attributes.items():
            self.attributes[name] = _text(text) if "\n" in text else _line(text)
            facts.add(name, self.attributes[name])
        self.new_name, self.new_text = _line(""), _line("")
        facts.add(say("A new entry: its name"), self.new_name)
        facts.add(say("A new entry: what it says"), self.new_text)
        self.body.addWidget(facts)

    def accept(self) -> None:
        changes = self._changes()
        if changes:
            self.problem.clear()
            self.wanted.emit(changes)
        else:
            self.problem.tell(say("Nothing was changed yet."))

    def _changes(self) -> dict[str, object]:
        changes: dict[str, object] = {}
        if self.reference.text() != self._case.reference:
            changes["reference"] = self.reference.text()
        if self.title.text() != self._case.title:
            changes["title"] = self.title.text()
        if self.notes.text() != "; ".join(self._case.content_notes):
            changes["content_notes"] = self.notes.text().split(";")
        said = {name: _said(field) for name, field in self.attributes.items()}
        facts = {name: text for name, text in said.items() if text != self._case.attributes[name]}
        if self.new_name.text().strip() or self.new_text.text().strip():
            facts[self.new_name.text()] = self.new_text.text()
        return changes | ({"attributes": facts} if facts else {})


def _line(text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setCursorPosition(0)
    return field


def _text(text: str) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    field.setTabChangesFocus(True)
    lines = field.fontMetrics().lineSpacing() * _LINES
    field.setFixedHeight(lines + round(20 * theme.scale()))
    return field


def _said(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
