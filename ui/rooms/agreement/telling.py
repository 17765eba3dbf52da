"""One cell of the heat map in words and as it is drawn, counted from the summary."""

from dataclasses import replace

from reviewer.messages import later, say
from reviewer.reports import decisions, phrases
from reviewer.summary.shapes import Cell, Class, Flag, Kind, Summary
from ui.widgets.heat import DASHED, FRAME, HOLLOW, RULED, SOLID, HeatCell

_THIN = "\u2009"
_DASH = "\u2013"
_CLASSES = {
    Class.AGREEMENT: later("The panel agrees"),
    Class.DISAGREEMENT: later("The panel disagrees"),
    Class.INDETERMINATE: later("Undecided"),
    Class.TOO_FEW: later("Too few scores to class"),
    Class.NOT_ASSESSABLE: later("Could not be assessed"),
    Class.NOT_RELEVANT: later("Not relevant in this case"),
    Class.BLANK: later("Blank: nobody has answered yet"),
    Class.NOT_ALLOCATED: later("Not allocated: nobody was asked"),
}
_BESIDE = {
    Flag.RELEVANCE: later("some scored it high"),
    Flag.SCORED_AND_NOT_ASSESSABLE: later("some could not assess it"),
    Flag.UNSUPPORTED: later("a high score has no comment or page"),
    Flag.LATE_RATING: later("a rating came or changed since it was determined"),
    Flag.LATE_DOCUMENT: later("a cited document was replaced since it was determined"),
    Flag.REOPENED: later("reopened"),
}
_FLAGS = {
    Flag.DISAGREEMENT: later("disagreement"),
    Flag.INDETERMINATE: later("undecided"),
    Flag.TOO_FEW: later("too few and apart"),
    Flag.RELEVANCE: later("most say not relevant"),
    Flag.SCORED_AND_NOT_ASSESSABLE: later("some could not assess"),
    Flag.UNSUPPORTED: later("without comment or page"),
    Flag.LATE_RECORD: later("late record"),
    Flag.LATE_RATING: later("late rating"),
    Flag.LATE_DOCUMENT: later("corrected document"),
    Flag.REOPENED: later("reopened"),
}
_TONES = {
    Class.AGREEMENT: "good",
    Class.DISAGREEMENT: "stop",
    Class.INDETERMINATE: "warn",
    Class.TOO_FEW: "warn",
}
_GROUNDS = {Kind.DETERMINED: RULED, Kind.TOO_FEW: HOLLOW}
_EMPTY = {
    Class.NOT_ALLOCATED: HeatCell(words="\u00b7"),
    Class.NOT_RELEVANT: HeatCell(words=_DASH),
    Class.BLANK: HeatCell(words="", ground=FRAME),
}


def flagged(flag: Flag) -> str:
    """Return why a cell is on the agenda, in few words."""
    return say(_FLAGS[flag])


def drawn(cell: Cell, values: tuple[int, ...]) -> HeatCell:
    """Return what is painted for ``cell``."""
    outline = ""
    if cell.kind is Kind.OPEN:
        outline = SOLID if cell.klass is Class.DISAGREEMENT else DASHED
    klass = decisions.drawn(cell)
    if klass in _EMPTY:
        return replace(_EMPTY[klass], outline=outline)
    if not cell.assessable or cell.in_force is None:
        return HeatCell(words="n/a", hatched=True, outline=outline)
    return HeatCell(
        words=_numerals(cell, values),
        index=place_of(cell.in_force, values),
        outline=outline,
        ground=_GROUNDS.get(cell.kind, ""),
    )


def cornered(cell: Cell) -> bool:
    """Return whether something beside the scores stands against them."""
    return any(flag in cell.flags for flag in _BESIDE)


def place_of(median: float, values: tuple[int, ...]) -> float:
    """Return where ``median`` lies among the points of the scale, from 0."""
    below = [place for place, value in enumerate(values) if value <= median]
    low = below[-1] if below else 0
    return low if values[low] == median else low + 0.5


def headline(cell: Cell) -> str:
    """Return how far the panel agrees, in a few words."""
    determined = (
        [say("determined: {value}", value=decisions.value(cell))] if cell.determined else []
    )
    return ", ".join([say(_CLASSES[cell.klass]), *beside(cell), *determined])


def beside(cell: Cell) -> list[str]:
    """Return what stands beside the class on the agenda, in a few words each."""
    return [say(told) for flag, told in _BESIDE.items() if flag in cell.flags]


def short(cell: Cell) -> str:
    """Return how far the panel agrees for a chip."""
    aside = beside(cell)
    if aside and cell.klass is Class.AGREEMENT:
        return aside[0][:1].upper() + aside[0][1:]
    return headline(cell).split(",", maxsplit=1)[0].split(":", maxsplit=1)[0]


def tone(cell: Cell) -> str:
    """Return the tone of that chip."""
    if cornered(cell) and cell.klass is Class.AGREEMENT:
        return "warn"
    return _TONES.get(cell.klass, "")


def sentence(summary: Summary, cell: Cell) -> str:
    """Return the median, how many scored, and the reasons of the others."""
    panel = summary.panel
    n = phrases.counted(cell.n, "score")
    parts = [
        say("{n}, median {number}", n=n, number=phrases.number(cell.median))
        if cell.median is not None
        else n
    ]
    why = phrases.reasons(cell.reasons, panel)
    if why:
        parts.append(why)
    if cell.ipras is not None:
        parts.append(say("IPR / IPRAS {ipras}", ipras=phrases.ipras(cell)))
    if "counts" in cell.holds:
        parts.append(say("what the missing records say would not change the result"))
    elif cell.n and cell.relevant and not cell.assessable and not cell.determined:
        least = panel.framework.thresholds.counts
        parts.append(
            say("whether the median reaches {least} depends on the missing records", least=least)
        )
    return "; ".join(parts) + f". {phrases.standing(cell).capitalize()}."


def named(summary: Summary, cell: Cell) -> str:
    """Return the case and the factor."""
    panel = summary.panel
    case, factor = panel.cases[cell.case], panel.framework.factors[cell.factor]
    return f"{case.reference} · {factor.name}"


def whole(summary: Summary, cell: Cell) -> str:
    """Return everything about the cell, for tool tips and for those who listen."""
    values = summary.panel.framework.values
    given = ", ".join(
        say("{count} gave {value}", count=count, value=value)
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
    """Return the value in force, or below five scores the scores themselves (METHOD 4.6)."""
    if decisions.drawn(cell) is Class.TOO_FEW:
        given = [
            str(value)
            for value, count in zip(values, cell.distribution, strict=True)
            for _ in range(count)
        ]
        return _THIN.join(given)
    return phrases.number(cell.in_force) if cell.in_force is not None else ""
