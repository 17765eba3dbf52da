"""The votes of a panel counted in two layers, factors and groups, and where thresholds fall.

METHOD 4.2 and 4.3: whether a cell is assessable is asked for each threshold anew. Where enough
found records missing or unclear, those votes are set to the lowest point, then to the highest; if
both medians lie on one side of the threshold, the result holds whatever the records say. So a
count always lies within its bounds. What the panel determined is laid over the factors, and
replaces everybody's rating before groups are rolled up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from reviewer.method.framework import Framework
from reviewer.statistics.rand import medians
from reviewer.statistics.tally import Floats, counts_of
from reviewer.summary.decided import Decided, InForce, decided_of, in_force, replaced
from reviewer.summary.rollup import asked_groups, leave_out, roll_up
from reviewer.summary.shapes import Code, Panel
from reviewer.summary.votes import (
    UNASSESSED,
    UNKNOWN,
    Ballot,
    Flags,
    Votes,
    asked_of,
    count,
    settle,
    votes_of,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extremes:
    """Medians (cases, columns) with unknown votes set low and high; NaN where there is no vote.

    ``missing_*`` set the missing and unclear ones and leave blanks out (4.3), the other two set
    blanks as well (4.2).
    """

    missing_low: Floats
    missing_high: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Which cells (cases, columns) reach one threshold, can be said to, and could."""

    assessable: Flags
    counted: Flags
    holds: Flags
    low: Flags
    high: Flags


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One layer of columns, factors or groups, with its reach of both thresholds.

    ``ballot`` is what the ratings say; ``in_force`` and the reaches heed what was determined.
    ``points`` are those of the scale, of groups also the halves between them that were determined.
    """

    points: Sequence[float]
    ballot: Ballot
    in_force: InForce
    counts: Reach
    possible: Reach


@dataclass(frozen=True, kw_only=True, slots=True)
class Layers:
    """Both layers of one panel's votes."""

    factors: Layer
    groups: Layer


def layers_of(panel: Panel) -> Layers:
    """Return both layers of ``panel``.

    Raises ``EngineError`` where the votes do not fit the panel or its scale.
    """
    framework, votes, asked = panel.framework, votes_of(panel), asked_of(panel)
    decided, ballot = decided_of(panel), count(votes, framework.values, asked)
    force = in_force(ballot, decided)
    sheets, points = replaced(votes, force, decided, asked, framework)
    groups = count(roll_up(sheets, framework), points, asked_groups(asked, framework))

    def rolled(settled: Votes) -> Votes:
        return roll_up(settled, framework)

    extremes = _extremes(votes, framework.values, lambda settled: settled)
    extremes_of_groups = _extremes(sheets, points, rolled)
    thresholds = framework.thresholds
    return Layers(
        factors=Layer(
            points=framework.values,
            ballot=ballot,
            in_force=force,
            counts=_decide(reach(ballot, extremes, thresholds.counts), decided, thresholds.counts),
            possible=_decide(
                reach(ballot, extremes, thresholds.possible), decided, thresholds.possible
            ),
        ),
        groups=Layer(
            points=points,
            ballot=groups,
            in_force=in_force(groups),
            counts=reach(groups, extremes_of_groups, thresholds.counts),
            possible=reach(groups, extremes_of_groups, thresholds.possible),
        ),
    )


def ballots(votes: Votes, asked: Flags, framework: Framework) -> tuple[Ballot, Ballot]:
    """Return the counted votes of all factors and, rolled up, of all groups."""
    factors = count(votes, framework.values, asked)
    rolled = roll_up(leave_out(votes, factors.relevant), framework)
    return factors, count(rolled, framework.values, asked_groups(asked, framework))


def reach(ballot: Ballot, extremes: Extremes, threshold: int) -> Reach:
    """Return which cells reach ``threshold``, a value of the scale.

    The lower bound needs somebody who scored or looked: only a threshold at the lowest point of
    the scale, which every answer reaches, could else be reached by nobody at all.
    """
    nobody = ballot.scored == 0
    looked = ~np.isnan(extremes.missing_low)
    surely = looked & (extremes.missing_low >= threshold)
    known = looked & (surely == (extremes.missing_high >= threshold))
    doubtful = ballot.barred | nobody
    assessable = ballot.relevant & (known | ~doubtful)
    reached = np.where(nobody, surely, ballot.median >= threshold)
    return Reach(
        assessable=assessable,
        counted=assessable & reached,
        holds=assessable & doubtful,
        low=ballot.relevant & looked & (extremes.low >= threshold),
        high=ballot.relevant & (extremes.high >= threshold),
    )


def _decide(reach: Reach, decided: Decided, threshold: int) -> Reach:
    """Return the reach with what was determined in it: the same in the count and both bounds.

    Determined not assessable it lies between 0 and 1, determined not relevant in none of them.
    """
    stands, reached = decided.stands, decided.value >= threshold
    return Reach(
        assessable=np.where(stands, ~np.isnan(decided.value), reach.assessable),
        counted=np.where(stands, reached, reach.counted),
        holds=reach.holds & ~stands,
        low=np.where(stands, reached, reach.low),
        high=np.where(stands, reached | decided.unknown, reach.high),
    )


def _extremes(votes: Votes, values: Sequence[float], rolled: Callable[[Votes], Votes]) -> Extremes:
    def middle(point: int, unknown: tuple[Code, ...]) -> Floats:
        settled = rolled(settle(votes, point, unknown))
        return medians(counts_of(settled, len(values)), values)

    highest = len(values) - 1
    return Extremes(
        missing_low=middle(0, UNASSESSED),
        missing_high=middle(highest, UNASSESSED),
        low=middle(0, UNKNOWN),
        high=middle(highest, UNKNOWN),
    )
