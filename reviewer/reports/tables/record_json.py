"""The register of records in ``summary.json``."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from reviewer.record_requests.register import Count
from reviewer.summary.register import FactorCost
from reviewer.summary.shapes import Summary


def counts(count: Count) -> dict[str, int]:
    """Return a count without what depends on the day on which it is asked."""
    return {name: number for name, number in asdict(count).items() if name != "overdue"}


def by_case(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield how complete each case is."""
    for case, count in zip(summary.panel.cases, summary.completeness.cases, strict=True):
        yield {"case": case.reference, **counts(count)}


def by_agency(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield how much of what it should have came from each agency."""
    for agency, count in summary.completeness.agencies:
        yield {"agency": agency, **counts(count)}


def register(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield every record that should exist."""
    references = {case.id: case.reference for case in summary.panel.cases}
    for one in summary.panel.register.records:
        yield {
            "record": one.name,
            "case": references.get(one.case),
            "kind": one.kind,
            "what": one.what,
            "agency": one.agency,
            "status": one.status.value,
            "requested": one.requested or None,
            "due": one.due or None,
            "answered": one.answered or None,
        }


def gaps(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield the records that ratings wait for."""
    for cost in summary.completeness.costs:
        yield {
            "record": cost.record.name,
            "case": summary.panel.cases[cost.case].reference,
            "ratings": cost.ratings,
            "asked": cost.asked,
            "factors": [_factor(summary, factor) for factor in cost.factors],
        }


def gaps_by_factor(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield what each factor waits for."""
    for cost in summary.completeness.factors:
        yield _factor(summary, cost)


def unmatched(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield the words that are no record of the register."""
    codes = summary.panel.framework.codes
    for one in summary.completeness.unmatched:
        yield {
            "case": summary.panel.cases[one.case].reference,
            "words": one.words,
            "ratings": one.ratings,
            "factors": [codes[factor] for factor in one.factors],
        }


def _factor(summary: Summary, cost: FactorCost) -> dict[str, Any]:
    return {**asdict(cost), "factor": summary.panel.framework.codes[cost.factor]}
