"""Which sentence stands in which paper, and the forms and logs that are set as PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.demo.plot import Entry, Story, log, long_date, stamp
from reviewer.demo.setting import SANS, Sheet
from reviewer.demo.shapes import Truth
from reviewer.demo.words import INVENTED, material, time_of_day

_WHEN = {  # the part of a log in which a factor is spoken of, as shares of its entries
    "IND-FORCE": (0.12, 0.25),
    "SYS-CUST": (0.5, 0.75),
    "SYS-CALL": (0.0, 0.4),
    "IND-JUDG": (0.4, 0.8),
}
_ALWAYS = {"FAM-BEF", "FAM-AFT", "SYS-CALL"}  # spoken of at once even where all was well
_OPEN = 3  # a fourth wording is only for the stories that ask for it

DECISIVE = 0.5  # from this share of doubt up, the missing record leaves nothing to quote


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence that bears on a factor, before it is set in its paper."""

    factor: str
    level: str
    variant: int
    text: str
    minute: int

    @property
    def at(self) -> str:
        """The time of day it speaks of."""
        return time_of_day(self.minute)


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A finished paper; ``places`` gives the page of each factor's sentence, 0 if not ours."""

    content: bytes
    pages: int
    places: Mapping[str, int]


def level_of(truth: Truth) -> str:
    """Return how plainly the papers speak: good, some or bad."""
    if truth.split or truth.severity >= 2.4:
        return "bad"
    return "some" if truth.severity >= 1.0 else "good"


def assign(story: Story) -> dict[str, list[Said]]:
    """Return the sentences of each paper, by kind of paper; ``review`` speaks of every factor."""
    found: dict[str, list[Said]] = {paper: [] for paper in story.papers}
    for code, truth in story.truths.items():
        if not truth.relevant or truth.doubt >= DECISIVE:
            continue
        level = level_of(truth)
        paper = next((p for p in _papers_for(story, code) if p in found), "")
        if paper and (level != "good" or code in _ALWAYS or code in story.family["strong"]):
            found[paper].append(_said(story, code, level, paper))
    if "review" in found:
        found["review"] = [
            _reviewed(story, code, truth) for code, truth in story.truths.items() if truth.relevant
        ]
    return found


def cover(story: Story, listed: Sequence[tuple[str, str, int]]) -> Made:
    """Set the sheet that lists what was supplied and what was not."""
    sheet = Sheet("Cover sheet", "Northmoor Inquiry", face=SANS, size=10)
    sheet.title(f"{story.row.reference}  {story.row.title}")
    for line in material("paper")["cover"]["lines"]:
        sheet.paragraph(line, quiet=True)
    sheet.fields(
        (
            ("Person", f"{story.facts['person']}, aged {story.facts['age']}"),
            ("Date of the event", long_date(story.day)),
            ("Where", f"{story.facts['borough']} ({story.family['setting']})"),
            ("Agencies", "Northmoor Police; Eastmarsh NHS Trust"),
            ("Outcome", str(story.family["outcome"])),
        )
    )
    sheet.section("Papers supplied")
    sheet.table(
        ("Paper", "From", "Pages"),
        [(title, agency, str(pages) if pages else "as shown") for title, agency, pages in listed],
        (230.0, 171.0, 70.0),
    )
    sheet.section("Asked for and not supplied")
    if story.missing:
        sheet.table(
            ("Record", "From", "Request"),
            [(record.what, record.agency, record.request) for record in story.missing],
            (230.0, 171.0, 70.0),
        )
    else:
        sheet.paragraph("Nothing is outstanding.")
    sheet.paragraph(INVENTED, quiet=True)
    return Made(content=sheet.finish(), pages=sheet.page, places={})


def call_log(story: Story, given: Sequence[Said]) -> Made:
    """Set the log of the control room."""
    facts = story.facts
    sheet = Sheet(f"Incident log {facts['cad']}", facts["force"])
    sheet.title(f"Incident {facts['cad']}, {long_date(story.day)}")
    sheet.fields(
        (
            ("Location", f"{facts['street']}, {facts['borough']}"),
            ("Informant", story.tell("[{Relation}|Member of the public|Staff]", "informant")),
            ("Type", story.tell("[Concern for safety|Mental health|Disturbance]", "type")),
            ("Linked incidents", story.tell("[None shown|1, not opened|2]", "links")),
        )
    )
    sheet.section("Log")
    places = _set_log(sheet, story, log(story.entries, "call"), given)
    sheet.section("End of log")
    sheet.paragraph(
        "Printed for the inquiry. Entries are in order of time; corrections are not shown.",
        quiet=True,
    )
    return Made(content=sheet.finish(), pages=sheet.page, places=places)


def custody(story: Story, given: Sequence[Said]) -> Made:
    """Set the custody record: front sheet, questions, log, property."""
    facts, words = story.facts, material("paper")
    sheet = Sheet("Custody record", facts["force"])
    entries = log(story.entries, "custody")
    sheet.title(f"Custody record {facts['cr']}")
    sheet.fields(
        (
            ("Detained person", f"{facts['person']}, {facts['age']} years"),
            ("Station", facts["station"]),
            ("Opened", f"{long_date(story.on(entries[0].minute))}, {stamp(entries[0])}"),
            ("Arresting officers", "PC 1, PC 2"),
            ("Custody sergeant", "PS 1, later PS 2"),
            ("Cell", facts["cell"]),
            ("Somebody to be told", f"{facts['kin']}, {facts['relation']}"),
        )
    )
    sheet.section("Rights")
    for number, text in enumerate(words["custody"]["rights"], 1):
        sheet.paragraph(story.tell(text, "rights"), label=f"{number}.")
    sheet.new_page()
    sheet.title("Risk assessment on arrival")
    sheet.table(
        ("Question", "Answer"),
        [
            (question, story.tell(answer, "risk"))
            for question, answer in words["risk"]["questions"]
        ],
        (270.0, 201.0),
    )
    assessed = [said for said in given if said.factor == "SYS-VULN"]
    places = {said.factor: sheet.paragraph(said.text, label="Result.") for said in assessed}
    sheet.signature("Custody sergeant PS 1")
    sheet.new_page()
    sheet.title("Log")
    rest = [said for said in given if said.factor != "SYS-VULN"]
    places |= _set_log(sheet, story, [*entries, *_routine(story, entries)], rest)
    _torn_page(sheet, story)
    sheet.new_page()
    sheet.title("Property")
    sheet.table(
        ("Item", "Number", "Remark"),
        _some(story, words["custody"]["property"], "property"),
        (240.0, 70.0, 161.0),
    )
    sheet.signature("Detained person: not signed")
    sheet.signature("Officer receiving property")
    return Made(content=sheet.finish(), pages=sheet.page, places=places)


def observations(story: Story, given: Sequence[Said]) -> Made:
    """Set the sheet of checks, a line each, in a cell or on a ward."""
    on_ward = "custody" not in story.papers and "custody" not in story.withheld
    facts, words = story.facts, material("paper")["custody"]
    sheet = Sheet(
        "Observation sheet", facts["trust"] if on_ward else facts["force"], face=SANS, size=9.5
    )
    sheet.title(f"Observations: {facts['ward'] if on_ward else 'cell ' + facts['cell']}")
    inside = log(story.entries, "notes" if on_ward else "custody")
    rng = story.rng("observations")
    minute = inside[0].minute + 15
    # Checks stop with the last one before the person was missed, taken ill or let go.
    last = story.clock.minute(0) if story.row.family in {"ward", "release"} else inside[-2].minute
    every = max(15 if on_ward else 30, (last - minute) // 44)
    rows = []
    while minute < last - 4:
        seen = rng.choice(words["ward_seen" if on_ward else "seen"])
        rows.append((time_of_day(minute), seen, f"{'N' if on_ward else 'DO'} {rng.randint(1, 3)}"))
        minute += every + rng.randint(-4, 4)
    sheet.table(("Time", "Where or how seen", "By"), rows, (80.0, 301.0, 90.0))
    places = {said.factor: sheet.paragraph(said.text, label="Remark.") for said in given}
    sheet.signature("Checked by the officer in charge" if not on_ward else "Nurse in charge")
    return Made(content=sheet.finish(), pages=sheet.page, places=places)


def place_of_safety(story: Story, given: Sequence[Said]) -> Made:
    """Set the form that goes with a person to a place of safety."""
    sheet = Sheet("Place of safety: form 136", story.facts["force"], face=SANS, size=10)
    sheet.title("Detention under section 136")
    sheet.fields(
        [
            ("Person", f"{story.facts['person']}, {story.facts['age']} years"),
            ("Date and time", f"{long_date(story.day)}, {story.clock.time(24)}"),
            *((name, story.tell(text, name)) for name, text in material("paper")["pos"]["boxes"]),
        ]
    )
    sheet.section("Remarks of the officer and of the receiving nurse")
    places = {said.factor: sheet.paragraph(said.text, label=said.at) for said in given}
    sheet.paragraph(
        story.tell("Accepted by RMN 1 at {+164}. Officers left at {+170}.", "pos"),
        label="Handover.",
    )
    sheet.signature("PC 1")
    sheet.signature("RMN 1")
    return Made(content=sheet.finish(), pages=sheet.page, places=places)


def notes(story: Story, given: Sequence[Said]) -> Made:
    """Set clinical notes: what was known before, then the day."""
    facts = story.facts
    sheet = Sheet("Clinical notes", facts["trust"])
    sheet.title(f"{facts['person']}: notes")
    sheet.section("Before")
    rng = story.rng("history")
    history = material("paper")["notes"]["history"]
    kept = sorted(rng.sample(range(len(history)), 6))
    for line in (history[number] for number in kept):
        days, text = (part.strip() for part in line.split("|", 1))
        day = story.on(-int(days) * 1440)
        sheet.paragraph(story.tell(text, "history"), label=f"{day.day} {day:%b %Y}")
    sheet.section(f"Entries from {long_date(story.day)}, and shortly before")
    entries = log(story.entries, "notes")
    places = _set_log(sheet, story, entries, given)
    sheet.paragraph("Entries are initialled in the original.", quiet=True)
    return Made(content=sheet.finish(), pages=sheet.page, places=places)


def _papers_for(story: Story, code: str) -> list[str]:
    """Return where a factor is spoken of, best first; some stories have a place of their own."""
    own = story.family.get("places", {}).get(code)
    return [*([own] if own else []), *material("passages")[code]["papers"]]


def _said(story: Story, code: str, level: str, paper: str) -> Said:
    rng = story.rng(f"said:{code}")
    choices = material("passages")[code][level]
    wanted = {**story.family.get("wordings", {}), **story.row.variants}
    variant = wanted.get(code, rng.randrange(min(len(choices), _OPEN))) % len(choices)
    minute = _moment(story, paper, code)
    text = story.tell(choices[variant].replace("{at}", time_of_day(minute)), f"said:{code}")
    return Said(factor=code, level=level, variant=variant, text=text, minute=minute)


def _reviewed(story: Story, code: str, truth: Truth) -> Said:
    if truth.doubt >= DECISIVE:
        words = material("passages")["general"]["blocked"]
        text = story.tell(words, "blocked", record=truth.blocked.lower())
        return Said(factor=code, level="blocked", variant=0, text=text, minute=0)
    level = "good" if truth.split else level_of(truth)
    text = story.tell(material("passages")[code][f"review_{level}"], f"review:{code}")
    return Said(factor=code, level=level, variant=0, text=text, minute=_moment(story, "", code))


def _moment(story: Story, paper: str, code: str) -> int:
    """Return when something was said: between two entries of its paper, or of the day."""
    entries = log(story.entries, paper) or log(story.entries, "call")
    early, late = (round(share * len(entries)) for share in _WHEN.get(code, (0.0, 0.75)))
    number = story.rng(f"moment:{code}").randrange(early, max(early + 1, late))
    minute = entries[number].minute
    after = entries[number + 1].minute if number + 1 < len(entries) else minute + 3
    return min(minute + 2, max(minute, after - 1))


def _set_log(
    sheet: Sheet, story: Story, entries: Sequence[Entry], given: Sequence[Said]
) -> dict[str, int]:
    """Set entries and sentences in order of time, with a line where the day changes."""
    lines = [(entry.minute, 0, entry.text, "") for entry in entries]
    lines += [(said.minute, 1, said.text, said.factor) for said in given]
    places = {}
    day = None
    for minute, _, text, factor in sorted(lines):
        if story.on(minute) != day:
            if day is not None:
                sheet.paragraph(long_date(story.on(minute)), quiet=True)
            day = story.on(minute)
        page = sheet.paragraph(text, label=time_of_day(minute))
        if factor:
            places[factor] = page
    return places


def _routine(story: Story, entries: Sequence[Entry]) -> list[Entry]:
    """Return the ordinary entries of a stay, between its first hour and its last quarter."""
    first, last = entries[min(3, len(entries) - 2)].minute, entries[-2].minute
    found = []
    for line in material("paper")["custody"]["routine"]:
        share, text = (part.strip() for part in line.split("|", 1))
        minute = first + round((last - first) * float(share))
        if all(abs(minute - entry.minute) > 1 for entry in entries):
            told = story.tell(text, "routine")
            found.append(Entry(minute=minute, papers=frozenset({"custody"}), text=told))
    return found


def _torn_page(sheet: Sheet, story: Story) -> None:
    """Say, in some records, that a page of the original is not there."""
    rng = story.rng("torn")
    if story.missing and rng.random() < 0.5:
        sheet.paragraph(
            f"Page {sheet.page + 1} of the original is not in the file. See record request"
            f" {story.missing[0].request}."
        )


def _some(story: Story, rows: Sequence[Sequence[str]], purpose: str) -> list[Sequence[str]]:
    rng = story.rng(purpose)
    kept = sorted(rng.sample(range(len(rows)), min(len(rows), rng.randint(4, 6))))
    return [rows[number] for number in kept]
