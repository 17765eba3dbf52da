"""Flat tables as one XLSX workbook: strings as strings, numbers as numbers, no formula."""

import datetime as dt
import io
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reviewer.progress import Progress, Quiet
from reviewer.records.cells import MOST_UNITS, safe_cell, units
from reviewer.reports import faces, rows, words
from reviewer.reports.rows import Scalar, Sheet
from reviewer.summary.shapes import Summary

MOST_ROWS = 250_000  # a sheet: Excel ends at 1,048,576, and few machines open that many
CUT = " [cut here; summary.json holds the whole text]"
_UNDATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX holds no time zone


class _Look(NamedTuple):
    """How heads and cells are set."""

    head: Format
    plain: Format


def workbook(summary: Summary, *, progress: Progress | None = None) -> bytes:
    """Return the workbook; the same summary gives the same bytes.

    It is put together in memory: the library's temporary files would be plain text on disk.
    """
    told = progress or Quiet()
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    )
    book.set_properties({"title": summary.panel.title, "created": _moment(summary.panel.released)})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F6F4EF"})
    plain = book.add_format({"valign": "top"})
    for number, sheet in enumerate(rows.ALL):
        told.step(number, len(rows.ALL), "summary.xlsx")
        _fill(book, sheet, summary, _Look(head, plain))
    book.close()
    return target.getvalue()


def _fill(book: xlsxwriter.Workbook, sheet: Sheet, summary: Summary, look: _Look) -> None:
    """Write one table; what is more than a sheet takes goes on on another, and says so."""
    page, part, number = _page(book, sheet, sheet.name, summary, look), 1, 0
    for row in sheet.rows(summary):
        if number == MOST_ROWS:
            part, number = part + 1, 0
            name = f"{sheet.name} {part}"
            page.write_string(MOST_ROWS + 1, 0, f"Continued on the sheet \u201c{name}\u201d.")
            page = _page(book, sheet, name, summary, look)
        number += 1
        for column, value in enumerate(row):
            _write(page, number, column, value)


def _page(
    book: xlsxwriter.Workbook, sheet: Sheet, name: str, summary: Summary, look: _Look
) -> Worksheet:
    """Return a new sheet with the table's head."""
    page = book.add_worksheet(name)
    for column, (title, wide) in enumerate(sheet.head):
        page.set_column(column, column, wide, look.plain)
        page.write_string(0, column, title, look.head)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    room = 100 - len(words.PANEL_ONLY)  # of 255 units, of which an emoji takes two and & two
    marking = f"{faces.shortened(summary.panel.marking, room)} {words.PANEL_ONLY}"
    page.set_header(f"&C{marking.replace('&', '&&')}")
    page.set_footer("&CPage &P of &N")
    if sheet is not rows.SUMMARY:
        page.autofilter(0, 0, 0, len(sheet.head) - 1)
    return page


def _write(page: Worksheet, row: int, column: int, value: Scalar) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, str):
        page.write_string(row, column, _text(value))
    else:
        page.write_number(row, column, value)


def _text(value: str) -> str:
    """Return what one cell holds: safe, encodable, and not longer than Excel reads."""
    text = safe_cell(value.encode("utf-8", "replace").decode())
    if units(text) <= MOST_UNITS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MOST_UNITS - units(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


def _moment(stamp: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(stamp).replace(tzinfo=None)
    except ValueError:
        return _UNDATED
