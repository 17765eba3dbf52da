"""A letter as a Word file: to be changed before it goes out."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.shared import Cm, Pt

from reviewer.record_requests.letters import Paper, Row, long_day
from reviewer.reports import phrases

_NOT_XML = dict.fromkeys([0xFFFE, 0xFFFF])  # characters that no XML file may hold
_FACE = "Calibri"


def letter_docx(paper: Paper) -> bytes:
    """Return the letter as a Word file: text and tables, no field, link or macro."""
    made = Document()
    _dress(made, paper)
    _lines(made, [paper.agency, *paper.address])
    _lines(made, [long_day(paper.date), f"Our letter {paper.number}"])
    made.add_heading(_safe(paper.title), level=1)
    for words in paper.opening:
        made.add_paragraph(_safe(words))
    if paper.asked:
        made.add_paragraph(_safe(paper.first))
        _table(made, paper.asked, history=False)
    if paper.chased:
        made.add_paragraph(_safe(paper.again))
        _table(made, paper.chased, history=True)
    for words in (*paper.closing, paper.signature):
        made.add_paragraph(_safe(words))
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _dress(made: Any, paper: Paper) -> None:  # noqa: ANN401 - the library has no types
    """Set face, margins, marking and foot, and what the file says of itself."""
    style = made.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(11)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    marking = " \u00b7 ".join(
        part for part in (paper.marking, phrases.INVENTED if paper.invented else "") if part
    )
    section.header.paragraphs[0].text = _safe(marking)
    section.footer.paragraphs[0].text = _safe(f"{paper.inquiry}, letter {paper.number}")
    facts = made.core_properties
    facts.title = _safe(f"{paper.title}, letter {paper.number}")
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
    facts.created = facts.modified = dt.datetime.fromisoformat(f"{paper.date}T00:00:00+00:00")


def _lines(made: Any, lines: Sequence[str]) -> None:  # noqa: ANN401 - as above
    paragraph = made.add_paragraph()
    for number, line in enumerate(lines):
        run = paragraph.add_run(_safe(line))
        if number < len(lines) - 1:
            run.add_break()


def _table(made: Any, rows: Sequence[Row], *, history: bool) -> None:  # noqa: ANN401 - as above
    heads = ["Record", "Case", "What", *(["Since then"] if history else []), "We ask"]
    table = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for one in rows:
        values = [one.record, one.case, one.title, *([one.history] if history else []), one.ask]
        for cell, words in zip(table.add_row().cells, values, strict=True):
            cell.text = _safe(words)
    made.add_paragraph()


def _safe(text: str) -> str:
    return text.translate(_NOT_XML)
