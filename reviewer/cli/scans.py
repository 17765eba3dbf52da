"""The command over scanned pages: what waits, and reading it to the end now."""

from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import at_once
from reviewer.cli.console import Bar, tell
from reviewer.cli.options import CONFINED, casebook_command, keep, open_book
from reviewer.cli.reading import own_case, readable_case
from reviewer.documents.outside.engine import find_engine, no_engine
from reviewer.documents.outside.recogniser import Recogniser
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.intake import find_document
from reviewer.intake.scans import ScanReport, read_scans, sum_of
from reviewer.records.cases import Case, Document
from reviewer.records.ids import DocumentId
from reviewer.records.scans import Scans
from reviewer.records.text import counted
from reviewer.rounds.allocation import readable


@click.command("scans")
@casebook_command
@click.option("--read", "reading", is_flag=True, help="Read all that waits, to the end.")
@click.option("--case", "reference", help="Only this case.")
@click.option("--again", is_flag=True, help="Let pages that could not be read wait again.")
@click.option(
    "--document", "name", help="With --misread: the document, by title, file name or id."
)
@click.option("--page", "number", type=click.IntRange(1), help="With --misread: its page.")
@click.option("--misread", help="Words of that page that were read wrongly, as they stand there.")
@click.option("--typed", help="What the page says; empty takes back what was typed before.")
@CONFINED
def scans(
    *,
    file: Path,
    passphrase_file: Path | None,
    reading: bool,
    reference: str | None,
    again: bool,
    name: str | None,
    number: int | None,
    misread: str | None,
    typed: str | None,
    confined_only: bool,
    as_json: bool,
) -> None:
    """Say which scanned pages of FILE wait to be read and how well the others were; or read them.

    What a person typed for a misread word stands beside it, and both are found.
    """
    only_shown = not (reading or again or misread is not None)
    with open_book(file, passphrase_file, reading=only_shown) as book:
        case = None if reference is None else _case(book, reference)
        if misread is not None or typed is not None:
            _correct(book, case, name=name, number=number, misread=misread, typed=typed)
        if again:
            for document in _counted(book, case):
                book.scans.wait_again(document)
        report = _read(book, case, confined_only=confined_only) if reading else None
        told, lines = _told(book, case, report)
    tell(told, lines, as_json=as_json)


def _case(book: Casebook, reference: str) -> Case:
    """Return a case of which this may be told: the chair keeps the documents of every one."""
    if book.about.kind == "chair":
        return own_case(book, reference)
    return readable_case(book, reference)


def _counted(book: Casebook, case: Case | None) -> dict[DocumentId, Scans]:
    """Return what is counted of the documents of ``case``, or of all that this may be told of."""
    if case is not None:
        return book.scans.counts(case=case.id)
    counts = book.scans.counts()
    if book.about.kind == "chair":
        return counts
    may = {one.id for one in readable(book, book.about)}
    return {one.id: counts[one.id] for one in book.documents.all()
            if one.case in may and one.id in counts}  # fmt: skip


def _read(book: Casebook, case: Case | None, *, confined_only: bool) -> ScanReport:
    with Worker(confined_only=confined_only) as worker:
        report = read_scans(
            at_once(book),
            worker,
            Bar(),
            case=case.id if case else None,
            make=lambda: Recogniser(confined_only=confined_only),
        )
    if report.read.pages:
        keep(book)
    return report


def _correct(
    book: Casebook,
    case: Case | None,
    *,
    name: str | None,
    number: int | None,
    misread: str | None,
    typed: str | None,
) -> None:
    if case is None or name is None or number is None or not misread or typed is None:
        raise InputError(
            "To correct a misread word give --case, --document, --page, --misread and --typed."
        )
    readable_case(book, case.reference)  # also of a chair who rates
    document = find_document(book, case, name)
    text = book.documents.page(document.id, number).text
    found = text.count(misread)
    if found != 1:
        raise InputError(
            f"{document.title}, page {number} says {misread[:80]!r} {found} times. Give as many"
            " words around it as make it the only one."
            if found
            else f"{document.title}, page {number} does not say {misread[:80]!r}."
        )
    start = text.index(misread)
    book.scans.correct(document.id, number, start, start + len(misread), typed)


def _told(
    book: Casebook, case: Case | None, report: ScanReport | None
) -> tuple[dict[str, Any], list[str]]:
    counts = _counted(book, case)
    may = {one.id for one in readable(book, book.about)}
    references = {one.id: one.reference for one in book.cases.all()}
    found = find_engine() is not None
    documents = [
        _document(book, references[one.case], one, counts[one.id], typed=one.case in may)
        for one in book.documents.all()
        if one.id in counts and counts[one.id].scanned
    ]
    whole = sum_of(counts.values())
    told: dict[str, Any] = {"engine": found, "pages": _counts(whole), "documents": documents}
    if report is not None:
        told["read"] = {
            **_counts(report.read),
            "seconds": round(report.seconds, 1),
            "engine": report.engine,
            "weakness": report.weakness,
        }
    lines = _lines(whole, documents, report)
    return told, lines if found or not whole.waiting else [*lines, str(no_engine())]


def _counts(counts: Scans) -> dict[str, int]:
    return {
        "all": counts.pages,
        "native": counts.native,
        "scanned": counts.scanned,
        "waiting": counts.waiting,
        "read": counts.read,
        "good": counts.good,
        "check": counts.check,
        "poor": counts.poor,
        "empty": counts.empty,
        "failed": counts.failed,
    }


def _document(
    book: Casebook, reference: str, document: Document, counts: Scans, *, typed: bool
) -> dict[str, Any]:
    pages = book.scans.of(document.id).values()
    corrections = book.scans.corrections(document.id) if typed else []
    return {
        "case": reference,
        "document": document.id,
        "title": document.title,
        **_counts(counts),
        "pages": [
            {
                "number": one.number,
                "state": one.state.value,
                "quality": one.quality.value,
                "sure": one.sure,
                "turn": one.turn,
                "engine": one.engine,
                "at": one.at,
                "reason": one.reason,
            }
            for one in pages
        ],
        "corrections": [
            {"page": one.page, "misread": one.misread, "typed": one.typed, "at": one.at}
            for one in corrections
        ],
    }


def _lines(whole: Scans, documents: list[dict[str, Any]], report: ScanReport | None) -> list[str]:
    lines = []
    if report is not None:
        read = report.read
        lines.append(
            f"{counted(read.pages, 'page')} read in {report.seconds:,.0f} s: {read.good} good,"
            f" {read.check} to check, {read.poor} poor, {read.empty} without words, {read.failed}"
            " that could not be read."
        )
    lines.append(
        f"{counted(whole.pages, 'page')}: {whole.native} with text in the file, {whole.read} read"
        f" from scans, {whole.waiting} waiting, {whole.failed} that could not be read."
    )
    for one in documents:
        poor = f", {one['check']} to check, {one['poor']} poor" if one["read"] else ""
        lines.append(
            f"- {one['case']}: {one['title']}: {one['waiting']} of {one['scanned']} waiting{poor}"
        )
        lines += [
            f"  page {page['number']}: {page['reason']}" for page in one["pages"] if page["reason"]
        ]
    if report is not None and report.weakness:
        lines.append(report.weakness)
    return lines
