"""A letter as PDF: what a person signs."""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from reviewer.record_requests.letters import Paper, Row, long_day
from reviewer.reports import phrases
from reviewer.reports.canvas import PaperCanvas
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.blocks import TITLES, Column, Prose, Setting, Table, text
from reviewer.reports.pdf.pages import pdf_date
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

_WIDE, _HIGH = A4
_LEFT, _TOP, _FOOT = 64.0, 64.0, 60.0
_TEXT = _WIDE - 2 * _LEFT
_MARKING = Type(fonts.SANS_BOLD, 9, palette.INK)
_SMALL = Type(fonts.SANS, 8, palette.INK2)
_ADDRESS = Setting(leading=13.5, between=0, after=16)
_PROSE = Setting(after=10)
_LEAD = Setting(after=4)
_TITLE = Setting(size=TITLES[1].size, leading=17, after=8)


def letter_pdf(paper: Paper) -> bytes:
    """Return the letter as a PDF; the same letter gives the same bytes. No value is markup."""
    fonts.ready()
    target = io.BytesIO()
    made = BaseDocTemplate(
        target,
        pagesize=A4,
        pageCompression=1,
        invariant=1,
        title=f"{paper.title}, letter {paper.number}",
        author="",
        subject="",
        creator="Reviewer",
        producer="Reviewer",
        keywords="",
        lang="en",
        initialFontName=fonts.SANS,
    )
    frame = Frame(_LEFT, _FOOT, _TEXT, _HIGH - _TOP - _FOOT, 0, 0, 0, 0, id="text")

    def furnish(canvas: Canvas, _doc: BaseDocTemplate) -> None:
        canvas.setDateFormatter(lambda *_: pdf_date(paper.date))
        _furnish(canvas, paper)

    made.addPageTemplates([PageTemplate("letter", [frame], onPageEnd=furnish)])
    made.build(_story(paper), canvasmaker=PaperCanvas)
    return target.getvalue()


def _furnish(canvas: Canvas, paper: Paper) -> None:
    marking = "  \u00b7  ".join(
        part for part in (paper.marking, phrases.INVENTED if paper.invented else "") if part
    )
    if marking:
        line = fonts.elide(marking, _MARKING.face, _MARKING.size, _TEXT)
        fonts.draw(canvas, _WIDE / 2, _HIGH - 38, line, _MARKING, align=0.5)
    foot = fonts.elide(f"{paper.inquiry}, letter {paper.number}", _SMALL.face, 8, _TEXT - 60)
    fonts.draw(canvas, _LEFT, 34, foot, _SMALL)
    fonts.draw(canvas, _WIDE - _LEFT, 34, f"Page {canvas.getPageNumber()}", _SMALL, align=1)


def _story(paper: Paper) -> list[Flowable]:
    story: list[Flowable] = [
        text(paper.agency, *paper.address, setting=_ADDRESS),
        text(f"{long_day(paper.date)}", f"Our letter {paper.number}", setting=_ADDRESS),
        Prose([[(fonts.SANS_BOLD, paper.title)]], _TITLE),
        text(*paper.opening, setting=_PROSE),
    ]
    if paper.asked:
        story += [text(paper.first, setting=_LEAD), _table(paper.asked, history=False)]
    if paper.chased:
        story += [text(paper.again, setting=_LEAD), _table(paper.chased, history=True)]
    story += [text(*paper.closing, setting=_PROSE), text(paper.signature, setting=_PROSE)]
    return story


def _table(rows: Sequence[Row], *, history: bool) -> Table:
    what, since = (130.0, 145.0) if history else (_TEXT - 230, 0.0)
    columns = [
        Column(head="Record", wide=46, bold=True),
        Column(head="Case", wide=64, lines=20),
        Column(head="What", wide=what, lines=40),
    ]
    columns += [Column(head="Since then", wide=since, lines=60)] if history else []
    columns += [Column(head="We ask", wide=_TEXT - 110 - what - since, lines=20)]
    return Table(
        columns,
        [
            (one.record, one.case, one.title, *((one.history,) if history else ()), one.ask)
            for one in rows
        ],
    )
