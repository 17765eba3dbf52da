"""What the command for the register of records prints."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from reviewer.casebook.book import Casebook
from reviewer.cli.reading import readable_case
from reviewer.messages import say
from reviewer.record_requests.arrivals import arrivals
from reviewer.record_requests.dealings import find_record
from reviewer.record_requests.due import letters_due, next_step
from reviewer.record_requests.lacking import lacks
from reviewer.record_requests.matching import alike, compared
from reviewer.record_requests.register import Count, Register, register_of, told
from reviewer.records.cases import Case
from reviewer.records.requests import RecordRequest, RequestStep
from reviewer.records.text import counted
from reviewer.rounds.allocation import readable
from reviewer.summary.consolidate import completeness
from reviewer.summary.gather import gather
from reviewer.summary.register import Completeness, FactorCost, RecordCost

Told = tuple[dict[str, Any], list[str]]


class _Names:
    """How cases and documents are called, by id."""

    def __init__(self, book: Casebook) -> None:
        self.cases: dict[str, str] = {case.id: case.reference for case in book.cases.all()}
        self.documents: dict[str, str] = {one.id: one.title for one in book.documents.all()}


def _chosen(
    book: Casebook, case: Case | None, agency: str, called: str | None
) -> list[RecordRequest]:
    """Return the records of one case, of one agency, or the one that is called so."""
    records = book.requests.all() if case is None else book.requests.of(case.id)
    if agency:
        records = [one for one in records if compared(one.agency) == compared(agency)]
    return [find_record(book, called, case)] if called is not None else records


def missing(
    book: Casebook,
    today: str,  # noqa: ARG001 - nothing is overdue for who reads
    *,
    case: Case | None,
    agency: str,
    called: str | None,
) -> Told:
    """Return what the cases of a panellist lack, as the chair's casebook told it last.

    Nothing is told of a case that they are recused from, as everywhere.
    """
    names, may = _Names(book), {one.id for one in readable(book, book.about)}
    if case is not None:
        readable_case(book, case.reference)
    records = [one for one in _chosen(book, case, agency, called) if one.case in may]
    lines = [
        f"{names.cases.get(one.case, '')}  {lack.told}"
        for one in records
        for lack in lacks(one.case, [one])
    ]
    told = [_known(one, names) for one in records]
    return {"missing": told}, lines or [say("No record is known to be missing here.")]


def listing(
    book: Casebook, today: str, *, case: Case | None, agency: str, called: str | None
) -> Told:
    """Return the register, or of it what concerns one case, one agency or one record."""
    records = _chosen(book, case, agency, called)
    names, register = _Names(book), register_of(records, today)
    costs, known = _costs(book)
    shown = {one.id for one in records}
    cases = {case.id} if case else set(names.cases)
    found = {
        "today": today,
        "totals": _count(register.whole),
        "statuses": {status.value: many for status, many in register.statuses.items()},
        "cases": [
            {"case": names.cases[key], **_count(register.cases.get(key, Count()))}
            for key in names.cases
            if key in register.cases or (key in cases and not agency and called is None)
        ],
        "kinds": [{"kind": key, **_count(one)} for key, one in register.kinds.items()],
        "agencies": [{"agency": key, **_count(one)} for key, one in register.agencies.items()],
        "records": [_record(one, names, today) for one in records],
        "letters_due": _letters(book, records, today),
        "may_be_here": [
            {
                "record": one.record.name,
                "case": names.cases[one.record.case],
                "document": one.document.title,
            }
            for one in arrivals(records, book.documents.all())
        ],
        "known": known,
        "costs": [
            _cost(one, costs.factors_of(one.factors))
            for one in costs.found.costs
            if one.record.id in shown
        ],
        "unmatched": costs.unmatched(records, names, cases),
    }
    return found, _lines(register, names, found)


def one_record(
    book: Casebook, record: RecordRequest, today: str, sentence: str, *, costs: bool = False
) -> Told:
    """Return one record after a change; with ``costs`` also what it may change."""
    found: dict[str, Any] = {"record": _record(record, _Names(book), today)}
    lines = [sentence]
    if costs:
        held, known = _costs(book)
        cells = held.cells_of(record)
        found |= {"may_change": cells, "known": known}
        if cells:
            case = _Names(book).cases[record.case]
            many = counted(len(cells), "cell")
            lines.append(f"It may change {many} in {case}: {', '.join(cells)}.")
        elif known:
            lines.append(known)
    return found, lines


class _Costs:
    def __init__(self, found: Completeness, codes: Sequence[str], cases: Sequence[str]) -> None:
        self.found = found
        self._codes = codes
        self._cases = cases

    def factors_of(self, factors: Iterable[FactorCost]) -> list[dict[str, Any]]:
        return [{**asdict(one), "factor": self._codes[one.factor]} for one in factors]

    def cells_of(self, record: RecordRequest) -> list[str]:
        named = {place[2] for place, found in self.found.matched.items() if found == record.id}
        return [self._codes[factor] for factor in sorted(named)]

    def unmatched(
        self, records: Sequence[RecordRequest], names: _Names, cases: set[Any]
    ) -> list[dict[str, Any]]:
        return [
            {
                "case": names.cases[case],
                "words": one.words,
                "ratings": one.ratings,
                "factors": [self._codes[factor] for factor in one.factors],
                "alike": [
                    like.name for like in alike(one.words, [r for r in records if r.case == case])
                ],
            }
            for one in self.found.unmatched
            if (case := self._cases[one.case]) in cases
        ]


def _costs(book: Casebook) -> tuple[_Costs, str]:
    """Return what the gaps cost; before a release nothing, and when it will be known."""
    about = book.about
    if not about.results:
        told = say(
            "What a gap costs is known when round {number} is released.", number=about.round
        )
        return _Costs(Completeness(), (), ()), told
    panel = gather(book)
    codes = panel.framework.codes
    return _Costs(completeness(panel), codes, [case.id for case in panel.cases]), ""


def _count(count: Count) -> dict[str, int]:
    return asdict(count)


def _known(one: RecordRequest, names: _Names) -> dict[str, Any]:
    """Return what everybody who reads the case may know of a record."""
    return {
        "record": one.name,
        "case": names.cases.get(one.case, ""),
        "kind": one.kind,
        "what": one.what,
        "agency": one.agency,
        "status": one.status.value,
        "requested": one.requested,
        "answered": one.answered,
    }


def _record(one: RecordRequest, names: _Names, today: str) -> dict[str, Any]:
    step = next_step(one)
    return {
        **_known(one, names),
        "due": one.due,
        "overdue": one.overdue(today),
        "documents": [names.documents.get(document, "") for document in one.documents],
        "next": {"ask": step.ask.value, "date": step.date} if step else None,
        "steps": [_step(step, names) for step in one.steps],
    }


def _step(step: RequestStep, names: _Names) -> dict[str, Any]:
    return {
        "what": step.what.value,
        "date": step.date,
        "due": step.due,
        "words": step.words,
        "letter": step.letter,
        "document": names.documents.get(step.document, "") if step.document else "",
        "at": step.at,
    }


def _letters(book: Casebook, records: Sequence[RecordRequest], today: str) -> list[dict[str, Any]]:
    addresses = book.requests.addresses()
    return [
        {
            "agency": one.agency,
            "records": len(one.records),
            "overdue": one.overdue,
            "address": one.agency in addresses,
        }
        for one in letters_due(records, today)
    ]


def _cost(cost: RecordCost, factors: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "record": cost.record.name,
        "ratings": cost.ratings,
        "asked": cost.asked,
        "factors": factors,
    }


def _lines(register: Register, names: _Names, found: Mapping[str, Any]) -> list[str]:
    lines = [told(register) if register.whole.expected else _empty()]
    for one in register.records:
        step = next_step(one)
        late = " OVERDUE" if one.overdue(register.today) else ""
        more = f"; next: {step.words}{f' from {step.date}' if step.date else ''}" if step else ""
        lines.append(
            f"{one.name}  {names.cases.get(one.case, '')}  {one.title} ({one.agency}):"
            f" {one.status}{late}{more}"
        )
    lines += [
        f"A letter to {letter['agency']} is due: {counted(letter['records'], 'record')},"
        f" {letter['overdue']} overdue{'' if letter['address'] else '; no address yet'}."
        for letter in found["letters_due"]
    ]
    lines += [
        f"{one['case']}: \u201c{one['document']}\u201d may be {one['record']}: --attach"
        for one in found["may_be_here"]
    ]
    for one in found["unmatched"]:
        like = f" Is it {' or '.join(one['alike'])}?" if one["alike"] else ""
        lines.append(
            f"{one['case']}: “{one['words']}” is no record of the register"
            f" ({counted(one['ratings'], 'rating')}).{like}"
        )
    if found["known"] and register.whole.expected:
        lines.append(found["known"])
    return lines


def _empty() -> str:
    return "No records are expected yet. To begin: reviewer records FILE --expect custody"
