"""Every case and factor, and every case and group, as values (METHOD 4.0, 4.3, 4.4 and 4.6).

The class is of those who scored, whatever the others found; what the others found is a flag beside
it. Below five scores there is no class, so such a cell cannot be "agreement"; it is put on the
agenda where its scores are not all in one band, or a panel of three would have nothing to discuss.
"""

from collections.abc import Sequence
from math import isnan

import numpy as np
from numpy.typing import NDArray

from reviewer.method.framework import Framework
from reviewer.statistics.rand import LEAST, NINE_POINTS, AgreementClass, bands, ipras, verdicts
from reviewer.summary.decided import Came, came_in, decided_of, latest, since
from reviewer.summary.layers import Layer
from reviewer.summary.shapes import Cell, Class, Code, Flag, GroupCell, Kind, Panel
from reviewer.summary.votes import REASONS, Ballot, Flags, word

_CLASSES = {
    AgreementClass.TOO_FEW: Class.TOO_FEW,
    AgreementClass.AGREEMENT: Class.AGREEMENT,
    AgreementClass.INDETERMINATE: Class.INDETERMINATE,
    AgreementClass.DISAGREEMENT: Class.DISAGREEMENT,
}
_ORDER = tuple(Class)
_KINDS = tuple(Kind)
_FLAGS = tuple(Flag)
_STANDINGS = ("not-allocated", "not-relevant", "assessable", "blank", "not-assessable")
_WORDS = tuple(word(code) for code in REASONS)


def classes(layer: Layer, framework: Framework) -> NDArray[np.int64]:
    """Return the class of each cell as its place in ``Class``: of factors by ratings alone."""
    limits, ballot = framework.thresholds, layer.ballot
    verdict = verdicts(
        ballot.distribution, layer.points, possible=limits.possible, counts=limits.counts
    )
    named = np.array([_ORDER.index(_CLASSES[v]) for v in AgreementClass])[verdict]
    nobody = ballot.scored == 0
    return np.select(
        [~ballot.asked, ~ballot.relevant, ballot.blank, nobody],
        [
            _ORDER.index(klass)
            for klass in (
                Class.NOT_ALLOCATED,
                Class.NOT_RELEVANT,
                Class.BLANK,
                Class.NOT_ASSESSABLE,
            )
        ],
        named,
    ).astype(np.int64)


def cells_of(layer: Layer, panel: Panel) -> tuple[Cell, ...]:
    """Return one cell a case and factor, in case order, then factor order."""
    ballot, framework = layer.ballot, panel.framework
    places = classes(layer, framework)
    raised = _flags(ballot, places, panel)
    flagged: Flags = np.logical_or.reduce(raised, axis=-1)
    kinds = _kinds(ballot, places, flagged, layer.in_force.decided).tolist()
    values = layer.in_force.value.tolist()
    known = [reach.assessable.tolist() for reach in (layer.counts, layer.possible)]
    holding = np.stack([layer.counts.holds, layer.possible.holds], axis=-1).tolist()
    ranges = _ranges(ballot, framework)
    distributions, reasons = ballot.distribution.tolist(), ballot.reasons.tolist()
    scored, relevant, middles = (
        column.tolist() for column in (ballot.scored, layer.in_force.relevant, ballot.median)
    )
    flags = raised.tolist()
    return tuple(
        Cell(
            case=case,
            factor=factor,
            n=scored[case][factor],
            assessable=known[0][case][factor],
            assessable_possible=known[1][case][factor],
            holds=_chosen(("counts", "possible"), holding[case][factor]),
            relevant=relevant[case][factor],
            median=middles[case][factor] if scored[case][factor] else None,
            distribution=tuple(distributions[case][factor]),
            reasons={name: n for name, n in zip(_WORDS, reasons[case][factor], strict=True) if n},
            kind=_KINDS[kinds[case][factor]],
            klass=_ORDER[place],
            flags=_chosen(_FLAGS, flags[case][factor]),
            ipras=ranges.get((case, factor)),
            in_force=None if isnan(values[case][factor]) else values[case][factor],
            determined=_determined(panel, case, factor),
        )
        for case, row in enumerate(places.tolist())
        for factor, place in enumerate(row)
    )


def group_cells_of(layer: Layer, framework: Framework) -> tuple[GroupCell, ...]:
    """Return one cell a case and group, in case order, then group order."""
    ballot = layer.ballot
    standing = np.select(
        [~ballot.asked, ~ballot.relevant, layer.counts.assessable, ballot.blank], [0, 1, 2, 3], 4
    ).tolist()
    known = [reach.assessable.tolist() for reach in (layer.counts, layer.possible)]
    scored, relevant, middles = (
        column.tolist() for column in (ballot.scored, ballot.relevant, ballot.median)
    )
    return tuple(
        GroupCell(
            case=case,
            group=group.code,
            n=scored[case][column],
            assessable=known[0][case][column],
            assessable_possible=known[1][case][column],
            relevant=relevant[case][column],
            median=middles[case][column] if scored[case][column] else None,
            standing=_STANDINGS[standing[case][column]],
        )
        for case in range(len(scored))
        for column, group in enumerate(framework.groups)
    )


def _chosen(names: Sequence[str], chosen: Sequence[bool]) -> tuple[str, ...]:
    return tuple(str(name) for name, here in zip(names, chosen, strict=True) if here)


def _determined(panel: Panel, case: int, factor: int) -> str:
    found = latest(panel, case, factor)
    return "" if found is None else found.what.value


def _kinds(
    ballot: Ballot, places: NDArray[np.int64], flagged: Flags, decided: Flags
) -> NDArray[np.int64]:
    """Return the kind of each cell as its place in ``Kind``; a flag goes before all else."""
    told = [
        (flagged, Kind.OPEN),
        (decided, Kind.DETERMINED),
        (places == _ORDER.index(Class.NOT_ALLOCATED), Kind.NOT_ALLOCATED),
        (places == _ORDER.index(Class.NOT_RELEVANT), Kind.NOT_RELEVANT),
        (places == _ORDER.index(Class.BLANK), Kind.BLANK),
        (ballot.scored == 0, Kind.NOT_ASSESSABLE),
        (ballot.scored < LEAST, Kind.TOO_FEW),
    ]
    return np.select(
        [here for here, _ in told],
        [_KINDS.index(kind) for _, kind in told],
        _KINDS.index(Kind.SETTLED),
    ).astype(np.int64)


def _flags(ballot: Ballot, places: NDArray[np.int64], panel: Panel) -> Flags:
    """Return which flags stand in each cell: where it is determined, of what came since alone."""
    decided, came = decided_of(panel), came_in(panel)
    raised = _raised(ballot, places, _unsupported(panel), _late(panel, came), panel.framework)
    raised &= ~decided.stands[..., None]
    ratings, records, documents = since(panel, came)
    raised[..., _FLAGS.index(Flag.LATE_RECORD)] |= records
    raised[..., _FLAGS.index(Flag.LATE_RATING)] = ratings
    raised[..., _FLAGS.index(Flag.LATE_DOCUMENT)] = documents
    raised[..., _FLAGS.index(Flag.REOPENED)] = decided.reopened
    return raised


def _raised(
    ballot: Ballot,
    places: NDArray[np.int64],
    unsupported: Flags,
    late: Flags,
    framework: Framework,
) -> Flags:
    """Return which flags (cases, factors, flags in their order) stand in each cell."""
    limits = framework.thresholds
    band = bands(framework.values, possible=limits.possible, counts=limits.counts)
    held = [ballot.distribution[..., band == b].any(axis=-1) for b in range(3)]
    apart = np.sum(held, axis=0) > 1
    unassessed = ballot.reason(Code.MISSING) + ballot.reason(Code.UNCLEAR)
    raised: dict[Flag, Flags] = {
        Flag.DISAGREEMENT: places == _ORDER.index(Class.DISAGREEMENT),
        Flag.INDETERMINATE: places == _ORDER.index(Class.INDETERMINATE),
        Flag.TOO_FEW: (places == _ORDER.index(Class.TOO_FEW)) & apart,
        Flag.RELEVANCE: ballot.asked & ~ballot.relevant & held[2],
        Flag.SCORED_AND_NOT_ASSESSABLE: (ballot.scored > 0) & (unassessed > 0),
        Flag.UNSUPPORTED: unsupported,
        Flag.LATE_RECORD: late,
    }
    nothing = np.zeros_like(late)
    return np.stack([raised.get(flag, nothing) for flag in Flag], axis=-1)


def _unsupported(panel: Panel) -> Flags:
    """Say which cells hold a score without what its height demands, of somebody who returned."""
    found = np.zeros(panel.votes.shape[1:], dtype=np.bool_)
    for member, case, factor in panel.unsupported:
        if panel.members[member].returned and panel.votes[member, case, factor] >= 0:
            found[case, factor] = True
    return found


def _late(panel: Panel, came: Came) -> Flags:
    """Say in which cells a record is named as missing that has come since (METHOD 3)."""
    found = np.zeros(panel.votes.shape[1:], dtype=np.bool_)
    for at in came:
        found[at] = True
    return found


def _ranges(ballot: Ballot, framework: Framework) -> dict[tuple[int, int], tuple[float, float]]:
    """Return IPRAS by (case, factor) where it applies."""
    if framework.values != NINE_POINTS:
        return {}
    widths, limits = (part.tolist() for part in ipras(ballot.distribution))
    classed = np.argwhere((ballot.scored >= LEAST) & ballot.relevant).tolist()
    return {
        (case, column): (widths[case][column], limits[case][column]) for case, column in classed
    }
