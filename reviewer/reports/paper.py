"""The consolidated summary as one PDF."""

import io

from reportlab.platypus import Flowable, PageBreak

from reviewer.progress import Progress, Quiet
from reviewer.reports import rounds
from reviewer.reports.chapters import (
    agreement,
    back,
    cases,
    completeness,
    decisions,
    findings,
    front,
    method,
)
from reviewer.reports.pdf.blocks import Heading, heading
from reviewer.reports.pdf.contents import Contents, Entry
from reviewer.reports.pdf.pages import Finish, Paper, Stationery
from reviewer.summary.shapes import Summary
from reviewer.typeset import fonts

_PAGES_A_CASE = 4  # a guess, for progress alone


def consolidated_pdf(summary: Summary, *, progress: Progress | None = None) -> bytes:
    """Return the summary as PDF; the same summary gives the same bytes.

    ``progress`` is told once a page and may stop the work with ``Cancelled``.
    """
    told = progress or Quiet()
    fonts.ready()
    panel = summary.panel
    stationery = Stationery(
        title=panel.title,
        subject=f"Consolidated summary, {rounds.title(summary)}",
        marking=panel.marking,
        demonstration=panel.demonstration,
        language=panel.framework.language,
        stamp=panel.released,
    )
    total = 20 + _PAGES_A_CASE * len(panel.cases) * cases.on_paper(summary)[0]
    target = io.BytesIO()
    paper = Paper(
        target, stationery, lambda page: told.step(min(page, total), total, "summary.pdf")
    )
    story, contents = _story(summary)
    paper.write([*story, Finish(paper, contents)])
    return target.getvalue()


def _story(summary: Summary) -> tuple[list[Flowable], list[Contents]]:
    """Return everything in order, and the lists whose page numbers are set last."""
    index, lists = cases.index(summary)
    body: list[Flowable] = [
        *front.one_page(summary),
        *method.method(summary),
        *findings.findings(summary),
        *agreement.heat_map(summary),
        *agreement.agreement(summary),
        *agreement.agenda(summary),
        *decisions.chapter(summary),
        *agreement.records(summary),
        *completeness.completeness(summary),
        *index,
        *(flowable for case in cases.cases(summary) for flowable in case),
        PageBreak(),
        *back.returned(summary),
        *back.ledger(summary),
        *back.framework(summary),
    ]
    listed = [
        Entry(words=item.words, key=item.key, level=item.level)
        for item in body
        if isinstance(item, Heading) and not item.key.startswith(_UNLISTED)
    ]
    contents = Contents("contents", listed)
    opening = [*front.cover(summary), *heading("Contents", 0, "contents"), contents, PageBreak()]
    return [*opening, *body], [contents, *lists]


# In the bookmarks, but not in the list of contents; cases have a list of their own.
_UNLISTED = (
    "case-",
    "framework-",
    "method-",
    "agreement-",
    "agenda-",
    "one-page-",
    "returned-",
    "ledger-",
    "completeness-",
)
