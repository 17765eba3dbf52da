"""The second custodian on the command line: named with a new casebook or before issuing.

The half of the key on paper is never an argument: it is read from a file or typed at a prompt.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import About, Casebook, NewCasebook
from reviewer.cli.console import tell
from reviewer.cli.options import FILE, Command, casebook_command, open_book
from reviewer.crypto.groups import Sheet, from_text, so_far
from reviewer.errors import InputError
from reviewer.exchange.custody import (
    WHAT_IS_LOST,
    CustodianWish,
    create,
    may_name,
    name_custodian,
    open_round_with_sheet,
    read_half,
    replace_sheet,
    sheet_path,
)
from reviewer.records.panel import Custodian
from reviewer.records.updates import AgendaCell
from reviewer.reports.slips.custodian import custodian_sheet

LOST_SHEET = (
    "Print both copies, give them to the custodian, and delete the file. If both are lost, the"
    " sealed returns can never be opened."
)


def new_casebook(
    file: Path, passphrase: str, new: NewCasebook, wish: CustodianWish | None
) -> Casebook:
    """Make the casebook, and before it the sheet where a custodian is wished."""
    if wish is None:
        return Casebook.create(file, passphrase, new)
    return create(file, passphrase, new, wish=wish, draw=custodian_sheet)


def custodian_options(command: Command) -> Command:
    """Give ``reviewer new`` the options that name a custodian; it gets one ``custodian``."""

    def with_wish(**given: Any) -> Any:  # noqa: ANN401 - click's own shape
        wish = _wish(
            given.pop("custodian"),
            given.pop("custodian_sheet_to"),
            refused=given.pop("no_custodian"),
            chair_scores=given["chair_scores"],
        )
        return command(**given, custodian=wish)

    decorated: Callable[..., Any] = with_wish
    decorated.__doc__ = command.__doc__
    for decorate in (
        click.option(
            "--no-custodian",
            is_flag=True,
            help="Let a chair who scores hold the whole key to the returns alone.",
        ),
        click.option(
            "--custodian-sheet-to", type=FILE, help="Another folder, for the custodian's sheet."
        ),
        click.option("--custodian", help="Who keeps the other half of the key, on paper."),
    ):
        decorated = decorate(decorated)
    return decorated


def _wish(
    name: str | None, folder: Path | None, *, refused: bool, chair_scores: bool
) -> CustodianWish | None:
    if (name is None) != (folder is None):
        raise InputError("Give --custodian NAME and --custodian-sheet-to FOLDER together.")
    if name is not None and refused:
        raise InputError("Give either --custodian or --no-custodian.")
    if name is not None and folder is not None:
        return CustodianWish(name=name, folder=folder)
    if chair_scores and not refused:
        raise InputError(
            "The chair scores, so somebody else should keep half of the key to the returns: give"
            " --custodian NAME and --custodian-sheet-to FOLDER, or --no-custodian."
            f" {WHAT_IS_LOST}"
        )
    return None


def custodian_data(found: Custodian | None) -> dict[str, str] | None:
    """Return the custodian as ``--json`` tells it."""
    if found is None:
        return None
    return {"name": found.name, "since": found.since, "sheet": found.mark}


def sheet_of(about: About, wish: CustodianWish | None) -> Path | None:
    """Return where the sheet of a casebook that was just made was written."""
    if about.custodian is None or wish is None:
        return None
    return sheet_path(wish.folder, about.custodian)


def custodian_lines(about: About, sheet: Path | None) -> list[str]:
    """Return what is said of the custodian of a casebook that was just made."""
    if about.custodian is None:
        return [WHAT_IS_LOST] if about.member else []
    return [f"{about.custodian.name} keeps the other half of the key: wrote {sheet}. {LOST_SHEET}"]


def open_with_sheet(
    book: Casebook, folder: Path, name: str, cells: tuple[AgendaCell, ...]
) -> Path:
    """Open the next round with a sheet of its own; returns the sheet's path."""
    return open_round_with_sheet(book, custodian_sheet, folder, name=name, cells=cells)[1]


def sheet_lines(about: About, sheet: Path | None) -> list[str]:
    """Return what is said of the sheet of a later round, or of one that replaces a lost one."""
    if about.custodian is None or sheet is None:
        return []
    told = (
        f"Round {about.round} has a sheet of its own, {about.custodian.mark}, which"
        f" {about.custodian.name} keeps: wrote {sheet}. No other sheet opens this round, and this"
        f" one opens no other. {LOST_SHEET}"
    )
    return [told]


def ask_half(file: Path | None, about: About) -> bytes | None:
    """Return the custodian's half from ``file``, or as typed at a prompt, or None.

    Raises ``InputError`` that names the wrong lines.
    """
    if about.released and file is None:
        return None
    return ask_half_of(file, about.custodian)


def ask_half_of(file: Path | None, custodian: Custodian | None) -> bytes | None:
    """Return the half of ``custodian``, as ``ask_half`` does."""
    if file is not None:
        if custodian is None:
            raise InputError("This casebook has no custodian, so it needs no --custodian-file.")
        return read_half(file)
    if custodian is None or not sys.stdin.isatty():
        return None
    click.echo(
        f"{custodian.name}, type the lines of sheet {custodian.mark}; they are not shown.",
        err=True,
    )
    typed: list[str] = []
    while len(typed) < Sheet.CUSTODIAN.lines:
        line = click.prompt(f"Line {len(typed) + 1}", hide_input=True, err=True)
        found = so_far("\n".join([*typed, line]), Sheet.CUSTODIAN)
        if found.lines == len(typed) + 1 and not found.wrong:
            typed.append(line)
        else:
            click.echo(found.wrong[0] if found.wrong else "That line is not whole.", err=True)
    return from_text("\n".join(typed), Sheet.CUSTODIAN)


@click.command("custodian")
@casebook_command
@click.option("--name", help="Name the custodian: only before anything is issued or sealed.")
@click.option("--sheet-to", "folder", type=FILE, help="Another folder, for the sheet (PDF).")
@click.option("--lost", is_flag=True, help="Replace the open round's sheet, which is lost.")
def custodian(
    *,
    file: Path,
    passphrase_file: Path | None,
    name: str | None,
    folder: Path | None,
    lost: bool,
    as_json: bool,
) -> None:
    """Say who can open the returns of FILE, name a second custodian, or replace a lost sheet."""
    if (name is None and not lost) != (folder is None):
        raise InputError("Give --name NAME (or --lost) and --sheet-to FOLDER together.")
    sheet = None
    asked: tuple[str, ...] = ()
    with open_book(file, passphrase_file) as book:
        if lost and folder is not None:
            sheet, asked = replace_sheet(book, custodian_sheet, folder, name=name or "")
        elif name is not None and folder is not None:
            sheet = name_custodian(book, name, custodian_sheet, folder)
        about, possible = book.about, may_name(book)
    found = about.custodian
    tell(
        {
            "custodian": custodian_data(found),
            "sheet_file": str(sheet) if sheet else None,
            "can_be_named": possible,
            "seal_again": list(asked),
        },
        _replaced(about, sheet, asked) if lost else _told(about, sheet, possible=possible),
        as_json=as_json,
    )


def _replaced(about: About, sheet: Path | None, asked: tuple[str, ...]) -> list[str]:
    """Return what follows from another sheet for the open round."""
    again = (
        f" Ask {', '.join(asked)} to apply theirs and to seal again: their returns count no more."
        if asked
        else ""
    )
    own = " Seal your own round again." if about.sealed else ""
    return [
        *sheet_lines(about, sheet),
        f"Write an update for everybody who has a casebook: it brings the new key.{again}{own}",
    ]


def _told(about: About, sheet: Path | None, *, possible: bool) -> list[str]:
    if about.custodian is None:
        more = " One can still be named." if possible else " None can be named any more."
        return [f"The returns open with this casebook alone.{more}"]
    told = (
        f"The returns open with this casebook and the sheet {about.custodian.mark} that"
        f" {about.custodian.name} keeps since {about.custodian.since}. The sheet cannot be printed"
        " again."
    )
    return [told, f"Wrote {sheet}. {LOST_SHEET}"] if sheet else [told]
