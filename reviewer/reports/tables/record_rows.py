"""The register of records as flat tables: what should exist, what came, what gaps cost."""

from collections.abc import Iterator, Sequence

from reviewer.record_requests.register import Count
from reviewer.summary.register import FactorCost
from reviewer.summary.shapes import Summary

Row = Sequence[str | int | float | bool | None]
Head = Sequence[tuple[str, int]]

COMPLETENESS: Head = (
    *(("of", 9), ("name", 34), ("expected", 9), ("received", 9), ("partial", 8), ("open", 7)),
    *(("not_coming", 11), ("not_asked", 10)),
)
RECORDS: Head = (
    *(("record", 9), ("case", 14), ("kind", 22), ("what", 40), ("agency", 24), ("status", 20)),
    *(("requested", 11), ("due", 11), ("answered", 11), ("ratings_waiting", 15), ("asked", 8)),
    ("narrower", 9),
)
GAPS: Head = (
    *(("factor", 12), ("name", 40), ("ratings_waiting", 15), ("cells", 7), ("low", 7)),
    *(("high", 7), ("cases", 7), ("narrower", 9), ("at_most", 9)),
)


def completeness(summary: Summary) -> Iterator[Row]:
    """Yield the whole, then every case, then every agency: each with its own denominator."""
    found = summary.completeness
    yield "all", "", *_counts(found.whole)
    for case, count in zip(summary.panel.cases, found.cases, strict=True):
        yield "case", case.reference, *_counts(count)
    for agency, count in found.agencies:
        yield "agency", agency, *_counts(count)


def _counts(count: Count) -> tuple[int, ...]:
    return (
        count.expected,
        count.received,
        count.partial,
        count.open,
        count.not_coming,
        count.not_asked,
    )


def records(summary: Summary) -> Iterator[Row]:
    """Yield every record of the register, with the ratings that wait for it."""
    references = {case.id: case.reference for case in summary.panel.cases}
    costs = {cost.record.id: cost for cost in summary.completeness.costs}
    for one in summary.panel.register.records:
        cost = costs.get(one.id)
        yield (
            one.name,
            references.get(one.case, ""),
            one.kind,
            one.what,
            one.agency,
            one.status.value,
            one.requested,
            one.due,
            one.answered,
            cost.ratings if cost else 0,
            cost.asked if cost else None,
            sum(factor.narrower for factor in cost.factors) if cost else 0,
        )


def gaps(summary: Summary) -> Iterator[Row]:
    """Yield what each factor waits for, over all records that have not come whole."""
    factors = summary.panel.framework.factors
    for cost in summary.completeness.factors:
        factor = factors[cost.factor]
        yield factor.code, factor.name, *_cost(cost, len(summary.panel.cases))


def _cost(cost: FactorCost, cases: int) -> tuple[int, ...]:
    return cost.ratings, cost.cells, cost.low, cost.high, cases, cost.narrower, cost.at_most
