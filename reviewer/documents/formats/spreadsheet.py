"""The cells of an XLSX file as text, in the worker.

A formula comes as its own text, never as a value: what Excel last computed may be anything, and
a register has no business computing. Dates and numbers come as a person would type them.
"""

import datetime as dt
import io
import json
import re
from typing import Any

import openpyxl

from reviewer.documents import limits
from reviewer.documents.formats.archive import Archive
from reviewer.documents.refusals import Refused

_TEXT = 16 << 20  # characters of all cells together
_ROWS_SEEN = 1_100_000  # a sheet has 1,048,576 at most; empty ones at the end are dropped
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")


def rows(untrusted: bytes) -> bytes:
    """Return the first sheet's rows as JSON (a list of lists of text). Raises ``Refused``."""
    archive = Archive(untrusted, broken="sheet-broken", bomb="sheet-bomb")
    if "xl/workbook.xml" not in archive.names:
        raise Refused("sheet-broken")
    for name in archive.names:
        if _DOCTYPE.search(archive.read(name)):  # also counts what the whole file unpacks to
            raise Refused("sheet-bomb")
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(untrusted), read_only=True, data_only=False, keep_links=False
        )
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = _rows(sheet)
    except Refused:
        raise
    except Exception as error:  # openpyxl lets whatever a broken file causes through
        raise Refused("sheet-broken") from error
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def _rows(sheet: Any) -> list[list[str]]:  # noqa: ANN401 - openpyxl has no types
    found: list[list[str]] = []
    total = 0
    for seen, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if seen > _ROWS_SEEN:
            raise Refused("sheet-rows")
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits.MAX_COLUMNS or (cells and seen > limits.MAX_ROWS + 1):
            raise Refused("sheet-rows")
        total += sum(map(len, cells))
        if total > _TEXT:
            raise Refused("sheet-bomb")
        if seen <= limits.MAX_ROWS + 1:
            found.append(cells)
    while found and not found[-1]:
        found.pop()
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    text = str(getattr(value, "text", value))  # array and data-table formulas carry theirs
    if len(text) > limits.MAX_CELL:
        raise Refused("sheet-cell")
    return text
