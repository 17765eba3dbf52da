"""What the later rounds did, counted: who moved where, what left the agenda (METHOD 3).

Moving is neither better nor worse than staying, and none of this is reliability: that is round
1's. Whoever did not return a round moved nowhere in it: the rating before stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reviewer.statistics.rand import medians
from reviewer.statistics.tally import Floats, counts_of
from reviewer.summary.cells import cells_of
from reviewer.summary.layers import layers_of
from reviewer.summary.parts import Part
from reviewer.summary.prevalence import of_factors
from reviewer.summary.rounds import RatingsInForce
from reviewer.summary.shapes import Cell, Code, Panel, Prevalence, RoundVotes


@dataclass(frozen=True, kw_only=True, slots=True)
class Moves:
    """Ratings that later rounds asked for: ``given`` again of ``asked``, the rest left blank.

    ``given`` = ``stood`` + ``towards`` + ``away`` + ``across`` + ``unscored`` + ``first``. Towards
    and away are told by the distance from the median that the round before had; ``across`` went
    to its other side, as far as before, or there was no median. ``unscored``: to or from a reason.
    ``first``: nothing was rated before.
    """

    asked: int = 0
    stood: int = 0
    towards: int = 0
    away: int = 0
    across: int = 0
    unscored: int = 0
    first: int = 0

    @property
    def given(self) -> int:
        """How many ratings were given again."""
        return sum((self.stood, self.towards, self.away, self.across, self.unscored, self.first))

    def __add__(self, other: "Moves") -> "Moves":
        return Moves(**{name: getattr(self, name) + getattr(other, name) for name in _FIELDS})


_FIELDS = ("asked", "stood", "towards", "away", "across", "unscored", "first")


@dataclass(frozen=True, kw_only=True, slots=True)
class FactorMoves:
    """One factor after round 1 and now: cells on the agenda, and cases that count."""

    code: str
    open_before: int
    open_now: int
    before: Prevalence
    now: Prevalence


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """What the rounds after the first, and the panel's decisions, changed.

    ``members`` are in the panel's order; ``kept`` names by index whom a later round asked and who
    did not return it, with the round whose ratings stand, 0 for none. ``why`` counts the cells on
    the agenda by their first flag, after round 1 and now. ``asked`` are the cells that a later
    round asked for, and ``determined`` those that were decided.
    """

    rounds: int
    asked: int
    determined: int
    members: tuple[Moves, ...]
    kept: Mapping[int, int]
    factors: tuple[FactorMoves, ...]
    why: Mapping[str, tuple[int, int]]
    more: int
    fewer: int

    @property
    def all(self) -> Moves:
        """The moves of everybody."""
        return sum(self.members, Moves())


def moves(panel: Panel, cells: tuple[Cell, ...], factors: tuple[Prevalence, ...]) -> Movement:
    """Return what later rounds did; ``cells`` and ``factors`` are those of the summary.

    Round 1 is told with the records of today: what came since is not undone.
    """
    standing = RatingsInForce(panel.votes.shape)
    found = [Moves() for _ in panel.members]
    again = np.zeros(panel.votes.shape[1:], dtype=np.bool_)
    for place, one in enumerate(panel.rounds):
        if place:
            again |= (one.votes != Code.ABSENT).any(axis=0)
            values = panel.framework.values
            middle = medians(counts_of(standing.votes, len(values)), values)
            found = [
                moved + _moved(panel, standing.votes, middle, one, member)
                for member, moved in enumerate(found)
            ]
        standing.take(one)
    before_cells, before_factors = _after_first(panel)
    flags = {flag for cell in (*before_cells, *cells) for flag in cell.flags[:1]}
    pairs = list(zip(before_factors, factors, strict=True))
    changes = [now.counted - before.counted for before, now in pairs]
    return Movement(
        rounds=len(panel.rounds),
        asked=int(again.sum()),
        determined=sum(bool(cell.determined) for cell in cells),
        members=tuple(found),
        kept=_kept(panel),
        factors=tuple(
            FactorMoves(
                code=now.code,
                open_before=_open(before_cells, place),
                open_now=_open(cells, place),
                before=before,
                now=now,
            )
            for place, (before, now) in enumerate(pairs)
        ),
        why={flag: (_first(before_cells, flag), _first(cells, flag)) for flag in sorted(flags)},
        more=sum(change for change in changes if change > 0),
        fewer=-sum(change for change in changes if change < 0),
    )


def _after_first(panel: Panel) -> tuple[tuple[Cell, ...], tuple[Prevalence, ...]]:
    """Return the cells and factors as they were after round 1, nothing determined."""
    one = panel.rounds[0]
    first = RatingsInForce(panel.votes.shape)
    first.take(one)
    then = replace(
        panel,
        round=one.number,
        members=tuple(
            replace(member, returned=part.came)
            for member, part in zip(panel.members, one.members, strict=True)
        ),
        votes=first.votes,
        rounds=panel.rounds[:1],
        asked=first.asked,
        first=None,
        details=first.details,
        unsupported=frozenset(first.unsupported),
        determinations={},
    )
    layer = layers_of(then).factors
    cells = cells_of(layer, then)
    return cells, tuple(of_factors(layer, cells, then.framework))


def _moved(
    panel: Panel, votes: NDArray[np.int8], middle: Floats, one: RoundVotes, member: int
) -> Moves:
    """Return how one member's ratings of a round differ from those that stood before it."""
    if not one.members[member].came:
        return Moves(asked=one.members[member].asked)
    points = np.array(panel.framework.values, dtype=np.float64)
    old, new = votes[member], one.votes[member]
    given = (new != Code.ABSENT) & (new != Code.BLANK)
    had = (old != Code.ABSENT) & (old != Code.BLANK)
    both = given & had & (new >= 0) & (old >= 0)
    same = given & had & (new == old)
    far = np.abs(points[np.maximum(new, 0)] - middle)
    was = np.abs(points[np.maximum(old, 0)] - middle)
    moved = both & ~same
    towards, away = moved & (far < was), moved & (far > was)
    return Moves(
        asked=one.members[member].asked,
        stood=int(same.sum()),
        towards=int(towards.sum()),
        away=int(away.sum()),
        across=int((moved & ~towards & ~away).sum()),
        unscored=int((given & had & ~same & ~both).sum()),
        first=int((given & ~had).sum()),
    )


def _kept(panel: Panel) -> dict[int, int]:
    """Return whose earlier round stands, since they did not return the latest that asked them."""
    kept: dict[int, int] = {}
    for place, one in enumerate(panel.rounds[1:], 1):
        for member, part in enumerate(one.members):
            earlier = [past.number for past in panel.rounds[:place] if past.members[member].came]
            if part.part is Part.OUT:
                kept[member] = max(earlier, default=0)
            elif part.came:
                kept.pop(member, None)
    return kept


def _open(cells: tuple[Cell, ...], factor: int) -> int:
    return sum(bool(cell.flags) for cell in cells if cell.factor == factor)


def _first(cells: tuple[Cell, ...], flag: str) -> int:
    return sum(cell.flags[:1] == (flag,) for cell in cells)
