"""One's own marks and notes as a Word file: text alone, no field, link or macro."""

import io
from typing import Any

from docx import Document

from reviewer.reports import phrases
from reviewer.reports.notes.model import CaseNotes, OwnNotes, Passage

_NOT_XML = dict.fromkeys([0xFFFE, 0xFFFF])  # characters that no XML file may hold


def notes_docx(notes: OwnNotes, sentence: str) -> bytes:
    """Return the notes as a Word file; ``sentence`` is said at its head."""
    made = Document()
    marking = [notes.marking, phrases.PANEL_ONLY, phrases.INVENTED if notes.invented else ""]
    section = made.sections[0]
    section.header.paragraphs[0].text = _safe(" \u00b7 ".join(part for part in marking if part))
    facts = made.core_properties
    facts.title = _safe(notes.title)
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
    made.add_heading(_safe(notes.title), level=1)
    made.add_paragraph(_safe(f"{notes.inquiry} \u00b7 {notes.counted}"))
    made.add_paragraph(_safe(sentence))
    for case in notes.cases:
        _case(made, case)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _case(made: Any, case: CaseNotes) -> None:  # noqa: ANN401 - the library has no types
    made.add_heading(_safe(case.title), level=2)
    for head, words in case.texts:
        made.add_heading(_safe(head), level=3)
        made.add_paragraph(_safe(words))
    for section in case.sections:
        made.add_heading(_safe(section.title), level=3)
        if section.comment:
            made.add_paragraph(_safe(section.comment))
        for passage in section.passages:
            _passage(made, passage)


def _passage(made: Any, passage: Passage) -> None:  # noqa: ANN401 - as above
    words = f"\u201c{passage.quote}\u201d" if passage.quote else ""
    paragraph = made.add_paragraph(_safe(words), style="List Bullet")
    if words:
        paragraph.add_run().add_break()
    facts = [passage.citation, passage.facts]
    paragraph.add_run(_safe(" \u00b7 ".join(part for part in facts if part))).italic = True
    if passage.note:
        paragraph.add_run().add_break()
        paragraph.add_run(_safe(passage.note))


def _safe(text: str) -> str:
    return text.translate(_NOT_XML)
