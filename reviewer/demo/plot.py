"""One case as a story: who, where, when, what is true of each factor, what each paper tells.

Everything a paper says comes from here, so that names and times agree between the papers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from reviewer.demo.shapes import MissingRecord, Truth
from reviewer.demo.words import Clock, material, tell, time_of_day
from reviewer.errors import InputError

_PAPERS = {  # who wrote an entry, by the letter used in families.toml
    "C": ("call",),
    "K": ("custody",),
    "W": ("notes",),
}
_RECORDS = {  # what is asked for, and the factors that it would decide
    "observations": ("Observation sheets", ("SYS-CUST", "IND-SUIC", "RES-STAFF")),
    "transcript": ("Recording of the 999 call", ("SYS-CALL", "TRN-POL")),
    "notes": ("Ward and clinic notes", ("COO-LIAI", "COO-PATH", "TRN-NHS")),
    "custody": ("Custody record", ("SYS-CUST", "SYS-VULN", "IND-FORCE")),
    "call": ("Call log", ("SYS-CALL", "IND-SUIC", "RES-STAFF")),
    "email": ("Duty manager's e-mails", ("RES-STAFF", "SYS-INFO")),
}
_LESSER = (  # asked for in many cases; often not decisive
    ("CCTV of the custody corridor", ("IND-FORCE", "SYS-CUST")),
    ("Training records of the shift", ("TRN-POL",)),
    ("Radio recording", ("SYS-CALL",)),
    ("Ambulance call notes", ("COO-LIAI",)),
    ("Family liaison log", ("FAM-AFT",)),
    ("Bed manager's diary", ("RES-PLACE",)),
    ("Community team diary", ("COO-PATH", "TRN-NHS")),
)
_CODES = (
    *("SYS-CALL", "SYS-VULN", "SYS-CUST", "SYS-INFO", "IND-JUDG", "IND-FORCE", "IND-SUIC"),
    *("RES-STAFF", "RES-PLACE", "COO-LIAI", "COO-PATH", "DIS-MH", "DIS-RACE"),
    *("FAM-BEF", "FAM-AFT", "TRN-POL", "TRN-NHS"),
)
_MEN = {"brother", "father", "husband", "son"}
_UNUSUAL = {"DIS-RACE", "IND-FORCE", "DIS-MH"}  # rare unless the register says otherwise


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One hand-written line of ``cases.toml``."""

    reference: str
    family: str
    title: str
    initials: str
    first: str
    male: bool
    age: int
    relation: str
    borough: str
    plain: frozenset[str]
    absent: frozenset[str]
    split: frozenset[str]
    withheld: frozenset[str]
    variants: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that happened, told once; ``papers`` are those that record it."""

    minute: int
    papers: frozenset[str]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One case before it is put on paper."""

    row: Row
    family: Mapping[str, Any]
    facts: Mapping[str, str]
    clock: Clock
    day: date
    entries: tuple[Entry, ...]
    papers: tuple[str, ...]
    truths: Mapping[str, Truth]
    missing: tuple[MissingRecord, ...]
    withheld: Mapping[str, str]
    seed: str

    def rng(self, purpose: str) -> Random:
        """Return randomness of its own for each purpose: one paper never shifts another."""
        return Random(f"{self.seed}:{purpose}")  # noqa: S311 - invention, not secrecy

    def tell(self, text: str, purpose: str, **more: str) -> str:
        """Return ``text`` for this case; ``purpose`` fixes the choices."""
        return tell(text, {**self.facts, **more}, self.clock, self.rng(f"{purpose}:{text}"))

    def on(self, minute: int) -> date:
        """Return the day on which ``minute`` falls."""
        return self.day + timedelta(days=minute // 1440)


def rows() -> list[Row]:
    """Return the hand-written cases, in order. Raises ``InputError`` for a line out of shape."""
    return [_row(line) for line in material("cases")["rows"]]


def codes() -> tuple[str, ...]:
    """Return the seventeen factors that the invented papers speak of."""
    return _CODES


def story(row: Row, index: int, seed: int) -> Story:
    """Return the story of one case; ``index`` counts from 0 and numbers its requests."""
    tag = f"{seed}:{row.reference}"
    rng = Random(tag)  # noqa: S311 - invention, not secrecy
    family = material("families")[row.family]
    first_hour, last_hour = family["hours"]
    start = rng.randint(first_hour * 60, last_hour * 60 + 45)
    clock = Clock(start, rng.uniform(0.86, 1.18))
    day = date(int(row.reference[:4]), 1, 4) + timedelta(days=_day_in_year(row.reference, rng))
    facts = _facts(row, day, rng)
    papers = _papers(family, row, rng)
    truths = _truths(row, family, rng)
    missing, truths, withheld = _withhold(row, family, truths, index, rng)
    entries = []
    for line in family["events"]:
        offset, letters, text = (part.strip() for part in line.split("|", 2))
        entries.append(
            Entry(
                minute=clock.minute(int(offset)),
                papers=frozenset(p for letter in letters for p in _PAPERS[letter]),
                text=tell(text, facts, clock, rng),
            )
        )
    return Story(
        row=row,
        family=family,
        facts=facts,
        clock=clock,
        day=day,
        entries=tuple(entries),
        papers=papers,
        truths=truths,
        missing=missing,
        withheld=withheld,
        seed=tag,
    )


def long_date(day: date) -> str:
    """Return ``Wednesday 14 July 2010``."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _row(line: str) -> Row:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 10:
        raise InputError(f"The invented case {parts[0]} has {len(parts)} columns, not 10.")
    reference, family, title, initials, first, sex, age, relation, borough, more = parts
    pinned = {w[:-2]: int(w[-1]) for w in more.split() if w[-1].isdigit()}
    words = [word.rstrip("012") for word in more.split()]
    return Row(
        reference=reference,
        family=family,
        title=title,
        initials=initials,
        first=first,
        male=sex == "h",
        age=int(age),
        relation=relation,
        borough=borough,
        plain=frozenset(w[:-1] for w in words if w.endswith("+")),
        absent=frozenset(w[:-1] for w in words if w.endswith("-")),
        split=frozenset(w[:-1] for w in words if w.endswith("?")),
        withheld=frozenset(w[1:] for w in words if w.startswith("!")),
        variants=pinned,
    )


def _day_in_year(reference: str, rng: Random) -> int:
    """Return a date for a reference: later ones lie later in the year."""
    return min(350, (int(reference[5:]) - 1) * 29 + rng.randint(0, 20))


def _facts(row: Row, day: date, rng: Random) -> dict[str, str]:
    places = material("paper")["places"]
    he, him, his = ("he", "him", "his") if row.male else ("she", "her", "her")
    other = rng.choice([name for name in places["boroughs"] if name != row.borough])
    names = material("paper")["people"]
    kin = rng.choice(names["men" if row.relation in _MEN else "women"])
    return {
        "he": he,
        "him": him,
        "his": his,
        "himself": "himself" if row.male else "herself",
        "He": he.capitalize(),
        "Him": him.capitalize(),
        "His": his.capitalize(),
        "uncle": "uncle" if row.male else "aunt",
        "M": "Mr" if row.male else "Ms",
        "person": f"{'Mr' if row.male else 'Ms'} {row.initials}",
        "first": row.first,
        "initials": row.initials,
        "age": str(row.age),
        "relation": row.relation,
        "Relation": row.relation.capitalize(),
        "kin": kin,
        "borough": row.borough,
        "other": other,
        "street": rng.choice(places["streets"]),
        "number": str(rng.randint(2, 118)),
        "station": f"{row.borough} police station",
        "hospital": rng.choice(places["hospitals"]),
        "ward": rng.choice(places["wards"]),
        "hostel": rng.choice(places["hostels"]),
        "halt": rng.choice(places["halts"]),
        "water": rng.choice(places["waters"]),
        "cell": rng.choice(places["cells"]),
        "cad": str(rng.randint(1020, 9870)),
        "cr": f"{row.borough[:2].upper()}/{rng.randint(1100, 8900)}/{day:%y}",
        "date": f"{day.day} {day:%B %Y}",
        "force": "Northmoor Police",
        "trust": "Eastmarsh NHS Trust",
        "ambulance": "Northmoor Ambulance Service",
        "rail": "Moorline Railways",
    }


def _papers(family: Mapping[str, Any], row: Row, rng: Random) -> tuple[str, ...]:
    chosen = [*family["documents"]]
    chosen += [p for p in family["sometimes"] if rng.random() < (0.3 if p == "scan" else 0.55)]
    return tuple(paper for paper in dict.fromkeys(chosen) if paper not in row.withheld)


def _truths(row: Row, family: Mapping[str, Any], rng: Random) -> dict[str, Truth]:
    found = {}
    for code in _CODES:
        draw, depth = rng.random(), rng.random()
        relevant = code not in family["never"] or code in (row.plain | row.split | row.absent)
        if code in row.plain:
            severity = 3.1 + 0.9 * depth
        elif code in row.absent:
            severity = 0.3 * depth
        else:
            severity = _usual(code, draw, depth, strong=code in family["strong"])
            if code in family.get("mild", ()):
                severity = min(severity, 0.4)
        found[code] = Truth(severity=severity, split=code in row.split, relevant=relevant)
    return found


def _usual(code: str, draw: float, depth: float, *, strong: bool) -> float:
    """How severe a factor is where the register does not say: often in its own stories."""
    high, middle = (0.42, 0.75) if strong else (0.09, 0.30)
    if code in _UNUSUAL and not strong:
        high, middle = 0.0, 0.08
    if draw < high:
        return 2.5 + 1.5 * depth
    if draw < middle:
        return 1.0 + 1.5 * depth
    return 0.68 * depth


def _withhold(
    row: Row, family: Mapping[str, Any], truths: dict[str, Truth], index: int, rng: Random
) -> tuple[tuple[MissingRecord, ...], dict[str, Truth], dict[str, str]]:
    """Return what never came, the truths with what that blocks, and kinds of paper by name."""
    number = 300 + index * 4 + 1
    missing, withheld = [], {}
    for kind in sorted(row.withheld):
        what, factors = _RECORDS[kind]
        missing.append(_missing(what, number))
        withheld[kind] = what
        for code in factors:
            truths[code] = _blocked(truths[code], what, rng.uniform(0.55, 0.95))
        number += 1
    custody = "custody" in family["documents"]
    if rng.random() < 0.62:
        what, factors = rng.choice(_LESSER if custody else _LESSER[1:])
        missing.append(_missing(what, number))
        doubt = rng.choice((0.08, 0.12, 0.2, 0.65))
        for code in factors:
            if not truths[code].blocked:
                truths[code] = _blocked(truths[code], what, doubt)
    return tuple(missing), truths, withheld


def _missing(what: str, number: int) -> MissingRecord:
    health = ("Ward", "Bed", "Community", "Observation")
    ambulance = what.startswith(("Ambulance", "Recording"))
    agency = "Eastmarsh NHS Trust" if what.startswith(health) else "Northmoor Police"
    return MissingRecord(
        what=what,
        agency="Northmoor Ambulance Service" if ambulance else agency,
        request=f"R-{number:04d}",
    )


def _blocked(truth: Truth, record: str, doubt: float) -> Truth:
    if not truth.relevant:
        return truth
    return Truth(severity=truth.severity, split=truth.split, blocked=record, doubt=doubt)


def log(entries: Sequence[Entry], paper: str) -> list[Entry]:
    """Return the entries that ``paper`` records, in order of time."""
    return sorted(
        (entry for entry in entries if paper in entry.papers), key=lambda entry: entry.minute
    )


def stamp(entry: Entry) -> str:
    """Return the time of day of an entry."""
    return time_of_day(entry.minute)
