"""Verdicts of a check as a list: a sign, what was looked at, and what was found."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from reviewer.casebook.book import Check
from reviewer.messages import later, say
from ui.theme import SPACE
from ui.widgets.picture import Picture
from ui.widgets.text import Label

_NAMES = {
    "pages": later("Pages"),
    "format": later("Format"),
    "schema": later("Tables"),
    "structure": later("Structure"),
    "journal": later("Journal"),
    "times": later("Times"),
    "digest": later("Rows"),
    "search": later("Search"),
    "ledger": later("What files hold"),
    "originals": later("Large originals"),
    "backups": later("Backups"),
    "seen": later("This computer"),
    "seals": later("Sealed rounds"),
    "returns": later("Returns"),
    "standing": later("What counts"),
    "release": later("Release"),
    "receipt": later("Receipt"),
}


class VerdictList(QWidget):
    """Hidden until there are verdicts."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, SPACE.S, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.M)
        self._grid.setVerticalSpacing(SPACE.XS + 2)
        self._grid.setColumnStretch(2, 1)
        self.sentences: list[Label] = []
        self.hide()

    def show_all(self, checks: Sequence[Check]) -> None:
        """Show a line a verdict, those that failed first."""
        self.clear()
        ordered = sorted(checks, key=lambda check: (check.passed, not check.remark))
        for row, check in enumerate(ordered):
            self._add(row, check)
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.sentences = []
        self.hide()

    def _add(self, row: int, check: Check) -> None:
        name, words, tone = "check", say("Passed"), "good"
        if not check.passed:
            name, words, tone = "warning", say("Failed"), "stop"
        elif check.remark:
            name, words, tone = "warning", say("Look at this"), "warn"
        sentence = Label(check.sentence, wrap=True, tone="" if check.passed else "stop")
        called = say(_NAMES.get(check.name, check.name))
        sentence.setAccessibleName(f"{called}: {words}. {check.sentence}")
        self.sentences.append(sentence)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(Picture(name, tone=tone, size=15, words=words), row, 0, top)
        self._grid.addWidget(Label(called, tone="secondary"), row, 1, top)
        self._grid.addWidget(sentence, row, 2)
