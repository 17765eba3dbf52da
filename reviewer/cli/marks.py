"""The command that lists one's own marks, and writes them with one's notes into files."""

from pathlib import Path
from typing import Any

import click

from reviewer.cli.console import tell
from reviewer.cli.options import CONFINED, FILE, casebook_command, open_book
from reviewer.cli.reading import readable_case
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError, TakenError
from reviewer.records.own_marks import OwnMark, counted, kind_words, standing_words, with_citation
from reviewer.records.text import clean_line
from reviewer.reports.notes.model import own_notes
from reviewer.reports.notes.write import NOT_ENCRYPTED, write_files
from reviewer.rounds.own_marks import own_marks
from reviewer.rounds.page_labels import with_labels


@click.command("marks")
@casebook_command
@click.option("--case", "reference", help="The marks of one case only.")
@click.option("--export", "folder", type=FILE, help="Write marks and notes into this folder.")
@click.option("--replace", is_flag=True, help="Replace files of the same names.")
@CONFINED
def marks(
    *,
    file: Path,
    passphrase_file: Path | None,
    reference: str | None,
    folder: Path | None,
    replace: bool,
    confined_only: bool,
    as_json: bool,
) -> None:
    """List your own marks in FILE, or write them with your notes as PDF, DOCX, HTML and CSV."""
    if replace and folder is None:
        raise InputError("--replace goes with --export FOLDER.")
    with open_book(file, passphrase_file, reading=True) as book:
        case = readable_case(book, reference).id if reference is not None else None
        with Worker(confined_only=confined_only) as worker:
            found = with_labels(book, worker, own_marks(book, case))
        paths: list[Path] = []
        if folder is not None:
            try:
                paths = write_files(own_notes(book, case, found), folder, replace=replace)
            except TakenError as error:
                raise TakenError(
                    f"{error} To replace it: --replace", details=error.details
                ) from error
    loose = sum(mark.loose for mark in found)
    counts = {"marks": len(found), "attached": len(found) - loose, "not_attached": loose}
    result: dict[str, Any] = {"counts": counts, "marks": [_data(mark) for mark in found]}
    if folder is not None:
        tell(
            {"files": [str(path) for path in paths], **result},
            [f"Wrote {path}" for path in paths] + [str(NOT_ENCRYPTED)],
            as_json=as_json,
        )
        return
    tell(result, [*map(_line, found), f"{counted(found)}."], as_json=as_json)


def _data(mark: OwnMark) -> dict[str, Any]:
    return {
        "mark": mark.id,
        "case": mark.reference,
        "document": mark.title,
        "document_id": mark.document,
        "page": mark.page,
        "label": mark.label,
        "kind": mark.kind,
        "quote": mark.quote,
        "note": mark.note,
        "factors": list(mark.factors),
        "made": mark.made,
        "standing": mark.standing.value or "current",
        "citation": mark.citation,
    }


def _line(mark: OwnMark) -> str:
    words = with_citation(mark.quote, mark.citation)
    told = [
        kind_words(mark.kind),
        ", ".join(mark.factors) or "not attached",
        standing_words(mark.standing),
        mark.note,
    ]
    return clean_line(" \u00b7 ".join([words, *(part for part in told if part)]))
