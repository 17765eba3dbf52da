"""After the release: what the next round would ask for, and the way to the page that opens it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.messages import later, plural, say
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.text import Label

_ASKS = later(
    "Round {number} would ask for {cells} in {cases} again: those on the"
    " agenda, or those of them that you pick."
)


class NextRound(QWidget):
    """Tells ``asked`` when the person wants to see the page that opens the next round."""

    asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        column.addWidget(SectionHeading(say("The next round")))
        self._words = Label("", tone="secondary", wrap=True)
        column.addWidget(self._words)
        self._go = button(say("Open the next round..."), self.asked.emit)
        column.addWidget(self._go, 0, Qt.AlignmentFlag.AlignRight)
        self._go.hide()

    def wait(self, last: int) -> None:
        """Say that it is being counted; nothing can be opened yet."""
        self._go.hide()
        self._words.setText(say("Counting what is on the agenda."))
        self._name(say("Open round {last}...", last=last + 1))

    def show_next(self, last: int, cells: int, cases: int, nothing: str) -> None:
        """Say what a round after round ``last`` would ask for; ``nothing`` where that is none."""
        told = nothing
        if cells:
            told = say(
                _ASKS,
                number=last + 1,
                cells=plural("{count:,} rating", "{count:,} ratings", count=cells),
                cases=plural("{count:,} case", "{count:,} cases", count=cases),
            )
        self._words.setText(told)
        self._go.setVisible(bool(cells))

    def _name(self, words: str) -> None:
        self._go.setText(words)
        self._go.setAccessibleName(words)
