"""What pages are built from: prose, headings, tables, each measured and drawn as plain text.

They are platypus flowables, so that pages break between their lines; none reads markup.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable

from reviewer.reports.pdf import palette
from reviewer.typeset import bidi, fonts
from reviewer.typeset.fonts import Line, Span, Type

BODY = Type(fonts.SERIF, 10, palette.INK)
SMALL = Type(fonts.SANS, 8, palette.INK2)
FINE = Type(fonts.SANS, 7.5, palette.INK)
LABEL = Type(fonts.SANS_BOLD, 7.5, palette.INK2)
TITLES = (
    Type(fonts.SERIF_BOLD, 20, palette.INK),
    Type(fonts.SANS_BOLD, 13, palette.INK),
    Type(fonts.SANS_BOLD, 9.5, palette.INK),
)
_MOST_LINES = 8  # of a heading
_ROOM = (220.0, 110.0, 60.0)  # points that must be free under a heading of each level


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """How prose is set; ``indent`` applies from the second line of each paragraph."""

    size: float = BODY.size
    leading: float = 14.5
    colour: Color = palette.INK
    left: float = 0
    indent: float = 0
    between: float = 5
    after: float = 8


READING = Setting()
NOTE = Setting(size=8, leading=11, colour=palette.INK2, between=3, after=8)
REMARK = Setting(size=7.8, leading=10.4, left=10, indent=10, between=1.6, after=5)


class Prose(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Paragraphs of spans; breaks over pages between lines, never leaving one line alone."""

    def __init__(self, paragraphs: Sequence[Sequence[Span]], setting: Setting = READING) -> None:
        super().__init__()
        self._paragraphs = paragraphs
        self._setting = setting
        self._lines: list[tuple[float, float, Line]] = []  # drop before it, indent, runs

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Break the lines once and return the size."""
        if not self._lines:
            self._lines = self._broken(wide)
        return wide, self._tall()

    def split(self, _wide: float, high: float) -> list[Flowable]:
        """Return two parts, the first of which fits into ``high``; nothing where none does."""
        room, fit = high, 0
        for drop, _, _ in self._lines:
            if drop > room:
                break
            room -= drop
            fit += 1
        fit = min(fit, len(self._lines) - 2)
        if fit < 2:
            return []
        first, rest = Prose((), self._setting), Prose((), self._setting)
        first._lines, rest._lines = self._lines[:fit], self._lines[fit:]
        return [first, rest]

    def draw(self) -> None:
        """Draw from the top down."""
        y, setting = self._tall(), self._setting
        self.canv.setFillColor(setting.colour)
        for drop, left, line in self._lines:
            y -= drop
            fonts.draw_line(self.canv, left, y + setting.leading * 0.28, line, setting.size)

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space below."""
        return self._setting.after

    def _tall(self) -> float:
        return sum(drop for drop, _, _ in self._lines)

    def _broken(self, wide: float) -> list[tuple[float, float, Line]]:
        setting, found = self._setting, []
        for place, spans in enumerate(self._paragraphs):
            room = wide - setting.left - setting.indent
            from_right = bidi.base("".join(text for _, text in spans)) == 1
            for number, line in enumerate(fonts.wrap(spans, setting.size, room)):
                gap = setting.between if place and not number else 0.0
                left = setting.left + (setting.indent if number else 0.0)
                if from_right:
                    left = setting.left + room - setting.size * sum(run.wide for run in line)
                found.append((setting.leading + gap, left, line))
        return found


def text(*paragraphs: str, setting: Setting = READING, face: str = fonts.SERIF) -> Prose:
    """Return plain paragraphs."""
    return Prose([[(face, paragraph)] for paragraph in paragraphs], setting)


def note(*paragraphs: str) -> Prose:
    """Return small grey paragraphs: captions and sources."""
    return text(*paragraphs, setting=NOTE, face=fonts.SANS)


class Heading(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A heading with its bookmark; ``level`` 0-2, ``key`` names the place in the file."""

    def __init__(
        self, words: str, level: int, key: str, *, lead: str = "", mark: bool = True
    ) -> None:
        super().__init__()
        self.words, self.level, self.key = " ".join(words.split()), level, key
        self._lead, self._mark = lead, mark
        self._lines: list[Line] = []
        self._wide = 0.0

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Break the heading and return its size."""
        self._wide = wide
        style = TITLES[self.level]
        words = self.words
        self._lines = fonts.wrap([(style.face, words)], style.size, wide)
        while len(self._lines) > _MOST_LINES:
            words = fonts.shortened(words, len(words) * 4 // 5)
            self._lines = fonts.wrap([(style.face, words)], style.size, wide)
        return wide, style.size * 1.3 * len(self._lines) + (14 if self._lead else 0)

    def draw(self) -> None:
        """Draw the heading and the small line above it, and set its bookmark."""
        style = TITLES[self.level]
        y = style.size * 1.3 * len(self._lines)
        if self._mark:
            self.canv.bookmarkHorizontal(self.key, 0, y + 24)
            self.canv.addOutlineEntry(self.words, self.key, self.level, closed=True)
        if self._lead:
            lead = fonts.elide(self._lead, LABEL.face, LABEL.size, self._wide)
            fonts.draw(self.canv, 0, y + 4, lead, LABEL)
        self.canv.setFillColor(style.colour)
        for line in self._lines:
            y -= style.size * 1.3
            fonts.draw_line(self.canv, 0, y + style.size * 0.3, line, style.size)

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space above."""
        return (0.0, 16.0, 9.0)[self.level]

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space below."""
        return (12.0, 7.0, 3.0)[self.level]


def heading(
    words: str, level: int, key: str, *, lead: str = "", mark: bool = True
) -> list[Flowable]:
    """Return a heading that never stands alone at the foot of a page.

    One that is not to ``mark`` has no bookmark.
    """
    return [CondPageBreak(_ROOM[level]), Heading(words, level, key, lead=lead, mark=mark)]


Painter = Callable[[Canvas, float, float, float], None]
"""Draws a cell: canvas, left, base line, width."""
Value = str | Painter


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table: its head, width in points, and where its text stands (0, 0.5, 1)."""

    head: str
    wide: float
    align: float = 0
    bold: bool = False
    lines: int = 1


class Table(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Rows of short texts and small drawings; breaks between rows and repeats its head.

    A text that is longer than its column's ``lines`` ends in an ellipsis.
    """

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Sequence[Value]], *, high: float = 14
    ) -> None:
        super().__init__()
        self._columns, self._rows, self._high = columns, rows, high
        self._set: list[list[list[Line] | Painter]] = []

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """Measure every row and return the size."""
        if not self._set:
            self._set = [
                [self._cell(v, c) for v, c in zip(row, self._columns, strict=True)]
                for row in self._rows
            ]
        return sum(column.wide for column in self._columns), self._tall()

    def split(self, _wide: float, high: float) -> list[Flowable]:
        """Return two tables, the first of which fits into ``high``; nothing where none does."""
        room, fit = high - self._high, 0
        for row in self._set:
            room -= self._row(row)
            if room < 0:
                break
            fit += 1
        if fit == 0 or fit >= len(self._set):
            return []
        first = Table(self._columns, self._rows[:fit], high=self._high)
        rest = Table(self._columns, self._rows[fit:], high=self._high)
        first._set, rest._set = self._set[:fit], self._set[fit:]
        return [first, rest]

    def draw(self) -> None:
        """Draw head, rows and the hairlines between them."""
        canvas, y = self.canv, self._tall() - self._high
        wide = sum(column.wide for column in self._columns)
        self._head(canvas, y)
        canvas.setLineWidth(0.4)
        for row in self._set:
            canvas.setStrokeColor(palette.LINE2)
            canvas.line(0, y, wide, y)
            self._draw_row(canvas, row, y)
            y -= self._row(row)

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """Return the space below."""
        return 10

    def _head(self, canvas: Canvas, y: float) -> None:
        x = 0.0
        for column in self._columns:
            at = x + (column.wide - 6) * column.align + (3 if column.align == 0.5 else 0)
            head = fonts.elide(column.head, LABEL.face, LABEL.size, column.wide - 1)
            fonts.draw(canvas, at, y + 4, head, LABEL, align=column.align)
            x += column.wide

    def _draw_row(self, canvas: Canvas, row: Sequence[list[Line] | Painter], top: float) -> None:
        x = 0.0
        for column, value in zip(self._columns, row, strict=True):
            y = top - self._high + 4
            if callable(value):
                value(canvas, x, y, column.wide)
            else:
                canvas.setFillColor(palette.INK)
                room = column.wide - 6
                for line in value:
                    used = FINE.size * sum(run.wide for run in line)
                    shift = (room - used) * column.align + (3 if column.align == 0.5 else 0)
                    fonts.draw_line(canvas, x + shift, y, line, FINE.size)
                    y -= 10
            x += column.wide

    def _cell(self, value: Value, column: Column) -> list[Line] | Painter:
        if callable(value):
            return value
        face = fonts.SANS_BOLD if column.bold else fonts.SANS
        room = column.wide - 6
        lines = fonts.wrap([(face, fonts.shortened(value, 4000))], FINE.size, room)
        if len(lines) > column.lines:
            kept = lines[: column.lines]
            if any(run.moves for run in kept[-1]):
                return self._cut(value.split(), face, column)
            last = "".join(run.text for run in kept[-1])
            cut = fonts.elide(last + " " + "\u2026" * 3, face, FINE.size, room)
            return [*kept[:-1], fonts.runs(cut.rstrip("\u2026") + "\u2026", face)]
        return lines

    def _cut(self, words: Sequence[str], face: str, column: Column) -> list[Line]:
        """Return the lines of as many words of mixed direction as fit, and an ellipsis."""
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            fits = len(self._with_ellipsis(words[:middle], face, column)) <= column.lines
            low, high = (middle, high) if fits else (low, middle - 1)
        return self._with_ellipsis(words[:low], face, column)

    def _with_ellipsis(self, words: Sequence[str], face: str, column: Column) -> list[Line]:
        return fonts.wrap([(face, f"{' '.join(words)} \u2026")], FINE.size, column.wide - 6)

    def _row(self, row: Sequence[list[Line] | Painter]) -> float:
        most = max((len(cell) for cell in row if not callable(cell)), default=1)
        return self._high + 10 * (most - 1)

    def _tall(self) -> float:
        return self._high + sum(self._row(row) for row in self._set)
