"""The command of later rounds: what is on the agenda, and opening it."""

from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.custodian import custodian_data, open_with_sheet, sheet_lines
from reviewer.cli.options import FILE, casebook_command, open_book
from reviewer.errors import InputError
from reviewer.exchange.rounds import agenda, open_round
from reviewer.records.updates import AgendaCell


@click.command("round")
@casebook_command
@click.option("--open", "opening", is_flag=True, help="Open the next round, after release.")
@click.option(
    "--custodian-sheet-to", "folder", type=FILE, help="Another folder, for the round's own sheet."
)
@click.option("--custodian", "name", help="Who keeps that sheet, where it is not who did before.")
def round_(
    *,
    file: Path,
    passphrase_file: Path | None,
    opening: bool,
    folder: Path | None,
    name: str | None,
    as_json: bool,
) -> None:
    """Say what the round of FILE asks to be rated again, or open the next one."""
    if (folder is None and name is not None) or (folder is not None and not opening):
        raise InputError("--custodian needs --custodian-sheet-to FOLDER, and both need --open.")
    sheet = None
    with open_book(file, passphrase_file) as book:
        if opening and folder is not None:
            sheet = open_with_sheet(book, folder, name or "")
        elif opening:
            open_round(book)
        about = book.about
        waiting = about.kind == "chair" and bool(about.released)
        cells = agenda(book) if waiting else book.agenda.of(about.round)
        result: dict[str, Any] = {
            "round": about.round,
            "opened": book.agenda.opened(about.round),
            "released": about.released,
            "results": about.results,
            "agenda": _told(book, cells),
            "custodian": custodian_data(about.custodian),
            "sheet_file": str(sheet) if sheet else None,
        }
    cases = len({cell.case for cell in cells})
    what = f"{len(cells)} ratings in {cases} cases"
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
    lines += sheet_lines(about, sheet)
    tell(result, [first, *lines], as_json=as_json)


def _told(
    book: Casebook, cells: tuple[AgendaCell, ...] | list[AgendaCell]
) -> list[dict[str, Any]]:
    references = {case.id: case.reference for case in book.cases.all()}
    titles = {document.id: document.title for document in book.documents.all()}
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
            ],
        }
        for cell in cells
    ]
