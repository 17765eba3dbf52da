"""What a workbook in Excel's XML of 2003 holds: its cells, remarks, names and page edges."""

import datetime as dt

from reviewer.documents.inside.ledger import numbers
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.package import walk

_NAMED = {  # formats that go by a name, and show digits
    "General": "", "General Number": "", "Currency": "#,##0.00", "Euro Currency": "#,##0.00",
    "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
}  # fmt: skip
_MOMENTS = {
    f"{length} {what}"
    for length in ("General", "Long", "Medium", "Short")
    for what in ("Date", "Time")
}
_NAMES = {"Worksheet": "Name", "Comment": "Author"}
_BEFORE = dt.date(1899, 12, 30)


def hold(raw: bytes) -> Held:
    """Return what a workbook holds."""
    book = _Book()
    walk(raw, book.start, book.end, book.text)
    book.held.add("macros", b"BinData" in raw)
    return book.held


class _Book:
    """The workbook as it comes by."""

    def __init__(self) -> None:
        self.held = Held()
        self._open: list[str] = []
        self._codes: dict[str, str] = {}  # of formats, by their style
        self._said: list[str] = []
        self._style = self._cell = self._kind = ""

    def start(self, name: str, values: dict[str, str]) -> None:
        """Take the start of an element."""
        self._open.append(name)
        if name == "Style":
            self._style = values.get("ID", "")
        elif name == "NumberFormat":
            self._codes[self._style] = values.get("Format", "")
        elif name == "Cell":
            self._cell = values.get("StyleID", "Default")
            self.held.link(values.get("HRef", "").removeprefix("mailto:"))
        elif name == "Data":
            self._kind = values.get("Type", "")
        elif name in {"Header", "Footer"}:
            self.held.say_once(numbers.edge(values.get("Data", "")))
        else:
            self.held.say_once(values.get(_NAMES.get(name, ""), ""))

    def end(self, name: str) -> None:
        """Take the end of an element: what a cell or its remark says."""
        self._open.pop()
        if name == "Data":
            words = "".join(self._said)
            self._said.clear()
            if "Comment" in self._open:
                self.held.say(words)
            else:
                self._value(words)

    def text(self, words: str) -> None:
        """Take text."""
        if "Data" in self._open:
            self._said.append(words)

    def _value(self, words: str) -> None:
        code = self._codes.get(self._cell, "")
        timed = code in _MOMENTS or (code not in _NAMED and numbers.is_date(0, code))
        code = _NAMED.get(code, code)
        if self._kind == "DateTime" and (serial := _serial(words)):
            self.held.number(serial, code, timed=True)
        elif self._kind == "Boolean":
            self.held.say("TRUE" if words == "1" else "FALSE")
        elif self._kind != "Number":
            self.held.say(words)
        elif timed or not numbers.unseen(code):
            self.held.number(words, code, timed=timed)


def _serial(moment: str) -> str:
    """Return a moment as the number of days that a sheet counts; "" for what is none."""
    day, _, hour = moment.partition("T")
    parts = [*hour.split(":"), "0", "0", "0"] if hour else ["0"] * 3
    try:
        days = (dt.date.fromisoformat(day) - _BEFORE).days
        seconds = 3600 * int(parts[0]) + 60 * int(parts[1]) + float(parts[2])
    except ValueError:
        return ""
    return str(days + seconds / 86400)
