"""Commands about getting in: passphrase, recovery (print a sheet), recover (use one)."""

from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.fresh import draw_option, fresh_passphrase
from reviewer.cli.options import (
    FILE,
    casebook_command,
    here_option,
    open_book,
    refuse_place,
    tell_settled,
)
from reviewer.crypto.recovery import MAX_TEXT, RawKey, read_sheet
from reviewer.errors import InputError, RecoveryError
from reviewer.files.read import NotAFileError, open_file
from reviewer.reports.slips.recovery import write_sheet

_OLD_COPIES = (
    "Copies and backups made before still open with the old passphrase, and with recovery sheets"
    " printed before. Print a new recovery sheet: reviewer recovery FILE --to FOLDER"
)


_KEEP = (
    "Print it, seal it in an envelope, keep it in another building than the casebook, and delete"
    " this PDF: whoever has it and the casebook reads every case."
)


@click.command("passphrase")
@casebook_command
@click.option("--new-passphrase-file", type=FILE, help="File with the new passphrase.")
@draw_option
def passphrase(
    *,
    file: Path,
    passphrase_file: Path | None,
    new_passphrase_file: Path | None,
    draw_to: Path | None,
    as_json: bool,
) -> None:
    """Change the passphrase of FILE. Older copies still open with the old one."""
    with open_book(file, passphrase_file) as book:
        about = book.about
        fresh = fresh_passphrase(
            new_passphrase_file,
            draw_to,
            option="--new-passphrase-file",
            context=[about.title, about.chair, file.stem],
        )
        if book.opens_with(fresh.passphrase):
            raise InputError("That is the passphrase it has already. Nothing was changed.")
        book.rekey(fresh.passphrase)
    tell(
        {"file": str(file), **fresh.data},
        [f"{file.name} now opens with the new passphrase.", *fresh.lines, _OLD_COPIES],
        as_json=as_json,
    )


@click.command("recovery")
@casebook_command
@click.option("--to", "folder", required=True, type=FILE, help="Folder for the sheet (PDF).")
def recovery(*, file: Path, passphrase_file: Path | None, folder: Path, as_json: bool) -> None:
    """Write the recovery sheet of FILE, which opens it without the passphrase."""
    with open_book(file, passphrase_file) as book:
        sheet = write_sheet(book, folder)
        state = book.recovery.state
    tell(
        {"sheet": str(sheet), "printed": state.printed},
        [f"Wrote {sheet}.", _KEEP],
        as_json=as_json,
    )


@click.command("recover")
@click.argument("file", type=FILE)
@click.option(
    "--sheet-file",
    required=True,
    type=FILE,
    help="Text file: the lines of the recovery sheet as typed, or the text of the whole page.",
)
@click.option("--new-passphrase-file", type=FILE, help="File with the new passphrase.")
@draw_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@here_option
def recover(
    *,
    file: Path,
    sheet_file: Path,
    new_passphrase_file: Path | None,
    draw_to: Path | None,
    as_json: bool,
) -> None:
    """Open FILE with its recovery sheet, without the passphrase, and set a new passphrase."""
    refuse_place(file)
    sheet = _read(sheet_file)
    tell_settled(Casebook.check_sheet(file, sheet))
    fresh = fresh_passphrase(
        new_passphrase_file, draw_to, option="--new-passphrase-file", context=[file.stem]
    )
    with Casebook.recover(file, sheet, fresh.passphrase):
        pass
    tell(
        {"file": str(file), **fresh.data},
        [f"{file.name} now opens with the new passphrase.", *fresh.lines, _OLD_COPIES],
        as_json=as_json,
    )


def recovery_told(book: Casebook) -> tuple[dict[str, Any], str]:
    """Return whether there is a sheet that opens ``book``: for ``--json``, and as a sentence."""
    state = book.recovery.state
    data = {
        "printed": state.printed,
        "opens": state.opens,
        "passphrase_changed": state.changed,
    }
    if not state.printed:
        line = "No recovery sheet was printed: if the passphrase is lost, the casebook is lost."
    elif state.opens:
        line = f"Recovery sheet printed {state.printed}; it opens this casebook."
    else:
        line = (
            f"Recovery sheet printed {state.printed}; the passphrase was changed since, so it no"
            " longer opens this casebook. Print a new one: reviewer recovery FILE --to FOLDER"
        )
    return {"recovery": data}, line


def _read(path: Path) -> RawKey:
    try:
        with open_file(path) as stream:
            raw = stream.read(4 * MAX_TEXT + 1)
        text = raw.decode("utf-8-sig")
    except NotAFileError as error:
        raise RecoveryError(
            f"{path.name} is a folder, a pipe or a device, so it was not read. Type the lines of"
            " the sheet into a plain text file."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RecoveryError(
            f"The sheet's file {path.name} could not be read as text. Type the lines of the sheet"
            " into a plain text file."
        ) from error
    return read_sheet(text)
