"""The cells of one sheet as text, and what else is known of it: what the worker answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Area = tuple[int, int, int, int]  # first row and column, last row and column, from 0
Place = tuple[int, int]  # row and column, from 0

STATES = ("shown", "hidden", "very hidden")
MOST_AREAS = 20_000
MOST_REMARKS = 5_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A sheet's rows as text, each to its last cell that holds anything.

    ``dated`` are the cells that hold a date, each as the sheet shows it; ``bare`` those of
    formulas whose result the file does not keep (the formula stands there); ``long`` are numbers
    of more than 15 digits, which spreadsheets do not keep; ``cut`` says that the sheet has more
    rows or columns than were read.
    """

    name: str
    rows: list[list[str]]
    state: str = STATES[0]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    filtered: bool = False
    merged: tuple[Area, ...] = ()
    dated: Mapping[Place, str] = field(default_factory=dict)
    bare: tuple[Place, ...] = ()
    long: tuple[Place, ...] = ()
    formulas: int = 0
    remarks: Mapping[Place, str] = field(default_factory=dict)
    beside: int = 0  # pictures, charts and text boxes
    cut: bool = False


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, as a spreadsheet calls it.

    >>> cell_name(0, 0), cell_name(11, 27)
    ('A1', 'AB12')
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return the letters of a column (from 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
