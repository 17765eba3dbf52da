"""A spreadsheet as values: what each sheet holds and what it hides, whichever program made it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.documents import limits
from reviewer.documents.grid import STATES, Area
from reviewer.documents.refusals import Refused

SHOWN, HIDDEN, VERY_HIDDEN = STATES
_COLUMNS = 16_384
_ROWS = 1_048_576
MOST_DIGITS = 15  # of a number, that spreadsheets keep


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown; ``dated`` are the letters (of "ymdt") that a date shows of itself.

    ``bare`` is a formula whose result the file does not keep: ``text`` is the formula then.
    ``long`` is a number of more digits than spreadsheets keep.
    """

    text: str
    exact: str = ""  # a whole date as year-month-day, however it is shown
    dated: str = ""
    number: bool = False
    formula: bool = False
    bare: bool = False
    veiled: bool = False
    long: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet: its cells by row and column (from 0), and all else that stands on it."""

    name: str
    state: str = SHOWN
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: bool = False
    merged: list[Area] = field(default_factory=list)
    remarks: dict[tuple[int, int], str] = field(default_factory=dict)  # notes at cells
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)  # words beside the cells: boxes, headers
    asked: dict[str, None] = field(default_factory=dict)  # of who fills it in: prompts, choices
    pictures: int = 0
    charts: int = 0
    objects: int = 0
    cut: bool = False  # it has more than was read

    def is_hidden(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    @property
    def width(self) -> int:
        """How many columns there are, to the last that holds anything."""
        return 1 + max((max(row) for row in self.rows.values() if row), default=-1)

    @property
    def height(self) -> int:
        """How many rows there are, to the last that holds anything."""
        return 1 + max((at for at, row in self.rows.items() if row), default=-1)


@dataclass(slots=True)
class Book:
    """Every sheet in its order, and sentences about what is not on any."""

    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Budget:
    """What all sheets of a file may hold together; ``take`` refuses what is beyond it."""

    def __init__(self, code: str = "sheet") -> None:
        self._cells = limits.SHEET_CELLS
        self._text = limits.SHEET_TEXT
        self._code = code

    def take(self, text: str) -> str:
        """Count one cell's text and return it. Raises ``Refused``."""
        if len(text) > limits.MAX_CELL:
            raise Refused("sheet-cell")
        self._cells -= 1
        self._text -= len(text)
        if self._cells < 0 or self._text < 0:
            raise Refused("sheet-bomb")
        return text


def place(name: str) -> tuple[int, int] | None:
    """Return row and column (from 0) of a cell's name, or None for what is none.

    >>> place("A1"), place("$AB$12"), place("nonsense")
    ((0, 0), (11, 27), None)
    """
    letters = name.replace("$", "").rstrip("0123456789")
    digits = name.replace("$", "")[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or len(letters) > 3 or not digits:
        return None
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - 64
    if len(digits) > 7 or not 1 <= int(digits) <= _ROWS or column > _COLUMNS:
        return None
    return int(digits) - 1, column - 1


def area(name: str) -> Area | None:
    """Return the area that a name such as ``A1:B3`` stands for."""
    first, _, last = name.partition(":")
    start, end = place(first), place(last or first)
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return top, left, bottom, right


def covered(merged: list[Area]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield each cell that a merged one covers, with the cell whose value it shows."""
    left = limits.SHEET_CELLS
    for top, start, bottom, end in merged:
        for row in range(top, bottom + 1):
            for column in range(start, end + 1):
                left -= 1
                if left < 0:
                    return
                if (row, column) != (top, start):
                    yield (row, column), (top, start)
