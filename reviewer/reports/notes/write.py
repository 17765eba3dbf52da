"""Writes one's own marks and notes into a folder, in every form, all or none."""

import importlib
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2

from reviewer.errors import EngineError, InputError
from reviewer.files.read import open_file
from reviewer.messages import later, say
from reviewer.outset import mend, new_set
from reviewer.records.cells import as_csv
from reviewer.records.own_marks import OwnMark, kind_words, standing_words
from reviewer.reports.notes.html import notes_html
from reviewer.reports.notes.model import OwnNotes
from reviewer.reports.notes.pdf import notes_pdf

NOT_ENCRYPTED = later(
    "These files have left the protection of the casebook: whoever has them reads your marks and"
    " what you wrote. Keep them where the casebook is kept, and delete them when you no longer"
    " need them."
)
NAME = "my-marks"
_HEADS = (
    "case", "factors", "document", "page", "kind", "quote", "note", "made", "standing", "citation"
)  # fmt: skip
_SIGNS = {".pdf": b"%PDF-", ".html": b"<!DOCTYPE html>", ".csv": b"\xef\xbb\xbf"}


def write_files(notes: OwnNotes, folder: Path, *, replace: bool = False) -> list[Path]:
    """Write ``notes`` into ``folder`` as four files, none of them encrypted.

    Raises ``InputError`` where there is nothing to write, ``TakenError``, ``StorageError``, and
    ``EngineError`` where a file does not read back.
    """
    if not notes.cases:
        raise InputError(say("There are no marks and no notes to write yet."))
    makers: dict[str, Callable[[], bytes]] = {
        f"{NAME}.pdf": lambda: notes_pdf(notes, say(NOT_ENCRYPTED)),
        f"{NAME}.docx": lambda: _docx(notes),
        f"{NAME}.html": lambda: notes_html(notes, say(NOT_ENCRYPTED)),
        f"{NAME}.csv": lambda: as_csv(_rows(notes)),
    }
    if folder.is_dir():
        mend(folder)
    with new_set(folder, makers, replace=replace) as files:
        for name, make in makers.items():
            data = make()
            files.add(name, lambda out, data=data: out.write(data), check=_check)  # type: ignore[misc]
    return files.paths


def _docx(notes: OwnNotes) -> bytes:
    module = importlib.import_module("reviewer.reports.notes.docx")  # a large library
    made: bytes = module.notes_docx(notes, say(NOT_ENCRYPTED))
    return made


def _rows(notes: OwnNotes) -> Iterator[tuple[str | int, ...]]:
    yield _HEADS
    yield from map(_row, notes.marks)


def _row(mark: OwnMark) -> tuple[str | int, ...]:
    return (
        mark.reference,
        " ".join(mark.factors),
        mark.title,
        mark.page,
        kind_words(mark.kind),
        mark.quote,
        mark.note,
        mark.made,
        standing_words(mark.standing),
        mark.citation,
    )


def _check(path: Path) -> None:
    """Read a file back; raise ``EngineError`` where it is not what it must be."""
    with open_file(path) as stream:
        data = stream.read()
    form = next(suffix for suffix in (*_SIGNS, ".docx") if f"{suffix}." in path.name)
    if form == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            good = archive.testzip() is None and "word/document.xml" in archive.namelist()
    else:
        good = data.startswith(_SIGNS[form])
    if form == ".pdf":
        document = pypdfium2.PdfDocument(data)
        good = good and len(document) > 0
        document.close()
    if not good:
        raise EngineError(
            say("A file did not pass its own check, so none was written. Please report this.")
        )
