"""The parts of an Excel workbook that its sheets point at: texts, formats, remarks, drawings."""

import re
from collections import Counter
from dataclasses import dataclass, field

from reviewer.documents import limits
from reviewer.documents.formats.number_format import BUILT_IN, GENERAL
from reviewer.documents.formats.sheet_cells import Budget, Sheet, place
from reviewer.documents.formats.word_package import Package
from reviewer.documents.formats.xlsx_form import controls
from reviewer.documents.formats.xml import OFF, Attributes, walk
from reviewer.documents.refusals import Refused

CODES = {"broken": "sheet-broken", "dtd": "sheet-bomb"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_THREADED = "[Threaded comment]"
_SPLIT = 14, 22  # formats whose order is the computer's


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What cells point at by number: texts, format codes, and whether the text is struck out."""

    strings: list[str]
    codes: list[str]
    struck: list[bool]
    from_1904: bool = False

    def code(self, style: str) -> str:
        """Return the format code of a cell's style."""
        at = int(style) if style.isdigit() and len(style) < 7 else -1
        return self.codes[at] if 0 <= at < len(self.codes) else GENERAL

    def is_struck(self, style: str) -> bool:
        """Whether a cell's style strikes its text out."""
        at = int(style) if style.isdigit() and len(style) < 7 else -1
        return 0 <= at < len(self.struck) and self.struck[at]


def unescaped(text: str) -> str:
    """Return a text with the characters that Excel writes as ``_x000D_``."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def strike(text: str) -> str:
    """Return a text as struck out is written here."""
    words = text.strip()
    return text.replace(words, f"[struck out: {words}]", 1) if words else text


class Rich:
    """Collects the text of a string item, in whose runs some may be struck out.

    What is said of how it is pronounced stands beside the text and is no part of it.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[str, bool]] = []
        self._struck = False
        self._beside = 0
        self._open = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element within the item."""
        if name in {"rPh", "phoneticPr"}:
            self._beside += 1
        elif name == "r":
            self._struck = False
        elif name == "strike":
            self._struck = attributes.get("val", "1").lower() not in OFF
        elif name == "t":
            self._open = not self._beside

    def text(self, text: str) -> None:
        """Take text."""
        if self._open:
            self._parts.append((text, self._struck))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name in {"rPh", "phoneticPr"}:
            self._beside -= 1
        elif name == "t":
            self._open = False

    def take(self) -> str:
        """Return the text and begin anew."""
        whole = "".join(strike(part) if struck else part for part, struck in self._parts)
        self._parts, self._struck = [], False
        return unescaped(whole)


class Strings:
    """The table of shared texts."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._rich = Rich()
        self._left = limits.SHEET_TEXT

    def read(self, untrusted: bytes) -> None:
        """Read the part. Raises ``Refused``."""
        walk(untrusted, self._rich.start, self._end, self._rich.text, **CODES)

    def _end(self, name: str) -> None:
        self._rich.end(name)
        if name != "si":
            return
        text = self._rich.take()
        self._left -= len(text)
        if self._left < 0 or len(self.found) >= limits.SHEET_STRINGS:
            raise Refused("sheet-bomb")
        self.found.append(text)


@dataclass(slots=True)
class _Styles:
    codes: dict[int, str] = field(default_factory=dict)
    fonts: list[bool] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        self.within.append(name)
        if name == "numFmt":
            self.codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif name == "font" and "fonts" in self.within:
            self.fonts.append(False)
        elif name == "strike" and "fonts" in self.within and self.fonts:
            self.fonts[-1] = attributes.get("val", "1").lower() not in OFF
        elif name == "xf" and "cellXfs" in self.within:
            self.cells.append((_number(attributes, "numFmtId"), _number(attributes, "fontId")))

    def end(self, _: str) -> None:
        self.within.pop()


def formats(untrusted: bytes) -> tuple[list[str], list[bool]]:
    """Return the format code of each style of cells, and whether it strikes the text out."""
    styles = _Styles()
    walk(untrusted, styles.start, styles.end, lambda _: None, **CODES)
    codes = [
        BUILT_IN[known] if known in _SPLIT else styles.codes.get(known, BUILT_IN.get(known, ""))
        for known, _ in styles.cells
    ]
    struck = [0 <= font < len(styles.fonts) and styles.fonts[font] for _, font in styles.cells]
    return [code or GENERAL for code in codes], struck


def _number(attributes: Attributes, name: str) -> int:
    value = attributes.get(name, "")
    return int(value) if value.isdigit() and len(value) < 9 else -1


# ---------------------------------------------------------------- what stands beside the cells


def beside(package: Package, part: str, sheet: Sheet, budget: Budget) -> None:
    """Add to a sheet what it points at: remarks, links, drawings, charts. Raises ``Refused``."""
    relations = package.relations(part)
    for at, pointer in list(sheet.links.items()):
        relation = relations.get(pointer)
        sheet.links[at] = relation.target if relation is not None else pointer
    there = [one for one in relations.values() if not one.outside and one.target in package.names]
    kinds = Counter(one.kind for one in relations.values())
    persons = _persons(package) if kinds["threadedComment"] else {}
    for relation in there:
        if relation.kind == "comments":
            threaded = bool(kinds["threadedComment"])
            _comments(package.read(relation.target), sheet, budget, threaded=threaded)
        elif relation.kind == "threadedComment":
            _threaded(package.read(relation.target), sheet, budget, persons)
        elif relation.kind == "drawing":
            _drawing(package, relation.target, sheet, budget)
        sheet.pictures += relation.kind == "image"  # behind the cells
        sheet.objects += relation.kind in {"oleObject", "package", "control"}
    drawn = [one.target for one in there if one.kind == "vmlDrawing"]  # newer ones have spoken
    seen = sum(controls(package, target, sheet, budget) for target in drawn)
    sheet.objects += max(0, sum(one.kind == "ctrlProp" for one in there) - seen)


def _remark(sheet: Sheet, at: str, words: str, budget: Budget) -> None:
    where = place(at)
    words = " ".join(words.split())
    if where is None or not words:
        return
    budget.take(words)
    there = sheet.remarks.get(where)
    sheet.remarks[where] = f"{there} / {words}" if there else words


def _comments(untrusted: bytes, sheet: Sheet, budget: Budget, *, threaded: bool) -> None:
    found = _Comments()
    walk(untrusted, found.start, found.end, found.text, **CODES)
    for at, author, words in found.found:
        if threaded and words.startswith(_THREADED):
            continue  # a copy for older programs
        signed = author and not words.startswith(f"{author}:")
        _remark(sheet, at, f"{author}: {words}" if signed else words, budget)


class _Comments:
    """The remarks of a part: at which cell, by whom, and what."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []
        self._authors: list[str] = []
        self._name: list[str] = []
        self._rich = Rich()
        self._at, self._by = "", ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "author":
            self._name.clear()
        elif name == "comment":
            by = _number(attributes, "authorId")
            self._at = attributes.get("ref", "")
            self._by = self._authors[by] if 0 <= by < len(self._authors) else ""
        self._rich.start(name, attributes)

    def text(self, words: str) -> None:
        self._name.append(words)
        self._rich.text(words)

    def end(self, name: str) -> None:
        self._rich.end(name)
        if name == "author":
            self._authors.append("".join(self._name).strip())
        elif name == "comment":
            self.found.append((self._at, self._by, self._rich.take().strip()))


def _persons(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "person":
            found[attributes.get("id", "")] = attributes.get("displayName", "")

    for name in package.names:
        if name.startswith("xl/persons/") and name.endswith(".xml"):
            walk(package.read(name), start, lambda _: None, lambda _: None, **CODES)
    return found


def _threaded(untrusted: bytes, sheet: Sheet, budget: Budget, persons: dict[str, str]) -> None:
    now = {"ref": "", "by": "", "when": ""}
    words: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "threadedComment":
            now["ref"] = attributes.get("ref", "")
            now["by"] = persons.get(attributes.get("personId", ""), "")
            now["when"] = attributes.get("dT", "")[:10]
            words.clear()

    def end(name: str) -> None:
        if name == "threadedComment":
            by = ", ".join(part for part in (now["by"], now["when"]) if part)
            said = "".join(words).strip()
            _remark(sheet, now["ref"], f"{by}: {said}" if by else said, budget)

    walk(untrusted, start, end, words.append, **CODES)


def _drawing(package: Package, part: str, sheet: Sheet, budget: Budget) -> None:
    shapes = _Shapes()
    walk(package.read(part), shapes.start, shapes.end, shapes.text, **CODES)
    sheet.pictures += shapes.pictures
    sheet.loose += [budget.take(words) for words in shapes.found]
    for relation in package.relations(part).values():
        if relation.kind not in {"chart", "chartEx", "diagramData"}:
            continue
        sheet.charts += relation.kind != "diagramData"
        if relation.target in package.names:
            titles = _Shapes()
            walk(package.read(relation.target), titles.start, titles.end, titles.text, **CODES)
            what = "Diagram" if relation.kind == "diagramData" else "Chart"
            words = " / ".join(dict.fromkeys(titles.found))
            if words:
                sheet.loose.append(budget.take(f"{what}: {words}"))


class _Shapes:
    """The words of drawings, a paragraph each, and how many pictures there are."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pictures = 0
        self._words: list[str] | None = None
        self._open = False
        self._titled = 0  # within what a chart or one of its rows is called

    def start(self, name: str, attributes: Attributes) -> None:
        self._titled += name == "tx"
        if name == "v" and self._titled:
            self._words, self._open = [], True
        elif name in {"pic", "blipFill"}:
            self.pictures += name == "pic"
        elif name == "cNvPr" and attributes.get("descr", "").strip():
            self.found.append(f"Description of a picture: {attributes['descr'].strip()}")
        elif name == "p":
            self._words = []
        elif name in {"t", "fld"}:
            self._open = name == "t"
        elif name == "br" and self._words is not None:
            self._words.append(" ")

    def text(self, words: str) -> None:
        if self._open and self._words is not None:
            self._words.append(words)

    def end(self, name: str) -> None:
        self._titled -= name == "tx"
        if name in {"t", "v"}:
            self._open = False
        if name in {"p", "v"} and self._words is not None:
            words = " ".join("".join(self._words).split())
            if words:
                self.found.append(words)
            self._words = None
