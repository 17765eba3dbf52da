"""One sheet of an Excel workbook, read as a stream."""

import re

from reviewer.documents.formats import number_format
from reviewer.documents.formats.sheet_cells import MOST_DIGITS, Budget, Cell, Sheet, area, place
from reviewer.documents.formats.xlsx_form import Asked
from reviewer.documents.formats.xlsx_parts import CODES, Look, Rich, strike, unescaped
from reviewer.documents.formats.xml import OFF, Attributes, walk
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_ROWS, _COLUMNS = 1_048_576, 16_384
_AREAS = 20_000  # merged cells; more are nobody's
_CODE = re.compile(r'&("[^"]*"|\d+|K.{6}|.)', re.DOTALL)
_PRINTED = {
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
}  # fmt: skip


def read_sheet(untrusted: bytes, sheet: Sheet, look: Look, budget: Budget) -> None:
    """Add to ``sheet`` what its part holds. Raises ``Refused``."""
    reader = _Reader(sheet, look, budget)
    walk(untrusted, reader.start, reader.end, reader.text, **CODES)


class _Reader:
    def __init__(self, sheet: Sheet, look: Look, budget: Budget) -> None:
        self._sheet, self._look, self._budget = sheet, look, budget
        self._row, self._column = -1, -1
        self._cell: Attributes | None = None
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._printed: list[str] | None = None
        self._rich = Rich()
        self._asked = Asked(sheet, budget)
        self._into = ""
        self._inline = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._cell is not None:
            self._within(name, attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "c":
            self._begin_cell(attributes)
        elif name in _PRINTED:
            self._printed = []
        else:
            self._aside(name, attributes)

    def text(self, words: str) -> None:
        if self._cell is None:
            self._asked.text(words)
            if self._printed is not None:
                self._printed.append(words)
        elif self._into == "v" and self._value is not None:
            self._value.append(words)
        elif self._into == "f" and self._formula is not None:
            self._formula.append(words)
        elif self._inline:
            self._rich.text(words)

    def end(self, name: str) -> None:
        if self._cell is not None:
            if self._inline:
                self._rich.end(name)
            if name == "c":
                self._end_cell(self._cell)
                self._cell = None
            elif name == self._into:
                self._into = ""
        elif name in _PRINTED and self._printed is not None:
            words = printed("".join(self._printed))
            said = f"Header or footer: {words}"
            if words and said not in self._sheet.loose:
                self._sheet.loose.append(self._budget.take(said))
            self._printed = None
        else:
            self._asked.end(name)

    def _within(self, name: str, attributes: Attributes) -> None:
        if name == "v":
            self._value, self._into = [], "v"
        elif name == "f":
            self._formula, self._into = [], "f"
        elif name == "is":
            self._inline = True
        if self._inline:
            self._rich.start(name, attributes)

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdigit() and len(number) < 8 else self._row + 1
        self._column = -1
        if not 0 <= self._row < _ROWS:
            raise Refused("sheet-broken")
        if _on(attributes, "hidden"):
            self._sheet.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        at = place(attributes.get("r", ""))
        self._row, self._column = at or (max(self._row, 0), self._column + 1)
        if self._column >= _COLUMNS:
            raise Refused("sheet-broken")
        self._cell = attributes
        self._value = self._formula = None
        self._inline, self._into = False, ""

    def _end_cell(self, attributes: Attributes) -> None:
        value = None if self._value is None else "".join(self._value)
        cell = self._made(attributes.get("t", "n"), attributes.get("s", "0"), value)
        self._rich.take()
        if cell is not None and (cell.text or cell.formula):
            self._budget.take(cell.text)
            self._sheet.rows.setdefault(self._row, {})[self._column] = cell

    def _made(self, kind: str, style: str, value: str | None) -> Cell | None:
        formula = self._formula is not None
        if formula and not value and kind != "str":
            return Cell(text=f"={''.join(self._formula or [])}", formula=True, bare=True)
        if kind in {"s", "str", "inlineStr"}:
            return self._words(kind, style, value, formula=formula)
        if kind == "b":
            said = "TRUE" if (value or "").strip() in {"1", "true"} else "FALSE"
            return Cell(text=said, formula=formula)
        if kind == "e":
            return Cell(text=(value or "").strip(), formula=formula)
        if kind == "d":  # a date in its own writing
            return Cell(text=(value or "").strip(), dated="ymd", formula=formula)
        return self._number((value or "").strip(), style, formula=formula)

    def _words(self, kind: str, style: str, value: str | None, *, formula: bool) -> Cell | None:
        if kind == "s":
            at = (value or "").strip()
            if not at.isdigit() or len(at) > 9 or int(at) >= len(self._look.strings):
                if not at:
                    return None
                raise Refused("sheet-broken")
            words = self._look.strings[int(at)]
        else:
            words = self._rich.take() if kind == "inlineStr" else unescaped(value or "")
            words = words or unescaped(value or "")
        words = number_format.show_text(clean(words), self._look.code(style))
        if self._look.is_struck(style):
            words = strike(words)
        return Cell(text=words, formula=formula)

    def _number(self, value: str, style: str, *, formula: bool) -> Cell | None:
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            return Cell(text=clean(value), formula=formula)
        return numbered(
            number,
            self._look.code(style),
            from_1904=self._look.from_1904,
            formula=formula,
            struck=self._look.is_struck(style),
            written=value,
        )

    def _aside(self, name: str, attributes: Attributes) -> None:
        sheet = self._sheet
        self._asked.start(name, attributes)
        if name == "mergeCell":
            found = area(attributes.get("ref", ""))
            if found is not None and len(sheet.merged) < _AREAS:
                sheet.merged.append(found)
        elif name == "col":
            self._columns(attributes)
        elif name == "autoFilter":
            sheet.filtered = True
        elif name == "hyperlink":
            at = place(attributes.get("ref", "").partition(":")[0])
            if at is not None and attributes.get("id") and len(sheet.links) < _AREAS:
                sheet.links[at] = attributes["id"]

    def _columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if not (first.isdigit() and last.isdigit()) or max(len(first), len(last)) > 6:
            return
        start, end = int(first) - 1, min(int(last), _COLUMNS) - 1
        if _on(attributes, "hidden"):
            self._sheet.hidden_columns.append((start, end))


def numbered(
    number: float, code: str, *, from_1904: bool = False, formula: bool = False,
    struck: bool = False, written: str = "",
) -> Cell:  # fmt: skip
    """Return the cell of a number, as its format shows it.

    One of many digits that the format leaves as it is stands as it is ``written`` in the file.
    """
    shown = number_format.show(number, code, from_1904=from_1904)
    exact = ""
    if set("ymd") <= set(shown.dated):
        when = number_format.moment(number, from_1904=from_1904)
        if when is not None:
            whole = when.replace(microsecond=0).isoformat(" ")
            exact = whole.removesuffix(" 00:00:00")
    long = not shown.dated and abs(number) >= 10**MOST_DIGITS
    text = shown.text
    if long and text == number_format.plain(number) and written.removeprefix("-").isdigit():
        text = written
    return Cell(
        text=strike(text) if struck else text,
        exact=exact,
        dated=shown.dated,
        number=True,
        formula=formula,
        veiled=shown.veiled,
        long=long,
    )


def printed(code: str) -> str:
    """Return the words of a header or footer, without its fonts and fields.

    >>> printed('&L&"Arial,Bold"&12Ward && log&RPage &P')
    'Ward & log Page'
    """
    return " ".join(clean(_CODE.sub(_printed, code)).split())


def _printed(found: re.Match[str]) -> str:
    return {"&": "&", "L": " ", "C": " ", "R": " "}.get(found[1], "")


def _on(attributes: Attributes, name: str) -> bool:
    return attributes.get(name, "0").lower() not in OFF
