"""The eight kinds of cell in words, counted, and what may be said of all of them (METHOD 4.0)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from reviewer.summary.shapes import Cell, Kind

WORDS: Mapping[Kind, str] = {
    Kind.DETERMINED: "determined",
    Kind.SETTLED: "settled",
    Kind.OPEN: "open",
    Kind.TOO_FEW: "too few for a class",
    Kind.NOT_ASSESSABLE: "not assessable",
    Kind.NOT_RELEVANT: "not relevant",
    Kind.BLANK: "blank",
    Kind.NOT_ALLOCATED: "not allocated",
}
MEANINGS: Mapping[Kind, str] = {
    Kind.DETERMINED: "the panel decided it together",
    Kind.SETTLED: "five or more scored, they agree, and nothing stands against it",
    Kind.OPEN: "on the agenda",
    Kind.TOO_FEW: "one to four scored, all in one band",
    Kind.NOT_ASSESSABLE: "somebody looked, and nobody could tell",
    Kind.NOT_RELEVANT: "more than half say that it cannot arise",
    Kind.BLANK: "asked, and nobody has answered yet",
    Kind.NOT_ALLOCATED: "nobody was asked",
}


def counted(cells: Iterable[Cell]) -> Mapping[str, int]:
    """Return how many cells are of each kind, all eight in their order."""
    found = Counter(cell.kind for cell in cells)
    return {kind.value: found[kind] for kind in Kind}


def told(found: Mapping[str, int]) -> str:
    """Return "0 determined, 512 settled, ...": all eight, which add up."""
    return ", ".join(f"{found[kind]:,} {name}" for kind, name in WORDS.items())


def nothing_open(found: Mapping[str, int]) -> str:
    """Return why no cell is on the agenda: agreement is said only where every cell is settled."""
    cells = sum(found.values())
    if found[Kind.SETTLED] + found[Kind.DETERMINED] == cells:
        return "The panel agrees on every rating, so nothing is on the agenda."
    return (
        "Nothing is on the agenda. That does not mean that the panel agrees: of"
        f" {cells:,} {'cell' if cells == 1 else 'cells'}, {told(found)}."
    )
