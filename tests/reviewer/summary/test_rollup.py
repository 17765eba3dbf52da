"""Groups: per panellist the highest scored child, per panel the median of those (METHOD 1)."""

import pytest

from reviewer.summary.consolidate import consolidate
from reviewer.summary.rollup import roll_up
from reviewer.summary.shapes import Code
from tests.reviewer.summary.build import group_panel


def rolled(children):
    panel = group_panel(children)
    return int(roll_up(panel.votes, panel.framework)[0, 0, 0])


@pytest.mark.parametrize(
    ("children", "value"),
    [
        ("012", 2),
        ("4mm", 4),  # a failing found stays found
        ("1.r", 1),
        ("000", 0),
        ("00x", 0),  # every relevant child was scored
        ("0xx", 0),
        ("00m", Code.MISSING),
        ("0um", Code.MISSING),
        ("00u", Code.UNCLEAR),
        ("00.", Code.BLANK),
        ("00o", Code.OUTSIDE),
        ("0ro", Code.OUTSIDE),
        ("rrr", Code.RECUSED),
        ("mrr", Code.MISSING),
        ("xxx", Code.NOT_RELEVANT),
        ("xxm", Code.MISSING),
        ("---", Code.ABSENT),
        ("...", Code.BLANK),
    ],
)
def test_a_panellists_roll_up(children, value):
    assert rolled(children) == value


def test_the_panels_value_is_the_median_of_roll_ups_not_of_children():
    panel = group_panel("400", "040", "004", "000", "000")
    summary = consolidate(panel, resamples=1)
    assert [cell.median for cell in summary.cells] == [0, 0, 0]
    (group,) = summary.group_cells
    assert (group.group, group.n, group.median, group.assessable) == ("A", 5, 4, True)
    assert summary.groups[0].counted == 1
    assert [factor.counted for factor in summary.factors] == [0, 0, 0]


def test_each_group_takes_its_own_children_wherever_they_stand():
    panel = group_panel("0413", "0413", children="ABAB")
    found = {cell.group: cell.median for cell in consolidate(panel, resamples=1).group_cells}
    assert found == {"A": 1, "B": 4}


def test_group_bounds_settle_the_children_and_roll_up_again():
    # Two at 2 with one record missing: at least 2, at most 4. One certain 0.
    panel = group_panel("2m0", "20u", "000")
    (group,) = consolidate(panel, resamples=1).groups
    assert (group.counted, group.possible, group.low, group.high) == (0, 1, 0, 1)
    assert group.assessable == 1


def test_a_group_is_not_assessable_where_the_records_of_its_factors_could_move_it():
    panel = group_panel("00m", "0m0", "000", "000")
    (group,) = consolidate(panel, resamples=1).groups
    assert (group.assessable, group.holds) == (1, 1)  # two of four at 4: a median of 2, not 3
    assert (group.low, group.counted, group.high) == (0, 0, 0)
    assert (group.possible_assessable, group.possible_not_assessable) == (0, 1)
    assert (group.possible_low, group.possible, group.possible_high) == (0, 0, 1)
    (worse,) = consolidate(group_panel("00m", "0m0", "m00", "000"), resamples=1).groups
    assert (worse.assessable, worse.blocked_by, worse.high) == (0, {"missing": 1}, 1)


def test_a_factor_that_the_panel_finds_not_relevant_is_left_out_for_everybody():
    """Two of three say that the third factor cannot arise: the 4 of the other leaves the group."""
    summary = consolidate(group_panel("00x", "00x", "004"), resamples=1)
    assert [cell.flags for cell in summary.cells] == [(), (), ("relevance",)]
    (cell,) = summary.group_cells
    assert (cell.n, cell.median, cell.standing) == (3, 0, "assessable")
    none = consolidate(group_panel("xxx", "xxx", "400"), resamples=1)
    assert none.group_cells[0].standing == "not-relevant"
    assert none.groups[0].not_relevant == 1
    assert (none.groups[0].low, none.groups[0].high) == (0, 0)


def test_a_group_that_counts_without_any_of_its_factors_is_told():
    summary = consolidate(group_panel("300", "030", "003"), resamples=1)
    assert (summary.groups[0].counted, summary.groups[0].without_factor) == (1, 1)
    assert consolidate(group_panel("300", "300"), resamples=1).groups[0].without_factor == 0
