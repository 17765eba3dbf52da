"""Writes every form of the summary into one folder, and reads each back before it is given out."""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from reviewer.errors import EngineError, InputError, StorageError
from reviewer.outfile import write_whole
from reviewer.progress import Progress, Quiet
from reviewer.reports import rows
from reviewer.reports.csvfile import csv_file
from reviewer.reports.data import FORMAT, summary_json
from reviewer.reports.pdf import consolidated_pdf
from reviewer.reports.xlsx import workbook
from reviewer.summary.shapes import Summary


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
    "summary.xlsx": (10, lambda summary, told: workbook(summary, progress=told)),
    "summary.pdf": (30, lambda summary, told: consolidated_pdf(summary, progress=told)),
}
_TOTAL = sum(weight for weight, _ in _MAKERS.values())


def write_all(
    summary: Summary, to: Path, *, progress: Progress | None = None, overwrite: bool = True
) -> dict[str, Path]:
    """Write PDF, XLSX, CSV and JSON into the folder ``to``; return their paths by file name.

    Each is made in memory, checked, and then written whole; earlier ones of the same names are
    replaced unless ``overwrite`` is off. Raises ``StorageError`` when the folder is not there or
    full, ``InputError`` when a name is taken and may not be replaced, ``Cancelled``.
    """
    if not to.is_dir():
        raise StorageError(f"The folder {to.name} is not there. Choose one that is.")
    taken = [name for name in _MAKERS if os.path.lexists(to / name)]
    if taken and not overwrite:
        raise InputError(f"{taken[0]} already exists there, so nothing was written.")
    made: dict[str, bytes] = {}
    before = 0
    for name, (weight, make) in _MAKERS.items():
        told = _Slice(whole=progress or Quiet(), before=before, weight=weight)
        told.step(0, 1, name)
        made[name] = make(summary, told)
        check(name, made[name])
        before += weight
    return {name: write_whole(to / name, data, overwrite=overwrite) for name, data in made.items()}


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
        len(pages) == len(rows.ALL)
        and not any(b"<f>" in page or b"<f " in page or b"<hyperlink" in page for page in pages)
        and b'state="hidden"' not in book
        and not foreign
    )


def _pdf_ok(data: bytes) -> bool:
    """Pages, and nothing that acts; compressed streams may hold such words by chance."""
    frame = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document) > 0 and not any(word in frame for word in _ACTIVE)
    finally:
        document.close()


_ACTIVE = (b"/JavaScript", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/AcroForm", b"/URI")
