"""What later rounds and the panel's decisions did to the result (METHOD 3 and 4.10).

Told for the cells that were asked again or decided; agreement stays that of round 1, and nobody's
moving is better or worse than staying.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer.records.determinations import Determination
from reviewer.statistics.rand import medians
from reviewer.statistics.tally import counts_of
from reviewer.summary.rounds import RatingsInForce
from reviewer.summary.shapes import Code, Panel
from reviewer.summary.votes import word


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What one member's rating of a cell was after one round: ``value`` or ``reason`` or neither.

    ``since`` is the round that it is from, 0 for a blank: lower than the round where an earlier
    one stands, because the member did not return the round, or left the cell blank in it.
    """

    value: int | None
    reason: str
    since: int


@dataclass(frozen=True, kw_only=True, slots=True)
class After:
    """One cell after one round: ``asked`` in it, how many scored, their median and spread."""

    round: int
    asked: bool
    n: int
    median: float | None
    distribution: tuple[int, ...]
    held: tuple[tuple[int, Held], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """One cell (indices) from round 1 to what was decided; ``held`` of ``After`` is by member."""

    case: int
    factor: int
    after: tuple[After, ...]
    decisions: tuple[Determination, ...]


def movement(panel: Panel) -> tuple[Moved, ...]:
    """Return every cell that a later round asked for or that was decided, in case order."""
    shape = panel.votes.shape
    standing = RatingsInForce(shape)
    votes: list[NDArray[np.int8]] = []
    since: list[NDArray[np.int16]] = []
    asked = []
    for one in panel.rounds:
        standing.take(one)
        votes.append(standing.votes.copy())
        since.append(standing.rounds.copy())
        asked.append((one.votes != Code.ABSENT).any(axis=0))
    again = np.zeros(shape[1:], dtype=np.bool_)
    for later in asked[1:]:
        again |= later
    for at in panel.determinations:
        again[at] = True
    places = list(zip(*(axis.tolist() for axis in np.nonzero(again)), strict=True))
    return tuple(
        Moved(
            case=case,
            factor=factor,
            after=tuple(
                _after(
                    panel,
                    one.number,
                    votes[k][:, case, factor],
                    since[k][:, case, factor],
                    asked=bool(asked[k][case, factor]),
                )
                for k, one in enumerate(panel.rounds)
            ),
            decisions=panel.determinations.get((case, factor), ()),
        )
        for case, factor in places
    )


def _after(
    panel: Panel,
    number: int,
    votes: NDArray[np.int8],
    since: NDArray[np.int16],
    *,
    asked: bool,
) -> After:
    values = panel.framework.values
    spread = counts_of(votes, len(values))
    n = int(spread.sum())
    return After(
        round=number,
        asked=asked,
        n=n,
        median=float(medians(spread, values)) if n else None,
        distribution=tuple(spread.tolist()),
        held=tuple(_held(panel, votes, since)),
    )


def _held(
    panel: Panel, votes: NDArray[np.int8], since: NDArray[np.int16]
) -> Iterator[tuple[int, Held]]:
    for member, code in enumerate(votes.tolist()):
        if code != Code.ABSENT:
            said = "" if code >= 0 or code == Code.BLANK else word(Code(code))
            value = panel.framework.values[code] if code >= 0 else None
            yield member, Held(value=value, reason=said, since=int(since[member]))
