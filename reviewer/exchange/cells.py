"""The cells of a rating sheet: XLSX out, CSV and XLSX in.

What goes out comes back letter for letter; ``reviewer.records.cells`` guards it against formulas.
"""

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from reviewer.documents.outside.table import Kind, read_table
from reviewer.errors import SheetError
from reviewer.records.cells import MOST_UNITS, plain_cell, safe_cell, units

# 1,000 cases of 23 factors are 23,000 rows.
_KIND = Kind(error=SheetError, key="case", max_bytes=32 << 20, max_rows=200_000)
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
    return [[plain_cell(cell) for cell in row] for row in read_table(path, _KIND).rows]
