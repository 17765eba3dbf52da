"""The chapters that look across cases: heat map, agreement, agenda, records to chase."""

from reportlab.platypus import Flowable, PageBreak, Spacer

from reviewer.reports import decisions, phrases, rounds
from reviewer.reports.figures import bars, heatmap
from reviewer.reports.figures.charts import Chart
from reviewer.reports.pdf.blocks import Column, Table, heading, note, text
from reviewer.reports.pdf.pages import HIGH, TEXT
from reviewer.summary import kinds
from reviewer.summary.shapes import (
    AgendaItem,
    Agreement,
    Cell,
    Estimate,
    Summary,
)

_MAP = HIGH - 62 - 52 - 110  # points that a map may take beside heading, legend and note
_COLUMNS = 24


def heat_map(summary: Summary) -> list[Flowable]:
    """Return the map over as many pages as it needs."""
    story: list[Flowable] = [*heading("Heat map: cases by factors", 0, "heat-map")]
    for part in heatmap.parts(summary, _MAP, _COLUMNS):
        story += [
            heatmap.legend(summary, TEXT),
            heatmap.heat_map(summary, part, TEXT),
            Spacer(1, 5),
            note(_shown(summary, part)),
            PageBreak(),
        ]
    return story


def _shown(summary: Summary, part: heatmap.Part) -> str:
    cases, factors = summary.panel.cases, summary.panel.framework.factors
    if not part.cases:
        return "There are no cases."
    return (
        f"Cases {part.cases[0] + 1} to {part.cases[-1] + 1} of {len(cases)}, factors "
        f"{part.factors[0] + 1} to {part.factors[-1] + 1} of {len(factors)}. The numeral is the "
        "panel's median of those who scored; below five the scores stand themselves, where there "
        f"is room. Every cell is one of eight, and they add up to {len(cases) * len(factors):,}: "
        "the numbers above are of the whole map. A cell of the agenda may be hatched too: it is "
        f"not known on which side of the threshold it lies. {rounds.back(summary)}"
    )


_ALPHA = "Krippendorff's alpha with 95 % interval"


def agreement(summary: Summary) -> list[Flowable]:
    """Return the interval chart and the table of coefficients."""
    lines = [(name_of(summary, line.scope), line) for line in summary.agreement]
    least = bars.least_alpha(lines)
    return [
        *heading("Agreement", 0, "agreement"),
        text(
            "Measured on the sealed ratings of round 1, before anyone talked. Talking makes a "
            f"panel agree with itself; it does not make it more reliable. {rounds.back(summary)}"
        ),
        *heading(_ALPHA, 1, "agreement-chart"),
        Chart(lines, lambda part: bars.interval_dots(part, TEXT, least=least), _ALPHA),
        note("Hollow: too rare for an interval, or none could be made."),
        *heading("All coefficients", 1, "agreement-table"),
        _coefficients(lines),
        note(
            "Cases: with at least two scores. Failing: of these, with a median above the lowest "
            "point. The interval stands under its value. AC2 l and q: linear and quadratic "
            "weights. Assess.: Gwet's AC1 on whether the records allow a score, over the cases "
            "that two or more looked at (their counts stand in the data files). "
            + _undefined(summary)
        ),
        PageBreak(),
    ]


def name_of(summary: Summary, scope: str) -> str:
    """Return the name of a factor, a group, or all together."""
    framework = summary.panel.framework
    names = {group.code: f"{group.name} (group)" for group in framework.groups}
    names |= {factor.code: factor.name for factor in framework.factors}
    return names.get(scope, "All factors together")


def _coefficients(lines: list[tuple[str, Agreement]]) -> Table:
    head = ("Alpha", "AC2 l", "AC2 q", "Raw", "Kappa", "Assess.")
    return Table(
        [
            Column(head="", wide=94, lines=3),
            Column(head="Cases", wide=32, align=1),
            Column(head="Failing", wide=37, align=1),
            *(Column(head=word, wide=54, align=1, lines=3) for word in head),
        ],
        [
            (name, str(line.cases), str(line.with_failing), *(_both(e) for e in _all(line)))
            for name, line in lines
        ],
    )


def _all(line: Agreement) -> tuple[Estimate, ...]:
    return (
        line.alpha,
        line.ac2_linear,
        line.ac2_quadratic,
        line.raw,
        line.kappa,
        line.assessability,
    )


def _both(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        under = estimate.note if estimate.value is not None else ""
    else:
        between = f"{phrases.coefficient(estimate.low)}\u2013{phrases.coefficient(estimate.high)}"
        under = f"{between}\n{estimate.note}" if estimate.note else between
    return f"{phrases.coefficient(estimate.value)}\n{under}"


def _undefined(summary: Summary) -> str:
    some = [line.alpha for line in summary.agreement if line.alpha.undefined]
    if not some:
        return "Every resample gave a value of alpha."
    worst = max(some, key=lambda estimate: estimate.undefined)
    return (
        f"In {phrases.counted(len(some), 'line')} some resamples gave no value of alpha, at most "
        f"{worst.undefined:,} of {worst.resamples:,}."
    )


def agenda(summary: Summary) -> list[Flowable]:
    """Return the list of cells that need the panel's time, worst first."""
    story = heading("Disagreement agenda", 0, "agenda")
    if not summary.agenda:
        return [*story, text(kinds.nothing_open(summary.kinds)), PageBreak()]
    story.append(
        text(
            f"{phrases.counted(len(summary.agenda), 'cell')} of {len(summary.cells):,}, worst "
            "first. Spread is the highest less the lowest score; scores are how many panellists "
            f"gave each point, from the lowest. {rounds.back(summary)}"
        )
    )
    for flag, title in phrases.WHY.items():
        items = [
            (number, item)
            for number, item in enumerate(summary.agenda, 1)
            if item.flags[0] == flag
        ]
        if items:
            count = phrases.counted(len(items), "cell")
            story += heading(title, 1, f"agenda-{flag.value}", lead=count)
            story.append(Table(_AGENDA, [_item(summary, n, item) for n, item in items], high=13))
    return [*story, PageBreak()]


_AGENDA = (
    Column(head="", wide=28, align=1),
    Column(head="Case", wide=82, bold=True),
    Column(head="Factor", wide=92),
    Column(head="Median", wide=42, align=1),
    Column(head="Spread", wide=42, align=1),
    Column(head="Scores", wide=78, align=0.5, lines=4),
    Column(head="Beside it", wide=TEXT - 364, lines=9),
)


def _item(summary: Summary, number: int, item: AgendaItem) -> tuple[str, ...]:
    panel = summary.panel
    cell = summary.cells[item.case * len(panel.framework.factors) + item.factor]
    return (
        str(number),
        panel.cases[item.case].reference,
        panel.framework.factors[item.factor].short,
        phrases.number(cell.median) if cell.median is not None else "\u2013",
        str(item.spread),
        " \u00b7 ".join(str(n) for n in cell.distribution),
        _beside(summary, cell),
    )


def _beside(summary: Summary, cell: Cell) -> str:
    """Return the reasons given instead of a score, and the flags that stand beside the first."""
    told = [phrases.reasons(cell.reasons, summary.panel), phrases.flags(cell.flags[1:])]
    if cell.determined:
        told.append(f"determined: {decisions.value(cell)}")
    return "; ".join(part for part in told if part)


def records(summary: Summary) -> list[Flowable]:
    """Return the list of missing records, those that block most first."""
    story = heading("Records to chase", 0, "records")
    if not summary.records:
        return [*story, text("No panellist named a missing record."), PageBreak()]
    story.append(
        text(
            "Records that panellists named as missing, as they spelt them, those that block most "
            "ratings first."
        )
    )
    rows = []
    for need in summary.records:
        named = ", ".join(summary.panel.cases[case].reference for case in need.cases)
        name = f"{need.record} (has come since)" if need.came else need.record
        rows.append((name, str(need.ratings), str(need.cells), str(len(need.cases)), named))
    columns = [
        Column(head="Record", wide=140, bold=True, lines=4),
        Column(head="Ratings", wide=42, align=1),
        Column(head="Cells", wide=36, align=1),
        Column(head="Cases", wide=36, align=1),
        Column(head="Which", wide=TEXT - 254, lines=8),
    ]
    return [*story, Table(columns, rows), PageBreak()]
