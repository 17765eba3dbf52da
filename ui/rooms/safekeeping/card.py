"""What every card of the room is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desk.desk import Desk
from ui.settings import Settings
from ui.widgets.card import Card
from ui.widgets.job_strip import JobStrip
from ui.widgets.outcome import Outcome


class SafekeepingCard(Card):
    """One matter: a title, a plain sentence, its own actions, its own progress and outcome.

    Put parts into ``body``; the card shows long work in ``strip`` and what came of it in
    ``outcome``, both added by ``close_card`` at the end of ``__init__``.
    """

    wants = Signal(str)  # the id of one of the window's actions
    opened = Signal(object)  # QWidget: a part of the card that just came up, to be seen whole

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        title: str,
        note: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, note, parent=parent)
        self.desk = desk
        self.settings = settings
        self.strip = JobStrip()
        self.outcome = Outcome()

    def close_card(self) -> None:
        """Add where progress and outcomes are told, below everything else."""
        self.body.addWidget(self.strip)
        self.body.addWidget(self.outcome)

    def enter(self) -> None:
        """Read afresh what the card shows; called whenever the room comes to the front."""
