"""The command that moves a document to the case where it belongs."""

from pathlib import Path

import click

from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.cli.updates import find, find_case
from reviewer.intake import move_document


@click.command("move")
@casebook_command
@click.option("--case", "reference", required=True, help="The case that it is in now.")
@click.option("--document", "name", required=True, help="Its title, file name or id.")
@click.option("--to-case", "wanted", required=True, help="The case that it belongs to.")
@click.option("--reason", required=True, help="Why; the journal keeps it.")
def move(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str,
    name: str,
    wanted: str,
    reason: str,
    as_json: bool,
) -> None:
    """Move a document of FILE to another case, before it is issued to anybody."""
    with open_book(file, passphrase_file) as book:
        case, document = find(book, reference, name)
        to = find_case(book, wanted)
        move_document(book, document, to, reason=reason)
    tell(
        {"document": document.id, "from_case": case.reference, "case": to.reference},
        [f"{document.title} is in case {to.reference} now."],
        as_json=as_json,
    )
