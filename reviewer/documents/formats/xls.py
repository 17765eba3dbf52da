"""Excel files of the old kind (.xls) in the worker: every sheet, with what it hides.

Cells and their formats are read by xlrd; what it passes over is counted by ``xls_beside``.
"""

import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import xlrd

from reviewer.documents import limits
from reviewer.documents.formats import number_format, xls_beside
from reviewer.documents.formats.number_format import GENERAL
from reviewer.documents.formats.sheet_cells import (
    HIDDEN,
    SHOWN,
    VERY_HIDDEN,
    Book,
    Budget,
    Cell,
    Sheet,
)
from reviewer.documents.formats.xlsx_parts import strike
from reviewer.documents.formats.xlsx_sheet import numbered
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_STATES = {0: SHOWN, 1: HIDDEN, 2: VERY_HIDDEN}
_BY_COMPUTER = {14: "yyyy-mm-dd", 22: "yyyy-mm-dd h:mm"}


def book(untrusted: bytes) -> Book:
    """Return a workbook as values. Raises ``Refused``."""
    stream, names = xls_beside.stream_of(untrusted)
    beside = xls_beside.look(stream, names)
    try:
        # Its own reader of compound files goes round for ever in one whose sectors lead back.
        made = xlrd.open_workbook(
            file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        found = _book(made, beside)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # it lets whatever a broken file causes through
        locked = "encrypted" in str(error).lower()
        raise Refused("sheet-locked" if locked else "sheet-broken") from error
    return found


def _book(made: Any, beside: xls_beside.Beside) -> Book:  # noqa: ANN401 - xlrd has no types
    found, budget = Book(notes=list(beside.notes)), Budget()
    for number in range(made.nsheets):
        read = _Sheet(made, made.sheet_by_index(number), budget)
        sheet = read.sheet()
        extra = beside.sheets.get(sheet.name)
        if extra is not None:
            sheet.pictures, sheet.charts = extra.pictures, extra.charts
            sheet.filtered = extra.filtered
            sheet.loose += [budget.take(words) for words in extra.words]
            sheet.asked |= dict.fromkeys(budget.take(words) for words in extra.asked)
            for row, column in extra.formulas:
                cell = sheet.rows.get(row, {}).get(column)
                if cell is not None:
                    sheet.rows[row][column] = _computed(cell)
        found.sheets.append(sheet)
    return found


def _computed(cell: Cell) -> Cell:
    return replace(cell, formula=True)


class _Sheet:
    """One sheet, as xlrd has it."""

    def __init__(self, made: Any, old: Any, budget: Budget) -> None:  # noqa: ANN401 - as above
        self._made, self._old, self._budget = made, old, budget
        self._struck = [bool(font.struck_out) for font in made.font_list]

    def sheet(self) -> Sheet:
        old = self._old
        sheet = Sheet(name=clean(old.name)[:200], state=_STATES.get(old.visibility, SHOWN))
        for row in range(old.nrows):
            cells = {
                column: made
                for column in range(old.row_len(row))
                if (made := self._cell(row, column)) is not None
            }
            if cells:
                sheet.rows[row] = cells
        sheet.hidden_rows = {at for at, row in old.rowinfo_map.items() if row.hidden}
        sheet.hidden_columns = [(at, at) for at, one in old.colinfo_map.items() if one.hidden]
        sheet.merged = [
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in old.merged_cells
        ]
        for place, note in old.cell_note_map.items():
            words = " ".join(clean(note.text).split())
            signed = note.author and not words.startswith(f"{note.author}:")
            said = f"{clean(note.author)}: {words}" if signed else words
            sheet.remarks[place] = self._budget.take(said)
        for place, link in old.hyperlink_map.items():
            if target := link.url_or_path or link.textmark:
                text = target.decode("latin-1") if isinstance(target, bytes) else str(target)
                sheet.links[place] = clean(text)
        return sheet

    def _cell(self, row: int, column: int) -> Cell | None:
        kind, value = self._old.cell_type(row, column), self._old.cell_value(row, column)
        if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
            return None
        style = self._made.xf_list[self._old.cell_xf_index(row, column)]
        code = self._code(style.format_key)
        struck = 0 <= style.font_index < len(self._struck) and self._struck[style.font_index]
        if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            cell = numbered(value, code, from_1904=self._made.datemode == 1, struck=struck)
        elif kind == xlrd.XL_CELL_TEXT:
            text = value if struck else self._in_runs(row, column, value)
            text = number_format.show_text(clean(text), code)
            cell = Cell(text=strike(text) if struck else text)
        elif kind == xlrd.XL_CELL_BOOLEAN:
            cell = Cell(text="TRUE" if value else "FALSE")
        else:
            cell = Cell(text=xlrd.error_text_from_code.get(value, "#ERROR"))
        self._budget.take(cell.text)
        return cell

    def _code(self, key: int) -> str:
        if key in _BY_COMPUTER:
            return _BY_COMPUTER[key]
        known = self._made.format_map.get(key)
        return str(known.format_str) if known is not None else GENERAL

    def _in_runs(self, row: int, column: int, text: str) -> str:
        """Return a text in which some words are struck out."""
        runs = self._old.rich_text_runlist_map.get((row, column))
        if not runs or len(text) > limits.MAX_CELL:
            return str(text)
        edges = [(0, 0), *runs, (len(text), 0)]
        parts = []
        for (start, font), (end, _) in pairwise(edges):
            part = text[start:end]
            crossed = start > 0 or edges[1][0] == 0
            is_struck = crossed and 0 <= font < len(self._struck) and self._struck[font]
            parts.append(strike(part) if is_struck else part)
        return "".join(parts)
