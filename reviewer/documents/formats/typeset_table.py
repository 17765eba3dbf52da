"""Tables on pages that we set: columns keep their places, wide ones are cut into parts.

A table that is too wide for a page stands on wide ones; where even those are too narrow it is cut
into parts, each with the number of the row and the first column at its left. A column is at least
as wide as its longest word: nobody finds a word by search that is broken between two lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4, landscape

from reviewer.documents.formats.typeset import FOOT, STYLES, Drawn, Line, Setter, width_of
from reviewer.pagetext.unparted import UNPARTED

_SIDE = 34.0  # points
_MORE = 0.5  # than the words: no sum of theirs is wider by a rounding
_GAP = 4.0  # between a cell's edge and its words
_NARROW, _WIDE = 26.0, 210.0  # the least and the most that a column takes
_CLOSER = (170.0, 130.0, 105.0)  # tried before a table is cut, where the words of a column fit
_WORD = 320.0  # a longer word is broken: not even a hash is as long
_FIRST = 150.0  # a first column that is wider is not repeated
_LOOKED = 2_000  # rows by which a column's width is told
_CELL, _EDGE = STYLES["cell"], STYLES["edge"]
_LINE, _SHADE = 0.78, 0.94  # greys


@dataclass(frozen=True, kw_only=True, slots=True)
class Table(Drawn):
    """Rows of cells. ``labels`` number the rows and ``heads`` the columns.

    ``numbers`` are the cells that stand at the right, ``spans`` how many columns a merged cell
    covers, ``shaded`` the rows that the program hides.
    """

    title: str
    rows: Sequence[Sequence[str]]
    labels: Sequence[str]
    heads: Sequence[str]
    numbers: frozenset[tuple[int, int]] = frozenset()
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    shaded: frozenset[int] = frozenset()

    def draw(self, setter: Setter) -> None:
        """Draw the table, on pages of its own."""
        edge = 2 * _GAP + max((width_of(label, _EDGE) for label in self.labels), default=0.0)
        closer, size, parts = _parts(*self._widths(), edge)
        for columns in parts:
            setter.turn(size)
            _Part(self, setter, columns, closer, edge).draw(whole=len(parts) == 1)

    def _widths(self) -> tuple[list[float], list[float]]:
        """Return how wide each column would be, and how wide its words must have it."""
        widths = [max(_NARROW, 2 * _GAP + width_of(head, _EDGE)) for head in self.heads]
        for at, row in enumerate(self.rows[:_LOOKED]):
            last = max((column for column, cell in enumerate(row) if cell), default=-1)
            for column, cell in enumerate(row):
                if not cell or self.spans.get((at, column), 1) > 1:
                    continue
                runs_on = column == last < len(widths) - 1 and len(cell) > 20
                wide = 2 * _GAP + width_of(cell, _CELL) + _MORE
                widths[column] = max(widths[column], min(wide, _NARROW * 3 if runs_on else _WIDE))
        least = self._least()
        widths = [max(pair) for pair in zip(widths, least, strict=True)]
        for (at, column), span in self.spans.items():
            cell = self.rows[at][column] if column < len(widths) else ""
            wide = min(_wide_word(cell), _WORD)
            if wide > sum(widths[column : column + span]):
                widths[column] = least[column] = wide
        return widths, least

    def _least(self) -> list[float]:
        """Return the width of the longest word of each column that stands in no merged cell."""
        least = [0.0] * len(self.heads)
        for at, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if len(cell) * _CELL.size > least[column] and (at, column) not in self.spans:
                    least[column] = max(least[column], min(_wide_word(cell), _WORD))
        return least


def _wide_word(cell: str) -> float:
    """Return how wide a column is that breaks no word of ``cell``; some scripts have none."""
    words = (word for word in cell.split() if not UNPARTED.search(word))
    return 2 * _GAP + _MORE + max((width_of(word, _CELL) for word in words), default=0.0)


def _parts(
    widths: Sequence[float], least: Sequence[float], edge: float
) -> tuple[Sequence[float], tuple[float, float], list[Sequence[int]]]:
    """Return the width of each column, the size of the pages, and the columns of each part."""
    every = range(len(widths))
    lying = landscape(A4)
    for size, most in ((A4, _WIDE), *((lying, most) for most in (_WIDE, *_CLOSER))):
        closer = [min(wide, max(most, word)) for wide, word in zip(widths, least, strict=True)]
        if edge + sum(closer) <= size[0] - 2 * _SIDE:
            return closer, size, [every]
    room = lying[0] - 2 * _SIDE - edge
    again = [0] if widths[0] <= _FIRST else []
    parts: list[Sequence[int]] = []
    held: list[int] = []
    used = 0.0
    for column in every:
        if held and used + widths[column] > room:
            parts.append(held)
            held = [*again]
            used = sum(widths[one] for one in held)
        held.append(column)
        used += widths[column]
    return widths, lying, [*parts, held]


class _Part:
    """Some columns of a table, going down the pages."""

    def __init__(
        self,
        table: Table,
        setter: Setter,
        columns: Sequence[int],
        widths: Sequence[float],
        edge: float,
    ) -> None:
        self._table, self._setter, self._columns = table, setter, columns
        self._edge = edge
        self._lefts: dict[int, float] = {}
        left = _SIDE + edge
        for column in columns:
            self._lefts[column] = left
            left += widths[column]
        self._widths = widths
        self._right = left

    def draw(self, *, whole: bool) -> None:
        table = self._table
        title = table.title
        if not whole:
            first, last = table.heads[self._columns[0]], table.heads[self._columns[-1]]
            title = f"{title}, columns {first} to {last}"
        style = STYLES["heading"]
        for line in self._setter.lines(title, style, self._setter.size[0] - 2 * _SIDE):
            self._setter.y -= style.leading
            self._setter.write(_SIDE, self._setter.y, line, style)
        self._setter.y -= style.after
        self._heads()
        for at in range(len(table.rows)):
            self._row(at)

    def _heads(self) -> None:
        self._setter.y -= _EDGE.leading
        for column in self._columns:
            place = self._lefts[column] + _GAP
            self._setter.write(place, self._setter.y, Line(self._table.heads[column]), _EDGE)
        self._rule(self._setter.y - 3)
        self._setter.y -= 3

    def _row(self, at: int) -> None:
        """Draw one row; one that is higher than what is left of the page goes on on the next."""
        cells = list(self._cells(at))
        height = max([1, *(len(lines) for _, _, lines, _ in cells)])
        setter = self._setter
        room = self._room()
        if height > room and height <= self._most() and room < self._most():
            self._turn()
        start = 0
        while start < height:
            if self._room() < 1:
                self._turn()
            until = min(height, start + self._room())
            self._draw(at, cells, start, until)
            start = until
        self._rule(setter.y)

    def _draw(
        self,
        at: int,
        cells: Sequence[tuple[float, float, list[Line], bool]],
        start: int,
        until: int,
    ) -> None:
        setter = self._setter
        high = (until - start) * _CELL.leading + 3
        if at in self._table.shaded:
            setter.canvas.setFillGray(_SHADE)
            setter.canvas.rect(_SIDE, setter.y - high, self._right - _SIDE, high, stroke=0, fill=1)
            setter.canvas.setFillGray(0)
        if start == 0:
            setter.write(_SIDE, setter.y - _CELL.leading, Line(self._table.labels[at]), _EDGE)
        for left, width, lines, right in cells:
            for down, line in enumerate(lines[start:until], 1):
                if line.text.strip():
                    x = left + _GAP
                    if right:
                        x = max(x, left + width - _GAP - width_of(line.text, _CELL))
                    setter.write(x, setter.y - down * _CELL.leading, line, _CELL)
        setter.y -= high

    def _cells(self, at: int) -> Iterator[tuple[float, float, list[Line], bool]]:
        """Yield where each cell of a row stands, how wide it is, its lines, and whether right."""
        row = self._table.rows[at]
        for place, column in enumerate(self._columns):
            if column >= len(row) or not row[column]:
                continue
            right = (at, column) in self._table.numbers
            width = self._widths[column]
            if not right:
                width += sum(self._widths[one] for one in self._free(at, place))
            lines = list(self._setter.lines(row[column], _CELL, width - 2 * _GAP))
            yield self._lefts[column], width, lines, right

    def _free(self, at: int, place: int) -> Iterator[int]:
        """Yield the columns to the right of a cell over which its words may run."""
        row, column = self._table.rows[at], self._columns[place]
        span = self._table.spans.get((at, column), 1)
        for one in self._columns[place + 1 :]:
            if one < len(row) and row[one] and one >= column + span:
                return
            yield one

    def _room(self) -> int:
        return max(0, int((self._setter.y - FOOT - 3) // _CELL.leading))

    def _most(self) -> int:
        high = self._setter.top - _EDGE.leading - 6 - FOOT
        return int(high // _CELL.leading)

    def _turn(self) -> None:
        self._setter.turn(self._setter.size)
        self._heads()

    def _rule(self, y: float) -> None:
        canvas = self._setter.canvas
        canvas.setStrokeGray(_LINE)
        canvas.setLineWidth(0.4)
        canvas.line(_SIDE, y, self._right, y)


def words_of(rows: Sequence[Sequence[str]]) -> str:
    """Return all that the cells of a table say, which a block of it carries."""
    return "\n".join(" ".join(filter(None, row)) for row in rows)
