"""What each gap costs: ratings that wait for a record, and how far it would narrow the bounds.

A cell is undecided where the unknown ratings decide whether it counts. It is surely decided once
a record comes only where every unknown rating of it names that record: were one other unknown,
some answers would leave it open (the bounds set that one to the lowest and the highest point).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reviewer.records.ids import RequestId
from reviewer.records.requests import RecordRequest
from reviewer.summary.agenda import named_in
from reviewer.summary.layers import Layer
from reviewer.summary.register import (
    Completeness,
    FactorCost,
    Place,
    RecordCost,
    come,
    matched_of,
    shares,
)
from reviewer.summary.shapes import Code, Panel, Prevalence
from reviewer.summary.votes import UNKNOWN, Flags, Votes

Counts = NDArray[np.int64]


def completeness_of(
    panel: Panel, votes: Votes, layer: Layer, factors: Sequence[Prevalence]
) -> Completeness:
    """Return how complete the cases of ``panel`` are, and what every gap costs.

    ``layer`` is that of the factors, and ``factors`` are their figures in the same order.
    """
    cases = [case.id for case in panel.cases]
    whole, by_case, by_agency = shares(panel.register.records, cases)
    matched, unmatched = matched_of(named_in(panel, votes), panel.register, cases)
    costs = _Costs(votes, layer, factors)
    places: dict[RequestId, list[Place]] = {}
    for place, record in matched.items():
        places.setdefault(record, []).append(place)
    missing = [one for one in panel.register.records if one.id in places and not come(one)]
    return Completeness(
        whole=whole,
        cases=by_case,
        agencies=by_agency,
        costs=costs.of_records(missing, places),
        factors=costs.of(place for one in missing for place in places[one.id]),
        unmatched=unmatched,
        matched=matched,
    )


class _Costs:
    def __init__(self, votes: Votes, layer: Layer, factors: Sequence[Prevalence]) -> None:
        open_ = layer.counts.high & ~layer.counts.low
        self._undecided: Flags = open_ & ~layer.in_force.decided  # no record changes a decision
        self._unknown: Counts = np.isin(votes, UNKNOWN).sum(axis=0, dtype=np.int64)
        self._asked = (votes != Code.ABSENT).sum(axis=(0, 2), dtype=np.int64)
        self._factors = factors

    def of_records(
        self, records: Iterable[RecordRequest], places: Mapping[RequestId, Sequence[Place]]
    ) -> tuple[RecordCost, ...]:
        """Return what each record costs, those that most ratings wait for first."""
        found = [
            RecordCost(
                record=one,
                case=places[one.id][0][1],
                ratings=len(places[one.id]),
                asked=int(self._asked[places[one.id][0][1]]),
                factors=self.of(places[one.id]),
            )
            for one in records
        ]
        return tuple(sorted(found, key=lambda cost: (-cost.ratings, cost.record.number)))

    def of(self, places: Iterable[Place]) -> tuple[FactorCost, ...]:
        """Return what ratings at ``places`` cost each factor that has any, most first."""
        waiting: Counts = np.zeros(self._undecided.shape, dtype=np.int64)
        for _, case, factor in places:
            waiting[case, factor] += 1
        open_: Flags = (waiting > 0) & self._undecided
        surely: Flags = open_ & (waiting == self._unknown)
        ratings = waiting.sum(axis=0)
        found = [
            FactorCost(
                factor=factor,
                ratings=int(ratings[factor]),
                cells=int((waiting[:, factor] > 0).sum()),
                low=self._factors[factor].low,
                high=self._factors[factor].high,
                narrower=int(surely[:, factor].sum()),
                at_most=int(open_[:, factor].sum()),
            )
            for factor in np.flatnonzero(ratings).tolist()
        ]
        return tuple(sorted(found, key=lambda cost: (-cost.ratings, cost.factor)))
