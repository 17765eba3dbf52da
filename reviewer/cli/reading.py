"""Commands that give what a reader has: pages as text with what is not on them, and originals."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.options import FILE, casebook_command, open_book
from reviewer.errors import InputError, TakenError
from reviewer.intake import find_document
from reviewer.intake.bundles import cited_pages
from reviewer.intake.originals import (
    WHAT_A_COPY_IS,
    as_it_came,
    is_unlocked,
    require_readable,
    save_original,
)
from reviewer.intake.unread import notes_of
from reviewer.records.cases import Case, Document, LedgerLine
from reviewer.records.scans import PageReading, PageState
from reviewer.records.text import clean
from reviewer.rounds.allocation import allocated, readable

WORDS = "words"


@click.command("text")
@casebook_command
@click.option("--case", "reference", help="The reference of the case.")
@click.option("--bundle", "typed", help="Pages by their numbers in the case: {INV-014/34-36}.")
@click.option("--document", "name", help="Its title, file name or id; else every document.")
@click.option("--page", "number", type=click.IntRange(1), help="One page of the document.")
def text(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str | None,
    typed: str | None,
    name: str | None,
    number: int | None,
    as_json: bool,
) -> None:
    """Print the pages of a case of FILE as text, with what of each file is not on them.

    Without --document every document that stands is printed, also those under a content note.
    """
    if number is not None and name is None:
        raise InputError("Name the document that the page belongs to, with --document.")
    with open_book(file, passphrase_file, reading=True) as book:
        case, wanted = _wanted(book, reference, typed, name, number)
        chosen = list(wanted)
        pages = [page for one in chosen for page in _pages(book, one, wanted[one])]
        kept = notes_of(book, case.id)
        told = [_told(book, one, kept.get(one.id, ())) for one in chosen]
        lines = [line for one in told for line in _lines(one, pages)]
        ledger = [line for one in chosen for line in book.documents.ledger(one.id)]
    notes = [note for one in told for note in one["notes"]]
    tell(
        {
            "case": case.reference,
            "documents": told,
            "pages": pages,
            "notes": notes,
            "ledger": _ledger_data(ledger),
        },
        lines or [f"Case {case.reference} has no documents."],
        as_json=as_json,
    )


@click.command("original")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--document", "name", required=True, help="Its title, file name or id.")
@click.option("--to", "folder", required=True, type=FILE, help="The folder to write to.")
@click.option("--replace", is_flag=True, help="Replace a file of that name.")
def original(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str,
    name: str,
    folder: Path,
    replace: bool,
    as_json: bool,
) -> None:
    """Write the file that a document of FILE was made from, byte for byte, into a folder.

    Of one that was locked it is the copy without its password; the file as it came is the version
    before it, whose id is told.
    """
    with open_book(file, passphrase_file, reading=True) as book:
        case = readable_case(book, reference)
        document = find_document(book, case, name)
        try:
            path = save_original(book, document, folder, replace=replace)
        except TakenError as error:
            raise TakenError(f"{error} To replace it: --replace") from error
        unlocked, before = is_unlocked(book, document), as_it_came(book, document)
    told = f"Wrote {path}, byte for byte as it was brought in."
    if unlocked:
        told = f"Wrote {path}: the copy without its password, which was given."
    if before is not None:
        told += f" To write the file as it came: --document {before}"
    tell(
        {
            "case": case.reference,
            "document": document.id,
            "original": str(path),
            "sha256": document.sha256,
            "size": document.size,
            "media": document.media,
            "unlocked": unlocked,
            "as_it_came": before,
        },
        [told, str(WHAT_A_COPY_IS)],
        as_json=as_json,
    )


def readable_case(book: Casebook, reference: str) -> Case:
    """Return the case called ``reference``, where whoever holds ``book`` may read it.

    No command gives out the words of a case that whoever rates is recused from, nor the names of
    its documents; but a chair who rates is told these, by ``cases`` and ``scans``.
    Raises ``InputError``.
    """
    case = own_case(book, reference)
    if case not in readable(book, book.about):
        raise InputError(
            f"You are recused from {case.reference} for every factor, so nothing of it is found"
            " or given out. To read it, take the recusal of a factor back."
        )
    return case


def own_case(book: Casebook, reference: str) -> Case:
    """Return the case called ``reference``, where it is one of whoever holds ``book``.

    Raises ``InputError``.
    """
    about, case = book.about, book.cases.by_reference(reference)
    if case is None or (about.kind != "chair" and case not in allocated(book, about)):
        raise InputError(f"There is no case {reference} in {book.path.name}.")
    return case


def _wanted(
    book: Casebook, reference: str | None, typed: str | None, name: str | None, number: int | None
) -> tuple[Case, dict[Document, set[int] | None]]:
    """Return the case, and the documents with those of their pages that are wanted, or all."""
    if typed is not None:
        if reference is not None or name is not None:
            raise InputError("--bundle names the case and the pages: give nothing beside it.")
        cited = cited_pages(book, typed)
        case = readable_case(book, cited[0].case.reference)
        found: dict[Document, set[int] | None] = {}
        for one in cited:
            require_readable(one.document)
            found[one.document] = (found.get(one.document) or set()) | {one.page}
        return case, found
    if reference is None:
        raise InputError("Name the case with --case, or pages with --bundle.")
    case = readable_case(book, reference)
    chosen = _chosen(book, case, name)
    if number is not None and number > chosen[0].page_count:
        raise InputError(
            f"{chosen[0].title} has no page {number}; its last is {chosen[0].page_count}."
        )
    return case, dict.fromkeys(chosen, None if number is None else {number})


def _chosen(book: Casebook, case: Case, name: str | None) -> list[Document]:
    if name is None:
        return [one for one in book.documents.of(case.id) if one.current]
    document = find_document(book, case, name)
    require_readable(document)
    return [document]


def _pages(book: Casebook, document: Document, only: set[int] | None) -> list[dict[str, Any]]:
    texts = book.documents.texts(document.id)
    read = book.scans.of(document.id)
    return [
        {
            "document": document.id,
            "number": number,
            "bundle": document.bundle + number - 1 if document.bundle else 0,
            "text": words,
            "source": _source(read.get(number), words),
            "quality": read[number].quality.value if number in read else "",
        }
        for number, words in enumerate(texts, 1)
        if only is None or number in only
    ]


def _source(read: PageReading | None, words: str) -> str:
    """Return where the words of a page come from."""
    if not words.strip():
        return "none"
    return "ocr" if read is not None and read.state is PageState.READ else "native"


def _told(book: Casebook, document: Document, notes: Sequence[str]) -> dict[str, Any]:
    """Return what is told of a document beside its pages."""
    origin = document.origin
    return {
        "id": document.id,
        "title": document.title,
        "file": document.file_name,
        "media": document.media,
        "pages": document.page_count,
        "standing": document.state.value or "current",
        "content_note": document.content_note,
        "parent": origin.parent,
        "path": origin.path,
        "facts": dict(origin.facts),
        "notes": list(notes),
        "ledger": _ledger_data(book.documents.ledger(document.id)),
    }


def _ledger_data(lines: Sequence[LedgerLine]) -> dict[str, Any]:
    """Return the words of a ledger, and every other thing; nulls where nothing was counted."""
    things: dict[str, dict[str, Any]] = {}
    for line in lines:
        found = things.setdefault(line.thing, {"held": 0, "shown": 0, "named": 0, "missing": []})
        for name in ("held", "shown", "named"):
            found[name] += getattr(line, name)
        found["missing"] += line.missing
    words = things.get(WORDS, {})
    return {name: words.get(name) for name in ("held", "shown", "named")} | {"things": things}


def _lines(told: dict[str, Any], pages: Sequence[dict[str, Any]]) -> list[str]:
    """Return what is printed of one document: its head, its pages, what is not on them."""
    head = (
        told["title"] if told["standing"] == "current" else f"{told['title']} ({told['standing']})"
    )
    lines = [f"== {head}"]
    if told["content_note"]:
        lines.append(f"Content note: {told['content_note']}")
    for page in pages:
        if page["document"] == told["id"]:
            lines += [f"-- page {page['number']} ({page['source']})", clean(page["text"])]
    return [*lines, *(f"Note: {note}" for note in told["notes"])]
