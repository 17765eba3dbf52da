"""Figures are drawings that also become SVG, whatever the size of the panel."""

import dataclasses
from itertools import pairwise

import pytest
from reportlab.graphics import renderSVG

from reviewer.reports import facts, phrases
from reviewer.reports.chapters import cases
from reviewer.reports.figures import bars, heatmap
from reviewer.reports.pdf import palette
from reviewer.reports.pdf.blocks import FINE
from reviewer.summary.shapes import Estimate, Flag, Kind, LedgerLine
from reviewer.typeset import fonts
from tests.reviewer.summary.build import cell_panel, summarised
from tests.reviewer.summary.example import default_framework, example_panel

fonts.ready()


def test_the_same_figures_become_svg(small):
    part = heatmap.Part(cases=range(8), factors=range(17))
    lines = [(line.scope, line) for line in small.agreement]
    for drawing in (
        bars.bars(bars.group_bars(small), 8, 400),
        bars.bars(bars.factor_bars(small, "SYS"), 8, 400),
        bars.bars(bars.ranked_factors(small), 8, 400),
        bars.interval_dots(lines, 400),
        heatmap.heat_map(small, part, 400),
        heatmap.legend(small, 400),
    ):
        svg = renderSVG.drawToString(drawing)
        assert "<svg" in svg
        assert drawing.width == 400


def test_the_map_shows_every_cell_once_for_a_thousand_cases():
    summary = summarised(example_panel(members=2, cases=1000, extended=True), resamples=2)
    parts = heatmap.parts(summary, 640, 24)
    shown = [(case, factor) for part in parts for case in part.cases for factor in part.factors]
    assert len(shown) == len(set(shown)) == 1000 * 23
    assert all(heatmap.HEAD + part.row * len(part.cases) <= 640.01 for part in parts)
    sizes = {len(part.cases) for part in parts}
    assert max(sizes) - min(sizes) <= len(parts)


def test_wide_frameworks_are_cut_by_factor():
    panel = example_panel(members=2, cases=3)
    framework = default_framework()
    many = tuple(
        dataclasses.replace(framework.factors[0], code=f"F{n}", short=f"F{n}") for n in range(60)
    )
    votes = panel.votes[:, :, [0] * 60]
    panel = dataclasses.replace(
        panel, framework=dataclasses.replace(framework, factors=many), votes=votes, details={}
    )
    parts = heatmap.parts(summarised(panel, resamples=2), 640, 24)
    assert [len(part.factors) for part in parts] == [20, 20, 20]


@pytest.mark.parametrize("values", [(0, 1), (0, 1, 2, 3, 4), (1, 3, 9), tuple(range(11))])
def test_numerals_read_on_every_fill(values):
    steps = [value for a, b in pairwise(values) for value in (a, (a + b) / 2)]
    for value in (*steps, values[-1]):
        fill = palette.rating(value, values)
        assert palette.contrast(fill, palette.on(fill)) >= 4.5


def test_shares_are_said_with_their_reasons(small):
    row = dataclasses.replace(
        small.factors[0],
        counted=31,
        assessable=47,
        relevant=55,
        not_assessable=8,
        blocked_by={"missing": 8},
    )
    assert phrases.share(row) == "31 of 47 assessable (8 not assessable: records missing)"
    mixed = dataclasses.replace(row, blocked_by={"unclear": 1, "missing": 7})
    assert phrases.blocked(mixed) == "8 not assessable: 7 records missing, 1 records unclear"
    assert phrases.share(dataclasses.replace(row, not_assessable=0)) == "31 of 47 assessable"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.614, ".61"), (-0.05, "\u2212.05"), (1.0, "1.00"), (None, "\u2013"), (-0.001, ".00")],
)
def test_coefficients_have_two_decimals_and_no_zero(value, shown):
    assert phrases.coefficient(value) == shown


def test_an_interval_says_why_there_is_none():
    assert phrases.interval(Estimate(value=0.6, low=0.55, high=0.66)) == ".55 to .66"
    assert phrases.interval(Estimate(value=0.6, note="too rare")) == "too rare"
    assert phrases.interval(Estimate(value=None)) == "undefined"


def test_the_headline_counts_what_the_summary_holds(small):
    head = facts.headline(small)
    assert head.cells == 8 * 17
    assert sum(head.kinds.values()) == head.cells
    assert head.kinds["open"] == head.agenda
    assert head.kinds["settled"] == sum(c.kind is Kind.SETTLED for c in small.cells)
    assert head.blank == sum(c.reasons.get("blank", 0) for c in small.cells)
    assert all(line.balances for line in small.ledger)


@pytest.mark.parametrize("off", ["declared", "opened", "stored"])
def test_a_line_of_the_ledger_balances_where_all_three_are_the_same(off):
    line = LedgerLine(member="m", kind="marks", declared=2, opened=2, stored=2)
    assert line.balances
    assert not dataclasses.replace(line, **{off: 1}).balances


def test_column_heads_of_fourteen_namesakes_do_not_touch(small):
    """Fourteen columns are 14 points wide each; "MW14" is 22."""
    members = tuple(
        dataclasses.replace(small.panel.members[0], name=name)
        for name in ["Ms Margaret Worthington"] * 14
    )
    panel = dataclasses.replace(small.panel, members=members)
    found = cases.heads(dataclasses.replace(small, panel=panel))
    assert found == tuple(str(n) for n in range(1, 15))
    assert cases.heads(small) == ("AO", "BW", "CA", "DR", "EF", "FQ")


def test_what_a_cell_is_stands_whole_in_its_column():
    """Two lines of the narrow column hold every word: a cut one would leave "not ..." open."""
    sample = summarised(cell_panel("00044"), resamples=2).cells[0]
    for flag in Flag:
        told = phrases.standing(dataclasses.replace(sample, flags=(flag.value,)))
        lines = fonts.wrap([(fonts.SANS, told)], FINE.size, cases._CLASS - 4)
        assert len(lines) <= 2, told
