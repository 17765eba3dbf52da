"""What a spreadsheet (.xlsx) holds: every cell of every sheet, remarks, and words beside them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reviewer.documents.inside.ledger import numbers, properties, workbook_form
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.package import Package, walk

_SHEET = re.compile(r"(?i)(?:^|/)(?:work|chart|dialog|macro)sheets/[^/]+\.xml$")
_REMARKS = re.compile(r"(?i)(?:^|/)(?:comments[^/]*|threadedcomment[^/]*)\.xml$")
_DRAWN = re.compile(r"(?i)/drawings/[^/]+\.xml$")
_CHART = re.compile(r"(?i)/charts/chart[^/]*\.xml$")
_SIGN = re.compile("_x([0-9A-Fa-f]{4})_")
_SHOWN = {"1": "TRUE", "0": "FALSE"}


@dataclass(slots=True)
class _Book:
    package: Package
    held: Held
    strings: list[str] = field(default_factory=list)
    formats: list[tuple[int, str]] = field(default_factory=list)


def hold(raw: bytes) -> Held:
    """Return what a workbook holds."""
    package = Package(raw)
    book = _Book(package, Held())
    names = sorted(package.members)
    for name in names:
        lower = name.lower()
        if lower.endswith("/sharedstrings.xml"):
            book.strings = _strings(package.read(name))
        elif lower.endswith("/styles.xml"):
            book.formats = _formats(package.read(name))
        elif lower.endswith("/workbook.xml"):
            _names(package.read(name), book)
    previews = _previews(package)
    for name in names:
        if name not in previews:
            _part(name, book)
    for name in filter(workbook_form.DRAWN.search, names):
        workbook_form.drawn(package.read(name), book.held)
    properties.hold(package, book.held)
    return book.held


def _previews(package: Package) -> set[str]:
    """Return the pictures that stand for files within the workbook, or linked to it."""
    found: set[str] = set()
    if not any("embeddings/" in name or "externalLinks/" in name for name in package.members):
        return found

    def start(_: str, values: dict[str, str]) -> None:
        found.add("xl/" + values.get("Target", "").replace("../", ""))

    for name in package.members:
        if "vmlDrawing" in name and name.endswith(".rels"):
            walk(package.read(name), start, _nothing, _nothing)
    return found


def _part(name: str, book: _Book) -> None:
    held, lower = book.held, name.lower()
    if _SHEET.search(name):
        _Sheet(book).read(book.package.read(name))
    elif _REMARKS.search(name):
        _say(book.package.read(name), held, {"t", "text"})
    elif _DRAWN.search(name):
        _say(book.package.read(name), held, {"t"})
    elif lower.endswith(".rels") and "sheets/" in lower:
        _links(book.package.read(name), held)
    elif "/media/" in lower:
        held.add("pictures")
    elif "/embeddings/" in lower:
        held.add("attachments")
    elif _CHART.search(name):
        held.add("charts")
        _called(book.package.read(name), held)


def _called(raw: bytes, held: Held) -> None:
    """Take the titles of a chart, and what its rows are called, each wording once."""
    open_: list[str] = []
    said: dict[str, list[str]] = {"t": [], "v": []}

    def start(name: str, _: dict[str, str]) -> None:
        open_.append(name)

    def end(name: str) -> None:
        open_.pop()
        ends = "t" if name == "p" else name
        if ends in said and name != "t":
            held.say_once("".join(said[ends]))
            said[ends].clear()

    def data(text: str) -> None:
        inside = open_[-1] if open_ else ""
        if inside == "t" or (inside == "v" and "tx" in open_):
            said[inside].append(text)

    walk(raw, start, end, data)


def _nothing(_: str) -> None:
    """Take no notice."""


def _names(raw: bytes, book: _Book) -> None:
    def start(name: str, values: dict[str, str]) -> None:
        if name == "sheet":
            book.held.say(values.get("name", ""))
        elif name == "workbookPr":
            book.held.since_1904 = values.get("date1904", "0") not in {"0", "false"}

    walk(raw, start, _nothing, _nothing)


def _plain(text: str) -> str:
    """Return a text without the codes in which a sheet keeps signs that XML cannot hold."""
    return _SIGN.sub(lambda code: chr(int(code[1], 16)), text)


def _strings(raw: bytes) -> list[str]:
    found: list[str] = []
    parts: list[str] = []
    open_: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        open_.append(name)
        if name == "si":
            parts.clear()

    def end(name: str) -> None:
        open_.pop()
        if name == "si":
            found.append(_plain("".join(parts)))

    def text(said: str) -> None:
        if open_[-1] == "t" and "rPh" not in open_:
            parts.append(said)

    walk(raw, start, end, text)
    return found


def _formats(raw: bytes) -> list[tuple[int, str]]:
    """Return the number and the code of the format of each style of cells."""
    codes: dict[int, str] = {}
    found: list[int] = []
    open_: list[str] = []

    def start(name: str, values: dict[str, str]) -> None:
        open_.append(name)
        if name == "numFmt":
            codes[_number(values.get("numFmtId", ""))] = values.get("formatCode", "")
        elif name == "xf" and "cellXfs" in open_:
            found.append(_number(values.get("numFmtId", "")))

    def end(_: str) -> None:
        open_.pop()

    walk(raw, start, end, _nothing)
    return [(one, codes.get(one) or numbers.KNOWN.get(one, "")) for one in found]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _links(raw: bytes, held: Held) -> None:
    def start(_: str, values: dict[str, str]) -> None:
        outside = values.get("TargetMode", "").lower() == "external"
        if outside and values.get("Type", "").endswith("/hyperlink"):
            held.link(values.get("Target", "").removeprefix("mailto:"))

    walk(raw, start, _nothing, _nothing)


def _say(raw: bytes, held: Held, bearing: set[str]) -> None:
    """Take the text of some elements, a paragraph or a remark a piece."""
    parts: list[str] = []
    open_: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        open_.append(name)

    def end(name: str) -> None:
        open_.pop()
        if name in {"p", "comment", "threadedComment"}:
            held.say("".join(parts))
            parts.clear()

    def text(said: str) -> None:
        if open_[-1] in bearing and "rPh" not in open_:
            parts.append(said)

    walk(raw, start, end, text)
    held.say("".join(parts))


class _Sheet:
    """One sheet: its cells, and what heads and foots its pages."""

    def __init__(self, book: _Book) -> None:
        self._book = book
        self._open: list[str] = []
        self._kind = ""
        self._style = 0
        self._text: list[str] = []
        self._value = ""
        self._said: dict[str, Callable[[str], None]] = {
            "s": self._shared,
            "b": lambda value: book.held.say(_SHOWN.get(value, value)),
            "": self._numeric,
            "n": self._numeric,
        }

    def read(self, raw: bytes) -> None:
        """Read the sheet."""
        walk(raw, self._start, self._end, self._data)

    def _start(self, name: str, values: dict[str, str]) -> None:
        self._open.append(name)
        if name == "c":
            self._kind = values.get("t", "")
            self._style = _number(values.get("s", ""))
            self._text, self._value = [], ""
        else:
            workbook_form.asked(name, values, self._book.held)

    def _end(self, name: str) -> None:
        self._open.pop()
        if name != "c":
            return
        held = self._book.held
        if self._text:
            held.say(_plain("".join(self._text)))
        elif self._value:
            self._said.get(self._kind, held.say)(_plain(self._value))

    def _data(self, data: str) -> None:
        inside = self._open[-1]
        if inside == "v":
            self._value += data
        elif inside == "t" and "is" in self._open and "rPh" not in self._open:
            self._text.append(data)
        elif inside in {"formula1", "f"} and "dataValidation" in self._open:
            workbook_form.choices(data, self._book.held)
        elif inside in {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader"}:
            self._book.held.say_once(numbers.edge(data))

    def _shared(self, value: str) -> None:
        at = _number(value)
        if at < len(self._book.strings):
            self._book.held.say(self._book.strings[at])

    def _numeric(self, value: str) -> None:
        styles = self._book.formats
        number, code = styles[self._style] if self._style < len(styles) else (0, "")
        if numbers.unseen(code):
            return
        timed = numbers.is_date(number, code)
        self._book.held.number(value, code, timed=timed)
