"""What the panel talks about, worst first, and which missing records are in the way."""

from collections import Counter
from collections.abc import Iterable, Mapping

from reviewer.errors import EngineError
from reviewer.records.ids import RequestId
from reviewer.summary.register import Place, RecordNeed
from reviewer.summary.shapes import AgendaItem, Cell, Code, Flag, Panel
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


def records_of(
    panel: Panel, votes: Votes, matched: Mapping[Place, RequestId] | None = None
) -> tuple[RecordNeed, ...]:
    """Return the missing records that panellists named, those that block most ratings first.

    What is ``matched`` to a record of the register is called by its kind; else spellings that
    differ only in case and spaces are one record, shown as most often spelt. One that has come
    since stands apart from one of its name that has not. Ratings that name no
    record are not here. Raises ``EngineError`` where a record belongs to a vote that is not there.
    """
    known = {one.id: one for one in panel.register.records}
    matched = matched or {}
    spelt: dict[tuple[bool, str], Counter[str]] = {}
    named: dict[tuple[bool, str], list[tuple[int, int]]] = {}
    for place, words in named_in(panel, votes).items():
        found = known[matched[place]] if place in matched else None
        record = words if found is None else found.kind
        key = found is not None and not found.lacking, record.casefold()
        spelt.setdefault(key, Counter())[record] += 1
        named.setdefault(key, []).append(place[1:])
    needs = [
        RecordNeed(
            record=_most_spelt(spelt[key]),
            ratings=len(cells),
            cells=len(set(cells)),
            cases=tuple(sorted({case for case, _ in cells})),
            came=key[0],
        )
        for key, cells in named.items()
    ]
    return tuple(sorted(needs, key=lambda n: (-n.ratings, -n.cells, n.record.casefold())))


def named_in(panel: Panel, votes: Votes) -> dict[Place, str]:
    """Return the words, on one line, of every rating that names a record as missing.

    Raises ``EngineError`` where a record belongs to a vote that is not there.
    """
    named = {}
    for place, detail in panel.details.items():
        record = " ".join(detail.record.split())
        if not record:
            continue
        if not all(0 <= i < n for i, n in zip(place, votes.shape, strict=True)):
            raise EngineError("A missing record belongs to no vote. Nothing was summarised.")
        if votes[place] == Code.MISSING:
            named[place] = record
    return named


def _most_spelt(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
