"""The options that commands share."""

import csv
import shlex
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import location
from reviewer.casebook.file.settling import Settled
from reviewer.cli.console import ask_passphrase, tell_warning
from reviewer.errors import (
    CasebookError,
    DamagedError,
    InputError,
    NotACasebookError,
    PlaceError,
    ReviewerError,
)

Command = Callable[..., Any]
_HERE = "reviewer.here"

# Paths are checked by the domain, which has the better sentence.
FILE = click.Path(path_type=Path)

CONFINED = click.option(
    "--confined-only",
    is_flag=True,
    help="Open no document where the process that reads it cannot be shut off from this computer.",
)


def casebook_command(command: Command) -> Command:
    """Give a command FILE, ``--passphrase-file`` and ``--json``."""
    for decorate in (
        here_option,
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option(
            "--passphrase-file",
            type=FILE,
            help="File whose first line is the passphrase (else REVIEWER_PASSPHRASE_FILE, else a"
            " prompt).",
        ),
        click.argument("file", type=FILE),
    ):
        command = decorate(command)
    return command


def here_option(command: Command) -> Command:
    """Give a command ``--here``: see ``refuse_place``."""
    return click.option(
        "--here",
        is_flag=True,
        expose_value=False,
        callback=_work_here,
        help="Work in FILE where it lies, even on a stick or a network drive.",
    )(command)


def _work_here(context: click.Context, _option: click.Parameter, here: bool) -> None:  # noqa: FBT001 - click's signature
    context.meta[_HERE] = here


def listed(given: str) -> list[str]:
    """Return the references in ``given``: parted by commas, in quotes where one holds one.

    >>> listed('A-1, "Smith, J.",B')
    ['A-1', 'Smith, J.', 'B']
    """
    try:
        row = next(csv.reader([given], skipinitialspace=True, strict=True), [])
    except csv.Error as error:
        raise InputError(
            "A quotation mark in --cases is not closed. A reference that holds a comma stands in"
            " double quotes: --cases '\"Smith, J.\",B-2'"
        ) from error
    return [part.strip() for part in row]


def open_book(
    file: Path, passphrase_file: Path | None, *, warn: bool = True, reading: bool = False
) -> Casebook:
    """Open the casebook that a command names; ``warn`` where it is older than what was seen.

    On a stick or a share only for ``reading``, or with ``--here``: else ``PlaceError``.
    """
    if not reading:
        refuse_place(file)
    passphrase = ask_passphrase(passphrase_file)
    try:
        book = Casebook.open(file, passphrase)
    except (DamagedError, NotACasebookError) as error:
        raise _with_way_out(error, file) from error
    tell_settled(book.settled)
    if warn and book.older is not None:
        told = f"{book.older.sentence} To take this one for the newest: reviewer accept FILE"
        tell_warning("forked" if book.older.forked else "older", told, asdict(book.older))
    return book


def tell_settled(settled: Settled | None) -> None:
    """Warn of what became of a journal that lay beside the file."""
    if settled is not None:
        tell_warning("interrupted", settled.sentence, asdict(settled))


def refuse_place(file: Path) -> None:
    """Raise ``PlaceError`` where nobody should work in ``file``, but with ``--here``."""
    if click.get_current_context().meta.get(_HERE):
        return
    try:
        location.refuse_elsewhere(file, location.place_of(file))
    except PlaceError as error:
        raise PlaceError(
            f"{error} To copy it: reviewer copy {shlex.quote(str(file))} --to FOLDER. To work"
            " there all the same: --here"
        ) from error


def refuse_new(file: Path) -> None:
    """Raise ``PlaceError`` where nobody should make a casebook to work in, but with ``--here``."""
    if not click.get_current_context().meta.get(_HERE):
        location.refuse_new(file, location.place_of(file))


def keep(book: Casebook) -> None:
    """Back the casebook up after a step that nobody wants to do twice; a failure only warns.

    The demonstration is left out: nothing in it is anybody's work.
    """
    if book.about.demonstration:
        return
    try:
        book.backup()
    except ReviewerError as error:
        tell_warning("backup", f"No backup was made. {error}", {})


def _with_way_out(error: CasebookError, file: Path) -> CasebookError:
    """Return the refusal with the newest good backup and the command that puts it in place."""
    for backup in backups.sound_of(file, most=1):
        found = backup.manifest
        missing = getattr(error, "seq", 0) - found.seq
        many = "change" if missing == 1 else f"{missing:,} changes"
        lost = f", without the last {many}" if missing > 0 else ""
        command = shlex.join(("reviewer", "restore", str(file), "--from", str(backup.path)))
        return type(error)(
            f"{error} The newest good backup ends with change {found.seq}, of {found.at}{lost}. To"
            f" put it in place: {command}"
        )
    return error
