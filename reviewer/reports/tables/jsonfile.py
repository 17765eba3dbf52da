"""The summary as JSON: ``docs/summary-json.md`` describes the shape, which is stable.

Objects have sorted keys; every element of a list stands on a line of its own, so that two
summaries can be compared line by line.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, BinaryIO, TypeVar

from reviewer.files.write import write_text
from reviewer.progress import Progress
from reviewer.reports import decisions, facts, rounds
from reviewer.reports.tables import record_json
from reviewer.summary.shapes import (
    Agreement,
    Cell,
    Code,
    Estimate,
    Prevalence,
    RoundVotes,
    Summary,
)

FORMAT = "reviewer-summary"
VERSION = 1
_OFTEN = 256  # ratings between two steps of progress
_Element = TypeVar("_Element")


class _Told:
    """Says how far the work is: in ratings, which stand in the cells and again in the rounds."""

    def __init__(self, summary: Summary, progress: Progress) -> None:
        self._progress, self._done, self._seen = progress, 0, 0
        self._total = max(summary.panel.votes.size + rounds.how_many(summary), 1)

    def each(self, values: Iterable[_Element], ratings: int) -> Iterator[_Element]:
        """Pass on values that hold so many ratings each. Raises ``Cancelled``."""
        for value in values:
            self._done += ratings
            if self._done >= self._seen:
                self._seen = self._done + _OFTEN
                self._progress.step(min(self._done, self._total), self._total)
            yield value


def write_json(summary: Summary, out: BinaryIO, progress: Progress) -> None:
    """Write the whole summary as UTF-8 JSON that ends with a line feed. Raises ``Cancelled``."""
    write_text(out, _pieces(summary, _Told(summary, progress)))


def _pieces(summary: Summary, told: _Told) -> Iterator[str]:
    cells = (_cell(summary, cell) for cell in summary.cells)
    parts = {
        "agenda": _lines(_agenda(summary)),
        "agreement": _lines(_agreement(summary)),
        "casebook": _one(_casebook(summary)),
        "cases": _lines(_cases(summary)),
        "cells": _lines(told.each(cells, len(summary.panel.members))),
        "completeness": _one(record_json.counts(summary.completeness.whole)),
        "completeness_by_agency": _lines(record_json.by_agency(summary)),
        "completeness_by_case": _lines(record_json.by_case(summary)),
        "determinations": _lines(_determinations(summary)),
        "factors": _lines(_rates(summary, summary.factors)),
        "format": _one(FORMAT),
        "framework": _one(summary.panel.framework.as_data()),
        "gaps": _lines(record_json.gaps(summary)),
        "gaps_by_factor": _lines(record_json.gaps_by_factor(summary)),
        "group_cells": _lines(_group_cells(summary)),
        "groups": _lines(_rates(summary, summary.groups)),
        "kinds": _one(dict(summary.kinds)),
        "ledger": _lines(asdict(line) for line in summary.ledger),
        "members": _lines(_members(summary)),
        "opening": _one(_opening(rounds.latest(summary))),
        "record": _one(_record(summary)),
        "records": _lines(_records(summary)),
        "register": _lines(record_json.register(summary)),
        "round_ratings": _lines(told.each(_round_ratings(summary), 1)),
        "rounds": _lines(_rounds(summary)),
        "unmatched_records": _lines(record_json.unmatched(summary)),
        "version": _one(VERSION),
    }
    between = "{\n"
    for key, part in parts.items():
        yield f"{between}{_spelt(key)}: "
        yield from part
        between = ",\n"
    yield "\n}\n"


def _one(value: object) -> Iterator[str]:
    yield _spelt(value)


def _lines(values: Iterable[object]) -> Iterator[str]:
    before = "[\n"
    for value in values:
        yield f"{before}{_spelt(value)}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def _spelt(value: object) -> str:
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False)


def _casebook(summary: Summary) -> dict[str, Any]:
    panel = summary.panel
    return {
        "id": panel.casebook,
        "title": panel.title,
        "marking": panel.marking,
        "demonstration": panel.demonstration,
        "round": panel.round,
        "released": panel.released or None,
        "panel_only": True,
    }


def _record(summary: Summary) -> dict[str, Any]:
    origin = summary.panel.origin
    return {
        "journal": {"entry": origin.entry, "hash": origin.hash},
        "returns": [{"digest": digest, "header": header} for digest, header in origin.returns],
    }


def _opening(one: RoundVotes) -> dict[str, Any]:
    opening = one.opening
    return {
        "custodian": opening.custodian or None,
        "returns": [asdict(one) for one in opening.returns],
        "reopened": [asdict(one) for one in opening.reopened],
    }


def _members(summary: Summary) -> Iterator[dict[str, Any]]:
    panel, one = summary.panel, rounds.latest(summary)
    for place, member in enumerate(panel.members):
        votes = panel.votes[place] if member.returned else panel.votes[place, :0]
        reasons = (votes < 0) & (votes != Code.BLANK) & (votes != Code.ABSENT)
        yield {
            "id": member.id,
            "name": member.name,
            "role": member.role,
            "returned": one.members[place].came,
            "stands": rounds.stands(summary, place) or None,
            "without_reason": one.members[place].without_reason or None,
            "key_compared": member.key_compared or None,
            "scores": int((votes >= 0).sum()),
            "reasons": int(reasons.sum()),
            "blanks": int((votes == Code.BLANK).sum()),
        }


def _rounds(summary: Summary) -> Iterator[dict[str, Any]]:
    for one in summary.panel.rounds:
        yield {
            "round": one.number,
            "opened": one.opened or None,
            "released": one.released or None,
            "asked": one.asked,
            "returned": one.returned,
            "ratings": one.ratings,
            "members": [
                {
                    "member": member.id,
                    "part": member.part.value,
                    "stands": rounds.stands(summary, place, one.number + 1) or None,
                    "without_reason": member.without_reason or None,
                    "late_at": member.late_at or None,
                    "late_reason": member.late_reason or None,
                    "asked": member.asked,
                    "ratings": member.ratings,
                    "blanks": member.blank,
                }
                for place, member in enumerate(one.members)
            ],
            "ledger": [asdict(line) for line in one.ledger],
            "opening": _opening(one),
        }


def _round_ratings(summary: Summary) -> Iterator[dict[str, Any]]:
    panel, codes = summary.panel, summary.panel.framework.codes
    for rating in rounds.every_rating(summary):
        detail = rating.detail
        yield {
            "round": rating.round,
            "member": panel.members[rating.member].id,
            "case": panel.cases[rating.case].reference,
            "factor": codes[rating.factor],
            "value": rating.value,
            "reason": rating.code if rating.code and rating.code != "blank" else None,
            "confidence": detail.confidence.value if detail.confidence else None,
            "comment": detail.comment,
            "record": detail.record,
            "evidence": list(detail.evidence),
            "late": rating.late,
            "stands": rating.stands,
        }


def _cases(summary: Summary) -> Iterator[dict[str, Any]]:
    for place, case in enumerate(summary.panel.cases):
        yield {
            "id": case.id,
            "case": case.reference,
            "title": case.title,
            "kinds": dict(facts.case_facts(summary, place).kinds),
        }


def _cell(summary: Summary, cell: Cell) -> dict[str, Any]:
    panel = summary.panel
    return {
        "case": panel.cases[cell.case].reference,
        "factor": panel.framework.factors[cell.factor].code,
        "n": cell.n,
        "assessable": cell.assessable,
        "assessable_possible": cell.assessable_possible,
        "holds": list(cell.holds),
        "relevant": cell.relevant,
        "median": cell.median,
        "distribution": list(cell.distribution),
        "reasons": dict(cell.reasons),
        "kind": cell.kind.value,
        "class": cell.klass.value,
        "flags": list(cell.flags),
        "ipras": _ipras(cell),
        "in_force": cell.in_force,
        "in_force_by": decisions.by(cell) or None,
        "determined": cell.determined or None,
        "ratings": [
            _rating(summary, vote) for vote in facts.votes(summary, cell.case, cell.factor)
        ],
    }


def _determinations(summary: Summary) -> Iterator[dict[str, Any]]:
    for reference, one, stands in decisions.every(summary.panel):
        yield decisions.data(reference, one, stands=stands)


def _ipras(cell: Cell) -> dict[str, Any] | None:
    if cell.ipras is None:
        return None
    width, limit = cell.ipras
    return {"range": round(width, 6), "limit": round(limit, 6), "disagreement": width > limit}


def _rating(summary: Summary, vote: facts.Vote) -> dict[str, Any]:
    detail = vote.detail
    return {
        "member": summary.panel.members[vote.member].id,
        "round": vote.round,
        "value": vote.value,
        "reason": vote.code if vote.code and vote.code != "blank" else None,
        "confidence": detail.confidence.value if detail.confidence else None,
        "comment": detail.comment,
        "unsupported": vote.unsupported,
        "record": detail.record,
        "evidence": list(detail.evidence),
    }


def _rates(summary: Summary, rows: Iterable[Prevalence]) -> Iterator[dict[str, Any]]:
    lines = facts.agreement(summary)
    for row in rows:
        line = lines.get(row.code)
        yield {**asdict(row), "agreement": _coefficients(line) if line else None}


def _agreement(summary: Summary) -> Iterator[dict[str, Any]]:
    for line in summary.agreement:
        yield {"scope": line.scope, **_coefficients(line)}


def _coefficients(line: Agreement) -> dict[str, Any]:
    return {
        "cases": line.cases,
        "with_failing": line.with_failing,
        "assessed": line.assessed,
        "with_blocked": line.with_blocked,
        "alpha": _estimate(line.alpha),
        "ac2_linear": _estimate(line.ac2_linear),
        "ac2_quadratic": _estimate(line.ac2_quadratic),
        "raw": _estimate(line.raw),
        "kappa": _estimate(line.kappa),
        "assessability": _estimate(line.assessability),
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return asdict(estimate)


def _group_cells(summary: Summary) -> Iterator[dict[str, Any]]:
    for cell in summary.group_cells:
        yield {**asdict(cell), "case": summary.panel.cases[cell.case].reference}


def _agenda(summary: Summary) -> Iterator[dict[str, Any]]:
    panel, wide = summary.panel, len(summary.panel.framework.factors)
    for item in summary.agenda:
        yield {
            "case": panel.cases[item.case].reference,
            "factor": panel.framework.factors[item.factor].code,
            "flags": list(item.flags),
            "spread": item.spread,
            "determined": decisions.value(summary.cells[item.case * wide + item.factor]) or None,
        }


def _records(summary: Summary) -> Iterator[dict[str, Any]]:
    cases = summary.panel.cases
    for need in summary.records:
        yield {
            "record": need.record,
            "ratings": need.ratings,
            "cells": need.cells,
            "cases": [cases[case].reference for case in need.cases],
            "came": need.came,
        }
