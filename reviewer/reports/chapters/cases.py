"""Case by case: who scored what, how far they agree, and what they wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from reviewer.records.names import initials
from reviewer.reports import decisions, facts, phrases, rounds
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.blocks import (
    LABEL,
    REMARK,
    Column,
    Painter,
    Prose,
    Setting,
    Table,
    Value,
    heading,
    note,
    text,
)
from reviewer.reports.pdf.contents import Contents, Entry
from reviewer.reports.pdf.drawing import slants
from reviewer.reports.pdf.pages import TEXT
from reviewer.summary import kinds
from reviewer.summary.shapes import Cell, Class, Flag, Kind, Summary
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Span, Type

MOST = 14  # members whose ratings fit side by side
MOST_ROWS = 40_000  # of cells and of remarks, over all cases: some 1,800 pages; more is data
_NAME, _MEDIAN, _SPREAD, _CLASS = 118.0, 40.0, 54.0, 76.0
_REST = TEXT - _NAME - _MEDIAN - _SPREAD - _CLASS
_MARKS = {"missing": "m", "unclear": "u", "not-relevant": "x", "outside": "o", "recused": "r"}
_UNRATED = {
    Class.NOT_RELEVANT: "\u2013",
    Class.BLANK: "blank",
    Class.NOT_ALLOCATED: "\u00b7",
}
_RANGE = 50.0  # points of the column that only a scale of 1 to 9 has
_FACTOR = Setting(size=8.2, leading=12, after=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class _View:
    """What every case page needs, made once."""

    summary: Summary
    heads: Sequence[str]
    names: Sequence[str]
    colours: Sequence[Color]
    remarks: bool

    @property
    def side_by_side(self) -> bool:
        return len(self.heads) <= MOST


def heads(summary: Summary) -> tuple[str, ...]:
    """Return what stands over each member's column: initials, or numbers where those are too wide.

    "Who returned" says whose they are.
    """
    found = initials([member.name for member in summary.panel.members])
    room = _step(summary, len(found)) - 2
    if all(fonts.width(one, LABEL.face, LABEL.size) <= room for one in found):
        return found
    return tuple(str(number) for number in range(1, len(found) + 1))


def _rest(summary: Summary) -> float:
    """Return the room beside the columns that stand in every table."""
    rest: float = _REST - (_RANGE if phrases.has_ipras(summary) else 0)
    return rest


def _step(summary: Summary, members: int) -> float:
    """Return the width of one member's column."""
    return min(_rest(summary) / max(members, 1), 24)


def on_paper(summary: Summary) -> tuple[bool, bool]:
    """Say whether the cells, and whether the remarks beside them, fit on paper (``MOST_ROWS``)."""
    cells = len(summary.cells)
    return cells <= MOST_ROWS, cells + _remarked(summary) <= MOST_ROWS


def _remarked(summary: Summary) -> int:
    panel = summary.panel
    return len(panel.details) + sum(at not in panel.details for at in panel.unsupported)


def entries(summary: Summary) -> list[Entry]:
    """Return the contents' lines of all cases."""
    return [
        Entry(words=f"{case.reference}  {case.title}", key=f"case-{place}", level=0)
        for place, case in enumerate(summary.panel.cases)
    ]


def index(summary: Summary) -> tuple[list[Flowable], list[Contents]]:
    """Return the chapter's first page with the list of its cases."""
    contents = Contents("cases", entries(summary), columns=2)
    count = phrases.counted(len(summary.panel.cases), "case")
    cells, _ = on_paper(summary)
    story: list[Flowable] = heading("Case by case", 0, "cases")
    if not cells:
        return [*story, text(_elsewhere(summary)), PageBreak()], []
    story.append(text(_how(summary)))
    if not summary.panel.cases:
        return [*story, text("There are no cases."), PageBreak()], []
    ordered = note(f"{count} in the register's order. {rounds.back(summary)}")
    return [*story, ordered, contents, PageBreak()], [contents]


def _elsewhere(summary: Summary) -> str:
    """Return the sentence for case pages that are too long for paper."""
    return (
        f"The {len(summary.cells):,} cells of {phrases.counted(len(summary.panel.cases), 'case')},"
        " with the ratings, remarks and evidence of each, are too long for paper: they are in the"
        " spreadsheet and in the data files that were written with this paper."
    )


def _how(summary: Summary) -> str:
    _, remarks = on_paper(summary)
    marks = ", ".join(
        f"{phrases.reason(name, summary.panel).lower()} {mark}" for name, mark in _MARKS.items()
    )
    side = (
        "the panel's median or what was determined in its place, the scores as small bars from"
        " the lowest point to the highest, what the cell is, and each panellist's rating"
    )
    if len(summary.panel.members) > MOST:
        under = "under the remarks or " if remarks else ""
        side = (
            "the panel's median or what was determined in its place, the scores as small bars from"
            " the lowest point to the highest, what the cell is and the reasons; there are too"
            " many panellists to stand side by side, so "
            f"each rating stands {under}in the spreadsheet"
        )
    told = (
        "Remarks follow."
        if remarks
        else f"The remarks and evidence of {_remarked(summary):,} ratings are too long for paper:"
        " they are in the spreadsheet and in the data files that were written with this paper."
    )
    return (
        f'Each case shows {side}. Reasons: {marks}; a dash is left blank. {told} "Who returned" '
        "says whose initials or number stand over a column."
    )


def cases(summary: Summary) -> Iterator[list[Flowable]]:
    """Yield each case's pages, where they fit on paper."""
    cells, remarks = on_paper(summary)
    if not cells:
        return
    framework = summary.panel.framework
    places = {group.code: i for i, group in enumerate(framework.groups)}
    over = heads(summary)
    view = _View(
        summary=summary,
        heads=over,
        names=_names(summary, over),
        colours=[palette.group(f.group, places[f.group]) for f in framework.factors],
        remarks=remarks,
    )
    for place in range(len(summary.panel.cases)):
        yield _case(view, place)


def _case(view: _View, place: int) -> list[Flowable]:
    summary = view.summary
    case = summary.panel.cases[place]
    found = facts.case_facts(summary, place)
    line = (
        f"{phrases.counted(found.counted, 'factor')} counted, {found.possible} possibly. "
        f"Of {phrases.counted(sum(found.kinds.values()), 'cell')}: {kinds.told(found.kinds)}."
    )
    title = fonts.shortened(case.title, 200)
    story = heading(title, 1, f"case-{place}", lead=case.reference)
    story[0] = CondPageBreak(90 + 14 * min(len(summary.panel.framework.factors), 24))
    story += [text(line, setting=_FACTOR, face=fonts.SANS), _table(view, place)]
    if len(case.title) > 200:
        story.append(note("The full title: " + case.title))
    return [*story, *(_remarks(view, place) if view.remarks else ())]


def _table(view: _View, case: int) -> Table:
    summary = view.summary
    columns = [
        Column(head="Factor", wide=_NAME),
        Column(head=_value_head(summary), wide=_MEDIAN, align=0.5),
        Column(head="Scores", wide=_SPREAD),
        Column(head="What it is", wide=_CLASS, lines=2),
    ]
    if phrases.has_ipras(summary):
        columns.append(Column(head="IPR/IPRAS", wide=_RANGE, align=0.5))
    if view.side_by_side:
        step = _step(summary, len(view.heads))
        columns += [Column(head=head, wide=step, align=0.5) for head in view.heads]
    else:
        columns.append(Column(head="Reasons", wide=_rest(summary), lines=9))
    rows = [_row(view, cell) for cell in facts.cells_of_case(summary, case)]
    return Table(columns, rows, high=14)


def _value_head(summary: Summary) -> str:
    """Return what stands over the value of each cell: not all are medians once one is decided."""
    return "In force" if summary.panel.determinations else "Median"


def _row(view: _View, cell: Cell) -> list[Value]:
    summary = view.summary
    factor = summary.panel.framework.factors[cell.factor]
    values = summary.panel.framework.values
    row: list[Value] = [
        _named(factor.short, view.colours[cell.factor]),
        _median(cell, values),
        _bars(cell, values),
        phrases.standing(cell),
    ]
    if phrases.has_ipras(summary):
        row.append(phrases.ipras(cell))
    if not view.side_by_side:
        return [*row, phrases.reasons(cell.reasons, summary.panel)]
    given = {vote.member: vote for vote in facts.votes(summary, cell.case, cell.factor)}
    for member in range(len(view.heads)):
        vote = given.get(member)
        if vote is None:
            row.append("")
        elif vote.value is not None:
            row.append(_chip(str(vote.value), palette.rating(vote.value, values)))
        else:
            row.append(_MARKS.get(vote.code, "\u2013"))
    return row


def _named(name: str, colour: Color) -> Painter:
    style = Type(fonts.SANS, 7.8, palette.INK)

    def paint(canvas: Canvas, x: float, y: float, wide: float) -> None:
        canvas.setFillColor(colour)
        canvas.rect(x, y - 2, 2.5, 10, stroke=0, fill=1)
        fonts.draw(canvas, x + 7, y, fonts.elide(name, style.face, style.size, wide - 12), style)

    return paint


def _median(cell: Cell, values: tuple[int, ...]) -> Painter | str:
    """Return the value in force: what was determined, else the median."""
    klass = decisions.drawn(cell)
    if klass in _UNRATED:
        return _UNRATED[klass]
    if not cell.assessable or cell.in_force is None:
        shown: Painter = _hatched
    else:
        shown = _chip(phrases.number(cell.in_force), palette.rating(cell.in_force, values))
    if cell.kind is not Kind.OPEN:
        return shown
    return _outlined(shown, dashed=cell.klass is not Class.DISAGREEMENT)


def _hatched(canvas: Canvas, x: float, y: float, wide: float) -> None:
    canvas.setFillColor(palette.NOT_ASSESSABLE)
    canvas.roundRect(x + 1, y - 2.5, wide - 3, 11, 2, stroke=0, fill=1)
    canvas.setStrokeColor(palette.HATCH)
    canvas.setLineWidth(0.5)
    canvas.lines(slants(x + 1, y - 2.5, wide - 3, 11))


def _outlined(chip: Painter, *, dashed: bool) -> Painter:
    def paint(canvas: Canvas, x: float, y: float, wide: float) -> None:
        chip(canvas, x, y, wide)
        canvas.setStrokeColor(palette.INK)
        canvas.setLineWidth(0.7 if dashed else 1.2)
        canvas.setDash([2, 1.6] if dashed else [])
        canvas.roundRect(x + 1, y - 2.5, wide - 3, 11, 2, stroke=1, fill=0)
        canvas.setDash([])

    return paint


@lru_cache(maxsize=1 << 10)
def _chip(numeral: str, fill: Color) -> Painter:
    style = Type(fonts.SANS_BOLD, 7.5, palette.on(fill))

    def paint(canvas: Canvas, x: float, y: float, wide: float) -> None:
        canvas.setFillColor(fill)
        canvas.roundRect(x + 1, y - 2.5, wide - 3, 11, 2, stroke=0, fill=1)
        fonts.draw(canvas, x + wide / 2 - 0.5, y + 0.3, numeral, style, align=0.5)

    return paint


def _bars(cell: Cell, values: tuple[int, ...]) -> Painter:
    most = max((*cell.distribution, 1))

    def paint(canvas: Canvas, x: float, y: float, wide: float) -> None:
        step = (wide - 12) / len(values)
        canvas.setStrokeColor(palette.LINE2)
        canvas.setLineWidth(0.4)
        canvas.line(x, y - 2, x + wide - 12, y - 2)
        for place, (value, n) in enumerate(zip(values, cell.distribution, strict=True)):
            if not n:
                continue
            canvas.setFillColor(palette.rating(value, values))
            canvas.setStrokeColor(palette.INK3)
            high = max(10 * n / most, 1)
            canvas.rect(x + place * step + 0.7, y - 2, step - 1.4, high, stroke=1, fill=1)

    return paint


def _remarks(view: _View, case: int) -> list[Flowable]:
    found: list[Flowable] = []
    framework = view.summary.panel.framework
    for number, factor in enumerate(framework.factors):
        paragraphs = [
            spans
            for vote in facts.votes(view.summary, case, number)
            if (spans := _remark(view, vote))
        ]
        if paragraphs:
            head = [(fonts.SANS_BOLD, factor.name)]
            found.append(Prose([head, *paragraphs], REMARK))
    if found:
        label = text("Remarks and evidence", setting=_FACTOR, face=fonts.SANS_BOLD)
        found.insert(0, label)
        found.insert(0, CondPageBreak(60))
    return found


def _names(summary: Summary, over: Sequence[str]) -> list[str]:
    """Return what each member is called beside a remark: namesakes with their column's head."""
    names = [member.name for member in summary.panel.members]
    return [
        fonts.elide(name, fonts.SANS_BOLD, REMARK.size, TEXT / 2)
        + (f" ({head})" if names.count(name) > 1 else "")
        for name, head in zip(names, over, strict=True)
    ]


def _remark(view: _View, vote: facts.Vote) -> list[Span]:
    """Return one panellist's remark on one factor; nothing where they wrote nothing."""
    summary, detail = view.summary, vote.detail
    said = detail.comment.strip() or detail.record.strip() or detail.evidence
    if not (said or vote.unsupported):
        return []
    given = str(vote.value) if vote.value is not None else phrases.reason(vote.code, summary.panel)
    if detail.record.strip():
        given += f": {detail.record.strip()}"
    sure = f", {detail.confidence.value} confidence" if detail.confidence else ""
    sure += f", {phrases.FLAGS[Flag.UNSUPPORTED]}" if vote.unsupported else ""
    spans = [
        (fonts.SANS_BOLD, view.names[vote.member] + " "),
        (fonts.SANS, f"{given}{sure}. "),
    ]
    if detail.comment.strip():
        spans.append((fonts.SANS, detail.comment.strip() + " "))
    if detail.evidence:
        spans.append((fonts.SANS_ITALIC, "[" + "; ".join(detail.evidence) + "]"))
    return spans
