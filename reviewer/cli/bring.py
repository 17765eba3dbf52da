"""The command that brings cases and documents in."""

import shlex
from pathlib import Path
from typing import Any

import click

from reviewer.cli.arrival import Asked, bring_delivery
from reviewer.cli.console import Bar, end_refused, read_document_passwords, tell
from reviewer.cli.options import CONFINED, FILE, casebook_command, keep, open_book
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.intake import ImportReport, import_documents, import_register
from reviewer.records.text import counted


@click.command("import")
@casebook_command
@click.argument("documents", type=FILE, nargs=-1)
@click.option(
    "--register", type=FILE, help="A register of cases: CSV, XLSX, XLS or ODS, a row a case."
)
@click.option("--case", "reference", help="The case that DOCUMENTS belong to.")
@click.option(
    "--take-differences",
    "take",
    is_flag=True,
    help="Where the register says other than FILE of a case that is there, take its words.",
)
@click.option(
    "--number-missing",
    is_flag=True,
    help="Call a row of the register that has no reference after its row (row-30).",
)
@click.option(
    "--dates-as-shown",
    is_flag=True,
    help="Take a reference that the spreadsheet holds as a date as it is shown there.",
)
@click.option(
    "--folder",
    type=FILE,
    help="A delivery: a folder or a ZIP of documents of many cases, with the folders in it.",
)
@click.option(
    "--document-passwords",
    "passwords",
    type=FILE,
    help="A file with the passwords of documents that are locked, one a line.",
)
@click.option("--rules", type=FILE, help="Rules that say whose case a file is, in TOML.")
@click.option("--dry-run", is_flag=True, help="Show the table of a delivery; write nothing.")
@click.option(
    "--set",
    "corrections",
    type=(str, str),
    multiple=True,
    metavar="PATH FIELD=WORD",
    help="Say of one file: case=, agency=, kind=, date= or content_note=; closed=yes keeps one"
    " that cannot be shown, with a page in its place.",
)
@click.option("--table", type=FILE, help="Corrections as a table: path, and what --set says.")
@click.option("--stage", is_flag=True, help="Keep the delivery; let nothing join a case yet.")
@click.option("--sender", default="", help="Who sent the delivery.")
@click.option("--received", default="", help="The day on which it came: 2019-05-03 (else today).")
@click.option("--delivery", type=int, metavar="N", help="A delivery that is staged already.")
@click.option("--bring-in", is_flag=True, help="With --delivery: let its files join their cases.")
@click.option("--leave-out", multiple=True, metavar="PATH", help="Leave a file of it out.")
@click.option(
    "--take-in", multiple=True, metavar="PATH", help="Take in what was left out by hand."
)
@CONFINED
def import_(
    *,
    file: Path,
    passphrase_file: Path | None,
    documents: tuple[Path, ...],
    register: Path | None,
    reference: str | None,
    number_missing: bool,
    dates_as_shown: bool,
    take: bool,
    folder: Path | None,
    delivery: int | None,
    passwords: Path | None,
    confined_only: bool,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - the fields of Asked, as click names them
) -> None:
    """Bring a register of cases, the DOCUMENTS of one case, or a delivery into FILE."""
    opening = read_document_passwords(passwords) if passwords else ()
    if folder is not None or delivery is not None:
        _refuse_beside(documents, register, reference)
        wanted = Asked(folder=folder, delivery=delivery, **asked)
        with open_book(file, passphrase_file, reading=wanted.dry_run) as book:
            worker = Worker(confined_only=confined_only, passwords=opening)
            bring_delivery(book, worker, wanted, as_json=as_json)
        return
    if (register is None) == (reference is None):
        raise InputError(
            "Give either --register FILE, or --case REFERENCE and documents, or --folder DIR."
        )
    if reference is not None and not documents:
        raise InputError(f"Name the documents that belong to case {reference}.")
    if register is not None and documents:
        raise InputError("With --register, the register names the documents.")
    worker = Worker(confined_only=confined_only, passwords=opening)
    with open_book(file, passphrase_file) as book, worker:
        if register is not None:
            report = import_register(
                book, worker, register, Bar(),
                number_missing=number_missing, take=take, dates_as_shown=dates_as_shown,
            )  # fmt: skip
        else:
            report = import_documents(book, worker, str(reference), list(documents), Bar())
        if report.cases_added or report.documents_added or report.taken:
            keep(book)
        waiting = len(book.scans.waiting())
    lines = [*_report_lines(report), *_waiting_lines(file, waiting)]
    tell({**_report_data(report), "scans_waiting": waiting}, lines, as_json=as_json)
    if report.refused:
        end_refused(_refusal(report))


def _refuse_beside(
    documents: tuple[Path, ...], register: Path | None, reference: str | None
) -> None:
    if documents or register is not None or reference is not None:
        raise InputError("With --folder, rules say whose case a file is: give nothing beside it.")


def _refusal(report: ImportReport) -> str:
    first = report.refused[0]
    if len(report.refused) == 1:
        return f"{first.file}: {first.sentence}"
    brought = report.documents_added + report.documents_unchanged
    return (
        f"{len(report.refused)} of {brought + len(report.refused)} documents could not be read;"
        f" the first is {first.file}: {first.sentence}"
    )


def _waiting_lines(file: Path, waiting: int) -> list[str]:
    if not waiting:
        return []
    verb = "waits" if waiting == 1 else "wait"
    command = shlex.join(("reviewer", "scans", str(file), "--read"))
    return [f"{counted(waiting, 'scanned page')} {verb} to be read. To read all now: {command}"]


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
        "families": [
            {
                "case": family.case,
                "file": family.file,
                "with": [
                    {"file": one.file, "fate": one.fate.value, "sentence": one.sentence}
                    for one in family.relatives
                ],
            }
            for family in report.families
        ],
        "weakness": report.weakness,
        "notes": [str(note) for note in getattr(report, "notes", ())],
        "differences": [
            {"case": d.reference, "what": d.what, "here": d.here, "register": d.register}
            for d in report.differences
        ],
        "differences_taken": report.taken,
    }


def _report_lines(report: ImportReport) -> list[str]:
    lines = [
        f"Cases: {report.cases_added} added, {report.cases_unchanged} already there.",
        (
            f"Documents: {report.documents_added} added ({counted(report.pages_added, 'page')}),"
            f" {report.documents_unchanged} already there, {len(report.refused)} not read."
        ),
    ]
    lines += [f"- {r.case}: {r.file}: {r.sentence}" for r in report.refused]
    lines += _difference_lines(report)
    lines += [f"- {note}" for note in getattr(report, "notes", ())]
    return [*lines, report.weakness] if report.weakness else lines


def _difference_lines(report: ImportReport) -> list[str]:
    if not report.differences:
        return []
    cases = len({one.case for one in report.differences})
    count = f"{counted(cases, 'case')} that {'was' if cases == 1 else 'were'}"
    told = (
        "the register's words were taken"
        if report.taken
        else "kept as here; to take the register's words: --take-differences"
    )
    return [
        f"The register differs in {count} there; {told}.",
        *(
            f'- {d.reference}, {d.what}: here "{d.here}", in the register "{d.register}"'
            for d in report.differences
        ),
    ]
