"""The cells of a rating sheet: XLSX out, CSV and XLSX in.

What goes out comes back letter for letter; ``reviewer.records.cells`` guards it against formulas.
"""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from reviewer.documents.formats import encoding
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError, InputError, SheetError
from reviewer.files.read import NotAFileError, open_file
from reviewer.records.cells import MOST_UNITS, plain_cell, safe_cell, units

MAX_BYTES = 32 << 20
MAX_ROWS = 200_000  # 1,000 cases of 23 factors are 23,000
_XLS = b"\xd0\xcf\x11\xe0"
_MAX_PARTS = 100_000  # cells in one line: more than any comment has commas
_DELIMITERS = ",;\t"

_UNDATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX holds no time zone; a sheet names no hour

Cell = str | int


def as_xlsx(rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> bytes:
    """Return rows as XLSX: numbers as numbers, texts as texts, nothing else.

    Raises ``SheetError`` for a text that is longer than the format allows.
    """
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"created": _UNDATED})
        sheet = workbook.add_worksheet("Ratings")
        bold = workbook.add_format({"bold": True})
        wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, wrap)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    text = safe_cell(cell)
                    if units(text) > MOST_UNITS:
                        raise SheetError(
                            f"Row {number + 1} holds a text that is too long for XLSX."
                            " Export CSV instead."
                        )
                    if text.startswith("<r>") and text.endswith("</r>"):
                        # The library takes this for markup of its own, and would not escape it.
                        sheet.write_rich_string(number, column, *text[:2], text[2:])
                    else:
                        sheet.write_string(number, column, text, None if number else bold)
    return out.getvalue()


def read_rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV or XLSX file as text, the guard's apostrophes taken off.

    XLSX is unpacked in the worker process. Raises ``InputError`` where there is no such file and
    ``SheetError`` for one that is no sheet.
    """
    untrusted = _bytes(path)
    if untrusted.startswith(b"PK"):
        try:
            with Worker() as worker:
                rows = worker.rows(untrusted)
        except DocumentError as error:
            raise SheetError(str(error)) from error
    elif untrusted.startswith(_XLS):
        raise SheetError(
            f"{path.name} is an Excel file of the old kind (.xls). Save it as XLSX or CSV (UTF-8)"
            " and import that."
        )
    else:
        rows = _split(path, untrusted)
    found = [[plain_cell(cell) for cell in row] for row in rows]
    if not any(cell.strip() for row in found for cell in row):
        raise SheetError(f"{path.name} is empty.")
    return found


def _bytes(path: Path) -> bytes:
    try:
        with open_file(path) as stream:
            untrusted = stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, NotAFileError):
        raise InputError(f"There is no file {path.name} there.") from None
    except OSError as error:
        raise InputError(f"{path.name} could not be read ({error.strerror}).") from error
    if len(untrusted) > MAX_BYTES:
        raise SheetError(f"{path.name} is larger than {MAX_BYTES >> 20} MiB. It was not read.")
    return untrusted


def _split(path: Path, untrusted: bytes) -> list[list[str]]:
    try:
        text, _ = encoding.decode(untrusted)
    except Refused as refused:
        raise SheetError(
            f"The letters of {path.name} could not be made out, so nothing was changed. Save it as"
            " CSV (UTF-8)."
        ) from refused
    head = text.split("\n", 1)[0][: 1 << 16]
    delimiter = max(_DELIMITERS, key=head.count)
    rows: list[list[str]] = []
    lines = io.StringIO(text, newline="")
    costly = (line.count(delimiter) > _MAX_PARTS for line in lines)
    if any(costly):
        raise SheetError(f"{path.name} has a line of far more columns than a rating sheet has.")
    lines.seek(0)
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            rows.append(row[:_MAX_PARTS])
            if len(rows) > MAX_ROWS + 1:
                raise SheetError(f"{path.name} has more than {MAX_ROWS:,} rows.")
    except csv.Error as error:
        raise SheetError(
            f"Row {len(rows) + 1} of {path.name} cannot be read: a quotation mark is not closed,"
            " or a cell is too long. Nothing was changed."
        ) from error
    return rows
