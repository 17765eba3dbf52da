"""The command that brings cases and documents in."""

from pathlib import Path
from typing import Any

import click

from reviewer.cli.console import Bar, end_refused, tell
from reviewer.cli.options import FILE, casebook_command, keep, open_book
from reviewer.documents.worker import Worker
from reviewer.errors import InputError
from reviewer.intake import ImportReport, import_documents, import_register


@click.command("import")
@casebook_command
@click.argument("documents", type=FILE, nargs=-1)
@click.option("--register", type=FILE, help="A register of cases: CSV or XLSX, a row a case.")
@click.option("--case", "reference", help="The case that DOCUMENTS belong to.")
@click.option(
    "--number-missing",
    is_flag=True,
    help="Call a row of the register that has no reference after its row (row-30).",
)
def import_(
    *,
    file: Path,
    passphrase_file: Path | None,
    documents: tuple[Path, ...],
    register: Path | None,
    reference: str | None,
    number_missing: bool,
    as_json: bool,
) -> None:
    """Bring a register of cases, or the DOCUMENTS of one case, into FILE."""
    if (register is None) == (reference is None):
        raise InputError("Give either --register FILE, or --case REFERENCE and documents.")
    if reference is not None and not documents:
        raise InputError(f"Name the documents that belong to case {reference}.")
    if register is not None and documents:
        raise InputError("With --register, the register names the documents.")
    with open_book(file, passphrase_file) as book, Worker() as worker:
        if register is not None:
            report = import_register(book, worker, register, Bar(), number_missing=number_missing)
        else:
            report = import_documents(book, worker, str(reference), list(documents), Bar())
        if report.cases_added or report.documents_added:
            keep(book)
    tell(_report_data(report), _report_lines(report), as_json=as_json)
    if report.refused:
        end_refused(_refusal(report))


def _refusal(report: ImportReport) -> str:
    first = report.refused[0]
    if len(report.refused) == 1:
        return f"{first.file}: {first.sentence}"
    brought = report.documents_added + report.documents_unchanged
    return (
        f"{len(report.refused)} of {brought + len(report.refused)} documents could not be read;"
        f" the first is {first.file}: {first.sentence}"
    )


def _report_data(report: ImportReport) -> dict[str, Any]:
    return {
        "cases_added": report.cases_added,
        "cases_unchanged": report.cases_unchanged,
        "documents_added": report.documents_added,
        "documents_unchanged": report.documents_unchanged,
        "pages_added": report.pages_added,
        "attributes": list(report.attributes),
        "refused": [
            {"case": r.case, "file": r.file, "sentence": r.sentence} for r in report.refused
        ],
        "notes": [str(note) for note in getattr(report, "notes", ())],
    }


def _report_lines(report: ImportReport) -> list[str]:
    lines = [
        f"Cases: {report.cases_added} added, {report.cases_unchanged} already there.",
        (
            f"Documents: {report.documents_added} added ({report.pages_added} pages),"
            f" {report.documents_unchanged} already there, {len(report.refused)} not read."
        ),
    ]
    lines += [f"- {r.case}: {r.file}: {r.sentence}" for r in report.refused]
    return lines + [f"- {note}" for note in getattr(report, "notes", ())]
