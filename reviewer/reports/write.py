"""Writes every form of the summary into one folder, and reads each back before it is given out."""

import datetime as dt
import hashlib
import html
import io
import json
import re
import traceback
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from reviewer.casebook.book import Casebook
from reviewer.errors import Cancelled, EngineError, InputError, StorageError, TakenError
from reviewer.outset import mend, taken, write_set
from reviewer.progress import Progress, Quiet
from reviewer.reports import rows, words
from reviewer.reports.csvfile import csv_file
from reviewer.reports.data import FORMAT, summary_json
from reviewer.reports.pdf import consolidated_pdf
from reviewer.reports.xlsx import workbook
from reviewer.summary.shapes import Summary

_PAPER = "summary.pdf"
NOT_ENCRYPTED = words.NOT_ENCRYPTED


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A report that was written: its files by kind, and a sentence for what could not be made."""

    files: dict[str, Path]
    unmade: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class _Slice:
    """One file's part of the whole progress."""

    whole: Progress
    before: int
    weight: int

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass on a step within the file at hand."""
        share = self.before + self.weight * done / max(total, 1)
        self.whole.step(round(share * 100), _TOTAL * 100, what)


_Maker = Callable[[Summary, Progress], bytes]
# Each file with about how long it takes, and what makes it.
_MAKERS: dict[str, tuple[int, _Maker]] = {
    "summary.json": (2, lambda summary, _: summary_json(summary)),
    "factors.csv": (1, lambda summary, _: csv_file(summary, rows.FACTORS)),
    "cells.csv": (1, lambda summary, _: csv_file(summary, rows.CELLS)),
    "ratings.csv": (1, lambda summary, _: csv_file(summary, rows.RATINGS)),
    "rounds.csv": (1, lambda summary, _: csv_file(summary, rows.ROUNDS)),
    "summary.xlsx": (10, lambda summary, told: workbook(summary, progress=told)),
    _PAPER: (30, lambda summary, told: consolidated_pdf(summary, progress=told)),
}
_TOTAL = sum(weight for weight, _ in _MAKERS.values())


def write_report(
    book: Casebook,
    summary: Summary,
    to: Path,
    *,
    replace: bool = False,
    on: dt.date | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write PDF, XLSX, CSV and JSON of ``book``'s summary into the folder ``to``, all or none.

    Their names carry the round and the day ``on`` (UTC; today). The journal gets an entry with
    their hashes. A paper that cannot be made stops no data file: ``Written.unmade`` says why.
    Raises ``StorageError`` when the folder is not there or full, ``TakenError`` when an older
    report of these names is there and may not be replaced, ``InputError`` when an older paper is
    there and no new one can be made, ``EngineError`` when a data file fails its own check,
    ``Cancelled``.
    """
    names = names_of(summary, on or dt.datetime.now(dt.UTC).date())
    refuse_taken(to, names.values(), replace=replace)
    made, unmade = make_all(summary, progress=progress)
    files = {names[kind]: data for kind, data in made.items()}
    stale = [names[kind] for kind in unmade if (to / names[kind]).exists()]
    if stale:
        raise InputError(
            f"{next(iter(unmade.values()))} An older {stale[0]} lies there, and one without the"
            " other would not fit together, so nothing was written. Choose another folder."
        )
    paths = write_set(to, files, replace=replace)
    named = (f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in files.items())
    book.journal.record("write report", f"round {summary.panel.round}: {', '.join(named)}")
    return Written(files=dict(zip(made, paths, strict=True)), unmade=unmade)


def names_of(summary: Summary, on: dt.date) -> dict[str, str]:
    """Return each file's name by its kind: ``summary.pdf`` is summary-round-1-2026-01-15.pdf."""
    names = {kind: Path(kind) for kind in _MAKERS}
    told = f"round-{summary.panel.round}-{on.isoformat()}"
    return {kind: f"{name.stem}-{told}{name.suffix}" for kind, name in names.items()}


def refuse_taken(to: Path, names: Iterable[str], *, replace: bool) -> None:
    """Raise ``StorageError`` where ``to`` is no folder, ``TakenError`` where a name is taken."""
    if not to.is_dir():
        raise StorageError(f"The folder {to.name} is not there. Choose one that is.")
    mend(to)
    there = taken(to, names)
    if there and not replace:
        raise TakenError(
            f"A report of this round and day lies in {to.name} already, so nothing was written."
            " It is only replaced when you ask for it.",
            details=[f"{name} is there already." for name in there],
        )


def make_all(
    summary: Summary, *, progress: Progress | None = None
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return every file by its kind, made and checked, and a sentence where the paper is not.

    The data files come first and stand whatever happens to the paper. Raises ``Cancelled`` and,
    where a data file fails its own check, ``EngineError``.
    """
    made: dict[str, bytes] = {}
    unmade: dict[str, str] = {}
    before = 0
    for kind, (weight, make) in _MAKERS.items():
        told = _Slice(whole=progress or Quiet(), before=before, weight=weight)
        told.step(0, 1, kind)
        try:
            data = make(summary, told)
            check(kind, data)
        except Cancelled:
            raise
        except Exception as error:
            if kind != _PAPER:
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]  # a place in a program, no text
            unmade[kind] = (
                "The paper could not be made, which is our mistake. Please report"
                f" {type(error).__name__} at {Path(where.filename).name}:{where.lineno}."
            )
        else:
            made[kind] = data
        before += weight
    return made, unmade


def check(name: str, data: bytes) -> None:
    """Read a file of ours back; raise ``EngineError`` where it is not what it must be."""
    checks = {".json": _json_ok, ".xlsx": _xlsx_ok, ".pdf": _pdf_ok, ".csv": _csv_ok}
    try:
        passed = checks[Path(name).suffix](data)
    except (ValueError, KeyError, zipfile.BadZipFile, pypdfium2.PdfiumError):
        passed = False
    if not passed:
        raise EngineError(
            f"{name} did not pass its own check, so nothing was written. Please report this."
        )


def _json_ok(data: bytes) -> bool:
    read = json.loads(data)
    return bool(read["format"] == FORMAT) and data.endswith(b"}\n")


def _csv_ok(data: bytes) -> bool:
    return data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")


def _xlsx_ok(data: bytes) -> bool:
    """No formula, link, comment, hidden sheet or part that we do not write."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        pages = [archive.read(n) for n in names if n.startswith("xl/worksheets/sheet")]
        book = archive.read("xl/workbook.xml")
    foreign = [n for n in names if any(word in n for word in ("comment", "external", "vba"))]
    return (
        _tables_of(book) == [sheet.name for sheet in rows.ALL]
        and not any(b"<f>" in page or b"<f " in page or b"<hyperlink" in page for page in pages)
        and b'state="hidden"' not in book
        and not foreign
    )


def _tables_of(book: bytes) -> list[str]:
    """Return the tables of a workbook in order; one may go on on sheets with numbers."""
    names = [html.unescape(name) for name in re.findall(r'<sheet name="([^"]*)"', book.decode())]
    return list(dict.fromkeys(re.sub(r" [0-9]+$", "", name) for name in names))


def _pdf_ok(data: bytes) -> bool:
    """Pages, and nothing that acts; compressed streams may hold such words by chance."""
    frame = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document) > 0 and not any(word in frame for word in _ACTIVE)
    finally:
        document.close()


_ACTIVE = (b"/JavaScript", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/AcroForm", b"/URI")
