"""The papers in people's own words: statements, letters, mail, the agency's review, scans."""

from collections.abc import Sequence
from datetime import timedelta

from reviewer.demo import formats
from reviewer.demo.papers import Made, Said
from reviewer.demo.plot import Story, log, long_date, stamp
from reviewer.demo.setting import Sheet
from reviewer.demo.words import INVENTED, material

_OCCUPATIONS = {
    "PC 2": "Police constable",
    "PS 1": "Police sergeant",
    "RMN 1": "Registered mental health nurse",
}


def statement(story: Story, given: Sequence[Said], *, first: bool) -> Made:
    """Set a witness statement: of the first officer, or of the second witness."""
    who = "PC 1" if first else str(story.family["witness"])
    sheet = Sheet("Witness statement", story.facts["force"], size=12)
    sheet.title(f"Statement of {who}")
    sheet.fields(
        (
            ("Concerning", f"{story.facts['person']}, {long_date(story.day)}"),
            ("Made on", long_date(story.day + timedelta(days=3 if first else 9))),
            (
                "Occupation",
                "Police constable" if first else _OCCUPATIONS.get(who, who.rstrip(" 1")),
            ),
        )
    )
    sheet.paragraph(
        "This statement is true to the best of my knowledge and belief. I make it knowing that it"
        " may be read by the family and by the panel.",
        quiet=True,
    )
    for text in story.family["first" if first else "second"]:
        sheet.paragraph(story.tell(text, "statement"))
    places = {said.factor: sheet.paragraph(said.text) for said in given}
    closing = (
        "[I have thought about this since|I have nothing to add|I made no notes beyond my pocket"
        " book]. [I am willing to answer questions|I would answer any question from the family|"
        "If I can help further I will]."
    )
    sheet.paragraph(story.tell(closing, f"closing:{first}"))
    sheet.signature(f"{who}, name known to the inquiry")
    return Made(content=sheet.finish(), pages=sheet.page, places=places)


def letter_paragraphs(story: Story, given: Sequence[Said]) -> list[str]:
    """Return a family's letter, paragraph by paragraph."""
    words = material("paper")["letter"]
    rng = story.rng("letter")
    parts = [rng.choice(words["opening"]), rng.choice(words["who"]), rng.choice(words["illness"])]
    told = {said.factor: said.text for said in given}
    lines = [story.tell(part, "letter") for part in parts]
    lines.append(story.tell(story.family["family_day"], "letter"))
    lines += [told[code] for code in ("FAM-BEF", "DIS-RACE", "FAM-AFT") if code in told]
    lines.append(story.tell(rng.choice(words["closing"]), "letter"))
    lines.append(f"{story.facts['kin']}, {story.facts['relation']} of {story.facts['first']}")
    return lines


def letter(story: Story, given: Sequence[Said], form: str) -> Made:
    """Set the family's letter as ``pdf``, ``docx`` or ``txt``."""
    lines = letter_paragraphs(story, given)
    heading = f"To the Northmoor Inquiry, about {story.facts['first']}"
    if form == "txt":
        content, page, pages = formats.plain(heading, lines), 0, 0
    elif form == "docx":
        body = [("#", heading), ("", INVENTED), *(("", line) for line in lines), ("", INVENTED)]
        content, page, pages = formats.word(body), 0, 0
    else:
        sheet = Sheet("Letter", "Family", size=12.5)
        sheet.space(10)
        sheet.paragraph(heading)
        for line in lines:
            sheet.paragraph(line)
        content, page, pages = sheet.finish(), 1, sheet.page
    return Made(content=content, pages=pages, places={said.factor: page for said in given})


def duty_mail(story: Story, given: Sequence[Said]) -> Made:
    """Return the duty manager's mail, written after the event."""
    words = material("paper")["email"]
    rng = story.rng("email")
    body = [
        story.tell(rng.choice(words["opening"]), "email"),
        *(said.text for said in given),
        story.tell(rng.choice(words["closing"]), "email"),
        "Duty manager",
    ]
    content = formats.mail(
        sender="Duty manager <duty.manager@northmoor.example>",
        to="Review team <reviews@eastmarsh.example>",
        subject=f"Incident {story.facts['cad']}, {story.facts['date']}",
        sent=_header_date(story, 2),
        number=f"{story.row.reference}.duty",
        body="\n\n".join(body),
    )
    return Made(content=content, pages=0, places={said.factor: 0 for said in given})


def team_mail(story: Story, given: Sequence[Said]) -> Made:
    """Return the mail between two teams."""
    lines = [story.tell(text, "email2") for text in material("paper")["email"]["between"]]
    content = formats.mail(
        sender=f"Team manager {story.facts['other']} <team.two@eastmarsh.example>",
        to=f"Team manager {story.facts['borough']} <team.one@eastmarsh.example>",
        subject=f"Transfer of {story.facts['person']}",
        sent=_header_date(story, -6),
        number=f"{story.row.reference}.teams",
        body="\n\n".join([*lines, *(said.text for said in given), "Team manager"]),
    )
    return Made(content=content, pages=0, places={said.factor: 0 for said in given})


def review(story: Story, given: Sequence[Said]) -> Made:
    """Return the agency's own review as a Word file, by theme."""
    words = material("paper")["review"]
    told = {said.factor: said.text for said in given}
    lines = [
        ("#", f"Internal management review: {story.facts['person']}, {story.facts['date']}"),
        ("", INVENTED),
        *(("", story.tell(text, "review")) for text in words["opening"]),
        ("##", "Sequence of events"),
    ]
    lines += [("", f"{stamp(entry)}  {entry.text}") for entry in log(story.entries, "call")[:8]]
    for number, (theme, codes) in enumerate(words["themes"].items(), 1):
        lines.append(("##", f"{number}. {theme}"))
        lines.append(("", INVENTED))
        lines += [("", told[code]) for code in codes if code in told]
    lines.append(("##", "Next steps"))
    lines += [("", story.tell(text, "review")) for text in words["closing"]]
    lines.append(("", INVENTED))
    return Made(content=formats.word(lines), pages=0, places={said.factor: 0 for said in given})


def transcript(story: Story, given: Sequence[Said]) -> Made:
    """Return the transcript of a 999 call as a text file."""
    lines = [story.tell(text, "transcript") for text in material("paper")["transcript"]["lines"]]
    lines += [f"Note by the transcriber: {said.text}" for said in given]
    heading = f"TRANSCRIPT OF A RECORDED CALL, incident {story.facts['cad']}"
    content = formats.plain(heading, ["\n".join(lines)])
    return Made(content=content, pages=0, places={said.factor: 0 for said in given})


def coroner(story: Story) -> Made:
    """Set the coroner's officer's summary: restrained, no findings set out."""
    sheet = Sheet("Summary of examination", "Coroner's officer", size=12)
    sheet.title(f"Summary for the panel: {story.facts['person']}")
    conclusion = story.tell(
        "[natural disease in a person exhausted and unwell.|the medical reason is given in the"
        " full report.|the findings agree with the circumstances as described.]",
        "conclusion",
    )
    for text in material("paper")["pm"]["paragraphs"]:
        sheet.paragraph(story.tell(text, "pm", conclusion=conclusion))
    sheet.signature("Coroner's officer")
    return Made(content=sheet.finish(), pages=sheet.page, places={})


def policy(story: Story) -> Made:
    """Set the extract of the local agreement that was in force."""
    words = material("paper")["policy"]
    sheet = Sheet("Local agreement", "Northmoor partners", size=11.5)
    sheet.title(words["title"])
    sheet.paragraph(f"In force from 1 April {story.day.year - 1}.", quiet=True)
    for text in words["paragraphs"]:
        sheet.paragraph(story.tell(text, "policy"))
    return Made(content=sheet.finish(), pages=sheet.page, places={})


def notebook(story: Story, *, jpeg: bool) -> Made:
    """Return a typed pocket notebook page as a picture without text."""
    lines = [f"{stamp(entry)}  {entry.text}" for entry in log(story.entries, "call")[2:9]]
    heading = f"PC 1: notebook, typed up. {story.facts['date']}"
    content = formats.scan(heading, lines, story.rng("scan"), jpeg=jpeg)
    return Made(content=content, pages=1, places={})


def _header_date(story: Story, days: int) -> str:
    day = story.day + timedelta(days=days)
    return f"{day:%a}, {day.day:02d} {day:%b %Y} {9 + days % 7:02d}:12:00 +0000"
