"""Agreement a factor, a group and overall, with intervals over whole cases (METHOD 4.7)."""

from dataclasses import replace

import krippendorff
import numpy as np
import pandas as pd
import pytest
from irrCAC.raw import CAC

from reviewer.errors import Cancelled
from reviewer.summary.consolidate import consolidate
from reviewer.summary.rollup import roll_up
from reviewer.summary.shapes import Code
from tests.reviewer.summary.build import cell_panel, framework, group_panel, panel_of_votes
from tests.reviewer.summary.example import example_panel

COEFFICIENTS = ("alpha", "ac2_linear", "ac2_quadratic", "raw", "kappa", "assessability")


@pytest.fixture(scope="module")
def example():
    return consolidate(example_panel())


def ordinal(codes):
    """Return krippendorff's answer for scores (members, units); reasons are missing."""
    named = np.where(codes >= 0, codes, np.nan).astype(float)
    return krippendorff.alpha(
        reliability_data=named, level_of_measurement="ordinal", value_domain=list(range(5))
    )


def test_every_factor_every_group_and_overall_have_a_line(example):
    frame = example.panel.framework
    expected = [*frame.codes, *(group.code for group in frame.groups), "overall"]
    assert [line.scope for line in example.agreement] == expected


def test_alpha_is_of_scores_roll_ups_and_all_cells(example):
    panel = example.panel
    irrelevant = (panel.votes == Code.NOT_RELEVANT).sum(axis=0)
    leaving = np.isin(panel.votes, (Code.OUTSIDE, Code.RECUSED)).sum(axis=0)
    dropped = 2 * irrelevant > len(panel.members) - leaving  # left out of every roll-up
    rolled = roll_up(np.where(dropped, Code.NOT_RELEVANT, panel.votes), panel.framework)
    layers = [panel.votes[:, :, i] for i in range(17)] + [rolled[:, :, i] for i in range(7)]
    layers.append(panel.votes.reshape(11, -1))
    for line, codes in zip(example.agreement, layers, strict=True):
        assert line.alpha.value == pytest.approx(ordinal(codes), abs=1e-9)


def test_each_column_is_the_coefficient_it_is_named_after():
    """By irrCAC, on a scale with gaps and with reasons as missing ratings."""
    values = (0, 1, 3, 4, 9)
    rng = np.random.default_rng(12)
    codes = np.clip(rng.integers(0, 5, (1, 30, 1)) + rng.integers(-1, 2, (6, 30, 1)), -6, 4)
    frame = framework("A", values=values, possible=1, counts=3)
    line = consolidate(panel_of_votes(codes, frame), resamples=1).agreement[0]
    scores = codes[:, :, 0].T
    table = pd.DataFrame(np.where(scores >= 0, np.array(values)[scores], np.nan))
    cac = {
        name: CAC(table, weights=name, categories=list(values), digits=12)
        for name in ("identity", "linear", "quadratic")
    }
    fleiss = cac["identity"].fleiss()["est"]
    theirs = {
        "ac2_linear": cac["linear"].gwet()["est"]["coefficient_value"],
        "ac2_quadratic": cac["quadratic"].gwet()["est"]["coefficient_value"],
        "kappa": fleiss["coefficient_value"],
        "raw": fleiss["pa"],
    }
    for name, value in theirs.items():
        assert getattr(line, name).value == pytest.approx(value, abs=1e-9)


def test_intervals_hold_their_values_and_count_their_resamples(example):
    for line in example.agreement:
        for name in COEFFICIENTS:
            estimate = getattr(line, name)
            assert estimate.resamples == 1000
            if estimate.note == "too rare":
                assert estimate.low is estimate.high is None
            else:
                assert estimate.low < estimate.value < estimate.high


def test_a_case_is_drawn_whole_with_all_its_factors():
    """Two factors that say the same vary together: overall is as uncertain as either."""
    votes = np.random.default_rng(1).integers(0, 5, (4, 30, 1))
    twice = panel_of_votes(np.repeat(votes, 2, axis=2), framework("AB"))
    factor, *_, overall = consolidate(twice).agreement
    assert overall.alpha.low == pytest.approx(factor.alpha.low, abs=0.01)
    assert overall.ac2_linear.low == pytest.approx(factor.ac2_linear.low)
    assert overall.raw.high == pytest.approx(factor.raw.high)


@pytest.mark.parametrize(
    ("failing", "note"), [(0, "too rare"), (4, "too rare"), (5, "approximate"), (10, "")]
)
def test_few_cases_with_a_non_zero_median_get_no_or_a_rough_interval(failing, note):
    cells = ["014", "022", "0mm3"][: min(failing, 3)] + ["122"] * max(0, failing - 3)
    cells = [cell.ljust(4, "-") for cell in [*cells, *(["0001"] * 20)]]
    line = consolidate(cell_panel(*cells), resamples=200).agreement[0]
    assert line.with_failing == failing
    assert line.ac2_linear.value is not None
    assert line.ac2_linear.note == note
    assert (line.ac2_linear.low is None) == (note == "too rare")


def test_counts_beside_a_coefficient_are_of_the_cases_that_enter_it():
    """A case with one score is in no coefficient, so it makes no factor less rare either."""
    cells = ["33", "3-", "-4", "00", "0m", "mm", "m-", "u.", "mu"]
    line, *_, overall = consolidate(cell_panel(*cells), resamples=50).agreement
    assert (line.cases, line.with_failing) == (2, 1)
    assert (line.assessed, line.with_blocked) == (5, 3)  # 33, 00, 0m, mm and mu; the last three
    assert (overall.cases, overall.with_failing) == (2, 1)
    assert (overall.assessed, overall.with_blocked) == (5, 3)
    many = consolidate(cell_panel(*cells, *["4-"] * 20, *["m-"] * 20), resamples=50).agreement[0]
    assert {many.alpha.note, many.ac2_linear.note, many.assessability.note} == {"too rare"}


def test_undefined_resamples_are_said():
    cells = ["333", *["000"] * 20]
    line = consolidate(cell_panel(*cells)).agreement[0]
    assert 300 < line.alpha.undefined < 450
    assert line.raw.undefined == 0
    assert line.alpha.note == "too rare"


def test_without_two_scores_anywhere_nothing_is_defined():
    lines = consolidate(cell_panel("0", "3", "m"), resamples=50).agreement
    for line in lines:
        assert (line.cases, line.with_failing) == (0, 0)
        for name in COEFFICIENTS:
            estimate = getattr(line, name)
            assert (estimate.value, estimate.low, estimate.high) == (None, None, None)
            assert (estimate.undefined, estimate.resamples) == (50, 50)


def test_assessability_is_scores_against_missing_and_unclear():
    # Pairs: two agree that it can be assessed, two that it cannot, two differ; the rest is out.
    line = consolidate(cell_panel("04xo", "mu.-", "2mrx"), resamples=1).agreement[0]
    spread = 2 * 0.5 * 0.5 * 2 / 2
    assert line.assessability.value == pytest.approx((2 / 3 - spread) / (1 - spread))
    full = consolidate(cell_panel("012", "440"), resamples=1).agreement[0]
    assert full.assessability.value == 1


def test_groups_agree_or_not_by_roll_ups():
    summary = consolidate(group_panel("400", "004", "040"), resamples=1)
    *factors, group, _ = summary.agreement
    assert group.raw.value == 1
    assert [line.raw.value < 0.5 for line in factors] == [True] * 3


def test_the_seed_decides_the_draws():
    panel = example_panel(5, 20)
    first, again, other = (
        consolidate(panel, resamples=100, seed=seed).agreement for seed in (1, 1, 2)
    )
    assert first == again
    assert [line.raw.value for line in first] == [line.raw.value for line in other]
    assert first != other


def test_the_scale_is_the_category_set():
    """Nobody used 3 or 4; the framework has them, so chance agreement is that of five points."""
    cells = ["011", "000", "122", "012"]
    wide = consolidate(cell_panel(*cells), resamples=1).agreement[0]
    narrow = consolidate(cell_panel(*cells, values=(0, 1, 2), counts=2), resamples=1).agreement[0]
    assert wide.ac2_quadratic.value > narrow.ac2_quadratic.value + 0.05
    assert wide.alpha.value == pytest.approx(narrow.alpha.value)


def test_a_member_without_a_return_is_in_nothing():
    panel = replace(example_panel(5, 12), details={})
    gone = replace(panel.members[4], returned=False, without_reason="ill")
    without = replace(panel, members=(*panel.members[:4], gone))
    fewer = replace(panel, members=panel.members[:4], votes=panel.votes[:4])
    left, right = consolidate(without, resamples=50), consolidate(fewer, resamples=50)
    for field in ("cells", "group_cells", "factors", "groups", "agreement", "agenda"):
        assert getattr(left, field) == getattr(right, field)
    assert (panel.votes[4] != Code.ABSENT).any()


def test_resampling_tells_how_far_it_is_and_is_stopped():
    seen = []

    class Stop:
        def step(self, done, total, what=""):
            seen.append((done, total))
            if done == 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        consolidate(example_panel(members=3, cases=4), resamples=5, progress=Stop())
    assert [done for done, _ in seen] == [0, 1, 2, 3]
