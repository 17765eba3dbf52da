"""What papers, tables and commands say of the panel's decisions (METHOD 4.10)."""

from collections.abc import Iterator
from typing import Any

from reviewer.records.determinations import Determination, Dissent, Ruling
from reviewer.reports import phrases
from reviewer.summary.shapes import Cell, Class, Panel

_WHAT = {
    Ruling.NOT_ASSESSABLE: "not assessable",
    Ruling.NOT_RELEVANT: "not relevant",
    Ruling.REOPENED: "reopened",
}


def told(one: Determination) -> str:
    """Return a decision in words: "3", "left at the median, 2.5", "not assessable"."""
    if one.value is None:
        return _WHAT[one.what]
    value = phrases.number(one.value)
    return f"left at the median, {value}" if one.what is Ruling.MEDIAN else value


def value(cell: Cell) -> str:
    """Return what a cell was determined to be: "3", "not assessable"; "" where it was not."""
    if not cell.determined:
        return ""
    words = _WHAT.get(Ruling(cell.determined))
    return words or phrases.number(cell.in_force or 0)


def by(cell: Cell) -> str:
    """Return what a cell's value in force is from: "determination", "median" or ""."""
    if cell.determined:
        return "determination"
    return "" if cell.in_force is None else "median"


def drawn(cell: Cell) -> Class:
    """Return the class by which a cell is drawn: what was determined goes before its ratings."""
    if not cell.determined:
        return cell.klass
    return Class.NOT_RELEVANT if cell.determined == Ruling.NOT_RELEVANT else Class.AGREEMENT


def dissent(one: Dissent) -> str:
    """Return who dissents and for what: "Ben One (would have said 4)", "A member"."""
    who = one.name or "A member, without a name"
    instead = one.instead.replace("-", " ")
    return f"{who} (would have said {instead})" if instead else who


def every(panel: Panel) -> Iterator[tuple[str, Determination, bool]]:
    """Yield (reference of the case, decision, whether it stands), cell by cell, oldest first."""
    for (case, _), history in sorted(panel.determinations.items()):
        for one in history:
            yield panel.cases[case].reference, one, one.stands and one is history[-1]


def data(reference: str, one: Determination, *, stands: bool) -> dict[str, Any]:
    """Return a decision as ``summary.json`` and the commands tell it."""
    return {
        "case": reference,
        "factor": one.factor,
        "number": one.number,
        "round": one.round,
        "what": one.what.value,
        "value": one.value,
        "reason": one.reason,
        "dissents": [
            {
                "member": part.member or None,
                "name": part.name or None,
                "words": part.words,
                "instead": part.instead or None,
            }
            for part in one.dissents
        ],
        "at": one.at,
        "by": one.by,
        "stands": stands,
    }
