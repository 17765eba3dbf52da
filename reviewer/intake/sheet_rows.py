"""A sheet of a register: what its cells say that their text alone does not.

A merged cell counts for every row that it covers; a reference that a spreadsheet turned into a
date, or a formula without its result, is asked about and never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.documents.grid import Grid, cell_name, column_name
from reviewer.documents.notes import listed
from reviewer.documents.outside.table import Table
from reviewer.messages import plural, say

_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|Err:\d+")
_LISTED = 6  # rows or cells named in a sentence
_MOST_FAULTS = 20  # of one kind, a line each


@dataclass(slots=True)
class SheetRows:
    """The rows, the head first, as they are meant; which belong to the case of an earlier row.

    ``joined`` tells for such a row which; ``unread`` are rows whose reference is at fault. Rows
    are counted from the head, which is 0.
    """

    rows: list[list[str]]
    joined: dict[int, int] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def meant(table: Table, names: Sequence[str], *, dates_as_shown: bool = False) -> SheetRows:
    """Return the rows of a table as they are meant, with what is wrong and what to know of them.

    ``names`` are its columns. With ``dates_as_shown`` a date in the column of references is taken
    as the sheet shows it; else it is a fault.
    """
    if table.grid is None:
        return SheetRows(rows=table.rows)
    return _Reading(table, table.grid, names).read(dates_as_shown=dates_as_shown)


class _Reading:
    def __init__(self, table: Table, grid: Grid, names: Sequence[str]) -> None:
        self._grid = grid
        self._top = table.top
        self._names = names
        self._key = names.index("reference") if "reference" in names else -1
        self._found = SheetRows(rows=[list(row) for row in table.rows])

    def read(self, *, dates_as_shown: bool) -> SheetRows:
        self._dates(as_shown=dates_as_shown)
        self._long()
        self._bare()
        self._errors()
        self._merged()
        self._notes()
        return self._found

    def _is_case(self, row: int, column: int) -> bool:
        """Whether a cell of the sheet stands below the head, in a column that is read."""
        return row > self._top and column < len(self._names)

    def _dates(self, *, as_shown: bool) -> None:
        cells = [
            (row, shown)
            for (row, column), shown in sorted(self._grid.dated.items())
            if column == self._key and row > self._top
        ]
        if as_shown:
            for row, shown in cells:
                self._found.rows[row - self._top][self._key] = shown
            return
        self._found.unread |= {row - self._top for row, _ in cells}
        for row, shown in cells[:_MOST_FAULTS]:
            self._found.faults.append(
                say(
                    "Row {row}: its reference is a date to the spreadsheet, which shows {shown}."
                    " Programs turn references such as 2010-07 into dates. Format the column as"
                    " text and type the references again; or, where what is shown is right, let"
                    " it be taken (--dates-as-shown).",
                    row=row + 1,
                    shown=shown,
                )
            )

    def _long(self) -> None:
        """Refuse a reference of more digits than the program keeps."""
        for row, column in self._grid.long:
            if column != self._key or row <= self._top:
                continue
            self._found.unread.add(row - self._top)
            if len(self._found.faults) < _MOST_FAULTS:
                self._found.faults.append(
                    say(
                        "Row {row}: its reference is a number of more than 15 digits, of which"
                        " spreadsheets keep only the first 15. Format the column as text and type"
                        " the reference again.",
                        row=row + 1,
                    )
                )

    def _bare(self) -> None:
        cells = [place for place in self._grid.bare if self._is_case(*place)]
        if cells:
            self._found.unread |= {row - self._top for row, at in cells if at == self._key}
            some = listed([cell_name(*place) for place in cells], _LISTED)
            self._found.faults.append(
                plural(
                    "The cell {cells} is a formula, and the file does not hold its result. Open it"
                    " in a spreadsheet program, save it there and import that.",
                    "The cells {cells} are formulas, and the file does not hold their results."
                    " Open it in a spreadsheet program, save it there and import that.",
                    count=len(cells),
                    cells=some,
                )
            )

    def _errors(self) -> None:
        """Refuse a reference that the program could not compute."""
        for at, row in enumerate(self._found.rows[1:], 1):
            shown = row[self._key].strip() if 0 <= self._key < len(row) else ""
            if _ERROR.fullmatch(shown) and len(self._found.faults) < _MOST_FAULTS:
                self._found.unread.add(at)
                self._found.faults.append(
                    say(
                        "Row {row}: its reference is an error of the spreadsheet ({shown}). Type"
                        " the reference itself.",
                        row=at + self._top + 1,
                        shown=shown,
                    )
                )

    def _merged(self) -> None:
        """Let a merged cell count for every row that it covers."""
        spread: list[str] = []
        rows = self._found.rows
        for top, left, bottom, right in sorted(self._grid.merged):
            first = top - self._top
            last = min(bottom - self._top, len(rows) - 1)
            if first < 1 or last <= first or left >= len(self._names) or left >= len(rows[first]):
                continue
            value = rows[first][left]
            if not value.strip():
                continue
            spread.append(cell_name(top, left))
            for at in range(first + 1, last + 1):
                if len(rows[at]) <= left:
                    rows[at] += [""] * (left + 1 - len(rows[at]))
                rows[at][left] = value
                if left <= self._key <= right:
                    self._found.joined[at] = first
        if spread:
            self._found.notes.append(
                say(
                    "Merged cells count for every row that they cover: {cells}.",
                    cells=listed(spread, _LISTED),
                )
            )

    def _notes(self) -> None:
        self._hidden()
        self._beside()

    def _hidden(self) -> None:
        grid, notes = self._grid, self._found.notes
        last = self._top + len(self._found.rows)
        rows = [row + 1 for row in grid.hidden_rows if self._top < row < last]
        rows = [row for row in rows if any(self._found.rows[row - 1 - self._top])]
        if rows:
            notes.append(
                plural(
                    "Row {rows} is hidden in the sheet (by a filter, or by hand); its case was"
                    " read all the same.",
                    "Rows {rows} are hidden in the sheet (by a filter, or by hand); their cases"
                    " were read all the same.",
                    count=len(rows),
                    rows=listed(rows, _LISTED),
                )
            )
        columns = [at for at in grid.hidden_columns if at < len(self._names)]
        if columns:
            named = [f"{column_name(at)} ({self._names[at][:40]})" for at in columns]
            notes.append(
                plural(
                    "The column {columns} is hidden in the sheet; it was read all the same.",
                    "The columns {columns} are hidden in the sheet; they were read all the same.",
                    count=len(columns),
                    columns=listed(named, _LISTED),
                )
            )

    def _beside(self) -> None:
        grid, notes = self._grid, self._found.notes
        if results := grid.formulas - len(grid.bare):
            notes.append(
                plural(
                    "{count:,} cell is a formula; its last result was read.",
                    "{count:,} cells are formulas; their last results were read.",
                    count=results,
                )
            )
        if grid.remarks:
            some = [
                f"{cell_name(*place)} “{words[:80]}”"
                for place, words in sorted(grid.remarks.items())
            ]
            notes.append(
                say(
                    "Notes at cells were not read into the cases: {notes}.",
                    notes=listed(some, _LISTED, "; "),
                )
            )
        if grid.beside:
            notes.append(
                plural(
                    "{count:,} picture, chart or text beside the cells was not read.",
                    "{count:,} pictures, charts and texts beside the cells were not read.",
                    count=grid.beside,
                )
            )
