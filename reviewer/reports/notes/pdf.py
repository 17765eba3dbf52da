"""One's own marks and notes as PDF."""

import io
from collections.abc import Sequence

from reportlab.platypus import Flowable

from reviewer.reports.notes.model import CaseNotes, OwnNotes, Passage
from reviewer.reports.pdf.blocks import Prose, Setting, heading, note, text
from reviewer.reports.pdf.pages import Finish, Paper, Stationery, inside
from reviewer.typeset import fonts

_QUOTE = Setting(left=14, after=1)
_BELOW = Setting(size=8, leading=11, left=14, after=7)


def notes_pdf(notes: OwnNotes, sentence: str) -> bytes:
    """Return the notes as a PDF; ``sentence`` is said at its head. No value is markup."""
    fonts.ready()
    stationery = Stationery(
        title=notes.inquiry,
        subject=notes.title,
        marking=notes.marking,
        demonstration=notes.invented,
    )
    target = io.BytesIO()
    paper = Paper(target, stationery, lambda _page: None)
    story: list[Flowable] = [
        inside(),
        *heading(notes.title, 0, "notes"),
        note(f"{notes.inquiry} \u00b7 {notes.counted}", sentence),
    ]
    for place, case in enumerate(notes.cases):
        story += _case(case, f"case-{place}")
    paper.write([*story, Finish(paper, [])])
    return target.getvalue()


def _case(case: CaseNotes, key: str) -> list[Flowable]:
    story = heading(case.title, 1, key)
    for head, words in case.texts:
        story += [*heading(head, 2, key, mark=False), text(*words.split("\n"))]
    for section in case.sections:
        story += heading(section.title, 2, key, mark=False)
        if section.comment:
            story.append(text(*section.comment.split("\n")))
        for passage in section.passages:
            story += _passage(passage)
    return story


def _passage(passage: Passage) -> Sequence[Flowable]:
    words = f"\u201c{passage.quote}\u201d" if passage.quote else passage.facts
    below = [part for part in (passage.citation, passage.facts if passage.quote else "") if part]
    lines = [[(fonts.SANS, " \u00b7 ".join(below))]]
    lines += [[(fonts.SERIF, line)] for line in passage.note.split("\n") if line.strip()]
    return [Prose([[(fonts.SERIF, words)]], _QUOTE), Prose(lines, _BELOW)]
