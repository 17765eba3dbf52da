"""Every case and factor, and every case and group, as values (METHOD 4.3, 4.4 and 4.6).

Choices where METHOD leaves one: a relevant cell that nobody scored is not assessable, whatever the
reason. Below five scores there is no class, so such a cell cannot be "agreement"; it is put on the
agenda where its scores are not all in one band, or a panel of three would have nothing to discuss.
"""

import numpy as np
from numpy.typing import NDArray

from reviewer.method.framework import Framework
from reviewer.statistics.rand import (
    CLASSIC_COUNTS,
    CLASSIC_POSSIBLE,
    LEAST,
    NINE_POINTS,
    Verdict,
    bands,
    ipras,
    verdicts,
)
from reviewer.summary.shapes import Cell, Class, Code, GroupCell
from reviewer.summary.votes import REASONS, Ballot, Flags, word

_CLASSES = {
    Verdict.TOO_FEW: Class.TOO_FEW,
    Verdict.AGREEMENT: Class.AGREEMENT,
    Verdict.INDETERMINATE: Class.INDETERMINATE,
    Verdict.DISAGREEMENT: Class.DISAGREEMENT,
}
_ORDER = tuple(Class)
_WORDS = tuple(word(code) for code in REASONS)
SCORED_AND_NOT_ASSESSABLE = "scored-and-not-assessable"


def classes(ballot: Ballot, framework: Framework) -> NDArray[np.int64]:
    """Return the class of each cell as its place in ``Class``.

    Not relevant and not assessable come before any class; so does a relevant cell that nobody
    scored, which is not assessable.
    """
    possible, counts = _limits(framework)
    verdict = verdicts(ballot.distribution, framework.values, possible=possible, counts=counts)
    named = np.array([_ORDER.index(_CLASSES[v]) for v in Verdict])[verdict]
    return np.select(
        [~ballot.relevant, ~ballot.assessable],
        [_ORDER.index(Class.NOT_RELEVANT), _ORDER.index(Class.NOT_ASSESSABLE)],
        named,
    ).astype(np.int64)


def cells_of(ballot: Ballot, framework: Framework) -> tuple[Cell, ...]:
    """Return one cell a case and factor, in case order, then factor order."""
    kinds = classes(ballot, framework)
    unassessed = ballot.reason(Code.MISSING) + ballot.reason(Code.UNCLEAR)
    mixed = ((ballot.scored > 0) & (unassessed > 0)).tolist()
    apart = _apart(ballot, framework).tolist()
    ranges = _ranges(ballot, framework)
    distributions = ballot.distribution.tolist()
    reasons = ballot.reasons.tolist()
    scored = ballot.scored.tolist()
    relevant = ballot.relevant.tolist()
    assessable = ballot.assessable.tolist()
    middles = ballot.median.tolist()
    return tuple(
        Cell(
            case=case,
            factor=factor,
            n=scored[case][factor],
            assessable=assessable[case][factor],
            relevant=relevant[case][factor],
            median=middles[case][factor] if scored[case][factor] else None,
            distribution=tuple(distributions[case][factor]),
            reasons={name: n for name, n in zip(_WORDS, reasons[case][factor], strict=True) if n},
            klass=_ORDER[kind],
            flags=_flags(_ORDER[kind], apart=apart[case][factor], mixed=mixed[case][factor]),
            ipras=ranges.get((case, factor)),
        )
        for case, row in enumerate(kinds.tolist())
        for factor, kind in enumerate(row)
    )


def group_cells_of(ballot: Ballot, framework: Framework) -> tuple[GroupCell, ...]:
    """Return one cell a case and group, in case order, then group order."""
    scored = ballot.scored.tolist()
    relevant = ballot.relevant.tolist()
    assessable = ballot.assessable.tolist()
    middles = ballot.median.tolist()
    return tuple(
        GroupCell(
            case=case,
            group=group.code,
            n=scored[case][column],
            assessable=assessable[case][column],
            relevant=relevant[case][column],
            median=middles[case][column] if scored[case][column] else None,
        )
        for case in range(len(scored))
        for column, group in enumerate(framework.groups)
    )


def _limits(framework: Framework) -> tuple[int, int]:
    """Return where the middle and the high band start: the classic rule's on a scale of 1-9."""
    if framework.values == NINE_POINTS:
        return CLASSIC_POSSIBLE, CLASSIC_COUNTS
    return framework.thresholds.possible, framework.thresholds.counts


def _ranges(ballot: Ballot, framework: Framework) -> dict[tuple[int, int], tuple[float, float]]:
    """Return IPRAS by (case, factor) where it applies."""
    if framework.values != NINE_POINTS:
        return {}
    widths, limits = (part.tolist() for part in ipras(ballot.distribution))
    classed = np.argwhere(ballot.scored >= LEAST).tolist()
    return {
        (case, column): (widths[case][column], limits[case][column]) for case, column in classed
    }


def _apart(ballot: Ballot, framework: Framework) -> Flags:
    """Say which cells have scores in more than one band."""
    possible, counts = _limits(framework)
    band = bands(framework.values, possible=possible, counts=counts)
    held = [ballot.distribution[..., band == b].any(axis=-1) for b in range(3)]
    apart: Flags = np.sum(held, axis=0) > 1
    return apart


def _flags(kind: Class, *, apart: bool, mixed: bool) -> tuple[str, ...]:
    """Say why a cell is on the agenda: 4.6's class, then 4.4's missing against a score."""
    flags = []
    if kind in {Class.DISAGREEMENT, Class.INDETERMINATE} or (kind is Class.TOO_FEW and apart):
        flags.append(kind.value)
    if mixed:
        flags.append(SCORED_AND_NOT_ASSESSABLE)
    return tuple(flags)
