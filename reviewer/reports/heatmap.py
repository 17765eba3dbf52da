"""The map of cases by factors: the panel's median in each cell, and how far it agrees."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Group

from reviewer.reports import faces, facts, palette, words
from reviewer.reports.faces import Type
from reviewer.reports.shapes import box, hatch, label, outline
from reviewer.summary.shapes import Cell, Class, Summary

HEAD = 84.0  # points for the turned factor names
_LOW, _HIGH = 10.0, 14.0  # a row's height, which follows from how many share a page
NAMES = 74.0
_TEXT = Type(faces.SANS, 7.5, palette.INK)
_REFERENCE = Type(faces.SANS_BOLD, 7.5, palette.INK)
_GROUND = palette.PANEL


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The cases and factors (places) that one drawing shows."""

    cases: Sequence[int]
    factors: Sequence[int]
    row: float = _HIGH


def parts(summary: Summary, high: float, columns: int) -> list[Part]:
    """Cut the map into drawings of at most ``high`` points and about ``columns`` factors.

    Cases are shared out evenly, so that no page holds the last few alone.
    """
    framework = summary.panel.framework
    cases, factors = range(len(summary.panel.cases)), range(len(framework.factors))
    strips = -(-len(factors) // columns)
    wide = -(-len(factors) // max(strips, 1))
    pages = max(-(-len(cases) // int((high - HEAD) // _LOW)), 1)
    rows = max(-(-len(cases) // pages), 1)
    return [
        Part(
            cases=cases[top : top + rows],
            factors=factors[left : left + wide],
            row=min(_HIGH, (high - HEAD) / rows),
        )
        for left in range(0, len(factors), wide or 1)
        for top in range(0, max(len(cases), 1), rows)
    ]


def heat_map(summary: Summary, part: Part, wide: float) -> Drawing:
    """Draw one part of the map, ``wide`` points wide."""
    drawing = Drawing(wide, HEAD + part.row * len(part.cases))
    step = min((wide - NAMES) / max(len(part.factors), 1), 30.0)
    _heads(drawing, summary, part, step)
    for row, case in enumerate(part.cases):
        y = drawing.height - HEAD - part.row * (row + 1)
        name = faces.elide(
            summary.panel.cases[case].reference, faces.SANS_BOLD, _REFERENCE.size, NAMES - 6
        )
        drawing.add(label(NAMES - 6, y + part.row / 2 - 2.6, name, _REFERENCE, align=1))
        cells = facts.cells_of_case(summary, case)
        for column, factor in enumerate(part.factors):
            x = NAMES + step * column
            drawing.add(
                cell(
                    cells[factor],
                    summary.panel.framework.values,
                    (x + 1, y + 0.8, step - 2, part.row - 1.6),
                )
            )
    return drawing


def _heads(drawing: Drawing, summary: Summary, part: Part, step: float) -> None:
    framework = summary.panel.framework
    places = {group.code: i for i, group in enumerate(framework.groups)}
    for column, place in enumerate(part.factors):
        factor = framework.factors[place]
        x = NAMES + step * column
        y = drawing.height - HEAD
        colour = palette.group(factor.group, places[factor.group])
        drawing.add(box(x + 1, y + 2, step - 2, 3, colour))
        name = faces.elide(factor.short, faces.SANS, _TEXT.size, HEAD - 10)
        turned = Group(label(0, 0, name, _TEXT))
        turned.translate(x + step / 2 + 2.6, y + 8)
        turned.rotate(90)
        drawing.add(turned)


def cell(shown: Cell, values: tuple[int, ...], place: tuple[float, float, float, float]) -> Group:
    """Draw one cell at (left, bottom, width, height): fill and numeral, hatch, dash, outline."""
    group = Group()
    x, y, wide, high = place
    base = y + high / 2 - 2.6
    if not shown.relevant or shown.klass is Class.NOT_RELEVANT:
        group.add(label(x + wide / 2, base, "\u2013", _TEXT, align=0.5))
        return group
    if not shown.assessable or shown.median is None:
        group.add(box(x, y, wide, high, palette.NOT_ASSESSABLE, round_by=2))
        group.add(hatch(x, y, wide, high, palette.HATCH))
        return group
    fill = palette.rating(shown.median, values)
    group.add(box(x, y, wide, high, fill, round_by=2))
    style = Type(faces.SANS_BOLD, 7.5, palette.on(fill))
    group.add(label(x + wide / 2, base, words.number(shown.median), style, align=0.5))
    if shown.klass in {Class.DISAGREEMENT, Class.INDETERMINATE}:
        dashed = shown.klass is Class.INDETERMINATE
        group.add(outline(x, y, wide, high, palette.INK, dashed=dashed))
    return group


def legend(summary: Summary, wide: float) -> Drawing:
    """Draw what fills, numerals and outlines mean."""
    drawing = Drawing(wide, 15)
    values = summary.panel.framework.values
    x = 0.0
    for sample, text in _samples(values):
        drawing.add(cell(sample, values, (x, 1, 18, 12)))
        x += 22
        drawing.add(label(x, 4, text, _TEXT))
        x += faces.width(text, _TEXT.face, _TEXT.size) + 12
    return drawing


def _samples(values: tuple[int, ...]) -> list[tuple[Cell, str]]:
    high, low = float(values[-1]), float(values[0])
    middle = float(values[len(values) // 2])
    return [
        (_sample(low, Class.AGREEMENT), "lowest"),
        (_sample(high, Class.AGREEMENT), "highest"),
        (_sample(middle, Class.DISAGREEMENT), "disagreement"),
        (_sample(middle, Class.INDETERMINATE), "undecided"),
        (_sample(None, Class.NOT_ASSESSABLE), "not assessable"),
        (_sample(None, Class.NOT_RELEVANT), "not relevant"),
    ]


def _sample(median: float | None, klass: Class) -> Cell:
    return Cell(
        case=0,
        factor=0,
        n=0,
        assessable=median is not None,
        relevant=klass is not Class.NOT_RELEVANT,
        median=median,
        distribution=(),
        reasons={},
        klass=klass,
    )
