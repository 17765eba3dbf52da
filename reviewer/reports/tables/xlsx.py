"""Flat tables as one XLSX workbook: strings as strings, numbers as numbers, no formula.

The library makes everything but the rows: it would hold them all in memory, or lay them down in
plain in a temporary folder, and it takes a text from <r> to </r> for markup. They are written
here, straight into the file, each text inside its own cell.
"""

import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from reviewer.files.write import write_text
from reviewer.progress import Progress
from reviewer.records.cells import MOST_UNITS, safe_cell, units
from reviewer.reports import phrases
from reviewer.reports.tables import rows
from reviewer.reports.tables.rows import Row, Sheet
from reviewer.summary.shapes import Summary
from reviewer.typeset import fonts

MOST_ROWS = 250_000  # a sheet: Excel ends at 1,048,576, and few machines open that many
MOST_TEXT = 500_000_000  # characters of a sheet: past 2 GiB it would need what few programs read
CUT = " [cut here; summary.json holds the whole text]"
_UNDATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX holds no time zone
_SHORT = 64  # characters of a text that is kept: names and codes come again and again
_SHEET = "xl/worksheets/sheet{}.xml"
_LEVEL = 3  # of compression: twice as fast as usual, and a tenth larger
_COLUMNS = [xl_col_to_name(place) for place in range(100)]
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")


class _Look(NamedTuple):
    """How heads and cells are set."""

    head: Format
    plain: Format


class _Frame(NamedTuple):
    """What stands before and after the rows of a sheet, and the style of its cells."""

    before: str
    after: str
    style: str


class _Rows:
    """A table's rows, the next of which can be seen before it is taken."""

    def __init__(self, found: Iterator[Row]) -> None:
        self._found = found
        self.next = next(found, None)

    def take(self) -> Row:
        """Return the next row, where there is one."""
        row, self.next = self.next, next(self._found, None)
        return row or ()


class _Tables:
    """How far all tables are, told by the one at hand, of ``size`` rows."""

    def __init__(self, whole: Progress, total: int) -> None:
        self._whole, self._total, self._before, self._size = whole, total, 0, 0

    def begin(self, size: int) -> None:
        """Begin the next table."""
        self._before, self._size = self._before + self._size, size

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass on a step within one table."""
        at = self._before + self._size * done // max(total, 1)
        self._whole.step(at, max(self._total, 1), what)


def write_workbook(summary: Summary, out: BinaryIO, progress: Progress) -> None:
    """Write the workbook; the same summary gives the same bytes. Raises ``Cancelled``.

    What is more than a sheet takes goes on on another, and says so.
    """
    tables = _Tables(progress, sum(sheet.about(summary) for sheet in rows.ALL))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as made:
        names: list[tuple[Sheet, str]] = []
        for sheet, frame in zip(rows.ALL, _frames(summary), strict=True):
            tables.begin(sheet.about(summary))
            found, part = _Rows(rows.told(summary, sheet, tables)), 1
            while part == 1 or found.next is not None:
                names.append((sheet, sheet.name if part == 1 else f"{sheet.name} {part}"))
                part += 1
                with made.open(_SHEET.format(len(names)), "w") as target:
                    write_text(target, _page(frame, found, f"{sheet.name} {part}"))
        with zipfile.ZipFile(_bare(summary, names)) as bare:
            for name in bare.namelist():
                if name not in made.NameToInfo:
                    with made.open(name, "w") as target:
                        target.write(bare.read(name))


def _page(frame: _Frame, found: _Rows, rest: str) -> Iterator[str]:
    """Yield one sheet; what stays in ``found`` goes on on the sheet ``rest``."""
    yield frame.before
    number, size = 1, 0
    while found.next is not None and number <= MOST_ROWS and size < MOST_TEXT:
        number += 1
        row = _row(found.take(), number, frame.style)
        size += len(row)
        yield row
    if found.next is not None:
        yield _row((f"Continued on the sheet \u201c{rest}\u201d.",), number + 1, frame.style)
    yield frame.after


def _row(row: Row, number: int, style: str) -> str:
    cells = []
    for column, value in zip(_COLUMNS, row, strict=False):
        if value is None or value == "":
            continue
        where = f'<c r="{column}{number}" s="{style}"'
        if isinstance(value, bool):
            cells.append(f"{where}{_short('yes' if value else 'no')}")
        elif not isinstance(value, str):
            cells.append(f"{where}><v>{_number(value)}</v></c>")
        elif len(value) <= _SHORT:
            cells.append(f"{where}{_short(value)}")
        else:
            cells.append(f"{where}{_inside(value)}")
    return f'<row r="{number}">{"".join(cells)}</row>'


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError("no spreadsheet holds such a number")
    return f"{value:.16G}"


def _inside(value: str) -> str:
    """Return the rest of a cell with a text: nothing in it is read as markup or as an escape."""
    text = _ESCAPED.sub("_x005F_", _text(value))
    text = _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{kept}>{text}</t></is></c>'


_short = lru_cache(maxsize=1 << 14)(_inside)


def _text(value: str) -> str:
    """Return what one cell holds: safe, encodable, and not longer than Excel reads."""
    text = safe_cell(value.encode("utf-8", "replace").decode())
    if units(text) <= MOST_UNITS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MOST_UNITS - units(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


def _frames(summary: Summary) -> list[_Frame]:
    """Return each table's sheet with its head and without a row."""
    frames = []
    with zipfile.ZipFile(_bare(summary, [(sheet, sheet.name) for sheet in rows.ALL])) as bare:
        for number in range(1, len(rows.ALL) + 1):
            page = bare.read(_SHEET.format(number)).decode()
            page = re.sub(r"<dimension [^>]*>", "", page)  # how long it becomes is not known yet
            before, end, after = page.partition("</sheetData>")
            style = re.search(r'<col [^>]*style="([0-9]+)"', before)
            frames.append(_Frame(before, end + after, style[1] if style else "0"))
    return frames


def _bare(summary: Summary, names: Sequence[tuple[Sheet, str]]) -> io.BytesIO:
    """Return a workbook of these sheets with their heads alone."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": summary.panel.title, "created": _moment(summary.panel.released)})
    look = _Look(
        head=book.add_format({"bold": True, "bottom": 1, "bg_color": "#F6F4EF"}),
        plain=book.add_format({"valign": "top"}),
    )
    for sheet, name in names:
        _head(book, sheet, name, summary, look)
    book.close()
    return target


def _head(
    book: xlsxwriter.Workbook, sheet: Sheet, name: str, summary: Summary, look: _Look
) -> None:
    """Add a sheet with the table's head."""
    page = book.add_worksheet(name)
    for column, (title, wide) in enumerate(sheet.head):
        page.set_column(column, column, wide, look.plain)
        page.write_string(0, column, title, look.head)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    room = 100 - len(phrases.PANEL_ONLY)  # of 255 units, of which an emoji takes two and & two
    marking = f"{fonts.shortened(summary.panel.marking, room)} {phrases.PANEL_ONLY}"
    page.set_header(f"&C{marking.replace('&', '&&')}")
    page.set_footer("&CPage &P of &N")
    if sheet is not rows.SUMMARY:
        page.autofilter(0, 0, 0, len(sheet.head) - 1)


def _moment(stamp: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(stamp).replace(tzinfo=None)
    except ValueError:
        return _UNDATED
