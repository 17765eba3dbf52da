"""Commands that put right what the casebook says of a case, and who is on the panel."""

from pathlib import Path

import click

from reviewer.cli.console import tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.cli.updates import UPDATES, find_case, then_update
from reviewer.errors import InputError
from reviewer.exchange.membership import find_member, remove, rename
from reviewer.intake import correct_case


@click.command("case")
@casebook_command
@click.option("--case", "called", required=True, help="Its reference as it is now.")
@click.option("--reference", help="Another reference.")
@click.option("--title", help="Another title.")
@click.option("--attribute", "attributes", multiple=True, help="NAME=TEXT; repeatable.")
@click.option("--content-note", "notes", multiple=True, help="Repeatable; '' takes all away.")
def case(
    *,
    file: Path,
    passphrase_file: Path | None,
    called: str,
    reference: str | None,
    title: str | None,
    attributes: tuple[str, ...],
    notes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Correct the reference, title, attributes or content notes of a case of FILE.

    --attribute NAME= takes that attribute away; those not named stay as they are.
    """
    if reference is None and title is None and not attributes and not notes:
        raise InputError(
            "Give --reference, --title, --attribute NAME=TEXT, --content-note, or several."
        )
    pairs = dict(_pair(text) for text in attributes)
    with open_book(file, passphrase_file) as book:
        old = find_case(book, called)
        correct_case(
            book,
            old,
            reference=reference,
            title=title,
            attributes=pairs or None,
            content_notes=notes or None,
        )
        now, more = book.cases.get(old.id) or old, then_update(book)
    tell(
        {
            "case": now.reference,
            "before": old.reference,
            "title": now.title,
            "attributes": dict(now.attributes),
            "content_notes": list(now.content_notes),
        },
        [f"Case {now.reference} is corrected.{more}"],
        as_json=as_json,
    )


@click.command("member")
@casebook_command
@click.option("--member", "called", required=True, help="The name as it is now.")
@click.option("--rename", "name", help="Another name.")
@click.option("--remove", "removing", is_flag=True, help="Take off the panel who never returned.")
@click.option("--reason", default="", help="With --remove: why; the journal keeps it.")
def member(
    *,
    file: Path,
    passphrase_file: Path | None,
    called: str,
    name: str | None,
    removing: bool,
    reason: str,
    as_json: bool,
) -> None:
    """Correct a member's name in FILE, or take somebody who never returned off the panel."""
    if (name is None) is not removing:
        raise InputError("Give either --rename NAME, or --remove.")
    with open_book(file, passphrase_file) as book:
        who = find_member(book, called)
        if name is None:
            remove(book, who.name, reason=reason)
        else:
            rename(book, who.name, name)
        now = book.members.get(who.id)
    told = f"{who.name} is not on the panel any more. A return of theirs is refused from now on."
    if now is not None:
        told = f"{who.name} is called {now.name} now.{UPDATES if now.issued else ''}"
    tell(
        {"id": who.id, "before": who.name, "name": now.name if now else None, "removed": removing},
        [told],
        as_json=as_json,
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise InputError(f"Give an attribute as NAME=TEXT, not as {text[:60]!r}.")
    return name, value
