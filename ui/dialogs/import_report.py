"""What an import brought, and what it could not bring and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reviewer.intake import Difference, ImportReport
from reviewer.messages import plural, say
from ui.dialogs.frame import Frame
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card, SectionHeading
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Label

MOST = 40  # refusals shown; the rest is counted


class ImportReportDialog(Frame):
    """Counts first, then every refusal with its sentence.

    Tells ``taking`` where the words of a register shall stand that differ from those here, and
    ``unlocking`` where a password was typed for what is locked.
    """

    taking = Signal(object)  # tuple[Difference, ...]
    unlocking = Signal(str)

    def __init__(self, parent: QWidget, report: ImportReport, *, weakness: str = "") -> None:
        self._differences = report.differences
        super().__init__(
            parent,
            say("Imported"),
            action=say("Take the register's words") if report.differences else "",
            width=560,
        )
        if report.differences:
            self.away.setText(say("Keep as it is here"))
            self.go.setDefault(False)
            self.away.setDefault(True)  # Enter, in passing, takes nothing over
        for sentence in _counts(report):
            self.body.addWidget(Label(sentence, wrap=True))
        self._say_columns(report)
        if weakness:
            self.body.addWidget(Label(weakness, tone="warn", wrap=True))
        if report.differences:
            cases = len({one.case for one in report.differences})
            self._list(
                plural(
                    "{count:,} case differs from the register",
                    "{count:,} cases differ from the register",
                    count=cases,
                ),
                [(f"{d.reference}, {d.what}", _says(d)) for d in report.differences],
            )
        if report.refused:
            self._list(
                say("{count:,} not brought in", count=len(report.refused)),
                [
                    (" · ".join(part for part in (r.case, r.file) if part), r.sentence)
                    for r in report.refused
                ],
            )
        if any(refusal.locked for refusal in report.refused):
            self._ask_password()
        if report.notes:
            self._list(say("To know"), [("", note) for note in report.notes])

    def _say_columns(self, report: ImportReport) -> None:
        if report.attributes:
            columns = ", ".join(report.attributes)
            self.body.addWidget(
                Label(
                    say("Columns kept with each case: {columns}.", columns=columns),
                    tone="secondary",
                    wrap=True,
                )
            )

    def accept(self) -> None:
        super().accept()
        if self._differences:
            self.taking.emit(self._differences)

    def _ask_password(self) -> None:
        """Offer to bring in what is locked: its password is asked for here, and kept nowhere."""
        self.password = PassphraseField(say("Password of the locked documents"))
        self.password.show_button.setAccessibleName(say("Show the password"))
        self.unlock = button(say("Try again with this password"), self._unlock)
        self.password.returnPressed.connect(self._unlock)
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addWidget(self.password, 1)
        row.addWidget(self.unlock)
        self.body.addLayout(row)

    def _unlock(self) -> None:
        password = self.password.text()
        if not password:
            self.refuse(say("Type the password of the locked documents."), self.password)
            return
        self.password.forget()
        self.end()
        self.unlocking.emit(password)

    def _list(self, heading: str, lines: list[tuple[str, str]]) -> None:
        self.body.addWidget(SectionHeading(heading))
        card = Card()
        card.body.setSpacing(SPACE.M)
        for name, sentence in lines[:MOST]:
            if name:
                card.body.addWidget(Label(name, size="strong", wrap=True))
            card.body.addWidget(Label(sentence, tone="secondary", wrap=True))
        if len(lines) > MOST:
            card.body.addWidget(
                Label(say("and {count:,} more", count=len(lines) - MOST), tone="least")
            )
        self.body.addWidget(card)


def _says(difference: Difference) -> str:
    here, there = (text or say("nothing") for text in (difference.here, difference.register))
    return say("Here: {here}. In the register: {there}.", here=here, there=there)


def _counts(report: ImportReport) -> list[str]:
    """Say what was added and what was there already, each with its number."""
    cases, documents = report.cases_added, report.documents_added
    pages = plural("{count:,} page", "{count:,} pages", count=report.pages_added)
    told = [
        say(
            "Added: {cases}, {documents}, {pages}.",
            cases=plural("{count:,} case", "{count:,} cases", count=cases),
            documents=plural("{count:,} document", "{count:,} documents", count=documents),
            pages=pages,
        )
    ]
    if report.cases_unchanged or report.documents_unchanged:
        there = plural("{count:,} case", "{count:,} cases", count=report.cases_unchanged)
        files = plural(
            "{count:,} document", "{count:,} documents", count=report.documents_unchanged
        )
        told.append(
            say("There already, and as they were: {there} and {files}.", there=there, files=files)
        )
    return told
