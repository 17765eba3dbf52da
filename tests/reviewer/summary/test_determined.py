"""What the panel determined, laid over small panels counted by hand (METHOD 4.3)."""

from dataclasses import replace

import pytest

from reviewer.records.determinations import Determination, Ground, Ruling
from reviewer.summary.consolidate import consolidate
from reviewer.summary.movement import movement
from tests.reviewer.summary.build import cell_panel, group_panel
from tests.reviewer.summary.oracle import Oracle


def decided(panel, *, factor=0, what=Ruling.POINT, value=None, said=None, before=()):
    """Put a decision on the first case, made on what the ratings are (or were, ``said``)."""
    oracle = Oracle(panel)
    here = [m for m in oracle.back if oracle._raw(m, 0, factor) is not None]
    now = {panel.members[m].id: oracle.said(m, 0, factor) for m in here}
    one = Determination(
        case="c0000",
        factor=panel.framework.codes[factor],
        number=len(before) + 1,
        round=1,
        what=what,
        halves=None if value is None else int(2 * value),
        reason="talked over",
        ground=Ground(said=now if said is None else said),
    )
    history = {**panel.determinations, (0, factor): (*before, one)}
    return replace(panel, determinations=history)


def told(panel, **more):
    summary = consolidate(decided(panel, **more), resamples=1)
    return summary, summary.cells[0], summary.factors[0]


def bounds(row):
    return row.low, row.counted, row.high, row.assessable, row.relevant


def test_a_point_holds_in_the_count_and_both_bounds_and_leaves_the_agenda():
    summary, cell, row = told(cell_panel("000444mm"), value=3)
    assert (cell.kind, cell.flags, summary.agenda) == ("determined", (), ())
    assert (cell.in_force, cell.determined, cell.klass) == (3, "point", "disagreement")
    assert (cell.median, cell.n, cell.reasons) == (2, 6, {"missing": 2})  # the ratings stay told
    assert bounds(row) == (1, 1, 1, 1, 1)
    assert row.possible == row.possible_low == row.possible_high == 1
    assert (summary.kinds["determined"], row.disagreements) == (1, 1)


def test_determined_not_assessable_is_nought_to_one_whatever_was_scored():
    _, cell, row = told(cell_panel("44444"), what=Ruling.NOT_ASSESSABLE)
    assert bounds(row) == (0, 0, 1, 0, 1)
    assert (cell.in_force, cell.assessable, cell.median) == (None, False, 4)
    assert (row.not_assessable, row.blocked_by) == (1, {"determined": 1})


def test_determined_not_relevant_leaves_the_count_and_both_bounds():
    _, cell, row = told(cell_panel("4444m"), what=Ruling.NOT_RELEVANT)
    assert bounds(row) == (0, 0, 0, 0, 0)
    assert (row.not_relevant, cell.relevant, cell.kind) == (1, False, "determined")


def test_what_most_call_not_relevant_can_be_determined_to_count():
    _, cell, row = told(cell_panel("4xxxx"), value=4)
    assert bounds(row) == (1, 1, 1, 1, 1)
    assert (cell.relevant, cell.klass, cell.kind) == (True, "not-relevant", "determined")


def test_left_at_the_median_two_and_a_half_stays_two_and_a_half():
    _, cell, row = told(cell_panel("222334"), what=Ruling.MEDIAN, value=2.5)
    assert cell.in_force == 2.5
    assert bounds(row) == (0, 0, 0, 1, 1)
    assert (row.possible_low, row.possible, row.possible_high) == (1, 1, 1)


def test_where_nobody_answered_it_can_be_determined_all_the_same():
    _, cell, row = told(cell_panel("..."), value=0)
    assert (cell.kind, cell.n, cell.median, cell.in_force) == ("determined", 0, None, 0)
    assert (row.blank, bounds(row)) == (0, (0, 0, 0, 1, 1))


def test_a_rating_that_came_later_puts_it_back_and_changes_nothing():
    panel = cell_panel("444440")
    said = {f"m{n}": "4" for n in range(5)}
    summary, cell, row = told(panel, value=4, said=said)
    assert (cell.flags, cell.kind) == (("late-rating",), "open")
    assert (cell.in_force, cell.determined, bounds(row)) == (4, "point", (1, 1, 1, 1, 1))
    assert [item.flags for item in summary.agenda] == [("late-rating",)]


def test_what_was_reopened_is_on_the_agenda_and_counts_by_its_ratings():
    first = decided(cell_panel("00000"), value=4).determinations[0, 0]
    _, cell, row = told(cell_panel("00000"), what=Ruling.REOPENED, before=first)
    assert (cell.flags, cell.kind, cell.determined) == (("reopened",), "open", "")
    assert (cell.in_force, bounds(row)) == (0, (0, 0, 0, 1, 1))


@pytest.mark.parametrize(
    ("more", "value", "reached"),
    [
        ({"value": 1}, 1, (0, 0, 0)),  # everybody's 4 becomes 1, beside 0, 0, 0
        ({"value": 2.5, "what": Ruling.MEDIAN}, 2.5, (0, 0, 0)),
        ({"value": 3}, 3, (1, 1, 1)),
        ({"what": Ruling.NOT_ASSESSABLE}, None, (0, 0, 1)),  # as if everybody could not tell
        ({"what": Ruling.NOT_RELEVANT}, 0, (0, 0, 0)),  # the other child alone
    ],
)
def test_a_determined_child_replaces_everybodys_rating_before_rolling_up(more, value, reached):
    summary, _, _ = told(group_panel("40", "40", "40", children="AA"), **more)
    group, row = summary.group_cells[0], summary.groups[0]
    assert group.median == value
    assert (row.low, row.counted, row.high) == reached


def test_halves_and_points_are_rolled_up_together():
    """A0 is left at 2.5; A1 is 0, 3, 4: the roll-ups are 2.5, 3, 4."""
    summary, _, _ = told(
        group_panel("20", "33", "24", children="AA"), what=Ruling.MEDIAN, value=2.5
    )
    assert summary.group_cells[0].median == 3
    four = group_panel("20", "33", "23", "30", children="AA")
    summary, _, _ = told(four, what=Ruling.MEDIAN, value=2.5)
    assert summary.group_cells[0].median == 2.75  # of 2.5, 3, 3, 2.5


def test_who_stands_aside_from_a_group_gets_no_value_of_it():
    summary, _, _ = told(group_panel("34", "rr", children="AA"), value=1)
    assert (summary.group_cells[0].n, summary.group_cells[0].median) == (1, 4)


def test_a_group_that_nobody_rated_is_what_its_children_were_determined_to_be():
    panel = group_panel("rr", "rr", children="AA")
    panel = decided(decided(panel, value=3), factor=1, what=Ruling.NOT_RELEVANT)
    summary = consolidate(panel, resamples=1)
    assert (summary.group_cells[0].median, summary.groups[0].counted) == (3, 1)
    assert summary.groups[0].without_factor == 0


def test_agreement_does_not_know_of_decisions():
    panel = group_panel("40", "31", "22", "00", children="AA")
    before = consolidate(panel, resamples=20)
    after = consolidate(decided(panel, value=0), resamples=20)
    assert repr(before.agreement) == repr(after.agreement)


def test_a_decision_is_part_of_how_a_cell_moved():
    panel = decided(cell_panel("0234."), what=Ruling.MEDIAN, value=2.5)
    (one,) = movement(panel)
    (after,) = one.after
    assert (after.median, after.n, after.distribution) == (2.5, 4, (1, 0, 1, 1, 1))
    assert [held.since for _, held in after.held] == [1, 1, 1, 1, 0]
    assert [made.value for made in one.decisions] == [2.5]
    assert movement(cell_panel("0234.")) == ()
