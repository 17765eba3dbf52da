"""The banner over every room where a casebook is older than what this computer has seen."""

from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from ui.desk.desk import Desk
from ui.widgets.dates import when
from ui.widgets.problem import InlineProblem


class OlderBanner(InlineProblem):
    """Stays until somebody says that the copy was put there knowingly, or the casebook is shut."""

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(band=True, parent=parent)
        self._desk = desk

    def look(self) -> None:
        """Show or hide it, as the open casebook stands."""
        older = self._desk.older
        if older is None:
            self.clear()
            return
        here = say(
            "This file ends with change {seq:,}, of {when}.",
            seq=older.here.seq,
            when=when(older.here.at),
        )
        seen = say(
            "This computer has seen change {seq:,}, of {when}.",
            seq=older.seen.seq,
            when=when(older.seen.at),
        )
        what = (
            say(
                "This casebook and the one this computer saw last went apart: they"
                " share a history only up to some earlier change."
            )
            if older.forked
            else say("This casebook is older than the one this computer has seen.")
        )
        self.tell(
            what,
            details=(
                here,
                seen,
                (
                    say(
                        "If you put this copy here yourself, say so and go on. If not, lock"
                        " it, and ask who did before anybody works in it: what came after may"
                        " be lost."
                    )
                ),
            ),
            action=say("I chose this copy"),
            then=self._accept,
        )

    def _accept(self) -> None:
        self._desk.accept_older().owner(self).finished(self.look).run()
