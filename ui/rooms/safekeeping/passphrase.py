"""Passphrase and recovery: when it was changed, whether the last printed sheet still opens it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from reviewer.casebook.file.recovery import SheetState
from reviewer.messages import later, say
from ui.desk.desk import Desk
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.dates import when
from ui.widgets.text import Label

_NOTE = later(
    "Nobody can look up a passphrase, not even we. If it is lost, only a"
    " recovery sheet that was printed from this casebook opens it."
)
_CHAIR = later(
    "This sheet is for your casebook alone. Each panellist's casebook has"
    " a key of its own, which you do not know once they have chosen a"
    " passphrase: they print their own sheet."
)
_PANELLIST = later(
    "Your chair cannot print this sheet for you: since you chose your"
    " passphrase, nobody else has the key. Without it, your chair can only"
    " issue a new casebook, without your work."
)


class PassphraseCard(SafekeepingCard):
    """Two facts and two actions."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, say("Passphrase and recovery"), say(_NOTE))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.L)
        grid.setVerticalSpacing(SPACE.S)
        grid.setColumnStretch(1, 1)
        self.passphrase = Label("", wrap=True)
        self.sheet = Label("", wrap=True)
        for row, (name, value) in enumerate(
            ((say("Passphrase"), self.passphrase), (say("Recovery sheet"), self.sheet))
        ):
            value.setAccessibleDescription(name)
            grid.addWidget(Label(name, tone="secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        self.body.addLayout(grid)
        about = desk.about
        chairs = about is not None and about.kind == "chair"
        self.body.addWidget(
            Label(
                say(_CHAIR) if chairs else say(_PANELLIST),
                tone="secondary",
                size="small",
                wrap=True,
            )
        )
        acts = QHBoxLayout()
        acts.setSpacing(SPACE.S)
        self.change = button(
            say("Change passphrase..."), lambda: self.wants.emit("change-passphrase")
        )
        self.print = button(
            say("Print a recovery sheet..."), lambda: self.wants.emit("print-sheet")
        )
        acts.addWidget(self.print)
        acts.addWidget(self.change)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self.close_card()
        desk.saved.connect(self.enter)  # a lambda would outlive the lock

    def enter(self) -> None:
        if self.desk.about is not None:
            self.desk.ask(lambda book: book.recovery.state).owner(self).succeeded(self._show).run()

    def _show(self, state: SheetState) -> None:
        changed = (
            say("Changed {when}", when=when(state.changed))
            if state.changed
            else say("As it was first chosen")
        )
        self.passphrase.setText(changed)
        if not state.printed:
            self.sheet.setText(
                say("Not printed yet. If the passphrase is lost, the work is lost.")
            )
        elif state.opens:
            self.sheet.setText(
                say("Printed {when}. It opens this casebook.", when=when(state.printed))
            )
        else:
            self.sheet.setText(
                say(
                    "Printed {when}, but the passphrase was changed since: that sheet no"
                    " longer opens this casebook. Print a new one and destroy the old one.",
                    when=when(state.printed),
                )
            )
        self.sheet.set_tone("" if state.opens else "warn")
