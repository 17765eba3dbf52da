"""The command of later rounds: what is on the agenda, and opening it."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.custodian import custodian_data, open_with_sheet, sheet_lines
from reviewer.cli.options import FILE, casebook_command, keep, open_book
from reviewer.errors import InputError
from reviewer.exchange.picking import read_cells
from reviewer.records.text import counted
from reviewer.records.updates import AgendaCell
from reviewer.rounds.agenda import RoundOffer, agenda, next_cells, open_round
from reviewer.rounds.allocation import Cell, readable


@click.command("round")
@casebook_command
@click.option("--open", "opening", is_flag=True, help="Open the next round, after release.")
@click.option(
    "--custodian-sheet-to", "folder", type=FILE, help="Another folder, for the round's own sheet."
)
@click.option(
    "--cells",
    "cells_file",
    type=FILE,
    help="CSV or XLSX (case, factor): only these are asked for.",
)
@click.option("--custodian", "name", help="Who keeps that sheet, where it is not who did before.")
def round_(
    *,
    file: Path,
    passphrase_file: Path | None,
    opening: bool,
    folder: Path | None,
    name: str | None,
    cells_file: Path | None,
    as_json: bool,
) -> None:
    """Say what the round of FILE asks to be rated again, or open the next one.

    With --cells and without --open it is said what a round over these alone would ask.
    """
    if (folder is None and name is not None) or (folder is not None and not opening):
        raise InputError("--custodian needs --custodian-sheet-to FOLDER, and both need --open.")
    sheet = None
    with open_book(file, passphrase_file) as book:
        picked = read_cells(book, cells_file) if cells_file is not None else None
        if opening:
            wanted = next_cells(book, picked)
            keep(book)
            if folder is not None:
                sheet = open_with_sheet(book, folder, name or "", wanted)
            else:
                open_round(book, cells=wanted)
        about = book.about
        waiting = about.kind == "chair" and bool(about.released)
        cells = _asked_again(book, picked, opened=opening)
        result: dict[str, Any] = {
            "round": about.round,
            "opened": book.agenda.opened(about.round),
            "released": about.released,
            "results": about.results,
            "agenda": _told(book, cells),
            "asks": _asks(book, cells),
            "custodian": custodian_data(about.custodian),
            "sheet_file": str(sheet) if sheet else None,
        }
    cases = len({cell.case for cell in cells})
    what = f"{counted(len(cells), 'rating')} in {counted(cases, 'case')}"
    if opening:
        first = f"Round {about.round} is open over {what}. Write updates to let the panel know."
    elif waiting:
        first = f"Round {about.round} is released. The next would ask for {what} again."
    elif about.round == 1:
        first = "Round 1 asks for every rating."
    else:
        first = f"Round {about.round} asks for {what} again."
    lines = [
        f"- {row['case']}, {row['factor']}: {', '.join(row['flags'])}" for row in result["agenda"]
    ]
    lines += [f"{row['member']} is asked for {row['ratings']}." for row in result["asks"]]
    lines += sheet_lines(about, sheet)
    tell(result, [first, *lines], as_json=as_json)


def _asked_again(
    book: Casebook, picked: Collection[Cell] | None, *, opened: bool
) -> Sequence[AgendaCell]:
    """Return what the open round asks for, or what the next one would, of what was ``picked``.

    Raises as ``next_cells`` does where something else was picked.
    """
    if picked is not None and not opened:
        return next_cells(book, picked)
    about = book.about
    if about.kind == "chair" and about.released:
        return agenda(book)
    return book.agenda.of(about.round)


def _asks(book: Casebook, cells: Sequence[AgendaCell]) -> list[dict[str, Any]]:
    """Return how many ratings each member is asked for, in the chair's casebook."""
    if book.about.kind != "chair":
        return []
    given = RoundOffer(
        number=book.about.round,
        cells=tuple(cells),
        references={},
        members=tuple(one for one in book.members.all() if one.rates),
    )
    return [{"member": name, "ratings": count} for name, count in given.each()]


def _told(book: Casebook, cells: Sequence[AgendaCell]) -> list[dict[str, Any]]:
    references = {case.id: case.reference for case in book.cases.all()}
    titles = {document.id: document.title for document in book.documents.all()}
    may = {case.id for case in readable(book, book.about)}  # whose documents are named
    return [
        {
            "case": references[cell.case],
            "factor": cell.factor,
            "flags": list(cell.flags),
            "points": list(cell.feedback.points),
            "reasons": dict(cell.feedback.reasons),
            "pages": [
                {"document": titles[page.document], "page": page.page, "times": page.times}
                for page in cell.feedback.pages
                if cell.case in may
            ],
        }
        for cell in cells
    ]
