"""The consolidated summary from a panel's votes: pure and deterministic (METHOD 1 and 4.1-4.7).

The same panel gives the same summary. The order of members changes nothing but the order in which
they are named; the order of cases changes nothing but the indices.
"""

from dataclasses import replace

import numpy as np

from reviewer.summary.agenda import agenda_of, records_of
from reviewer.summary.agreement import agreement_of
from reviewer.summary.cells import cells_of, group_cells_of
from reviewer.summary.prevalence import of_factors, of_groups
from reviewer.summary.rollup import roll_up
from reviewer.summary.shapes import Panel, Summary
from reviewer.summary.votes import count, votes_of


def consolidate(panel: Panel, *, resamples: int = 1000, seed: int = 2013) -> Summary:
    """Return everything a report shows, from ``panel`` alone.

    ``resamples`` whole-case resamples are drawn with ``seed``; intervals need at least 1.
    Raises ``EngineError`` where the votes do not fit the panel or its scale.
    """
    framework = panel.framework
    votes = votes_of(panel)
    rolled = roll_up(votes, framework)
    factors, groups = count(votes, framework.values), count(rolled, framework.values)
    cells = cells_of(factors, framework)
    first = votes if panel.first is None else votes_of(replace(panel, votes=panel.first))
    first_rolled = rolled if panel.first is None else roll_up(first, framework)
    # Draws are tied to cases by id, so that intervals do not depend on the order of the cases.
    order = np.array(
        sorted(range(len(panel.cases)), key=lambda i: panel.cases[i].id), dtype=np.int64
    )
    return Summary(
        panel=panel,
        cells=cells,
        group_cells=group_cells_of(groups, framework),
        factors=of_factors(votes, factors, framework),
        groups=of_groups(votes, groups, framework),
        agreement=agreement_of(
            count(first[:, order], framework.values),
            count(first_rolled[:, order], framework.values),
            framework,
            resamples=resamples,
            seed=seed,
        ),
        agenda=agenda_of(cells, framework.values),
        records=records_of(panel, votes),
        ledger=panel.ledger,
    )
