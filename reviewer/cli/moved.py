"""The command for one's own marks on documents that were replaced: listed, moved, left."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.steps import at_once
from reviewer.cli.console import Bar, tell
from reviewer.cli.options import casebook_command, open_book
from reviewer.cli.reading import readable_case
from reviewer.errors import InputError
from reviewer.messages import plural, say
from reviewer.pagetext.moved import Sure
from reviewer.records.ids import DocumentId
from reviewer.records.own_marks import OwnMark, with_citation
from reviewer.records.text import clean_line
from reviewer.rounds.moved_marks import Found, find_all, require_found, take_place, told
from reviewer.rounds.own_marks import own_marks


@click.command("moved")
@casebook_command
@click.option("--case", "reference", help="The marks of one case only.")
@click.option("--take", "taken", multiple=True, metavar="MARK", help="Move it where it was found.")
@click.option("--leave", "left", multiple=True, metavar="MARK", help="Leave it where it is.")
def moved(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str | None,
    taken: tuple[str, ...],
    left: tuple[str, ...],
    as_json: bool,
) -> None:
    """List your own marks on documents that were replaced, and where their words stand now.

    A mark is moved or left only when you say so, by its id; what you sealed stays what it was.
    """
    if set(taken) & set(left):
        raise InputError(say("A mark is either taken along or left, not both."))
    reading = not taken and not left
    with open_book(file, passphrase_file, reading=reading) as book:
        case = readable_case(book, reference).id if reference is not None else None
        waiting = [mark for mark in own_marks(book, case) if mark.newer]
        chosen = _named(waiting, taken), _named(waiting, left)
        rest = [mark for mark in waiting if mark.id not in left]
        wanted = [(mark.id, DocumentId(mark.newer)) for mark in rest]
        found = find_all(at_once(book), wanted, Bar())
        for mark in chosen[0]:
            require_found(found[mark.id])  # all or none
        for mark in chosen[0]:
            take_place(book, found[mark.id], round_number=book.about.round)
        for mark in chosen[1]:
            book.marks.leave(mark.id, DocumentId(mark.newer))
    rest = [mark for mark in rest if mark.id not in taken]
    result = {
        "taken": list(taken),
        "left": list(left),
        "waiting": [_data(mark, found[mark.id]) for mark in rest],
    }
    lines = [f"{mark.id}  {with_citation(mark.quote, mark.citation)}" for mark in rest]
    said = [told(found[mark.id]) for mark in rest]
    lines = [clean_line(part) for pair in zip(lines, said, strict=True) for part in pair]
    count = plural(
        "{count:,} mark on a document that was replaced waits for you",
        "{count:,} marks on documents that were replaced wait for you",
        count=len(rest),
    )
    tell(result, [*lines, f"{count}."], as_json=as_json)


def _named(waiting: Sequence[OwnMark], ids: Sequence[str]) -> list[OwnMark]:
    known = {str(mark.id): mark for mark in waiting}
    for ident in ids:
        if ident not in known:
            raise InputError(
                say(
                    "No mark {mark} waits for you: it is not yours, its document stands, or it"
                    " was taken along, left or sealed. List those that wait: reviewer moved FILE",
                    mark=ident,
                )
            )
    return [known[ident] for ident in dict.fromkeys(ids)]


def _data(mark: OwnMark, found: Found) -> dict[str, Any]:
    return {
        "mark": mark.id,
        "case": mark.reference,
        "document": mark.title,
        "page": mark.page,
        "quote": mark.quote,
        "newer": found.now.title,
        "newer_id": found.now.id,
        "found": found.again.sure.value,
        "found_page": found.page,
        "found_quote": found.anchor.quote if found.anchor is not None else "",
        "alike": _alike(found),
        "other_page": found.again.other.page if found.again.other is not None else 0,
    }


def _alike(found: Found) -> float:
    """Return how much alike, 1 only word for word: ``near`` says less, whatever was changed."""
    place = found.again.place
    if place is None:
        return 0
    alike = round(place.alike, 4)
    return alike if found.again.sure is Sure.EXACT else min(alike, 0.9999)
