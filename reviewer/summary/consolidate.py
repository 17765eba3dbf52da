"""The consolidated summary from a panel's votes: pure and deterministic (METHOD 1 and 4.0-4.7).

The same panel gives the same summary. The order of members changes nothing but the order in which
they are named; the order of cases changes nothing but the indices.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from reviewer.progress import Progress, Quiet
from reviewer.summary.agenda import agenda_of, records_of
from reviewer.summary.agreement import agreement_of
from reviewer.summary.cells import cells_of, group_cells_of
from reviewer.summary.costs import completeness_of
from reviewer.summary.kinds import counted
from reviewer.summary.layers import ballots, layers_of
from reviewer.summary.prevalence import of_factors, of_groups
from reviewer.summary.register import Completeness
from reviewer.summary.shapes import AgendaItem, Agreement, Cell, Panel, Prevalence, Summary
from reviewer.summary.votes import asked_of, votes_of


def consolidate(
    panel: Panel,
    *,
    resamples: int = 1000,
    seed: int = 2013,
    progress: Progress | None = None,
    agreement: tuple[Agreement, ...] = (),
) -> Summary:
    """Return everything a report shows, from ``panel`` alone.

    ``resamples`` whole-case resamples are drawn with ``seed``; intervals need at least 1. Where
    ``agreement`` is known, from the same ratings, it is taken and nothing is drawn: what a panel
    determines never changes it.
    Raises ``EngineError`` where the votes do not fit the panel or its scale, and ``Cancelled``.
    """
    framework, votes = panel.framework, votes_of(panel)
    layers = layers_of(panel)
    found = cells_of(layers.factors, panel)
    each = of_factors(layers.factors, found, framework)
    completeness = completeness_of(panel, votes, layers.factors, each)
    return Summary(
        panel=panel,
        cells=found,
        kinds=counted(found),
        group_cells=group_cells_of(layers.groups, framework),
        factors=each,
        groups=of_groups(layers.groups, layers.factors, found, framework),
        agreement=agreement
        or _agreement(panel, resamples=resamples, seed=seed, progress=progress or Quiet()),
        agenda=agenda_of(found, framework.values),
        records=records_of(panel, votes, completeness.matched),
        ledger=panel.ledger,
        completeness=completeness,
    )


def completeness(panel: Panel) -> Completeness:
    """Return how complete the cases are and what gaps cost, as ``consolidate`` has it.

    Raises ``EngineError`` where the votes do not fit the panel or its scale.
    """
    layer = layers_of(panel).factors
    each = of_factors(layer, cells_of(layer, panel), panel.framework)
    return completeness_of(panel, votes_of(panel), layer, each)


def cells(panel: Panel) -> tuple[Cell, ...]:
    """Return every cell in case order, then factor order, as ``consolidate`` has it.

    Raises ``EngineError`` where the votes do not fit the panel or its scale.
    """
    return cells_of(layers_of(panel).factors, panel)


def factors(panel: Panel) -> tuple[tuple[Cell, ...], tuple[Prevalence, ...]]:
    """Return every cell and every factor, as ``consolidate`` has them.

    Raises ``EngineError`` where the votes do not fit the panel or its scale.
    """
    layer = layers_of(panel).factors
    found = cells_of(layer, panel)
    return found, of_factors(layer, found, panel.framework)


def agenda(panel: Panel) -> tuple[tuple[AgendaItem, ...], Mapping[str, int]]:
    """Return the agenda, worst first, and the kinds: as ``consolidate`` does, without resamples.

    Raises ``EngineError`` where the votes do not fit the panel or its scale.
    """
    found = cells(panel)
    return agenda_of(found, panel.framework.values), counted(found)


def _agreement(
    panel: Panel, *, resamples: int, seed: int, progress: Progress
) -> tuple[Agreement, ...]:
    """Return the agreement of the first round, where nobody knew of the others.

    Draws are tied to cases by id, so that intervals do not depend on the order of the cases.
    """
    before = panel if panel.first is None else replace(panel, votes=panel.first)
    order = np.array(
        sorted(range(len(panel.cases)), key=lambda i: panel.cases[i].id), dtype=np.int64
    )
    factors, groups = ballots(votes_of(before)[:, order], asked_of(before)[order], panel.framework)
    return agreement_of(
        factors, groups, panel.framework, resamples=resamples, seed=seed, progress=progress
    )
