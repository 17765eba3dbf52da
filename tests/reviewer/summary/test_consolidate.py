"""The laws of the whole summary, and its edges; the oracle holds its figures."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reviewer.errors import EngineError
from reviewer.summary.consolidate import consolidate
from reviewer.summary.shapes import Code
from tests.reviewer.summary.build import framework, panel_of_votes
from tests.reviewer.summary.example import default_framework, example_panel

FRAME = framework("AABBB")
panels = arrays.arrays(
    np.int8,
    st.tuples(st.integers(1, 9), st.integers(1, 6), st.just(5)),
    elements=st.sampled_from([*range(5), *range(5), *range(-7, 0)]),
).map(lambda votes: panel_of_votes(votes, FRAME))
quick = settings(max_examples=60, deadline=None)


@quick
@given(panels)
def test_every_vote_of_a_cell_is_counted_once(panel):
    for cell in consolidate(panel, resamples=1).cells:
        votes = panel.votes[:, cell.case, cell.factor]
        assert cell.n == sum(cell.distribution)
        assert cell.n + sum(cell.reasons.values()) == (votes != Code.ABSENT).sum()


@quick
@given(panels)
def test_with_every_vote_known_the_bounds_are_the_count(panel):
    known = np.where(np.isin(panel.votes, (-1, -2, -3)), 0, panel.votes)
    for row in consolidate(replace(panel, votes=known), resamples=1).factors:
        assert row.low == row.counted == row.high


@quick
@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_members_changes_nothing(panel, random):
    order = list(range(len(panel.members)))
    random.shuffle(order)
    shuffled = replace(
        panel, votes=panel.votes[order], members=tuple(panel.members[i] for i in order)
    )
    before, after = consolidate(panel, resamples=20), consolidate(shuffled, resamples=20)
    assert replace(before, panel=shuffled) == after


@quick
@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_only_their_indices(panel, random):
    order = list(range(len(panel.cases)))
    random.shuffle(order)
    shuffled = replace(
        panel, votes=panel.votes[:, order], cases=tuple(panel.cases[i] for i in order)
    )
    before, after = consolidate(panel, resamples=20), consolidate(shuffled, resamples=20)
    assert (before.factors, before.groups) == (after.factors, after.groups)
    assert before.agreement == after.agreement  # to the last bit, intervals too
    moved = {(order[cell.case], cell.factor): replace(cell, case=0) for cell in after.cells}
    assert moved == {(cell.case, cell.factor): replace(cell, case=0) for cell in before.cells}


@quick
@given(panels, st.sampled_from([Code.OUTSIDE, Code.RECUSED, Code.ABSENT]))
def test_one_more_who_leaves_changes_no_number(panel, code):
    """Where nobody was asked, nobody is: to be asked and stand aside is not the same."""
    asked = (panel.votes != Code.ABSENT).any(axis=0)
    extra = np.where(asked, code, Code.ABSENT).astype(np.int8)[None]
    more = panel_of_votes(np.concatenate([panel.votes, extra]), FRAME)
    before, after = consolidate(panel, resamples=5), consolidate(more, resamples=5)
    assert before.agreement == after.agreement
    assert before.agenda == after.agenda
    counts = ("counted", "possible", "assessable", "relevant", "low", "high", "disagreements")
    for left, right in zip(before.factors + before.groups, after.factors + after.groups):  # noqa: B905 - equal by construction
        assert [getattr(left, n) for n in counts] == [getattr(right, n) for n in counts]


@pytest.mark.parametrize(
    ("members", "cases"), [(0, 0), (0, 3), (3, 0), (1, 1), (1, 5), (2, 1), (2, 6)]
)
@pytest.mark.parametrize("empty", [Code.ABSENT, Code.BLANK, None])
def test_small_and_empty_panels_are_summarised(members, cases, empty):
    votes = np.random.default_rng(0).integers(-6, 5, (members, cases, 5))
    if empty is not None:
        votes[:] = empty
    summary = consolidate(panel_of_votes(votes, FRAME), resamples=10)
    assert len(summary.cells) == cases * 5
    assert len(summary.group_cells) == cases * 2
    assert len(summary.agreement) == 5 + 2 + 1
    if empty is not None or members == 0:
        assert summary.agenda == ()
        assert not any(row.counted or row.assessable for row in summary.factors)
        kind = "blank" if empty is Code.BLANK and members else "not-allocated"
        assert summary.kinds[kind] == len(summary.cells)


def test_all_blank_votes_could_be_anything():
    votes = np.full((3, 4, 5), Code.BLANK)
    summary = consolidate(panel_of_votes(votes, FRAME), resamples=1)
    for row in (*summary.factors, *summary.groups):
        assert (row.low, row.high, row.blank) == (0, 4, 4)
        assert (row.not_assessable, row.blocked_by) == (0, {})


@pytest.mark.parametrize("wrong", ["shape", "above", "below"])
def test_votes_that_do_not_fit_are_refused(wrong):
    panel = panel_of_votes(np.zeros((2, 3, 5)), FRAME)
    votes = panel.votes.copy()
    votes[0, 0, 0] = {"shape": 0, "above": 5, "below": -8}[wrong]
    if wrong == "shape":
        votes = votes[:, :2]
    with pytest.raises(EngineError, match="Nothing was summarised"):
        consolidate(replace(panel, votes=votes))


def test_the_votes_are_left_as_they_were():
    panel = example_panel(4, 6)
    before = panel.votes.copy()
    consolidate(panel, resamples=3)
    assert (panel.votes == before).all()


@pytest.mark.slow
def test_two_hundred_members_and_a_thousand_cases_take_seconds():
    frame = default_framework(extended=True)
    votes = np.random.default_rng(5).integers(-3, 5, (200, 1000, 23))
    panel = panel_of_votes(votes, frame)
    started = time.process_time()
    summary = consolidate(panel)
    assert time.process_time() - started < 30
    assert len(summary.cells) == 23_000
