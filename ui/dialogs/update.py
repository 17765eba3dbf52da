"""What an update from the chair brings: shown before it is applied, and what it did after."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from reviewer.exchange.updates.outcome import Outcome, Unsealed, closing, sentences
from reviewer.messages import plural, say
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
            say("Update {seq} is applied", seq=outcome.seq)
            if applied
            else say("Update {seq} from the chair", seq=outcome.seq)
        )
        super().__init__(parent, title, action=say("Apply") if asks else "", width=560)
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
            self.problem.tell(
                say("Tick the box: this closes {round}, which is not sealed.", round=self._open)
            )
            return
        super().accept()
        self.wanted.emit(self.sure is not None)

    def _ask_sure(self, unsealed: Unsealed) -> None:
        """Ask for a tick before unsealed work is closed: Enter alone never does it."""
        self._open = say("round {round}", round=unsealed.round)
        self.sure = QCheckBox(say("Close {round} without sealing it", round=self._open))
        self.sure.setAccessibleDescription(closing(unsealed)[0])
        self.body.addWidget(self.sure)

    def _list(self, cases: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        if not cases:
            return
        heading = plural("{count:,} case changes", "{count:,} cases change", count=len(cases))
        self.body.addWidget(SectionHeading(heading))
        card = Card()
        card.body.setSpacing(SPACE.XS)
        for reference, lines in cases[:MOST]:
            card.body.addWidget(Label(reference, size="strong", wrap=True))
            for line in lines:
                card.body.addWidget(Label(line, tone="secondary", wrap=True))
            card.body.addSpacing(SPACE.S)
        if len(cases) > MOST:
            card.body.addWidget(
                Label(say("and {count:,} more", count=len(cases) - MOST), tone="least")
            )
        self.body.addWidget(card)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
