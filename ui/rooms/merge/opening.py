"""The next round: a backup, then opened, with a custodian's sheet of its own where one is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.exchange.custody import open_round_with_sheet
from reviewer.messages import later, say
from reviewer.rounds.agenda import OpenedRound, next_cells, open_round
from reviewer.rounds.allocation import Cell
from ui.printing import custodian_sheet

WRITTEN = later(
    "Round {number} has a sheet of its own, two copies: no other sheet"
    " opens it. Print both now, give them to {name}, and delete the file."
    " It cannot be written again."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What is to be opened: the cells, who keeps its sheet, where that and the backup go."""

    cells: Collection[Cell]
    keeper: str
    folder: Path | None
    backups: Path


def open_next(book: Casebook, wanted: Opening) -> tuple[OpenedRound, list[str]]:
    """Open the next round; returns it and what is to be said of its sheet.

    Nothing is opened where no backup could be made first (the demonstration needs none).
    """
    cells = next_cells(book, wanted.cells)
    if not book.about.demonstration:
        book.backup(wanted.backups)
    if wanted.folder is None:
        return open_round(book, cells=cells), []
    opened, sheet = open_round_with_sheet(
        book, custodian_sheet, wanted.folder, name=wanted.keeper, cells=cells
    )
    words = say(WRITTEN, number=opened.number, name=wanted.keeper)
    return opened, [words, str(sheet)]
