"""How often each factor and group counted, with bounds (METHOD 1 and 4.1 to 4.3)."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from reviewer.method.framework import Framework
from reviewer.statistics.tally import Counts
from reviewer.summary.cells import classes
from reviewer.summary.kinds import counted
from reviewer.summary.layers import Layer
from reviewer.summary.shapes import Cell, Class, Code, Prevalence
from reviewer.summary.votes import REASONS, Flags, word

_DISAGREEMENT = tuple(Class).index(Class.DISAGREEMENT)
_BLANK = REASONS.index(Code.BLANK)
DETERMINED = "determined"
"""The word in ``blocked_by`` for what the panel determined to be not assessable."""


def of_factors(
    layer: Layer, cells: Sequence[Cell], framework: Framework
) -> tuple[Prevalence, ...]:
    """Return the prevalence of every factor from its layer and cells."""
    names = [(f.code, f.name, f.group) for f in framework.factors]
    wide = len(names)
    kinds = [counted(cells[place::wide]) for place in range(wide)]
    return _rows(names, layer, framework, kinds, [0] * wide)


def of_groups(
    layer: Layer, factors: Layer, cells: Sequence[Cell], framework: Framework
) -> tuple[Prevalence, ...]:
    """Return the prevalence of every group from its layer, and the layer and cells of factors."""
    names = [(g.code, g.name, g.code) for g in framework.groups]
    kinds, alone = [], []
    for column, group in enumerate(framework.groups):
        inside = [f.group == group.code for f in framework.factors]
        kinds.append(counted(cell for cell in cells if inside[cell.factor]))
        child = factors.counts.counted[:, inside].any(axis=1)
        alone.append(int((layer.counts.counted[:, column] & ~child).sum()))
    return _rows(names, layer, framework, kinds, alone)


def _sum(flags: Flags) -> Counts:
    total: Counts = flags.sum(axis=0, dtype=np.int64)
    return total


def _rows(
    names: list[tuple[str, str, str]],
    layer: Layer,
    framework: Framework,
    kinds: Sequence[Mapping[str, int]],
    alone: Sequence[int],
) -> tuple[Prevalence, ...]:
    ballot, counts, possible = layer.ballot, layer.counts, layer.possible
    force = layer.in_force
    figures = {
        "counted": _sum(counts.counted),
        "possible": _sum(possible.counted),
        "assessable": _sum(counts.assessable),
        "possible_assessable": _sum(possible.assessable),
        "relevant": _sum(force.relevant),
        "low": _sum(counts.low),
        "high": _sum(counts.high),
        "possible_low": _sum(possible.low),
        "possible_high": _sum(possible.high),
        "not_assessable": _sum(force.relevant & ~counts.assessable & ~force.blank),
        "possible_not_assessable": _sum(force.relevant & ~possible.assessable & ~force.blank),
        "holds": _sum(counts.holds),
        "possible_holds": _sum(possible.holds),
        "not_relevant": _sum(ballot.asked & ~force.relevant),
        "blank": _sum(force.blank),
        "not_allocated": _sum(~ballot.asked),
        "disagreements": _sum(classes(layer, framework) == _DISAGREEMENT),
    }
    return tuple(
        Prevalence(
            code=code,
            name=name,
            group=group,
            **{key: int(column[place]) for key, column in figures.items()},
            without_factor=alone[place],
            blocked_by=_blocked(layer, place),
            kinds=kinds[place],
        )
        for place, (code, name, group) in enumerate(names)
    )


def _blocked(layer: Layer, column: int) -> dict[str, int]:
    """Count the cells that are not assessable by their most frequent reason; they add up.

    Where enough chose missing or unclear it is the more frequent of these two. Ties go by the
    order of ``REASONS``. A blank is no reason: where nobody answered the cell is blank. Those that
    the panel determined to be so are counted as ``DETERMINED``, whatever the reasons were.
    """
    ballot, force = layer.ballot, layer.in_force
    blocked = (force.relevant & ~layer.counts.assessable & ~force.blank)[:, column]
    decided = int((blocked & force.decided[:, column]).sum())
    blocked &= ~force.decided[:, column]
    reasons = ballot.reasons[blocked, column]
    reasons[:, _BLANK] = 0
    reasons[ballot.barred[blocked, column], 2:] = 0
    found = Counter(reasons.argmax(axis=1).tolist())
    told = {word(code): found[place] for place, code in enumerate(REASONS) if found[place]}
    return told | ({DETERMINED: decided} if decided else {})
