"""The options that commands share."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import ask_passphrase, tell_warning

Command = Callable[..., Any]

# Paths are checked by the domain, which has the better sentence.
FILE = click.Path(path_type=Path)


def casebook_command(command: Command) -> Command:
    """Give a command FILE, ``--passphrase-file`` and ``--json``."""
    for decorate in (
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


def open_book(file: Path, passphrase_file: Path | None, *, warn: bool = True) -> Casebook:
    """Open the casebook that a command names; ``warn`` where it is older than what was seen."""
    book = Casebook.open(file, ask_passphrase(passphrase_file))
    if warn and book.older is not None:
        told = f"{book.older.sentence} To take this one for the newest: reviewer accept FILE"
        tell_warning("forked" if book.older.forked else "older", told, asdict(book.older))
    return book
