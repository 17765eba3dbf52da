"""Charts, drawn once as reportlab drawings: the report sets them, a window can show them as SVG.

Each function returns a ``Drawing`` whose size is in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing
from reportlab.lib.colors import Color

from reviewer.reports import facts, phrases
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.drawing import box, label, rule
from reviewer.summary.shapes import Agreement, Prevalence, Summary
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

_NAME = Type(fonts.SANS, 8.5, palette.INK)
_BOLD = Type(fonts.SANS_BOLD, 8.5, palette.INK)
_SMALL = Type(fonts.SANS, 7, palette.INK2)
ROW = 19.0
_NAMES = 186.0  # points for the names left of a chart
RANKED = 17  # factors that fit on the page of key figures
_NUMBERS = 98.0  # points for the numbers right of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One row of a bar chart."""

    name: str
    row: Prevalence
    colour: Color


def group_bars(summary: Summary) -> list[Bar]:
    """Return how often each group counted, with bounds."""
    used = [summary.groups[place] for place in facts.groups_in_use(summary)]
    places = {group.code: i for i, group in enumerate(summary.panel.framework.groups)}
    return [
        Bar(name=row.name, row=row, colour=palette.group(row.group, places[row.group]))
        for row in used
    ]


def factor_bars(summary: Summary, group: str) -> list[Bar]:
    """Return how often each factor of a group counted, with bounds."""
    place = [g.code for g in summary.panel.framework.groups].index(group)
    return [
        Bar(name=row.name, row=row, colour=palette.group(group, place))
        for row in summary.factors
        if row.group == group
    ]


def ranked_factors(summary: Summary) -> list[Bar]:
    """Return the factors that counted most often, at most ``RANKED`` of them."""
    places = {group.code: i for i, group in enumerate(summary.panel.framework.groups)}
    ranked = sorted(summary.factors, key=lambda row: (-row.counted, -row.possible))[:RANKED]
    return [
        Bar(name=row.name, row=row, colour=palette.group(row.group, places[row.group]))
        for row in ranked
    ]


def bars(rows: Sequence[Bar], cases: int, wide: float, *, high: float = ROW) -> Drawing:
    """Draw a bar a row: counted (solid), possibly (pale), bounds (a thin line with ends).

    The axis is cases, 0 to ``cases``.
    """
    foot = 16.0
    drawing = Drawing(wide, foot + high * max(len(rows), 1))
    left, room = _NAMES, wide - _NAMES - _NUMBERS - 8
    scale = room / max(cases, 1)
    for tick in _ticks(cases):
        x = left + tick * scale
        drawing.add(rule(x, foot - 2, x, drawing.height, palette.LINE))
        drawing.add(label(x, 4, str(tick), _SMALL, align=0.5))
    drawing.add(label(left - 8, 4, "cases", _SMALL, align=1))
    for place, bar in enumerate(rows):
        _bar(drawing, bar, (foot + high * (len(rows) - 1 - place), high), scale)
    return drawing


def _bar(drawing: Drawing, bar: Bar, place: tuple[float, float], scale: float) -> None:
    """Draw one row at (bottom, height)."""
    left, text, row = _NAMES, drawing.width - _NUMBERS, bar.row
    middle = place[0] + place[1] / 2
    thick = min(11.0, place[1] - 4)
    low, base = middle - thick / 2, middle - 3
    name = fonts.elide(bar.name, fonts.SANS, _NAME.size, left - 18)
    pale = _mixed_with_paper(bar.colour, 0.3)
    drawing.add(box(0, low, 3, thick, bar.colour))
    drawing.add(label(8, base, name, _NAME))
    drawing.add(box(left, low, row.possible * scale, thick, pale))
    drawing.add(box(left, low, row.counted * scale, thick, bar.colour))
    ends = left + row.low * scale, left + row.high * scale
    drawing.add(rule(ends[0], middle, ends[1], middle, palette.INK, thick=1))
    for x in ends:
        drawing.add(rule(x, middle - 3.5, x, middle + 3.5, palette.INK, thick=1))
    figure = str(row.counted)
    drawing.add(label(text, base, figure, _BOLD))
    behind = text + fonts.width(figure + " ", fonts.SANS_BOLD, _BOLD.size)
    drawing.add(label(behind, base, f"of {row.assessable} assessable", _NAME))


def least_alpha(lines: Sequence[tuple[str, Agreement]]) -> float:
    """Return where the axis of ``interval_dots`` begins: at 0, or at -.5 where one is below."""
    values = [
        value
        for _, line in lines
        for value in (line.alpha.value, line.alpha.low)
        if value is not None
    ]
    return 0.0 if min(values, default=0.0) >= 0 else -0.5


def interval_dots(
    lines: Sequence[tuple[str, Agreement]], wide: float, *, least: float = 0.0
) -> Drawing:
    """Draw Krippendorff's alpha a row with its 95 % interval; the axis is ``least`` to 1.

    A hollow dot stands for a value without an interval ("too rare").
    """
    foot, row = 18.0, 15.0
    drawing = Drawing(wide, foot + row * max(len(lines), 1))
    left, room = _NAMES, wide - _NAMES - _NUMBERS - 8
    scale = room / (1 - least)
    for quarter in range(round(least * 4), 5):
        x = left + (quarter / 4 - least) * scale
        drawing.add(rule(x, foot - 2, x, drawing.height, palette.LINE))
        drawing.add(label(x, 6, phrases.coefficient(quarter / 4), _SMALL, align=0.5))
    for place, (name, line) in enumerate(lines):
        _dot(drawing, name, line, foot + row * (len(lines) - 1 - place), least)
    return drawing


def _dot(drawing: Drawing, name: str, line: Agreement, y: float, least: float) -> None:
    wide = drawing.width
    left, room = _NAMES, wide - _NAMES - _NUMBERS - 8

    def at(value: float) -> float:
        place: float = left + (max(value, least) - least) * room / (1 - least)
        return place

    drawing.add(label(0, y + 4, fonts.elide(name, fonts.SANS, 8.5, left - 10), _NAME))
    alpha = line.alpha
    if alpha.low is not None and alpha.high is not None:
        soft = _mixed_with_paper(palette.ACCENT, 0.4)
        drawing.add(rule(at(alpha.low), y + 7, at(alpha.high), y + 7, soft, thick=3))
    if alpha.value is not None:
        fill = palette.PAPER if alpha.low is None else palette.ACCENT
        drawing.add(
            Circle(
                at(alpha.value),
                y + 7,
                3,
                fillColor=fill,
                strokeColor=palette.ACCENT,
                strokeWidth=1,
            )
        )
    text = wide - _NUMBERS
    drawing.add(label(text + 20, y + 4, phrases.coefficient(alpha.value), _BOLD, align=1))
    drawing.add(label(text + 28, y + 4, phrases.interval(alpha), _SMALL))


def _mixed_with_paper(colour: Color, part: float) -> Color:
    red, green, blue = (1 - part * (1 - c) for c in (colour.red, colour.green, colour.blue))
    return Color(red, green, blue)


def _ticks(most: int) -> list[int]:
    """Return at most seven round numbers from 0 to ``most``."""
    step = 1
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if most / step <= 6:
            break
    return list(range(0, most + 1, step))
