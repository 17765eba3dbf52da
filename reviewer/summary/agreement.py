"""Agreement on each factor, each group and all factors, with intervals (METHOD 4.7).

Only scores are ratings here; every reason is missing. Whether the raters agree that a cell can be
assessed at all is therefore printed beside it: Gwet's AC1 between "scored" and "missing or
unclear", in which not-relevant, outside, recused and blank are missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from reviewer.method.framework import Framework
from reviewer.progress import Progress
from reviewer.statistics import bootstrap, weights
from reviewer.statistics.coefficients import alpha, fleiss, gwet, raw
from reviewer.statistics.tally import Counts, Floats, Tally
from reviewer.summary.shapes import Agreement, Code, Estimate
from reviewer.summary.votes import Ballot, Flags

_Coefficient = Callable[[Tally], Floats]
OVERALL = "overall"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scope:
    """What one line of agreement is made from; flags and tallies are by case.

    ``failing`` and ``blocked`` are among the cases that enter their coefficient alone: those with
    two scores or more, and those that two or more assessed or could not.
    """

    name: str
    scores: Tally
    paired: Flags
    failing: Flags
    assessing: Tally
    assessed: Flags
    blocked: Flags


def agreement_of(
    factors: Ballot,
    groups: Ballot,
    framework: Framework,
    *,
    resamples: int,
    seed: int,
    progress: Progress,
) -> tuple[Agreement, ...]:
    """Return the agreement on every factor, every group and, last, on all factors together.

    Cases must be in an order of their own (by id): the draws follow it. Overall, units are pairs
    of case and factor, and a resample still draws whole cases. Raises ``Cancelled``.
    """
    draws = bootstrap.multiplicities(factors.scored.shape[0], resamples, seed)
    own = list(_scopes(factors, list(framework.codes)))
    rolled = list(_scopes(groups, [group.code for group in framework.groups]))
    values = framework.values
    methods = _methods(values)
    scopes = (*own, *rolled, _pooled(own))
    lines = []
    for done, scope in enumerate(scopes):
        progress.step(done, len(scopes), "Resampling")
        lines.append(_line(scope, methods, draws))
    return tuple(lines)


def _methods(values: tuple[int, ...]) -> dict[str, _Coefficient]:
    same = weights.identity(len(values))
    line, square = weights.linear(values), weights.quadratic(values)
    return {
        "alpha": lambda tally: alpha(tally, weights.ordinal).value,
        "ac2_linear": lambda tally: gwet(tally, line).value,
        "ac2_quadratic": lambda tally: gwet(tally, square).value,
        "raw": lambda tally: raw(tally, same),
        "kappa": lambda tally: fleiss(tally, same).value,
    }


def _scopes(ballot: Ballot, names: list[str]) -> Iterator[_Scope]:
    unassessed = ballot.reason(Code.MISSING) + ballot.reason(Code.UNCLEAR)
    assessing = np.stack([ballot.scored, unassessed], axis=-1)
    for column, name in enumerate(names):
        yield _Scope(
            name=name,
            scores=Tally.of(ballot.distribution[:, column]),
            paired=_paired(ballot.distribution[:, column]),
            failing=_above_lowest(ballot.distribution[:, column]),
            assessing=Tally.of(assessing[:, column]),
            assessed=_paired(assessing[:, column]),
            blocked=_above_lowest(assessing[:, column]),
        )


def _paired(counts: Counts) -> Flags:
    """Say which units enter a coefficient: those with two ratings or more."""
    paired: Flags = counts.sum(axis=1) >= 2
    return paired


def _above_lowest(counts: Counts) -> Flags:
    """Say which units that enter have a non-zero median: half or more above the lowest point."""
    failing: Flags = _paired(counts) & (2 * counts[:, 0] <= counts.sum(axis=1))
    return failing


def _pooled(scopes: list[_Scope]) -> _Scope:
    return _Scope(
        name=OVERALL,
        scores=reduce(add, [scope.scores for scope in scopes]),
        paired=np.any([scope.paired for scope in scopes], axis=0),
        failing=np.any([scope.failing for scope in scopes], axis=0),
        assessing=reduce(add, [scope.assessing for scope in scopes]),
        assessed=np.any([scope.assessed for scope in scopes], axis=0),
        blocked=np.any([scope.blocked for scope in scopes], axis=0),
    )


def _line(scope: _Scope, methods: dict[str, _Coefficient], draws: Floats) -> Agreement:
    failing, blocked = int(scope.failing.sum()), int(scope.blocked.sum())
    once, many = scope.scores.total(), scope.scores.drawn(draws)
    estimates = {
        name: _estimate(method(once), method(many), failing) for name, method in methods.items()
    }
    same = weights.identity(2)
    assessing = (scope.assessing.total(), scope.assessing.drawn(draws))
    point, spread = (gwet(tally, same).value for tally in assessing)
    return Agreement(
        scope=scope.name,
        cases=int(scope.paired.sum()),
        with_failing=failing,
        assessed=int(scope.assessed.sum()),
        with_blocked=blocked,
        assessability=_estimate(point, spread, blocked),
        **estimates,
    )


def _estimate(point: Floats, spread: Floats, failing: int) -> Estimate:
    """Put a value and its resamples together; too rare or undefined ones get no interval."""
    low, high, undefined = bootstrap.percentiles(spread)
    value = None if np.isnan(point[0]) else float(point[0])
    note = bootstrap.rarity(failing)
    printed = value is not None and note != "too rare"
    return Estimate(
        value=value,
        low=low if printed else None,
        high=high if printed else None,
        note=note,
        undefined=undefined,
        resamples=int(spread.size),
    )
