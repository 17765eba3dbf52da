"""The next round, opened with a custodian's sheet of its own."""

from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.exchange.custody import open_round_with_sheet
from reviewer.exchange.rounds import OpenedRound
from reviewer.reports.custodian import custodian_sheet

WRITTEN = (
    "Round {number} has a sheet of its own, two copies: no other sheet opens it. Print both now,"
    " give them to {name}, and delete the file. It cannot be written again."
)


def open_with_sheet(book: Casebook, folder: Path) -> tuple[OpenedRound, Path, str]:
    """Open the next round, its sheet in ``folder``; returns the sheet's path and who keeps it."""
    opened, sheet = open_round_with_sheet(book, custodian_sheet, folder)
    custodian = book.about.custodian
    return opened, sheet, custodian.name if custodian is not None else ""
