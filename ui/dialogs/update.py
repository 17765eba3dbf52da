"""What an update from the chair brings: shown before it is applied, and what it did after."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.exchange.updates.apply import Outcome, sentences
from ui.dialogs.frame import Frame
from ui.theme import SPACE
from ui.widgets.card import Card, SectionHeading
from ui.widgets.text import Label

MOST = 60  # cases listed; the rest is counted


class UpdateDialog(Frame):
    """Tells ``wanted`` where the person wants the update to be applied."""

    wanted = Signal()

    def __init__(self, parent: QWidget, outcome: Outcome, *, applied: bool) -> None:
        asks = not applied and not outcome.already
        title = (
            f"Update {outcome.seq} is applied"
            if applied
            else f"Update {outcome.seq} from the chair"
        )
        super().__init__(parent, title, action="Apply" if asks else "", width=560)
        first, *rest = sentences(outcome)
        told = first if outcome.already else _capital(first.partition(": ")[2])
        self.body.addWidget(Label(told, size="strong", wrap=True))
        for sentence in rest:
            self.body.addWidget(Label(sentence, tone="secondary", wrap=True))
        self._list(outcome.told.cases)

    def accept(self) -> None:
        super().accept()
        self.wanted.emit()

    def _list(self, cases: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        if not cases:
            return
        heading = "1 case changes" if len(cases) == 1 else f"{len(cases):,} cases change"
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
