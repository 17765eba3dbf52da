"""The map of cases by factors: the panel's median in each cell, and how far it agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Group

from reviewer.reports import decisions, facts, phrases
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.drawing import box, framed, hatch, label, outline, rule
from reviewer.summary.kinds import WORDS
from reviewer.summary.shapes import Cell, Class, Kind, Summary
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

HEAD = 84.0  # points for the turned factor names
_LOW, _HIGH = 10.0, 14.0  # a row's height, which follows from how many share a page
NAMES = 74.0
_LINE = 15.0  # points of one line of the legend
LEGEND = 2 * _LINE
_TEXT = Type(fonts.SANS, 7.5, palette.INK)
_REFERENCE = Type(fonts.SANS_BOLD, 7.5, palette.INK)


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
        name = fonts.elide(
            summary.panel.cases[case].reference, fonts.SANS_BOLD, _REFERENCE.size, NAMES - 6
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
        name = fonts.elide(factor.short, fonts.SANS, _TEXT.size, HEAD - 10)
        turned = Group(label(0, 0, name, _TEXT))
        turned.translate(x + step / 2 + 2.6, y + 8)
        turned.rotate(90)
        drawing.add(turned)


def cell(shown: Cell, values: tuple[int, ...], place: tuple[float, float, float, float]) -> Group:
    """Draw one cell at (left, bottom, width, height) with the sign of its kind."""
    group = Group()
    _ground(group, shown, values, place)
    x, y, wide, high = place
    if shown.kind is Kind.OPEN:
        dashed = shown.klass is not Class.DISAGREEMENT
        group.add(outline(x, y, wide, high, palette.INK, dashed=dashed))
    elif shown.kind is Kind.DETERMINED:
        group.add(rule(x, y, x + wide, y, palette.INK, thick=2))
    return group


def _ground(
    group: Group, shown: Cell, values: tuple[int, ...], place: tuple[float, float, float, float]
) -> None:
    """Draw what lies under the outline: fill and numeral, or why there is none."""
    x, y, wide, high = place
    middle, base = x + wide / 2, y + high / 2 - 2.6
    klass = decisions.drawn(shown)
    if klass is Class.NOT_ALLOCATED:
        group.add(label(middle, base, "\u00b7", _TEXT, align=0.5))
    elif klass is Class.NOT_RELEVANT:
        group.add(label(middle, base, "\u2013", _TEXT, align=0.5))
    elif klass is Class.BLANK:
        group.add(framed(x + 0.5, y + 0.5, wide - 1, high - 1, palette.INK3, thick=0.4))
    elif not shown.assessable or shown.in_force is None:
        group.add(box(x, y, wide, high, palette.NOT_ASSESSABLE, round_by=2))
        group.add(hatch(x, y, wide, high, palette.HATCH))
    else:
        fill = palette.rating(shown.in_force, values)
        hollow = shown.kind is Kind.TOO_FEW
        if hollow:
            group.add(framed(x + 1, y + 1, wide - 2, high - 2, fill, thick=2))
        else:
            group.add(box(x, y, wide, high, fill, round_by=2))
        style = Type(fonts.SANS_BOLD, 7.5, palette.INK if hollow else palette.on(fill))
        group.add(label(middle, base, _numerals(shown, values, wide), style, align=0.5))


def _numerals(shown: Cell, values: tuple[int, ...], wide: float) -> str:
    """Return the value in force; below five scores the scores where they fit (METHOD 4.6)."""
    middle = phrases.number(shown.in_force or 0)
    if decisions.drawn(shown) is not Class.TOO_FEW or not shown.distribution:
        return middle
    scores = " ".join(
        str(value) for value, n in zip(values, shown.distribution, strict=True) for _ in range(n)
    )
    return scores if fonts.width(scores, fonts.SANS_BOLD, 7.5) <= wide - 3 else middle


def legend(summary: Summary, wide: float) -> Drawing:
    """Draw the sign of each kind of cell with its word and count; they add up to all cells."""
    drawing = Drawing(wide, LEGEND)
    values = summary.panel.framework.values
    x, y = 0.0, LEGEND - _LINE
    for sample, text in _samples(values, summary.kinds):
        step = 22 + fonts.width(text, _TEXT.face, _TEXT.size) + 10
        if x + step > wide + 10:
            x, y = 0.0, y - _LINE
        drawing.add(cell(sample, values, (x, y + 1, 18, 12)))
        drawing.add(label(x + 22, y + 4, text, _TEXT))
        x += step
    return drawing


def _samples(values: tuple[int, ...], kinds: Mapping[str, int]) -> list[tuple[Cell, str]]:
    """Return a cell of each kind; open ones are of two sorts, and are counted together."""
    high, low = float(values[-1]), float(values[0])
    middle = float(values[len(values) // 2])
    shown = {
        Kind.DETERMINED: (middle, Class.AGREEMENT),
        Kind.SETTLED: (middle, Class.AGREEMENT),
        Kind.OPEN: (middle, Class.DISAGREEMENT),
        Kind.TOO_FEW: (middle, Class.TOO_FEW),
        Kind.NOT_ASSESSABLE: (None, Class.NOT_ASSESSABLE),
        Kind.NOT_RELEVANT: (None, Class.NOT_RELEVANT),
        Kind.BLANK: (None, Class.BLANK),
        Kind.NOT_ALLOCATED: (None, Class.NOT_ALLOCATED),
    }
    found = [
        (_sample(low, Class.AGREEMENT, Kind.SETTLED), "lowest"),
        (_sample(high, Class.AGREEMENT, Kind.SETTLED), "highest"),
    ]
    for kind, (median, klass) in shown.items():
        found.append((_sample(median, klass, kind), f"{WORDS[kind]} {kinds[kind]:,}"))
        if kind is Kind.OPEN:
            found[-1] = (found[-1][0], f"open {kinds[kind]:,}: disagreement")
            found.append((_sample(middle, Class.INDETERMINATE, kind), "or another reason"))
    return found


def _sample(median: float | None, klass: Class, kind: Kind) -> Cell:
    return Cell(
        case=0,
        factor=0,
        n=0,
        assessable=median is not None,
        relevant=klass is not Class.NOT_RELEVANT,
        median=median,
        in_force=median,
        distribution=(),
        reasons={},
        kind=kind,
        klass=klass,
    )
