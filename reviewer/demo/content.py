"""The whole invented inquiry, from one seed, without any casebook.

``inquiry()`` writes the 55 cases with their papers; ``panellists()`` names the eleven. What each
panellist makes of them is in ``opinions``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from reviewer.demo import letters, papers
from reviewer.demo.papers import Made, Said, assign
from reviewer.demo.plot import Row, Story, rows, story
from reviewer.demo.shapes import Inquiry, InventedCase, Panellist, Paper, Passage
from reviewer.demo.words import first_sentence, material

SEED = 55
_ORDER = (  # as a file would be read
    *("call", "transcript", "custody", "observations", "statement1", "statement2", "scan"),
    *("pos", "notes", "letter", "email", "email2", "review", "pm", "policy"),
)
_WITH_PASSAGES: dict[str, Callable[[Story, Sequence[Said]], Made]] = {
    "call": papers.call_log,
    "transcript": letters.transcript,
    "custody": papers.custody,
    "observations": papers.observations,
    "statement1": partial(letters.statement, first=True),
    "statement2": partial(letters.statement, first=False),
    "pos": papers.place_of_safety,
    "notes": papers.notes,
    "email": letters.duty_mail,
    "email2": letters.team_mail,
    "review": letters.review,
}
_WITHOUT: dict[str, Callable[[Story], Made]] = {"pm": letters.coroner, "policy": letters.policy}
_RECUSED = {"Bertil Quarmby": ("2009-05", "2011-12"), "Isolde Marchbanks": ("2010-01",)}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sort:
    """What a kind of paper is called, what it is and who it comes from."""

    name: str
    title: str
    kind: str
    agency: str
    extension: str
    days: int = 0


def inquiry(seed: int = SEED) -> Inquiry:
    """Return the invented inquiry. The same seed gives the same bytes."""
    cases = tuple(_case(row, index, seed) for index, row in enumerate(rows()))
    return Inquiry(title=material("cases")["title"], seed=seed, cases=cases)


def panellists() -> tuple[Panellist, ...]:
    """Return the eleven invented panellists."""
    return tuple(
        Panellist(
            name=who["name"],
            role=who["role"],
            leniency=who["leniency"],
            care=who["care"],
            scatter=who["scatter"],
            trusts=who["trusts"],
            outside=who.get("outside", {}),
            recused=_RECUSED.get(who["name"], ()),
        )
        for who in material("people")["panellist"]
    )


def _case(row: Row, index: int, seed: int) -> InventedCase:
    told = story(row, index, seed)
    given = assign(told)
    documents: list[Paper] = []
    passages: list[Passage] = []
    counters: list[Passage] = []
    for kind in (kind for kind in _ORDER if kind in told.papers):
        sort = _sort(told, kind)
        made = _make(told, kind, sort, given[kind])
        documents.append(_paper(told, sort, made, scan=kind == "scan"))
        passages += _passages(given[kind], sort, made)
        if kind == "statement2":
            counters = _counters(told, sort)
    first = _Sort(
        name="cover", title="Cover", kind="Cover sheet", agency="Inquiry", extension="pdf"
    )
    made = papers.cover(told, [(paper.title, paper.agency, paper.pages) for paper in documents])
    return InventedCase(
        reference=row.reference,
        title=row.title,
        family=row.family,
        attributes=_attributes(told),
        content_notes=tuple(told.family["content"]),
        documents=(_paper(told, first, made), *documents),
        missing=told.missing,
        truths=told.truths,
        passages=_by_factor([*passages, *counters]),
        facts=told.facts,
    )


def _make(told: Story, kind: str, sort: _Sort, given: Sequence[Said]) -> Made:
    if kind == "letter":
        return letters.letter(told, given, sort.extension)
    if kind == "scan":
        return letters.notebook(told, jpeg=sort.extension == "jpg")
    if kind in _WITHOUT:
        return _WITHOUT[kind](told)
    return _WITH_PASSAGES[kind](told, given)


def _paper(told: Story, sort: _Sort, made: Made, *, scan: bool = False) -> Paper:
    return Paper(
        file_name=f"{sort.name}.{sort.extension}",
        title=sort.title,
        kind=sort.kind,
        agency=sort.agency,
        date=(told.day + timedelta(days=sort.days)).isoformat(),
        content=made.content,
        pages=made.pages,
        scan=scan,
    )


def _sort(told: Story, kind: str) -> _Sort:
    """Return what a paper is called in this case; names sort in reading order."""
    facts = told.facts
    rng = told.rng(f"form:{kind}")
    relation = "Mother" if facts["relation"] == "mother" else facts["Relation"]
    number = f"{_ORDER.index(kind) + 1:02d}"
    police, trust = facts["force"], facts["trust"]
    on_ward = "custody" not in told.family["documents"]
    sorts: dict[str, tuple[Any, ...]] = {
        "call": ("call-log", f"Call log {facts['cad']}", "Call log", police, "pdf"),
        "transcript": (
            "999-call",
            f"999 call {rng.randint(2, 5)}:{rng.randint(10, 59)}",
            "Transcript",
            facts["ambulance"],
            "txt",
        ),
        "custody": ("custody-record", "Custody record", "Custody record", police, "pdf"),
        "observations": (
            "observation-sheet",
            "Ward observations" if on_ward else "Cell observations",
            "Observation sheet",
            trust if on_ward else police,
            "pdf",
        ),
        "statement1": ("statement-pc-1", "Statement PC 1", "Statement", police, "pdf", 3),
        "statement2": (
            "statement-" + str(told.family["witness"]).lower().replace(" ", "-"),
            f"Statement {told.family['witness']}",
            "Statement",
            police,
            "pdf",
            9,
        ),
        "scan": ("notebook-scan", "Notebook PC 1 (scan)", "Scan", police, _either(rng.random())),
        "pos": ("place-of-safety", "Place of safety form", "Form 136", police, "pdf"),
        "notes": ("clinical-notes", "Clinical notes", "Clinical notes", trust, "pdf"),
        "letter": (
            "letter",
            f"{relation}\u2019s letter",
            "Letter",
            "Family",
            rng.choice(("pdf", "pdf", "docx", "txt")),
            200,
        ),
        "email": ("e-mail-duty-manager", "E-mail duty manager", "E-mail", police, "eml", 2),
        "email2": ("e-mail-teams", "E-mail between teams", "E-mail", trust, "eml", -6),
        "review": ("internal-review", "Internal review", "Review", police, "docx", 120),
        "pm": ("examination", "Summary of examination", "Summary", "Coroner", "pdf", 40),
        "policy": ("local-agreement", "Local agreement", "Policy", "Partners", "pdf", -300),
    }
    name, title, what, agency, extension, *days = sorts[kind]
    return _Sort(
        name=f"{number}-{name}",
        title=title,
        kind=what,
        agency=agency,
        extension=extension,
        days=days[0] if days else 0,
    )


def _either(draw: float) -> str:
    return "jpg" if draw < 0.5 else "png"


def _passages(given: Sequence[Said], sort: _Sort, made: Made) -> list[Passage]:
    return [
        Passage(
            factor=said.factor,
            level=said.level,
            variant=said.variant,
            document=f"{sort.name}.{sort.extension}",
            title=sort.title,
            page=made.places[said.factor],
            quote=first_sentence(said.text),
            at=said.at,
        )
        for said in given
        if said.level != "blocked" and said.factor in made.places
    ]


def _counters(told: Story, sort: _Sort) -> list[Passage]:
    """Return what the second witness says against a passage, where two accounts differ."""
    return [
        Passage(
            factor=code,
            level="good",
            variant=0,
            document=f"{sort.name}.{sort.extension}",
            title=sort.title,
            page=1,
            quote=first_sentence(told.tell(told.family["second"][number], "statement")),
            at=told.clock.time(0),
        )
        for code, number in told.family.get("counter", {}).items()
        if told.truths[code].split
    ]


def _by_factor(passages: Sequence[Passage]) -> Mapping[str, tuple[Passage, ...]]:
    codes = dict.fromkeys(passage.factor for passage in passages)
    return {code: tuple(p for p in passages if p.factor == code) for code in codes}


def _attributes(told: Story) -> dict[str, str]:
    return {
        "year": told.row.reference[:4],
        "borough": told.row.borough,
        "setting": str(told.family["setting"]),
        "outcome": str(told.family["outcome"]),
        "age": str(told.row.age),
        "invented": "yes",
    }
