"""What this casebook is: where it lies, how large it is, how many changes its journal holds."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QGridLayout

from reviewer.casebook.book import Casebook
from reviewer.messages import later, plural, say
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


_FILE, _FOLDER, _MADE, _JOURNAL = _ROWS = (
    later("File"),
    later("Folder"),
    later("Made"),
    later("Journal"),
)


class AboutCard(SafekeepingCard):
    """Names the file and counts what is in its journal."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, say("This casebook"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.L)
        grid.setVerticalSpacing(SPACE.S)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, Elided] = {}
        for row, name in enumerate(_ROWS):
            value = Elided("")
            value.setAccessibleDescription(say(name))
            grid.addWidget(Label(say(name), tone="secondary"), row, 0)
            grid.addWidget(value, row, 1)
            self._values[name] = value
        self.body.addLayout(grid)
        self.close_card()

    def enter(self) -> None:
        self.desk.ask(_read).owner(self).succeeded(self._show).run()

    def _show(self, facts: _Facts) -> None:
        self._values[_FILE].set_text(
            say(
                "{name}, {size:,.1f} MB, encrypted",
                name=facts.path.name,
                size=facts.size / 1e6,
            )
        )
        self._values[_FOLDER].set_text(str(facts.path.absolute().parent))
        self._values[_MADE].set_text(when(facts.created))
        self._values[_JOURNAL].set_text(
            say(
                "{changes}, the last {when}",
                changes=plural("{count:,} change", "{count:,} changes", count=facts.entries),
                when=when(facts.last),
            )
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
