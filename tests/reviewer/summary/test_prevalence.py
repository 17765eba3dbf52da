"""How often a factor counted: denominators of assessable cases, bounds of all relevant ones."""

import pytest

from reviewer.summary.consolidate import consolidate
from tests.reviewer.summary.build import cell_panel


def prevalence(*cells, **scale):
    return consolidate(cell_panel(*cells, **scale), resamples=1).factors[0]


def test_denominators_are_assessable_cases():
    seen = prevalence("33333", "00000", "333mm", "xxx33", "22222", "mmmmm")
    assert (seen.counted, seen.assessable) == (2, 4)  # 333mm holds either way
    assert (seen.possible, seen.possible_assessable) == (3, 4)
    assert (seen.relevant, seen.not_relevant) == (5, 1)
    assert (seen.not_assessable, seen.holds) == (1, 1)
    assert seen.blocked_by == {"missing": 1}


@pytest.mark.parametrize(
    ("votes", "counted", "possible"),
    [("33", 1, 1), ("23", 0, 1), ("22", 0, 1), ("12", 0, 0), ("24", 1, 1), ("11", 0, 0)],
)
def test_a_case_counts_from_a_median_of_three_and_possibly_from_two(votes, counted, possible):
    seen = prevalence(votes)
    assert (seen.counted, seen.possible) == (counted, possible)


@pytest.mark.parametrize(
    ("votes", "low", "high"),
    [
        ("33333", 1, 1),
        ("3333m", 1, 1),
        ("333mm", 1, 1),
        ("33mmm", 0, 1),
        ("33uu.", 0, 1),
        ("00mmm", 0, 1),
        ("000mm", 0, 0),
        ("00mm", 0, 0),  # half at 0, half at 4: a median of 2
        ("....", 0, 1),
        ("33xx.", 1, 1),  # not relevant leaves: 3, 3 and 0
        ("3.xx", 0, 1),
        ("xxx.", 0, 0),  # out of the denominator and of the bounds
        ("oorr", 0, 0),  # no vote to set
        ("33oor-", 1, 1),
    ],
)
def test_bounds_set_what_is_unknown_to_the_lowest_and_the_highest(votes, low, high):
    seen = prevalence(votes)
    assert (seen.low, seen.high) == (low, high)


def test_a_count_that_no_record_could_move_is_a_count():
    """Four scored 4, two found the records missing: at least 4 at the median whatever they say."""
    seen = prevalence("4444mm", "33mm--", "2222mm")
    assert (seen.low, seen.counted, seen.high) == (1, 1, 2)
    assert (seen.assessable, seen.not_assessable, seen.holds) == (2, 1, 2)
    assert (seen.possible_low, seen.possible, seen.possible_high) == (2, 2, 3)
    assert (seen.possible_assessable, seen.possible_not_assessable) == (2, 1)


def test_absent_votes_are_in_no_count_bound_or_denominator():
    assert prevalence("33m", "0u.") == prevalence("33m---", "0u.---")
    seen = prevalence("---")
    assert (seen.low, seen.high, seen.relevant, seen.not_allocated) == (0, 0, 0, 1)


def test_blocked_by_names_one_reason_a_case_and_adds_up():
    seen = prevalence("mmu00", "muu00", "mu000", "mm...", "...m.", "rroo-", "ooor-", "-----")
    assert seen.blocked_by == {
        "missing": 3,  # a tie of missing and unclear is missing; a blank is no reason
        "unclear": 1,
        "outside": 2,
    }
    assert seen.holds == 1  # mu000: three 0s are enough
    assert (seen.blank, seen.not_allocated) == (0, 1)
    assert sum(seen.blocked_by.values()) == seen.not_assessable


def test_disagreements_are_counted():
    assert prevalence("00044", "00000", "44400", "00022").disagreements == 2


def test_thresholds_come_from_the_framework():
    scale = {"values": (1, 2, 3, 4, 5, 6, 7, 8, 9), "possible": 4, "counts": 7}
    seen = prevalence("66666", "33333", "22222", "55mmm", **scale)
    assert (seen.counted, seen.possible, seen.assessable) == (1, 2, 3)
    assert (seen.low, seen.high) == (1, 2)
