"""Passphrase and recovery: when it was changed, whether the last printed sheet still opens it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from reviewer.casebook.file.recovery import SheetState
from ui.desk.desk import Desk
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.dates import when
from ui.widgets.text import Label

_NOTE = (
    "Nobody can look up a passphrase, not even we. If it is lost, only a recovery sheet that was"
    " printed from this casebook opens it."
)
_CHAIR = (
    "This sheet is for your casebook alone. Each panellist's casebook has a key of its own, which"
    " you do not know once they have chosen a passphrase: they print their own sheet."
)
_PANELLIST = (
    "Your chair cannot print this sheet for you: since you chose your passphrase, nobody else has"
    " the key. Without it, your chair can only issue a new casebook, without your work."
)


class PassphraseCard(SafekeepingCard):
    """Two facts and two actions."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, "Passphrase and recovery", _NOTE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.L)
        grid.setVerticalSpacing(SPACE.S)
        grid.setColumnStretch(1, 1)
        self.passphrase = Label("", wrap=True)
        self.sheet = Label("", wrap=True)
        for row, (name, value) in enumerate(
            (("Passphrase", self.passphrase), ("Recovery sheet", self.sheet))
        ):
            value.setAccessibleDescription(name)
            grid.addWidget(Label(name, tone="secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        self.body.addLayout(grid)
        about = desk.about
        chairs = about is not None and about.kind == "chair"
        self.body.addWidget(
            Label(_CHAIR if chairs else _PANELLIST, tone="secondary", size="small", wrap=True)
        )
        acts = QHBoxLayout()
        acts.setSpacing(SPACE.S)
        self.change = button("Change passphrase...", lambda: self.wants.emit("change-passphrase"))
        self.print = button("Print a recovery sheet...", lambda: self.wants.emit("print-sheet"))
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
        changed = f"Changed {when(state.changed)}" if state.changed else "As it was first chosen"
        self.passphrase.setText(changed)
        if not state.printed:
            self.sheet.setText("Not printed yet. If the passphrase is lost, the work is lost.")
        elif state.opens:
            self.sheet.setText(f"Printed {when(state.printed)}. It opens this casebook.")
        else:
            self.sheet.setText(
                f"Printed {when(state.printed)}, but the passphrase was changed since: that sheet"
                " no longer opens this casebook. Print a new one and destroy the old one."
            )
        self.sheet.set_tone("" if state.opens else "warn")
