"""After the release: what the next round would ask for, and opening it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.text import Label

_ASKS = (
    "Round {number} would ask for {cells} in {cases} again: those on the"
    " agenda. Each panellist sees what the others said, without names, and rates privately. Round"
    " {last} stays as it is, and so do its figures of agreement."
)
_SURE = "A round that is open cannot be taken back. Open round {number} now?"


class NextRound(QWidget):
    """Tells ``asked`` once the person has said it twice."""

    asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._asks = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        column.addWidget(SectionHeading("The next round"))
        self._words = Label("", tone="secondary", wrap=True)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        self._away = button("Not now", self._shut)
        self._go = button("Open the next round...", self._press)
        row.addWidget(self._away)
        row.addWidget(self._go, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)

    def wait(self, last: int) -> None:
        """Say that it is being counted; nothing can be opened yet."""
        self._number = last + 1
        self._asks = "Counting what is on the agenda."
        self._go.hide()
        self._shut()

    def show_next(self, last: int, cells: int, cases: int, nothing: str) -> None:
        """Say what a round after round ``last`` would ask for; ``nothing`` where that is none."""
        self._number = last + 1
        self._asks = nothing
        if cells:
            self._asks = _ASKS.format(
                number=self._number,
                last=last,
                cells="1 rating" if cells == 1 else f"{cells:,} ratings",
                cases="1 case" if cases == 1 else f"{cases:,} cases",
            )
        self._go.setVisible(bool(cells))
        self._shut()

    def _press(self) -> None:
        if self._away.isHidden():
            self._words.setText(_SURE.format(number=self._number))
            self._words.set_tone("")
            self._away.show()
            self._name(f"Open round {self._number}")
            return
        self._shut()
        self.asked.emit()

    def _shut(self) -> None:
        self._words.setText(self._asks)
        self._words.set_tone("secondary")
        self._away.hide()
        self._name(f"Open round {self._number}...")

    def _name(self, words: str) -> None:
        self._go.setText(words)
        self._go.setAccessibleName(words)
