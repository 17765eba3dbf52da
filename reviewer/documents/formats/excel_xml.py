"""Excel's XML of 2003 (SpreadsheetML): every sheet, with what it hides, as one text of XML."""

import datetime as dt
import re

from reviewer.documents.formats import number_format
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
from reviewer.documents.formats.xlsx_sheet import numbered, printed
from reviewer.documents.formats.xml import Attributes, walk
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

ROOT = re.compile(rb"<(?:\w+:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_STATES = {"SheetHidden": HIDDEN, "SheetVeryHidden": VERY_HIDDEN}
_FORMATS = {  # that go by a name
    "General Number": GENERAL, "General Date": "yyyy-mm-dd h:mm", "Long Date": "d mmmm yyyy",
    "Medium Date": "dd-mmm-yy", "Short Date": "yyyy-mm-dd", "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%",
    "Scientific": "0.00E+00",
}  # fmt: skip
_ROWS, _COLUMNS, _MOST = 1_048_576, 16_384, 500
_FIRST, _LEAP = dt.datetime(1899, 12, 31), 59  # noqa: DTZ001 - a sheet's moments have no zone
_EDGES = {"Header", "Footer"}


def book(untrusted: bytes) -> Book:
    """Return a workbook as values. Raises ``Refused``."""
    reader = _Reader()
    walk(untrusted, reader.start, reader.end, reader.text, broken="sheet-broken", dtd="sheet-bomb")
    return reader.found


class _Reader:
    """The sheets as they come by, one element after the other."""

    def __init__(self) -> None:
        self.found = Book()
        self._budget = Budget()
        self._open: list[str] = []
        self._styles: dict[str, tuple[str, bool]] = {}  # format, and whether it is struck out
        self._style = ""
        self._sheet: Sheet | None = None
        self._row = self._column = self._rows_more = self._defined = 0
        self._cell: Attributes = {}
        self._kind = ""
        self._words: list[str] = []
        self._remark: list[str] | None = None
        self._author = ""
        self._state: list[str] = []

    # ------------------------------------------------------------ elements

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element. Raises ``Refused``."""
        self._open.append(name)
        begin = {
            "Row": self._begin_row, "Column": self._begin_column, "Cell": self._begin_cell,
        }  # fmt: skip
        if self._sheet is None:
            self._outside(name, attributes)
        elif name in begin:
            begin[name](self._sheet, attributes)
        else:
            self._within(self._sheet, name, attributes)

    def _within(self, sheet: Sheet, name: str, attributes: Attributes) -> None:
        """Take what stands at a cell, or beside all of them."""
        if name == "Comment":
            self._remark, self._author = [], clean(attributes.get("Author", "")).strip()
        elif name == "Data" and self._remark is None:
            self._kind = attributes.get("Type", "")
        elif name == "AutoFilter":
            sheet.filtered = True
        elif name in _EDGES and (words := printed(attributes.get("Data", ""))):
            sheet.loose.append(self._budget.take(words))

    def _outside(self, name: str, attributes: Attributes) -> None:
        if name == "Style":
            self._style = attributes.get("ID", "")
            self._styles[self._style] = self._styles.get(attributes.get("Parent", ""), ("", False))
        elif name == "NumberFormat":
            code = attributes.get("Format", "")
            struck = self._styles.get(self._style, ("", False))[1]
            self._styles[self._style] = _FORMATS.get(code, code), struck
        elif name == "Font" and attributes.get("StrikeThrough", "0") == "1":
            self._styles[self._style] = self._styles.get(self._style, ("", False))[0], True
        elif name == "Worksheet":
            if len(self.found.sheets) >= _MOST:
                raise Refused("sheet-bomb")
            self._sheet = Sheet(name=clean(attributes.get("Name", ""))[:200])
            self.found.sheets.append(self._sheet)
            self._row, self._rows_more, self._defined = -1, 0, 0
        elif name == "BinData":
            self.found.notes.append(told("Macros in the file were left out.", macros=1))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._open.pop()
        if self._sheet is None:
            return
        if name == "Cell":
            self._end_cell(self._sheet)
        elif name == "Comment" and self._remark is not None:
            words = " ".join(clean("".join(self._remark)).split())
            if self._author and not words.startswith(f"{self._author}:"):
                words = f"{self._author}: {words}"
            self._sheet.remarks[max(self._row, 0), max(self._column, 0)] = self._budget.take(words)
            self._remark = None
        elif name == "Visible":
            self._sheet.state = _STATES.get("".join(self._state).strip(), SHOWN)
            self._state.clear()
        elif name == "Worksheet":
            self._sheet = None

    def text(self, words: str) -> None:
        """Take text."""
        if self._remark is not None:
            if "Data" in self._open:
                self._remark.append(words)
        elif "Data" in self._open and "Cell" in self._open:
            self._words.append(words)
        elif self._open and self._open[-1] == "Visible":
            self._state.append(words)

    # ------------------------------------------------------------ rows and cells

    def _begin_row(self, sheet: Sheet, attributes: Attributes) -> None:
        self._row = _index(attributes, self._row + 1 + self._rows_more, _ROWS)
        self._rows_more, self._column = _count(attributes, "Span", _ROWS), -1
        if attributes.get("Hidden") == "1":
            last = min(self._row + self._rows_more, self._row + 50_000)
            sheet.hidden_rows.update(range(self._row, last + 1))

    def _begin_column(self, sheet: Sheet, attributes: Attributes) -> None:
        first = _index(attributes, self._defined, _COLUMNS)
        self._defined = first + 1 + _count(attributes, "Span", _COLUMNS)
        if attributes.get("Hidden") == "1":
            sheet.hidden_columns.append((first, self._defined - 1))

    def _begin_cell(self, sheet: Sheet, attributes: Attributes) -> None:
        if self._row < 0:
            raise Refused("sheet-broken")
        self._column = _index(attributes, self._column + 1, _COLUMNS)
        self._cell, self._kind, self._words = attributes, "", []
        if target := clean(attributes.get("HRef", "")):
            sheet.links[self._row, self._column] = self._budget.take(target)
        across = _count(attributes, "MergeAcross", _COLUMNS)
        down = _count(attributes, "MergeDown", _ROWS)
        if across or down:
            last = self._row + down, self._column + across
            sheet.merged.append((self._row, self._column, *last))

    def _end_cell(self, sheet: Sheet) -> None:
        made = self._made("".join(self._words))
        if made is not None:
            self._budget.take(made.text)
            sheet.rows.setdefault(self._row, {})[self._column] = made
        self._column += _count(self._cell, "MergeAcross", _COLUMNS)
        self._words = []

    def _made(self, said: str) -> Cell | None:
        formula = bool(self._cell.get("Formula"))
        code, struck = self._styles.get(self._cell.get("StyleID", "Default"), ("", False))
        code = code or GENERAL
        if not said:
            bare = clean(self._cell.get("Formula", ""))
            return Cell(text=bare, formula=True, bare=True) if bare else None
        number = _number(said, self._kind)
        if number is not None:
            if self._kind == "DateTime" and code == GENERAL:
                code = _FORMATS["General Date" if number % 1 else "Short Date"]
            return numbered(number, code, formula=formula, struck=struck, written=said.strip())
        if self._kind == "Boolean":
            said = {"1": "TRUE", "0": "FALSE"}.get(said.strip(), said)
        text = number_format.show_text(clean(said), code)
        return Cell(text=strike(text) if struck else text, formula=formula)


def _number(said: str, kind: str) -> float | None:
    """Return a number, or a moment as a sheet counts it; None for what is none."""
    try:
        if kind == "Number":
            number = float(said)
            return number if abs(number) < 1e300 else None
        if kind == "DateTime":
            since = dt.datetime.fromisoformat(said.strip()).replace(tzinfo=None) - _FIRST
            days = since / dt.timedelta(days=1)
            return days + 1 if days > _LEAP else days  # sheets know a 29 February 1900
    except ValueError:
        return None
    return None


def _count(attributes: Attributes, name: str, most: int) -> int:
    value = attributes.get(name, "0")
    return min(int(value), most) if value.isdigit() and value.isascii() and len(value) < 9 else 0


def _index(attributes: Attributes, otherwise: int, most: int) -> int:
    """Return a place from 0: as it is said, counted from 1, or the next. Raises ``Refused``."""
    found = _count(attributes, "Index", most + 1) - 1 if "Index" in attributes else otherwise
    if not 0 <= found < most:
        raise Refused("sheet-broken")
    return found
