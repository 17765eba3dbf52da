"""The command that reads a document which was kept locked, with its password."""

from pathlib import Path

import click

from reviewer.cli.console import Bar, read_document_passwords, tell
from reviewer.cli.options import CONFINED, FILE, casebook_command, open_book
from reviewer.cli.updates import find, then_update
from reviewer.documents.outside.worker import Worker
from reviewer.intake import unlock_document
from reviewer.records.text import counted


@click.command("unlock")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--document", "name", required=True, help="Its title, file name or id.")
@click.option(
    "--document-passwords",
    "passwords",
    type=FILE,
    required=True,
    help="A file with the passwords to try, one a line.",
)
@CONFINED
def unlock(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str,
    name: str,
    passwords: Path,
    confined_only: bool,
    as_json: bool,
) -> None:
    """Read a PDF or an Office file of FILE that was kept because it is locked, with its password.

    What is read takes its place; the file as it came is kept, as the version that it replaces.
    """
    worker = Worker(confined_only=confined_only, passwords=read_document_passwords(passwords))
    with open_book(file, passphrase_file) as book, worker:
        _, old = find(book, reference, name)
        new = unlock_document(book, worker, old, Bar())
        more = then_update(book)
    tell(
        {"case": reference, "document": new.id, "replaces": old.id, "pages": new.page_count},
        [f"{old.title} is read ({counted(new.page_count, 'page')}).{more}"],
        as_json=as_json,
    )
