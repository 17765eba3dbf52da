"""What an update from the chair brings: shown before it is applied, and what it did after."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from reviewer.exchange.updates.outcome import Outcome, Unsealed, closing, sentences
from reviewer.records.text import counted
from ui.dialogs.frame import Frame
from ui.theme import SPACE
from ui.widgets.card import Card, SectionHeading
from ui.widgets.text import Label

MOST = 60  # cases listed; the rest is counted


class UpdateDialog(Frame):
    """Tells ``wanted`` where the person wants the update to be applied.

    Where it would close a round that is not sealed, that is named, and has a box to be ticked;
    ``wanted`` then carries that it was.
    """

    wanted = Signal(bool)

    def __init__(self, parent: QWidget, outcome: Outcome, *, applied: bool) -> None:
        asks = not applied and not outcome.already
        title = (
            f"Update {outcome.seq} is applied"
            if applied
            else f"Update {outcome.seq} from the chair"
        )
        super().__init__(parent, title, action="Apply" if asks else "", width=560)
        self.sure: QCheckBox | None = None
        self._open = ""  # the round that is not sealed
        first, *rest = sentences(outcome)
        told = first if outcome.already else _capital(first.partition(": ")[2])
        self.body.addWidget(Label(told, size="strong", wrap=True))
        for sentence in rest:
            self.body.addWidget(Label(sentence, tone="secondary", wrap=True))
        self._list(outcome.told.cases)
        if asks and outcome.unsealed is not None:
            self._ask_sure(outcome.unsealed)

    def accept(self) -> None:
        if self.sure is not None and not self.sure.isChecked():
            self.problem.tell(f"Tick the box: this closes {self._open}, which is not sealed.")
            return
        super().accept()
        self.wanted.emit(self.sure is not None)

    def _ask_sure(self, unsealed: Unsealed) -> None:
        """Ask for a tick before unsealed work is closed: Enter alone never does it."""
        self._open = f"round {unsealed.round}"
        self.sure = QCheckBox(f"Close {self._open} without sealing it")
        self.sure.setAccessibleDescription(closing(unsealed)[0])
        self.body.addWidget(self.sure)

    def _list(self, cases: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        if not cases:
            return
        heading = counted(len(cases), "case changes", "cases change")
        self.body.addWidget(SectionHeading(heading))
        card = Card()
        card.body.setSpacing(SPACE.XS)
        for reference, lines in cases[:MOST]:
            card.body.addWidget(Label(reference, size="strong", wrap=True))
            for line in lines:
                card.body.addWidget(Label(line, tone="secondary", wrap=True))
            card.body.addSpacing(SPACE.S)
        if len(cases) > MOST:
            card.body.addWidget(Label(f"and {len(cases) - MOST:,} more", tone="least"))
        self.body.addWidget(card)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
