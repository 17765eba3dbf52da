"""Writes every form of the summary into one folder, and reads each back before it is given out."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from reviewer.errors import EngineError, StorageError
from reviewer.outfile import write_whole
from reviewer.progress import Progress, Quiet
from reviewer.reports import rows
from reviewer.reports.csvfile import csv_file
from reviewer.reports.data import FORMAT, summary_json
from reviewer.reports.pdf import consolidated_pdf
from reviewer.reports.xlsx import workbook
from reviewer.summary.shapes import Summary

_WEIGHTS = {"summary.pdf": 30, "summary.xlsx": 10}  # about how long each takes, CSV and JSON 1
_TOTAL = 44
_CSV = {"factors.csv": rows.FACTORS, "cells.csv": rows.CELLS, "ratings.csv": rows.RATINGS}


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
    told = _Parts(progress or Quiet())
    makers: dict[str, Callable[[], bytes]] = {
        "summary.json": lambda: summary_json(summary),
        **{name: _csv_maker(summary, sheet) for name, sheet in _CSV.items()},
        "summary.xlsx": lambda: workbook(summary, progress=told),
        "summary.pdf": lambda: consolidated_pdf(summary, progress=told),
    }
    made: dict[str, bytes] = {}
    for name, make in makers.items():
        told.step(0, 1, name)
        made[name] = make()
        check(name, made[name])
        told.pass_on(_WEIGHTS.get(name, 1))
    return {name: write_whole(to / name, data, overwrite=overwrite) for name, data in made.items()}


class _Parts:
    """One progress over all files: each file's own steps fill its part of the whole."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._before, self._now = 0, 1

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass on a step within the file at hand."""
        whole = self._before + self._now * done / max(total, 1)
        self._progress.step(round(whole * 100), _TOTAL * 100, what)

    def pass_on(self, weight: int) -> None:
        """Say that a file of this weight is finished."""
        self._before += weight
        self._now = _WEIGHTS["summary.pdf"] if self._before + 30 == _TOTAL else 1


def check(name: str, data: bytes) -> None:
    """Read a file of ours back; raise ``EngineError`` where it is not what it must be."""
    checks = {".json": _json_ok, ".xlsx": _xlsx_ok, ".pdf": _pdf_ok, ".csv": _csv_ok}
    if not checks[Path(name).suffix](data):
        raise EngineError(
            f"{name} did not pass its own check, so nothing was written. Please report this."
        )


def _csv_maker(summary: Summary, sheet: rows.Sheet) -> Callable[[], bytes]:
    return lambda: csv_file(summary, sheet)


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
