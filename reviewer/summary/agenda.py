"""What the panel talks about, worst first, and which missing records are in the way."""

from collections import Counter
from collections.abc import Iterable

from reviewer.errors import EngineError
from reviewer.summary.shapes import AgendaItem, Cell, Code, Flag, Panel, RecordNeed
from reviewer.summary.votes import Votes

_RANK = tuple(flag.value for flag in Flag)


def agenda_of(cells: Iterable[Cell], values: tuple[int, ...]) -> tuple[AgendaItem, ...]:
    """Return every flagged cell, worst first.

    The order is that of ``Flag``, by the first that stands; within each the wider spread of scores
    first, then more flags, then more who scored; what is still equal stays in case and factor
    order.
    """
    flagged = [(cell, _spread(cell, values)) for cell in cells if cell.flags]
    flagged.sort(key=lambda pair: (_RANK.index(pair[0].flags[0]), -pair[1], *_weight(pair[0])))
    return tuple(
        AgendaItem(case=cell.case, factor=cell.factor, flags=cell.flags, spread=spread)
        for cell, spread in flagged
    )


def _weight(cell: Cell) -> tuple[int, int, int, int]:
    return -len(cell.flags), -cell.n, cell.case, cell.factor


def _spread(cell: Cell, values: tuple[int, ...]) -> int:
    given = [value for value, n in zip(values, cell.distribution, strict=True) if n]
    return given[-1] - given[0] if given else 0


def records_of(panel: Panel, votes: Votes) -> tuple[RecordNeed, ...]:
    """Return the missing records that panellists named, those that block most ratings first.

    Spellings that differ only in case and spaces are one record, shown as most often spelt.
    Ratings that name no record are not here. Raises ``EngineError`` where a record belongs to a
    vote that is not there.
    """
    spelt: dict[str, Counter[str]] = {}
    named: dict[str, list[tuple[int, int]]] = {}
    for (member, case, factor), detail in panel.details.items():
        record = " ".join(detail.record.split())
        if not record:
            continue
        if not all(0 <= i < n for i, n in zip((member, case, factor), votes.shape, strict=True)):
            raise EngineError("A missing record belongs to no vote. Nothing was summarised.")
        if votes[member, case, factor] == Code.MISSING:
            key = record.casefold()
            spelt.setdefault(key, Counter())[record] += 1
            named.setdefault(key, []).append((case, factor))
    needs = [
        RecordNeed(
            record=_most_spelt(spelt[key]),
            ratings=len(cells),
            cells=len(set(cells)),
            cases=tuple(sorted({case for case, _ in cells})),
        )
        for key, cells in named.items()
    ]
    return tuple(sorted(needs, key=lambda n: (-n.ratings, -n.cells, n.record.casefold())))


def _most_spelt(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
