"""The first pages: cover and key figures."""

from collections.abc import Callable, Sequence

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, PageBreak, Spacer

from reviewer.method import blanks
from reviewer.reports import facts, phrases, rounds
from reviewer.reports.figures import bars
from reviewer.reports.figures.charts import Chart
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.blocks import (
    LABEL,
    Column,
    Prose,
    Setting,
    Table,
    heading,
    note,
    text,
)
from reviewer.reports.pdf.pages import TEXT, inside
from reviewer.summary import kinds
from reviewer.summary.shapes import Kind, Summary
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

_TITLE = Setting(size=30, leading=38, after=6)
_UNDER = Setting(size=15, leading=21, colour=palette.INK2, after=26)
_WARNING = Setting(size=11, leading=16, colour=palette.MARKING, after=4)
_STANDS_OUT = Setting(size=9, leading=12.5, between=3)
_FIGURE = Type(fonts.SERIF_BOLD, 19, palette.INK)
_UNIT = Type(fonts.SANS, 7.5, palette.INK2)


class Tiles(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Key figures side by side: a label, the figure, what stands behind it."""

    def __init__(self, tiles: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._tiles = tiles
        self._wide = TEXT

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Return the size."""
        self._wide = wide
        return wide, 76

    def draw(self) -> None:
        """Draw each tile between hairlines."""
        canvas, step = self.canv, self._wide / len(self._tiles)
        canvas.setLineWidth(0.6)
        for place, (name, figure, behind) in enumerate(self._tiles):
            x = place * step
            canvas.setStrokeColor(palette.ACCENT)
            canvas.line(x, 70, x + step - 12, 70)
            fonts.draw(canvas, x, 56, fonts.elide(name, LABEL.face, 7.5, step - 12), LABEL)
            fonts.draw(canvas, x, 33, figure, _FIGURE)
            for row, line in enumerate(fonts.wrap([(_UNIT.face, behind)], 7.5, step - 12)[:2]):
                canvas.setFillColor(_UNIT.colour)
                fonts.draw_line(canvas, x, 18 - 10 * row, line, 7.5)


def cover(summary: Summary) -> list[Flowable]:
    """Return the cover."""
    panel = summary.panel
    story: list[Flowable] = [
        Spacer(1, 60),
        text(f"Consolidated summary, {rounds.title(summary)}", setting=_UNDER, face=fonts.SANS),
        Prose([[(fonts.SERIF_BOLD, fonts.shortened(panel.title, 600))]], _TITLE),
        text(fonts.shortened(panel.framework.title, 600), setting=_UNDER, face=fonts.SERIF),
    ]
    if panel.demonstration:
        story.append(
            text(
                f"{phrases.INVENTED}. Every case, person and page in it is invented.",
                setting=_WARNING,
                face=fonts.SANS_BOLD,
            )
        )
    story += [
        text(f"{phrases.PANEL_ONLY}.", setting=_WARNING, face=fonts.SANS_BOLD),
        text(
            "It names panellists with their ratings and quotes their reasons. Keep it as safe as "
            "the casebook it comes from.",
            setting=Setting(size=9, leading=13, colour=palette.INK2, after=30),
            face=fonts.SANS,
        ),
        Table(
            [Column(head="", wide=110, bold=True), Column(head="", wide=TEXT - 110, lines=12)],
            _facts(summary),
            high=17,
        ),
        inside(),
        PageBreak(),
    ]
    return story


def _facts(summary: Summary) -> list[tuple[str, str]]:
    panel = summary.panel
    people = ", ".join(
        member.name + (" (chair)" if member.role == "chair" else "") for member in panel.members
    )
    return [
        ("Marking", panel.marking or "none"),
        ("Cases", f"{len(panel.cases):,}"),
        ("Factors", (f"{len(panel.framework.factors):,} in {len(facts.groups_in_use(summary))} "
         "groups")),
        *((f"Round {one.number}", rounds.told(one))
          for one in summary.panel.rounds),
        ("Released", phrases.moment(panel.released) if panel.released else "not released"),
        ("Framework", (f"{panel.framework.id} {panel.framework.version}, "
         f"{panel.framework.hash[:16]}")),
        ("Casebook", panel.casebook),
        ("The panel", people),
    ]  # fmt: skip


def one_page(summary: Summary) -> list[Flowable]:
    """Return the key figures and the groups' bars."""
    head = facts.headline(summary)
    overall = facts.agreement(summary).get(facts.OVERALL)
    late = f"{phrases.late(head.late)}; " if head.late else ""
    tiles = [
        (f"Returned round {summary.panel.round}", f"{head.returned} of {head.members}",
         f"{late}{phrases.counted(head.declared, 'rating')} in, {head.stored:,} out"),
        ("Settled", f"{head.kinds[Kind.SETTLED]:,} of {head.cells:,}",
         f"{phrases.counted(head.agenda, 'cell')} on the agenda"),
        ("Not assessable", f"{head.kinds[Kind.NOT_ASSESSABLE] + head.depending:,}",
         phrases.unassessed(head.kinds[Kind.NOT_ASSESSABLE], head.depending)),
    ]  # fmt: skip
    if overall is not None:
        tiles.append(
            (
                "Reliability (alpha)",
                phrases.coefficient(overall.alpha.value),
                f"{phrases.interval(overall.alpha)}, round 1, before anyone talked",
            )
        )
    limits = summary.panel.framework.thresholds
    return [
        *heading("In one page", 0, "one-page"),
        *_nothing_new(summary),
        *_mostly_blank(head),
        Tiles(tiles),
        note(f"Every cell is one of eight. Of {head.cells:,}: {kinds.told(head.kinds)}."),
        *heading(_GROUPS, 2, "one-page-groups", mark=False),
        Chart(bars.group_bars(summary), _drawn(summary, _GROUP_ROW), _GROUPS),
        note(
            f"Solid: cases with a panel median of {limits.counts} or more (counted). Pale: "
            f"{limits.possible} or more (possibly). Thin line: from every missing, unclear or "
            "blank rating at the lowest point of the scale to every one at the highest, over all "
            "relevant cases. Contributed is not caused."
        ),
        *heading(_ranking(summary), 2, "one-page-factors", mark=False),
        Chart(bars.ranked_factors(summary), _drawn(summary, _FACTOR_ROW), _ranking(summary)),
        *heading("What stands out", 2, "one-page-words", mark=False),
        *_sentences(summary),
        PageBreak(),
    ]


_GROUPS = "How often each group of factors counted"
_GROUP_ROW, _FACTOR_ROW = 15.0, 11.5  # points, so that seven groups and 17 factors fit the page


def _drawn(summary: Summary, high: float) -> Callable[[Sequence[bars.Bar]], Drawing]:
    return lambda part: bars.bars(part, len(summary.panel.cases), TEXT, high=high)


def _nothing_new(summary: Summary) -> list[Flowable]:
    """Return the sentence that comes before every figure where the round brought no rating."""
    told_so = rounds.nothing_new(rounds.latest(summary))
    return [text(told_so, setting=_WARNING, face=fonts.SANS_BOLD)] if told_so else []


def _mostly_blank(head: facts.Headline) -> list[Flowable]:
    """Return the warning that comes before every figure where most ratings are blank."""
    said = blanks.warning(head.blank, head.asked)
    return [text(said, setting=_WARNING, face=fonts.SANS_BOLD)] if said else []


def _ranking(summary: Summary) -> str:
    every = len(summary.factors)
    first = f"the first {bars.RANKED} of {every}" if every > bars.RANKED else "all"
    return f"Factor by factor, most often first ({first})"


def _sentences(summary: Summary) -> list[Flowable]:
    """Return sentences whose every number is counted here and now."""
    rows = [row for row in summary.factors if row.assessable]
    found = [
        f"{row.name} counted in {phrases.share(row)}; with every missing, unclear or blank "
        f"rating set low, then high, it is {phrases.bounds(row)}."
        for row in sorted(rows, key=lambda r: (-r.counted, r.code))[:3]
    ]
    if summary.agenda:
        first = summary.agenda[0]
        found.append(
            f"{phrases.counted(len(summary.agenda), 'cell')} of {len(summary.cells):,} "
            f"{'needs' if len(summary.agenda) == 1 else 'need'} the panel's time. The first is "
            f"{summary.panel.framework.factors[first.factor].name} in "
            f"{summary.panel.cases[first.case].reference}."
        )
    need = next((need for need in summary.records if not need.came), None)
    if need is not None:
        found.append(
            f"The record to chase first is {need.record}: it blocks "
            f"{phrases.counted(need.ratings, 'rating')} in"
            f" {phrases.counted(len(need.cases), 'case')}."
        )
    if not found:
        found.append("No rating has been returned, so there is nothing to count yet.")
    return [text(*found, setting=_STANDS_OUT)]
