"""The command that steps back from a whole case."""

from pathlib import Path

import click

from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.cli.updates import find_case
from reviewer.messages import plural
from reviewer.rounds.recusal import recuse as step_back
from reviewer.rounds.recusal import said_of


@click.command("recuse")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--why", required=True, help="A few words: they go to the chair with your return.")
def recuse(
    *, file: Path, passphrase_file: Path | None, reference: str, why: str, as_json: bool
) -> None:
    """Say in FILE that you are recused from a case, for every factor the round asks for."""
    with open_book(file, passphrase_file) as book:
        case = find_case(book, reference)
        replaced = said_of(book, case.id)
        step_back(book, case.id, why)
        about = book.about
        factors = len(book.ratings.of(about.member, case.id, about.round))
    told = plural(
        "You are recused from {case}, for {count} factor.",
        "You are recused from {case}, for {count} factors.",
        count=factors,
        case=case.reference,
    )
    more = plural(
        "What you had said of {count} factor is replaced. reviewer undo FILE brings it back.",
        "What you had said of {count} factors is replaced. reviewer undo FILE brings it back.",
        count=replaced,
    )
    tell(
        {"case": case.reference, "factors": factors, "replaced": replaced},
        [told, *([more] if replaced else [])],
        as_json=as_json,
    )
