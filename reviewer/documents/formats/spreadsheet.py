"""The cells of a spreadsheet as text, in the worker: what a register or a rating sheet is made of.

A cell comes as the sheet shows it, a whole date as year-month-day. Nothing is computed: a formula
counts by its last result, and one without a result is told.
"""

import json

from reviewer.documents import limits
from reviewer.documents.formats import excel_xml, flat, ods, xls, xlsx
from reviewer.documents.formats.sheet_cells import Book, Sheet
from reviewer.documents.grid import MOST_AREAS, MOST_REMARKS
from reviewer.documents.refusals import Refused

_HEAD = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0"
_ODS = b"opendocument.spreadsheet"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_ROWS = limits.MAX_ROWS + 50  # with what stands above the headings
_TEXT = 16 << 20  # characters that are answered


def grids(untrusted: bytes) -> bytes:
    """Return every sheet as JSON, a list of ``grid.Grid``. Raises ``Refused``."""
    book = read(untrusted)
    if not book.sheets:
        raise Refused("sheet-broken")
    found = [_grid(sheet) for sheet in book.sheets]
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def read(untrusted: bytes) -> Book:
    """Return a spreadsheet of any kind. Raises ``Refused``."""
    if untrusted.startswith(_OLE):
        if _LOCKED in untrusted:
            raise Refused("sheet-locked")
        return xls.book(untrusted)
    if excel_xml.ROOT.search(untrusted[:_HEAD]):
        return excel_xml.book(untrusted)
    if flat.ROOT.search(untrusted[:_HEAD]):
        return ods.flat(untrusted)
    return ods.book(untrusted) if _ODS in untrusted[:200] else xlsx.book(untrusted)


def _grid(sheet: Sheet) -> dict[str, object]:
    rows: list[list[str]] = []
    dated: list[tuple[int, int, str]] = []
    bare: list[tuple[int, int]] = []
    cut, formulas, total = sheet.cut, 0, 0
    height = min(sheet.height, _MOST_ROWS)
    cut |= height < sheet.height
    for at in range(height):
        held = sheet.rows.get(at, {})
        within = {column: cell for column, cell in held.items() if column < limits.MAX_COLUMNS}
        cut |= any(held[column].text.strip() for column in held.keys() - within.keys())
        row = [""] * (1 + max(within, default=-1))
        for column, cell in within.items():
            row[column] = cell.exact or cell.text
            formulas += cell.formula
            if cell.bare:
                bare.append((at, column))
            elif cell.dated:
                dated.append((at, column, cell.text))
        while row and not row[-1]:
            row.pop()
        total += sum(map(len, row))
        if total > _TEXT:
            raise Refused("sheet-bomb")
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return {
        "name": sheet.name,
        "state": sheet.state,
        "rows": rows,
        "hidden_rows": sorted(at for at in sheet.hidden_rows if at < height),
        "hidden_columns": [at for at in range(limits.MAX_COLUMNS) if sheet.is_hidden(at)],
        "filtered": sheet.filtered,
        "merged": [list(one) for one in sheet.merged[:MOST_AREAS]],
        "dated": dated,
        "bare": bare,
        "long": [
            (at, column)
            for at, row in enumerate(rows)
            for column, cell in sheet.rows.get(at, {}).items()
            if cell.long and column < len(row)
        ],
        "formulas": formulas,
        "remarks": [(*at, words) for at, words in [*sheet.remarks.items()][:MOST_REMARKS]],
        "beside": sheet.pictures + sheet.charts + sheet.objects + len(sheet.loose),
        "cut": cut,
    }
