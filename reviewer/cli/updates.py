"""Commands for what changes after the casebooks were issued: correct, withdraw, update, apply."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.cli.console import Bar, end_refused, tell
from reviewer.cli.options import CONFINED, FILE, casebook_command, listed, open_book
from reviewer.cli.reading import readable_case
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError, UnsealedError
from reviewer.exchange.updates.apply import apply as apply_update
from reviewer.exchange.updates.apply import preview
from reviewer.exchange.updates.outcome import Outcome, sentences
from reviewer.exchange.updates.outline import Outline, outlines
from reviewer.exchange.updates.write import WrittenUpdate, allocate, write_updates
from reviewer.intake import (
    correct_document,
    find_document,
    reinstate_document,
    withdraw_document,
)
from reviewer.intake import describe as describe_one
from reviewer.records.cases import Case, Document
from reviewer.records.text import counted

UPDATES = " Write updates to let others know."


def then_update(book: Casebook) -> str:
    """Return what a change asks for where somebody has a casebook, else ""."""
    return UPDATES if book.members.anybody_issued() else ""


@click.command("correct")
@casebook_command
@click.argument("corrected", type=FILE)
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--document", "name", required=True, help="Its title, file name or id.")
@click.option("--reason", required=True, help="Why; each panellist is told.")
@CONFINED
def correct(
    *,
    file: Path,
    passphrase_file: Path | None,
    corrected: Path,
    reference: str,
    name: str,
    reason: str,
    confined_only: bool,
    as_json: bool,
) -> None:
    """Put CORRECTED in the place of a document of FILE; the old one is kept with its marks."""
    with open_book(file, passphrase_file) as book, Worker(confined_only=confined_only) as worker:
        _, old = find(book, reference, name)
        new = correct_document(book, worker, old, corrected, reason=reason, progress=Bar())
        more = then_update(book)
    pages = counted(new.page_count, "page")
    tell(
        {"case": reference, "document": new.id, "replaces": old.id, "pages": new.page_count},
        [
            f"{old.title} is replaced ({pages}).{more}",
        ],
        as_json=as_json,
    )


@click.command("withdraw")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--document", "name", required=True, help="Its title, file name or id.")
@click.option("--reason", default="", help="Why; each panellist is told.")
@click.option("--undo", is_flag=True, help="Show a withdrawn document again.")
@click.option("--alone", is_flag=True, help="Leave what came with it (attachments) as it is.")
def withdraw(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str,
    name: str,
    reason: str,
    undo: bool,
    alone: bool,
    as_json: bool,
) -> None:
    """Let a document of FILE, and what came with it, no longer be shown; all is kept."""
    with open_book(file, passphrase_file) as book:
        _, document = find(book, reference, name)
        if undo:
            change = reinstate_document(book, document)
        else:
            change = withdraw_document(book, document, reason, alone=alone)
        more = then_update(book)
    others = sorted(change.documents - {document.id})
    told = f", and {counted(len(others), 'document')} that came with it" if others else ""
    verb = ("are" if others else "is", "shown again" if undo else "withdrawn")
    tell(
        {
            "case": reference,
            "document": document.id,
            "withdrawn": not undo,
            "with": others,
        },
        [
            f"{document.title}{told}, {' '.join(verb)}.{more}"
            if others
            else f"{document.title} {' '.join(verb)}.{more}"
        ],
        as_json=as_json,
    )


@click.command("describe")
@casebook_command
@click.option("--case", "reference", required=True, help="The reference of the case.")
@click.option("--document", "name", help="A document of the case; else the case itself.")
@click.option("--title", help="Another title.")
@click.option("--content-note", "notes", multiple=True, help="Repeatable; '' takes all away.")
def describe(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str,
    name: str | None,
    title: str | None,
    notes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Give a case of FILE, or a document, another title or other content notes."""
    if title is None and not notes:
        raise InputError("Give --title TEXT, --content-note TEXT, or both.")
    with open_book(file, passphrase_file) as book:
        if name is None:
            case, document = find_case(book, reference), None
        else:
            case, document = find(book, reference, name)
        wanted = tuple(note for note in notes if note.strip()) if notes else None
        describe_one(book, case, document, title=title, content_notes=wanted)
        more = then_update(book)
    tell(
        {"case": reference, "document": document.id if document else None},
        [f"Kept.{more}"],
        as_json=as_json,
    )


@click.command("update")
@casebook_command
@click.option("--member", "members", multiple=True, help="For whom; repeatable.")
@click.option("--all", "everyone", is_flag=True, help="For everyone to whom it brings something.")
@click.option("--cases", "references", help="With --to: more cases for them, with commas.")
@click.option("--ask", default="", help="Why they are asked to open a sealed round again.")
@click.option("--to", "folder", type=FILE, help="The folder to write to; without it, a preview.")
def update(
    *,
    file: Path,
    passphrase_file: Path | None,
    members: tuple[str, ...],
    everyone: bool,
    references: str | None,
    ask: str,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Write what is new as updates for panellists, or say what they would bring."""
    if everyone is bool(members):
        raise InputError("Give --member NAME (one or more), or --all.")
    if references is not None and folder is None:
        raise InputError("Give --to FOLDER with --cases: without it nothing is changed.")
    with open_book(file, passphrase_file) as book:
        there = {one.member.name: one for one in outlines(book)}
        names = list(there) if everyone else list(members)
        if references is not None:
            for name in names:
                allocate(book, name, listed(references))
            there = {one.member.name: one for one in outlines(book)}
        if not names:
            raise InputError(
                "No casebook was issued to anybody yet, so there is nobody to update."
            )
        if folder is None:
            chosen = [_outline(there, name) for name in names]
            tell(
                {"updates": [_outline_data(one) for one in chosen]},
                [_outline_line(one) for one in chosen],
                as_json=as_json,
            )
            return
        has_all = [] if ask or not everyone else _who_has_all(there.values())
        names = [name for name in names if name not in has_all]
        written, refused = write_updates(book, names, folder, ask=ask, progress=Bar())
    tell(
        {
            "written": [_written_data(one) for one in written],
            "refused": [{"member": name, "sentence": why} for name, why in refused],
            "nothing_new": has_all,
        },
        [_written_line(one) for one in written]
        + [f"{name}: {why}" for name, why in refused]
        + [f"{name}: nothing that is new, so none was written." for name in has_all],
        as_json=as_json,
    )
    if refused:
        name, why = refused[0]
        end_refused(f"{name}: {why}")


@click.command("apply")
@casebook_command
@click.argument("update_file", type=FILE)
@click.option("--preview", "only_look", is_flag=True, help="Verify it and say what it would do.")
@click.option("--close-unsealed", is_flag=True, help="Close a round that is not sealed.")
def apply(
    *,
    file: Path,
    passphrase_file: Path | None,
    update_file: Path,
    only_look: bool,
    close_unsealed: bool,
    as_json: bool,
) -> None:
    """Apply an update from the chair to FILE; ratings, comments and marks stay as they are."""
    with open_book(file, passphrase_file) as book:
        if only_look:
            done = preview(book, update_file, progress=Bar())
        else:
            done = _apply(book, update_file, close_unsealed=close_unsealed)
    tell(_outcome_data(done, applied=not only_look), _outcome_lines(done), as_json=as_json)


def find_case(book: Casebook, reference: str) -> Case:
    """Return the case called ``reference``; raises ``InputError`` where there is none."""
    case = book.cases.by_reference(reference)
    if case is None:
        raise InputError(f"There is no case {reference} in {book.path.name}.")
    return case


def find(book: Casebook, reference: str, name: str) -> tuple[Case, Document]:
    """Return the case called ``reference`` and the document of it that ``name`` means."""
    case = find_case(book, reference)
    if book.about.kind != "chair":
        readable_case(book, reference)  # before the titles of its documents are told
    return case, find_document(book, case, name)


def _apply(book: Casebook, file: Path, *, close_unsealed: bool) -> Outcome:
    try:
        return apply_update(book, file, close_unsealed=close_unsealed, progress=Bar())
    except UnsealedError as error:
        raise UnsealedError(
            f"{error} Nothing was changed. Seal the round first, or apply with --close-unsealed."
        ) from error


def _who_has_all(found: Iterable[Outline]) -> list[str]:
    """Return the names of those to whom an update would bring nothing."""
    return [one.member.name for one in found if not one.why_not and not one.anything]


def _outline(there: Mapping[str, Outline], name: str) -> Outline:
    if name not in there:
        raise InputError(f"No casebook was issued to anybody called {name}.")
    return there[name]


def _outline_data(outline: Outline) -> dict[str, Any]:
    facts = asdict(outline)
    facts["member"] = {"id": outline.member.id, "name": outline.member.name}
    return facts


def _outline_line(outline: Outline) -> str:
    if outline.why_not:
        return f"{outline.member.name}: {outline.why_not}"
    size = f" ({outline.size / 1e6:.1f} MB)" if outline.size else ""
    before = f" Update {outline.sent} was written before." if outline.sent else ""
    return f"{outline.member.name}: {outline.told}{size}.{before}"


def _written_data(written: WrittenUpdate) -> dict[str, Any]:
    return {
        "update": str(written.path),
        "member": {"id": written.member.id, "name": written.member.name},
        "seq": written.seq,
        "sha256": written.digest,
        "repeated": written.repeated,
        "documents": written.outline.documents,
        "cells": written.outline.cells,
    }


def _written_line(written: WrittenUpdate) -> str:
    again = ", as before" if written.repeated else ""
    return f"Wrote {written.path} (update {written.seq} for {written.member.name}{again})."


def _outcome_data(outcome: Outcome, *, applied: bool) -> dict[str, Any]:
    told = outcome.told
    return {
        "seq": outcome.seq,
        "sha256": outcome.digest,
        "applied": applied and not outcome.already,
        "already": outcome.already,
        "missing": list(outcome.missing),
        "ask": outcome.ask,
        "sealed": outcome.sealed,
        "new_cases": told.new_cases,
        "new_documents": told.new_documents,
        "corrected": told.corrected,
        "withdrawn": told.withdrawn,
        "reinstated": told.reinstated,
        "worded": told.worded,
        "named": list(told.named),
        "round": told.round,
        "cells": told.cells,
        "cases": [{"case": ref, "changes": list(lines)} for ref, lines in told.cases],
        "older": outcome.older,
        "skipped": list(outcome.skipped),
        "unsealed": None if outcome.unsealed is None else asdict(outcome.unsealed),
        "ratings": outcome.ratings,
        "marks": outcome.marks,
    }


def _outcome_lines(outcome: Outcome) -> list[str]:
    lines = sentences(outcome)
    for reference, changed in outcome.told.cases:
        lines += [f"- {reference}: {line}" for line in changed]
    return lines
