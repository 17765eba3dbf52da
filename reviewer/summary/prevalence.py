"""How often each factor and group counted, with bounds (METHOD 1, 4.1 and 4.2)."""

import numpy as np

from reviewer.method.framework import Framework
from reviewer.statistics.rand import medians
from reviewer.statistics.tally import Counts, counts_of
from reviewer.summary.cells import classes
from reviewer.summary.rollup import roll_up
from reviewer.summary.shapes import Class, Code, Prevalence
from reviewer.summary.votes import REASONS, Ballot, Flags, Votes, settle, word

_DISAGREEMENT = tuple(Class).index(Class.DISAGREEMENT)


def of_factors(votes: Votes, ballot: Ballot, framework: Framework) -> tuple[Prevalence, ...]:
    """Return the prevalence of every factor from factor votes and their ballot."""
    names = [(f.code, f.name, f.group) for f in framework.factors]
    low, high = (_reaching(settled, ballot, framework) for settled in _extremes(votes, framework))
    return _rows(names, ballot, framework, low, high)


def of_groups(votes: Votes, ballot: Ballot, framework: Framework) -> tuple[Prevalence, ...]:
    """Return the prevalence of every group from *factor* votes and the groups' ballot.

    The bounds settle the factor votes and roll up again: a panellist with one score of 2 and one
    record missing is at 2, or at the highest.
    """
    names = [(g.code, g.name, g.code) for g in framework.groups]
    low, high = (
        _reaching(roll_up(settled, framework), ballot, framework)
        for settled in _extremes(votes, framework)
    )
    return _rows(names, ballot, framework, low, high)


def _extremes(votes: Votes, framework: Framework) -> tuple[Votes, Votes]:
    return settle(votes, 0), settle(votes, len(framework.scale) - 1)


def _reaching(votes: Votes, ballot: Ballot, framework: Framework) -> Counts:
    """Count, by column, the relevant cases whose median reaches ``counts`` in these votes.

    Where nobody is left to vote (all recused or outside) the median is not a number and reaches
    nothing: there is no vote to set.
    """
    middles = medians(counts_of(votes, len(framework.scale)), framework.values)
    return _sum((middles >= framework.thresholds.counts) & ballot.relevant)


def _sum(flags: Flags) -> Counts:
    total: Counts = flags.sum(axis=0, dtype=np.int64)
    return total


def _rows(
    names: list[tuple[str, str, str]],
    ballot: Ballot,
    framework: Framework,
    low: Counts,
    high: Counts,
) -> tuple[Prevalence, ...]:
    limits = framework.thresholds
    counted = _sum(ballot.assessable & (ballot.median >= limits.counts))
    possible = _sum(ballot.assessable & (ballot.median >= limits.possible))
    assessable = _sum(ballot.assessable)
    relevant = _sum(ballot.relevant)
    disagreements = _sum(classes(ballot, framework) == _DISAGREEMENT)
    return tuple(
        Prevalence(
            code=code,
            name=name,
            group=group,
            counted=int(counted[column]),
            possible=int(possible[column]),
            assessable=int(assessable[column]),
            relevant=int(relevant[column]),
            low=int(low[column]),
            high=int(high[column]),
            not_assessable=int(relevant[column] - assessable[column]),
            disagreements=int(disagreements[column]),
            blocked_by=_blocked(ballot, column),
        )
        for column, (code, name, group) in enumerate(names)
    )


def _blocked(ballot: Ballot, column: int) -> dict[str, int]:
    """Count the cells that are not assessable by their most frequent reason; they add up.

    Where enough chose missing or unclear it is the more frequent of these two. Ties go by the
    order of ``REASONS``; a cell without any vote is ``absent``.
    """
    blocked = ballot.relevant[:, column] & ~ballot.assessable[:, column]
    reasons = ballot.reasons[blocked, column]
    if not reasons.size:
        return {}
    reasons[ballot.barred[blocked, column], 2:] = 0
    first = np.where(reasons.any(axis=1), reasons.argmax(axis=1), len(REASONS))
    words = [word(code) for code in (*REASONS, Code.ABSENT)]
    found = np.bincount(first, minlength=len(words)).tolist()
    return {name: n for name, n in zip(words, found, strict=True) if n}
