"""One cell of the heat map in words and as it is drawn, counted from the summary."""

from reviewer.reports import words
from reviewer.summary.shapes import Cell, Class, Summary
from ui.widgets.heat import DASHED, SOLID, HeatCell

_THIN = "\u2009"
_DASH = "\u2013"
_CLASSES = {
    Class.AGREEMENT: "The panel agrees",
    Class.DISAGREEMENT: "The panel disagrees",
    Class.INDETERMINATE: "Undecided",
    Class.TOO_FEW: "Too few scores to class",
    Class.NOT_ASSESSABLE: "Could not be assessed",
    Class.NOT_RELEVANT: "Not relevant in this case",
}
SCORED_AND_NOT = "scored-and-not-assessable"


def drawn(cell: Cell, values: tuple[int, ...]) -> HeatCell:
    """Return what is painted for ``cell``."""
    if cell.klass is Class.NOT_ASSESSABLE:
        return HeatCell(words="n/a", hatched=True)
    if cell.klass is Class.NOT_RELEVANT or cell.median is None:
        return HeatCell(words=_DASH)
    outline = ""
    if cell.klass is Class.DISAGREEMENT:
        outline = SOLID
    elif cell.klass is Class.INDETERMINATE or "too-few" in cell.flags:
        outline = DASHED
    return HeatCell(
        words=_numerals(cell, values), index=place_of(cell.median, values), outline=outline
    )


def place_of(median: float, values: tuple[int, ...]) -> float:
    """Return where ``median`` lies among the points of the scale, from 0."""
    below = [place for place, value in enumerate(values) if value <= median]
    low = below[-1] if below else 0
    return low if values[low] == median else low + 0.5


def headline(cell: Cell) -> str:
    """Return how far the panel agrees, in a few words."""
    told = _CLASSES[cell.klass]
    return f"{told}, some could not assess it" if SCORED_AND_NOT in cell.flags else told


def sentence(summary: Summary, cell: Cell) -> str:
    """Return the median, how many scored, and the reasons of the others."""
    panel = summary.panel
    n = words.counted(cell.n, "score")
    parts = [f"{n}, median {words.number(cell.median)}" if cell.median is not None else n]
    why = words.reasons(cell.reasons, panel)
    if why:
        parts.append(why)
    return "; ".join(parts) + "."


def named(summary: Summary, cell: Cell) -> str:
    """Return the case and the factor."""
    panel = summary.panel
    case, factor = panel.cases[cell.case], panel.framework.factors[cell.factor]
    return f"{case.reference} · {factor.name}"


def whole(summary: Summary, cell: Cell) -> str:
    """Return everything about the cell, for tool tips and for those who listen."""
    values = summary.panel.framework.values
    given = ", ".join(
        f"{count} gave {value}"
        for value, count in zip(values, cell.distribution, strict=True)
        if count
    )
    return "\n".join(
        part
        for part in (
            named(summary, cell),
            f"{headline(cell)}. {sentence(summary, cell)}",
            f"{given}." if given else "",
        )
        if part
    )


def _numerals(cell: Cell, values: tuple[int, ...]) -> str:
    """Return the median, or below five scores the scores themselves (METHOD 4.6)."""
    if cell.klass is Class.TOO_FEW:
        given = [
            str(value)
            for value, count in zip(values, cell.distribution, strict=True)
            for _ in range(count)
        ]
        return _THIN.join(given)
    return words.number(cell.median) if cell.median is not None else ""
