"""What this casebook is: where it lies, how large it is, how many changes its journal holds."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QGridLayout

from reviewer.casebook.book import Casebook
from reviewer.records.text import counted
from ui.desk.desk import Desk
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.dates import when
from ui.widgets.text import Elided, Label


@dataclass(frozen=True, kw_only=True, slots=True)
class _Facts:
    path: Path
    size: int  # bytes
    entries: int
    last: str  # claimed time of the newest entry
    created: str


class AboutCard(SafekeepingCard):
    """Names the file and counts what is in its journal."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, "This casebook")
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.L)
        grid.setVerticalSpacing(SPACE.S)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, Elided] = {}
        for row, name in enumerate(("File", "Folder", "Made", "Journal")):
            value = Elided("")
            value.setAccessibleDescription(name)
            grid.addWidget(Label(name, tone="secondary"), row, 0)
            grid.addWidget(value, row, 1)
            self._values[name] = value
        self.body.addLayout(grid)
        self.close_card()

    def enter(self) -> None:
        self.desk.ask(_read).owner(self).succeeded(self._show).run()

    def _show(self, facts: _Facts) -> None:
        self._values["File"].set_text(f"{facts.path.name}, {facts.size / 1e6:,.1f} MB, encrypted")
        self._values["Folder"].set_text(str(facts.path.absolute().parent))
        self._values["Made"].set_text(when(facts.created))
        self._values["Journal"].set_text(
            f"{counted(facts.entries, 'change')}, the last {when(facts.last)}"
        )


def _read(book: Casebook) -> _Facts:
    newest = book.journal.tail(1)[0]
    return _Facts(
        path=book.path,
        size=book.path.stat().st_size,
        entries=newest.seq,
        last=newest.at,
        created=book.about.created,
    )
