"""Commands that make a casebook and say what it is: new, cases, status."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import NewCasebook
from reviewer.cli.console import named_passphrase_file, tell
from reviewer.cli.custodian import (
    custodian_data,
    custodian_lines,
    custodian_options,
    new_casebook,
    sheet_of,
)
from reviewer.cli.framework import framework_given
from reviewer.cli.fresh import draw_option, drawn_for, fresh_passphrase
from reviewer.cli.keys import keys_told
from reviewer.cli.options import FILE, casebook_command, open_book, refuse_new
from reviewer.cli.recovery import recovery_told
from reviewer.errors import InputError
from reviewer.exchange.custody import CustodianWish
from reviewer.exchange.membership import person_name
from reviewer.records.cases import Case, Document, families
from reviewer.records.text import clean_line, counted
from reviewer.rounds.allocation import allocated, asked, own_cases, readable


@click.command("new")
@casebook_command
@click.option("--title", required=True, help="The inquiry's title.")
@click.option("--framework", type=FILE, help="A framework file (TOML or .qdc) instead of our own.")
@click.option("--standard", help="Another of those that come along: reviewer framework --list.")
@click.option("--extended", is_flag=True, help="Include the framework's extended factors.")
@click.option("--chair", default="Chair", show_default=True, help="The chair's name.")
@click.option("--chair-scores", is_flag=True, help="The chair is one of the raters.")
@click.option(
    "--marking",
    default="OFFICIAL-SENSITIVE",
    show_default=True,
    help="What is printed on every paper.",
)
@draw_option
@custodian_options
def new(
    *,
    file: Path,
    passphrase_file: Path | None,
    title: str,
    framework: Path | None,
    standard: str | None,
    chair: str,
    marking: str,
    extended: bool,
    chair_scores: bool,
    draw_to: Path | None,
    custodian: CustodianWish | None,
    as_json: bool,
) -> None:
    """Make a new casebook FILE for an inquiry's chair."""
    refuse_new(file)
    held, notes = framework_given(framework, standard)
    frozen = held.chosen(extended=extended)
    if not clean_line(title):
        raise InputError("The inquiry needs a title.")
    made = NewCasebook(
        title=clean_line(title),
        framework=frozen,
        chair=person_name(clean_line(chair) or "Chair"),
        chair_rates=chair_scores,
        marking=clean_line(marking),
    )
    fresh = fresh_passphrase(
        passphrase_file if draw_to else named_passphrase_file(passphrase_file),
        draw_to,
        option="--passphrase-file",
        context=[made.title, made.chair, file.stem],
    )
    with drawn_for(fresh), new_casebook(file, fresh.passphrase, made, custodian) as book:
        about = book.about
    sheet = sheet_of(about, custodian)
    tell(
        {
            "file": str(file),
            "id": about.id,
            "title": about.title,
            "framework": {"id": frozen.id, "version": frozen.version, "hash": frozen.hash},
            "factors": len(frozen.factors),
            "chair": about.chair,
            "chair_scores": bool(about.member),
            **fresh.data,
            "custodian": custodian_data(about.custodian),
            "custodian_sheet": str(sheet) if sheet else None,
            "notes": list(notes),
        },
        [
            *notes,
            f"Made {file.name}: {about.title}, {counted(len(frozen.factors), 'factor')}.",
            *fresh.lines,
            *custodian_lines(about, sheet),
        ],
        as_json=as_json,
    )


@click.command("cases")
@casebook_command
def cases(*, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the cases of FILE with their documents.

    In the casebook of one who rates, first those that the round asks for, in the reader's own
    order. Of a case that a panellist is recused from only its reference is told, and where it
    stands.
    """
    with open_book(file, passphrase_file, reading=True) as book:
        about = book.about
        own = {case.id: case for case in own_cases(book, about)}
        found = [*own.values(), *(case for case in book.cases.all() if case.id not in own)]
        documents: dict[str, list[Document]] = {}
        for document in families(book.documents.all()):
            documents.setdefault(document.case, []).append(document)
        reviews = book.reviews.all(about.member, about.round) if about.member else {}
        changed = book.updates.changed()
        wanted = asked(book, about)
        mine, may = allocated(book, about), {case.id for case in readable(book, about)}
    recused = {case.id for case in mine if case.id not in may}
    if about.kind != "chair":  # who keeps the documents of all cases, also of such a one
        for case in recused:
            documents.pop(case, None)
        found = [_unnamed(case) if case.id in recused else case for case in found]
    every = len(about.framework.factors)
    again = Counter(case for case, _ in wanted) if wanted is not None else None
    factors = {case.id: every if again is None else again[case.id] for case in found}
    listed = [
        {
            "reference": case.reference,
            "title": case.title,
            "attributes": dict(case.attributes),
            "content_notes": list(case.content_notes),
            "rated": reviews[case.id].rated if case.id in reviews else 0,
            "factors": factors[case.id],
            "state": reviews[case.id].state.value if case.id in reviews else "unopened",
            "recused": case.id in recused,
            "changed": list(changed[case.id].what) if case.id in changed else [],
            "pages": sum(d.page_count for d in documents.get(case.id, [])),
            "documents": [_document_data(d) for d in documents.get(case.id, [])],
        }
        for case in found
    ]
    tell(
        {"casebook": {"id": about.id, "title": about.title, "kind": about.kind}, "cases": listed},
        [
            f"{case.reference}  {case.title}  ({_extent(documents.get(case.id, []))},"
            f" {entry['rated']} of {entry['factors']} rated)"
            if case.title or case.id not in recused
            else f"{case.reference}  (you are recused from it)"
            for case, entry in zip(found, listed, strict=True)
        ]
        or ["No cases yet. Bring some in: reviewer import FILE --register cases.csv"],
        as_json=as_json,
    )


def _unnamed(case: Case) -> Case:
    """Return a case with nothing of it but its reference."""
    return Case(id=case.id, reference=case.reference, title="")


def _document_data(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "agency": document.agency,
        "date": document.date,
        "file": document.file_name,
        "media": document.media,
        "sha256": document.sha256,
        "pages": document.page_count,
        "text": document.text_source != "none",
        "content_note": document.content_note,
        "standing": document.state.value or "current",
        "replaced_by": document.replaced_by,
        "changed": document.changed,
        "reason": document.reason,
        "parent": document.origin.parent,
        "path": document.origin.path,
    }


def _extent(documents: Sequence[Document]) -> str:
    pages = counted(sum(document.page_count for document in documents), "page")
    return f"{pages} in {counted(len(documents), 'document')}"


@click.command("status")
@casebook_command
def status(*, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Say what FILE is and where its round stands."""
    with open_book(file, passphrase_file, reading=True) as book:
        about = book.about
        counts = {"cases": len(book.cases.all()), "documents": len(book.documents.all())}
        agenda = len(book.agenda.of(about.round))
        keys, key_lines = keys_told(book)
        recovery, recovery_line = recovery_told(book)
    state = "released" if about.released else "sealed" if about.sealed else "open"
    tell(
        {
            "id": about.id,
            "kind": about.kind,
            "title": about.title,
            "round": about.round,
            "state": state,
            "sealed": about.sealed,
            "released": about.released,
            "results": about.results,
            "agenda": agenda,
            "custodian": custodian_data(about.custodian),
            **recovery,
            **counts,
            **keys,
        },
        [
            (
                f"{about.title}: {about.kind}'s casebook, round {about.round} {state},"
                f" {counted(counts['cases'], 'case')}, {counted(counts['documents'], 'document')}."
            ),
            *key_lines,
            recovery_line,
        ],
        as_json=as_json,
    )
