"""How documents are read on this computer, and whether any are brought in where that is weak."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox

from reviewer.documents.reach import Reach, weakness
from reviewer.messages import later, say
from ui.desk.desk import Desk
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.settings import CONFINED_ONLY, Settings
from ui.widgets.text import Label

_NOTE = later(
    "Documents come from outside, so a process of its own reads them. It"
    " holds no passphrase and no casebook, and is stopped when it takes"
    " too long or too much."
)
_SHUT_OFF = later(
    "On this computer that process can read nothing but the program itself and fonts, write"
    " nothing, use no network and start no program."
)
_ONLY = later("Bring documents in only where that process can be shut off so")


class DocumentsCard(SafekeepingCard):
    """One sentence of what the reading process can still reach, and one choice."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, say("Reading documents"), say(_NOTE))
        self.sentence = Label("", wrap=True)
        self.body.addWidget(self.sentence)
        self.only = QCheckBox(say(_ONLY))
        self.only.setChecked(settings.get(CONFINED_ONLY))
        self.only.toggled.connect(lambda on: settings.put(CONFINED_ONLY, on))
        if desk.about is not None and desk.about.kind == "chair":
            self.body.addWidget(self.only)
        self.close_card()

    def enter(self) -> None:
        self.desk.documents(lambda worker: worker.probe()).owner(self).succeeded(self._show).run()

    def _show(self, reaches: Sequence[Reach]) -> None:
        self.sentence.set_tone("warn" if reaches else "secondary")
        self.sentence.setText(weakness(reaches) or say(_SHUT_OFF))
