"""Flat tables as one XLSX workbook: strings as strings, numbers as numbers, no formula."""

import datetime as dt
import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reviewer.progress import Progress, Quiet
from reviewer.records.cells import MOST_UNITS, safe_cell, units
from reviewer.reports import faces, rows, words
from reviewer.reports.rows import Scalar, Sheet
from reviewer.summary.shapes import Summary

MOST_ROWS = 250_000  # Excel ends at 1,048,576, and few machines open that many with comments
CUT = " [cut here; summary.json holds the whole text]"
_UNDATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX holds no time zone


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
        _fill(book.add_worksheet(sheet.name), sheet, summary, head, plain)
    book.close()
    return target.getvalue()


def _fill(page: Worksheet, sheet: Sheet, summary: Summary, head: Format, plain: Format) -> None:
    for column, (name, wide) in enumerate(sheet.head):
        page.set_column(column, column, wide, plain)
        page.write_string(0, column, name, head)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    room = 100 - len(words.PANEL_ONLY)  # of 255 units, of which an emoji takes two and & two
    marking = f"{faces.shortened(summary.panel.marking, room)} {words.PANEL_ONLY}"
    page.set_header(f"&C{marking.replace('&', '&&')}")
    page.set_footer("&CPage &P of &N")
    for number, row in enumerate(sheet.rows(summary), 1):
        if number > MOST_ROWS:
            page.write_string(number, 0, "There are more rows than fit here: see the CSV files.")
            break
        for column, value in enumerate(row):
            _write(page, number, column, value)
    if sheet is not rows.SUMMARY:
        page.autofilter(0, 0, 0, len(sheet.head) - 1)


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
