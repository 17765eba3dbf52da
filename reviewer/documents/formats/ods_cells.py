"""The cells of an OpenDocument spreadsheet: their text as it was shown, and what they are."""

from dataclasses import dataclass, field

from reviewer.documents.formats.sheet_cells import MOST_DIGITS, Budget, Cell
from reviewer.documents.formats.xlsx_parts import strike
from reviewer.documents.formats.xml import Attributes
from reviewer.records.text import clean

_LETTERS = {"year": "y", "month": "m", "day": "d", "hours": "t", "minutes": "t", "seconds": "t"}
_LINES = {"p", "h"}
_SIGNED = {"creator", "date", "creator-initials"}  # who wrote a remark, and when
_NUMBERS = {"float", "percentage", "currency"}


@dataclass(slots=True)
class Repeat:
    """How many rows or columns an element stands for."""

    times: int = 1
    hidden: bool = False

    @classmethod
    def of(cls, attributes: Attributes, what: str, most: int) -> "Repeat":
        """Return how often an element stands."""
        return cls(times=cls.number(attributes, f"number-{what}-repeated", most))

    @staticmethod
    def number(attributes: Attributes, name: str, most: int) -> int:
        """Return a number that is at least 1."""
        value = attributes.get(name, "1")
        return min(max(1, int(value)), most) if value.isdigit() and len(value) < 9 else 1


@dataclass(slots=True)
class Done:
    """A cell that has ended, and what stood at it."""

    cell: Cell | None = None
    times: int = 1
    remark: str = ""
    link: str = ""


@dataclass(slots=True)
class _Styles:
    dates: dict[str, str] = field(default_factory=dict)  # letters of a date, by its format
    cells: dict[str, str] = field(default_factory=dict)  # formats, by style
    struck: set[str] = field(default_factory=set)
    format: str = ""
    style: str = ""


class Cells:
    """Collects one cell at a time."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.open = False
        self._styles = _Styles()
        self._attributes: Attributes = {}
        self._times = 1
        self._lines: list[list[str]] = []
        self._remark: list[list[str]] = []
        self._into: list[list[str]] | None = None
        self._spans: list[bool] = []
        self._remarked = 0
        self._link = ""
        self._loose: list[str] | None = None

    # ------------------------------------------------------------ styles

    def style(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element that says how cells look."""
        styles = self._styles
        if name in {"date-style", "time-style"}:
            styles.format = attributes.get("name", "")
            styles.dates[styles.format] = "t" if name == "time-style" else ""
        elif name in _LETTERS and styles.format:
            styles.dates[styles.format] += _LETTERS[name]
        elif name == "style":
            styles.style = attributes.get("name", "")
            if "data-style-name" in attributes:
                styles.cells[styles.style] = attributes["data-style-name"]
        elif attributes.get("text-line-through-style", "none") != "none":
            styles.struck.add(styles.style)

    def end_style(self, name: str) -> None:
        """Take the end of such an element."""
        if name in {"date-style", "time-style"}:
            self._styles.format = ""

    # ------------------------------------------------------------ a cell

    def begin(self, attributes: Attributes, repeat: Repeat, *, covered: bool) -> None:
        """Begin a cell. One that another covers is read too: nothing may hide there."""
        self.open = True
        self._attributes = {} if covered else attributes
        self._times = repeat.times
        self._lines, self._remark, self._into, self._spans = [], [], None, []
        self._link, self._remarked = "", 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element in a cell."""
        if name == "annotation":
            self._remarked += 1
            self._remark.append([])
        elif name in _LINES or (name in _SIGNED and self._remarked):
            self._begin_line()
        elif name == "span":
            struck = attributes.get("style-name", "") in self._styles.struck
            self._spans.append(struck)
            if struck:
                self._add("[struck out: ")
        elif name == "a":
            self._link = clean(attributes.get("href", "")) or self._link
        else:
            self._add(_blank(name, attributes))

    def text(self, words: str) -> None:
        """Take text."""
        if self._into is not None:
            self._add(words)

    def end(self, name: str) -> None:
        """Take the end of an element in a cell, or beside the cells."""
        if name == "annotation":
            self._remarked -= 1
        elif name in _LINES or (name in _SIGNED and self._remarked):
            if self._loose is not None and self._into is not None and not self.open:
                self._end_loose(self._loose, self._into)
            self._into = None
        elif name == "span" and self._spans and self._spans.pop():
            self._add("]")

    def begin_loose(self, loose: list[str]) -> None:
        """Begin a paragraph that stands beside the cells."""
        self._loose, self._into = loose, [[]]

    def _end_loose(self, loose: list[str], into: list[list[str]]) -> None:
        words = " ".join("".join(into[-1]).split())
        if words:
            loose.append(self.budget.take(clean(words)))
        self._loose = None

    def take(self) -> Done:
        """End the cell and return it."""
        self.open = False
        text = clean("\n".join("".join(line) for line in self._lines))
        said = (" ".join("".join(line).split()) for line in self._remark)
        done = Done(times=self._times, link=self._link, remark=clean(" ".join(filter(None, said))))
        done.cell = self._made(text)
        return done

    def _made(self, text: str) -> Cell | None:
        attributes = self._attributes
        kind = attributes.get("value-type", "")
        formula = attributes.get("formula", "")
        if formula and not kind and not text:
            return Cell(text=formula.removeprefix("of:"), formula=True, bare=True)
        shown = text or _value(kind, attributes)
        if not shown:
            return None
        style = attributes.get("style-name", "")
        dated = ""
        if kind in {"date", "time"}:
            usual = "ymd" if kind == "date" else "t"
            dated = self._styles.dates.get(self._styles.cells.get(style, ""), "") or usual
        exact = attributes.get("date-value", "") if set("ymd") <= set(dated) else ""
        return Cell(
            text=strike(shown) if style in self._styles.struck else shown,
            exact=exact.replace("T", " ").removesuffix(" 00:00:00")[:19],
            dated=dated,
            number=kind in {*_NUMBERS, "date", "time"},
            formula=bool(formula),
            veiled=bool(self._lines) and not text,
            long=kind in _NUMBERS and _is_long(attributes.get("value", "")),
        )

    def _begin_line(self) -> None:
        self._into = self._remark if self._remarked else self._lines
        self._into.append([])

    def _add(self, words: str) -> None:
        if self._into:
            self._into[-1].append(words)


def _is_long(value: str) -> bool:
    """Whether a number has more digits than spreadsheets keep."""
    try:
        return bool(abs(float(value)) >= 10**MOST_DIGITS)
    except ValueError:
        return False


def _blank(name: str, attributes: Attributes) -> str:
    """Return the white space that an element stands for."""
    if name == "s":
        count = attributes.get("c", "1")
        return " " * (int(count) if count.isdigit() and len(count) < 4 else 1)
    return {"tab": "\t", "line-break": "\n"}.get(name, "")


def _value(kind: str, attributes: Attributes) -> str:
    """Return the value of a cell that shows none."""
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}
    return clean(attributes.get(name.get(kind, "value"), "")) if kind else ""
