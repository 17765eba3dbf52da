"""Findings by group and by factor."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from reviewer.reports import facts, phrases, rounds
from reviewer.reports.figures import bars
from reviewer.reports.figures.charts import Chart
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.blocks import FINE, NOTE, Prose, Setting, heading, note, text
from reviewer.reports.pdf.pages import TEXT
from reviewer.summary import kinds
from reviewer.summary.shapes import Prevalence, Summary
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Span, Type

_PLAIN = Setting(size=9, leading=13, between=2, after=4)
_TALL = 176.0  # points that a factor takes with everything under it
_SHOWN = 14  # most affected cases named under a factor


class Distribution(Flowable):  # type: ignore[misc]  # reportlab has no types
    """All scores of a factor as one bar, a part for each point of the scale, numbers under it."""

    def __init__(self, counts: Sequence[int], values: tuple[int, ...]) -> None:
        super().__init__()
        self._counts, self._values = counts, values
        self._wide = TEXT

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Return the size."""
        self._wide = wide
        return wide, 27

    def draw(self) -> None:
        """Draw the parts; a part too narrow for its numeral has none on it."""
        canvas, total, x = self.canv, max(sum(self._counts), 1), 0.0
        for value, n in zip(self._values, self._counts, strict=True):
            part = self._wide * n / total
            if not n:
                continue
            fill = palette.rating(value, self._values)
            canvas.setFillColor(fill)
            canvas.rect(x, 12, max(part - 0.8, 0.4), 12, stroke=0, fill=1)
            numeral = Type(fonts.SANS_BOLD, 7.5, palette.on(fill))
            if part > 14:
                fonts.draw(canvas, x + part / 2, 15.5, str(value), numeral, align=0.5)
            if part > fonts.width(f"{n:,}", FINE.face, 7) + 2:
                style = Type(fonts.SANS, 7, palette.INK2)
                fonts.draw(canvas, x + part / 2, 3, f"{n:,}", style, align=0.5)
            x += part


def findings(summary: Summary) -> list[Flowable]:
    """Return the chapter: an overview of groups, then each group with its factors."""
    framework = summary.panel.framework
    story: list[Flowable] = [
        *heading("Findings by group and factor", 0, "findings"),
        note(rounds.back(summary)),
    ]
    for place in facts.groups_in_use(summary):
        group, row = framework.groups[place], summary.groups[place]
        lead = "Cross-cutting group" if group.cross_cutting else "Group"
        story += heading(group.name, 1, f"group-{place}", lead=f"{lead} {group.code}")
        colour = palette.group(group.code, place)
        story += [
            Prose(
                [
                    [
                        (fonts.SANS_BOLD, "Counted in "),
                        (fonts.SANS_BOLD, phrases.share(row) + "."),
                    ],
                    [(fonts.SANS, f"{_possibly(row, summary)} {_between(row)}{_alone(row)}")],
                ],
                _PLAIN,
            ),
            Chart(
                bars.factor_bars(summary, group.code),
                lambda part: bars.bars(part, len(summary.panel.cases), TEXT),
                group.name,
            ),
            note("Cases; solid counted, pale possibly, thin line the bounds."),
        ]
        for number, factor in enumerate(framework.factors):
            if factor.group == group.code:
                story += _factor(summary, number, colour)
    story.append(PageBreak())
    return story


def _possibly(row: Prevalence, summary: Summary) -> str:
    limit = summary.panel.framework.thresholds.possible
    return f"At a median of {limit} or more (possibly): {phrases.possibly(row)}."


def _between(row: Prevalence) -> str:
    return f"Bounds: {phrases.bounds(row)}."


def _alone(row: Prevalence) -> str:
    """Return in how many cases the group counts and no factor of it does by itself, or ""."""
    if not row.without_factor:
        return ""
    cases = phrases.counted(row.without_factor, "case")
    return f" In {cases} the group counts though none of its factors does by itself."


def _factor(summary: Summary, number: int, colour: Color) -> list[Flowable]:
    framework = summary.panel.framework
    factor, row = framework.factors[number], summary.factors[number]
    line = facts.agreement(summary).get(factor.code)
    spread = facts.distribution(summary, number)
    story = heading(factor.name, 2, f"factor-{number}")
    story[:1] = [CondPageBreak(_TALL), Stripe(colour)]
    paragraphs: list[list[Span]] = [
        [(fonts.SERIF_ITALIC, factor.definition or "No definition.")],
        [(fonts.SANS_BOLD, f"Counted in {phrases.share(row)}.")],
        [(fonts.SANS, (f"{_possibly(row, summary)} {_between(row)}"
          f" Disagreement in {phrases.counted(row.disagreements, 'case')}."))],
        [(fonts.SANS, f"Cells: {kinds.told(row.kinds)}.")],
    ]  # fmt: skip
    if line is not None:
        paragraphs.append(
            [
                (
                    fonts.SANS,
                    (
                        f"Agreement: alpha {phrases.coefficient(line.alpha.value)} "
                        f"({phrases.interval(line.alpha)}), "
                        f"AC2 {phrases.coefficient(line.ac2_linear.value)} "
                        f"({phrases.interval(line.ac2_linear)}); on assessability "
                        f"{phrases.coefficient(line.assessability.value)}."
                    ),
                )
            ]
        )
    story.append(Prose(paragraphs, _PLAIN))
    if sum(spread):
        story.append(Distribution(spread, framework.values))
        story.append(
            note(f"All {sum(spread):,} scores by point of the scale, with their numbers.")
        )
    story.append(_affected(summary, number))
    return story


def _affected(summary: Summary, number: int) -> Flowable:
    """Name the cases that count, highest median first."""
    cells = facts.counted_cases(summary, number)
    if not cells:
        return note("No case counts for this factor.")
    named = [
        f"{fonts.shortened(summary.panel.cases[cell.case].reference, 40)}"
        f" ({phrases.number(cell.in_force or 0)})"
        for cell in cells[:_SHOWN]
    ]
    more = len(cells) - len(named)
    rest = f", and {more} more in the heat map" if more else ""
    return text(
        "Most affected, with the median or what was determined: " + ", ".join(named) + rest + ".",
        setting=NOTE,
        face=fonts.SANS,
    )


class Stripe(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A short bar in the group's colour above a factor's heading."""

    def __init__(self, colour: Color) -> None:
        super().__init__()
        self._colour = colour

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """Return the size."""
        return 36, 12

    def draw(self) -> None:
        """Draw the bar."""
        canvas: Canvas = self.canv
        canvas.setFillColor(self._colour)
        canvas.rect(0, 1, 36, 3, stroke=0, fill=1)
