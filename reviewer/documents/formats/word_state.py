"""What is held of a part of a Word file while it is read."""

from dataclasses import dataclass, field
from typing import TypeVar

from reviewer.documents.formats.xml import Attributes
from reviewer.records.text import clean_line

_T = TypeVar("_T")
CHANGES = {"ins": "inserted", "del": "deleted", "moveFrom": "moved away", "moveTo": "moved here"}
CELLS = {"cellIns": "inserted", "cellDel": "deleted"}
SKIPPED = {"rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange"}
GLUE = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t", "softHyphen": "\xad"}


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read."""

    parts: list[tuple[str, str]] = field(default_factory=list)  # what is said of it, text
    style: str = ""
    number: str = ""
    depth: int | None = None
    ends: bool = False  # what follows begins a page


@dataclass(slots=True)
class Table:
    """A table that is being read, and who put in or took out its row and cell at hand."""

    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    begins: bool = False  # what is said now is of a whole row
    change: str = ""  # of the row: who put it in or took it out
    cell_change: str = ""


@dataclass(slots=True)
class Left:
    """What of a part is not on its pages, or is there otherwise than in Word."""

    tracked: bool = False
    prompts: bool = False
    chunks: list[str] = field(default_factory=list)  # parts of another format
    authors: set[str] = field(default_factory=set)  # who is named with a change
    looks: list[str] = field(default_factory=list)  # who changed how words look, or line ends
    others: list[str] = field(default_factory=list)  # documents that belong in it


def size_of(attributes: Attributes) -> tuple[float, float] | None:
    """Return the points that an extent names in its own unit, of which a point has 12,700."""
    given = (attributes.get(name, "") for name in ("cx", "cy"))
    wide, high = (int(one) if one.isascii() and one.isdigit() else 0 for one in given)
    return (wide / 12_700, high / 12_700) if wide > 0 and high > 0 else None


def author_of(attributes: Attributes) -> str:
    """Return who made a change, on one line."""
    return clean_line(attributes.get("author", ""))[:60]


def by(names: list[str], what: _T) -> dict[str, _T]:
    """Return the same for each name."""
    return dict.fromkeys(names, what)
