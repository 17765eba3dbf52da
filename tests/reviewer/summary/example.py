"""An invented panel on the default framework, for every test and picture that needs a summary."""

import numpy as np

from reviewer.assets import resource
from reviewer.method.framework import Framework, load
from reviewer.records.ids import RequestId
from reviewer.records.judgement import Confidence
from reviewer.records.requests import RecordRequest, RequestStep, Status, What
from reviewer.summary.register import RecordsHeld
from reviewer.summary.shapes import Code, Detail, LedgerLine, Panel, PanelCase, PanelMember
from tests.reviewer.summary.build import of_one_round

NAMES = (
    "Amara Oyelaran",
    "Bernard Whitlock",
    "Chloë Ashdown",
    "Dilip Rao",
    "Eleanor Finch",
    "Farah Qureshi",
    "Gareth Pugh",
    "Hannah Brandt",
    "Isaac Mensah",
    "Joan Tarrant",
    "Kit Lowell",
)
TITLES = ("Death after release", "Missing from ward", "Restraint at home", "Call closed early")
RECORDS = ("Custody record", "Ambulance log", "Call recording", "Ward notes", "Handover sheet")
AGENCIES = ("Police", "Ambulance service", "Police", "Mental health trust")
COMMENTS = (
    "The risk was told to the operator and not passed on.",
    "Two accounts differ here; the log supports the family.",
    "No one owned the next step after the assessment.",
    "Observation was set at 30 minutes without a reason written down.",
)


def default_framework(*, extended: bool = False) -> Framework:
    return load(resource("frameworks/commission.toml"), extended=extended)


def example_panel(
    members: int = 11, cases: int = 55, seed: int = 1, *, extended: bool = False
) -> Panel:
    """Make a panel whose ratings hang together: a hidden truth a cell, severity a panellist."""
    framework = default_framework(extended=extended)
    rng = np.random.default_rng(seed)
    votes = _votes(rng, members, cases, len(framework.factors))
    people = tuple(
        PanelMember(
            id=f"00000000-0000-4000-8000-{number:012d}",
            name=NAMES[number] if number < len(NAMES) else f"Panellist {number + 1}",
            role="chair" if number == 0 else "panellist",
        )
        for number in range(members)
    )
    rated = np.count_nonzero(votes != Code.BLANK, axis=(1, 2)).tolist()
    panel = Panel(
        casebook="0f9e8d7c-0000-4000-8000-000000000001",
        title="Invented inquiry",
        marking="OFFICIAL-SENSITIVE",
        demonstration=True,
        round=1,
        framework=framework,
        members=people,
        cases=tuple(
            PanelCase(
                id=f"10000000-0000-4000-8000-{number:012d}",
                reference=f"INV-{number + 1:03d}",
                title=f"{TITLES[number % len(TITLES)]} ({number + 1})",
            )
            for number in range(cases)
        ),
        votes=votes,
        details=_details(rng, votes),
        ledger=tuple(
            LedgerLine(member=person.id, kind="ratings", declared=n, opened=n, stored=n)
            for person, n in zip(people, rated, strict=True)
        ),
        released="2026-01-15T10:00:00Z",
        rounds=(),
        from_round=np.zeros(votes.shape, dtype=np.int16),
        register=RecordsHeld(records=tuple(_register(cases))),
    )
    return of_one_round(panel)


def _register(cases):
    """A record of most kinds for every case, in every status; one kind is in no register."""
    said = [status for status in Status if status is not Status.EXPECTED]
    for number in range(4 * cases):
        case, kind = divmod(number, 4)
        steps = [RequestStep(what=What.REQUESTED, date="2025-09-01", due="2025-09-22")]
        steps.append(RequestStep(what=What(said[number % len(said)].value), date="2025-10-01"))
        yield RecordRequest(
            id=RequestId(f"20000000-0000-4000-8000-{number:012d}"),
            number=number + 1,
            case=f"10000000-0000-4000-8000-{case:012d}",
            kind=RECORDS[kind],
            agency=AGENCIES[kind],
            steps=tuple(steps) if number % 13 else (),
        )


def _votes(rng, members, cases, factors):
    common = rng.beta(1.1, 2.2, factors)
    truth = np.clip(rng.normal(common * 4.6, 1.3, (cases, factors)), 0, 4)
    severity = rng.normal(0, 0.35, (members, 1, 1))
    seen = truth + severity + rng.normal(0, 0.7, (members, cases, factors))
    votes = np.clip(np.rint(seen), 0, 4).astype(np.int8)
    gaps = rng.random((cases, factors)) ** 14 * 0.7
    draw = rng.random(votes.shape)
    votes[draw < gaps] = Code.MISSING
    votes[draw > 0.994] = Code.UNCLEAR
    votes[(draw > 0.984) & (draw <= 0.994)] = Code.OUTSIDE
    votes[(draw > 0.981) & (draw <= 0.984)] = Code.BLANK
    irrelevant = rng.random((cases, factors)) < 0.06
    votes[irrelevant & (rng.random(votes.shape) < 0.8)] = Code.NOT_RELEVANT
    recused = rng.random((members, cases)) < 0.01
    votes[recused] = Code.RECUSED
    return votes


def _details(rng, votes):
    details = {}
    levels = tuple(Confidence)
    for member, case, factor in np.argwhere(votes >= 0).tolist():
        value = int(votes[member, case, factor])
        confidence = levels[int(rng.integers(3))]
        if value < 2:
            details[member, case, factor] = Detail(confidence=confidence)
            continue
        page = int(rng.integers(1, 40))
        details[member, case, factor] = Detail(
            confidence=confidence,
            comment=COMMENTS[(case + factor + member) % len(COMMENTS)],
            evidence=(f"{RECORDS[(case + factor) % len(RECORDS)]} p.{page}",),
        )
    for member, case, factor in np.argwhere(votes == Code.MISSING).tolist():
        record = RECORDS[(case + factor) % len(RECORDS)]
        details[member, case, factor] = Detail(record=record)
    return details
