"""RAND/UCLA: the classic rule on 1-9, IPRAS, and the rule adapted to any scale."""

from itertools import combinations_with_replacement
from statistics import median

import numpy as np
import pytest

from reviewer.statistics.rand import (
    AgreementClass,
    bands,
    ipras,
    medians,
    quorum,
    verdicts,
)
from reviewer.statistics.tally import counts_of

AGREE, SPLIT, BETWEEN = (
    AgreementClass.AGREEMENT,
    AgreementClass.DISAGREEMENT,
    AgreementClass.INDETERMINATE,
)


def verdict(ratings, values=(0, 1, 2, 3, 4), possible=2, counts=3):
    places = np.array([values.index(rating) for rating in ratings])
    distribution = counts_of(places, len(values))
    return AgreementClass(int(verdicts(distribution, values, possible=possible, counts=counts)))


@pytest.mark.parametrize(
    ("scored", "camp"), [(5, 2), (7, 3), (8, 3), (10, 3), (11, 4), (13, 4), (14, 5), (16, 5)]
)
def test_a_camp_is_as_large_as_the_manual_says(scored, camp):
    assert quorum(np.array(scored)) == camp


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([0, 0, 0, 0], AgreementClass.TOO_FEW),
        ([0, 0, 0, 0, 0], AGREE),
        ([0, 1, 0, 1, 4], AGREE),  # t = 2: one outside the low band
        ([0, 1, 1, 4, 4], SPLIT),  # two low and two high
        ([0, 1, 1, 2, 2], BETWEEN),  # two outside, none high
        ([0, 1, 2, 2, 3], BETWEEN),
        ([1, 1, 1, 2, 2, 2], BETWEEN),  # median 1.5 takes the middle band: three outside, t = 2
        ([1, 2, 2, 2, 2, 2], AGREE),
        ([2, 2, 2, 3, 3, 3], BETWEEN),  # median 2.5 takes the high band
        ([2, 3, 3, 3, 3, 3], AGREE),
        ([0] * 7 + [4] * 4, SPLIT),  # n = 11, t = 4
        ([0] * 8 + [4] * 3, AGREE),
        ([0] * 4 + [2] * 3 + [3] * 4, SPLIT),
    ],
)
def test_the_rule_adapted_to_0_to_4(ratings, expected):
    assert verdict(ratings) is expected


def test_whichever_band_a_half_way_median_takes_the_class_is_the_same():
    """Half the panel is then outside either band, and half is more than t - 1 from n = 5 up."""
    for scored in range(6, 200, 2):
        assert scored // 2 > quorum(np.array(scored)) - 1


def test_bands_follow_the_thresholds_of_any_scale():
    assert bands(range(5), possible=2, counts=3).tolist() == [0, 0, 1, 2, 2]
    assert bands(range(1, 10), possible=4, counts=7).tolist() == [0] * 3 + [1] * 3 + [2] * 3
    assert bands((0, 1), possible=1, counts=1).tolist() == [0, 2]
    assert verdict([0, 0, 0, 1, 1], (0, 1), 1, 1) is SPLIT
    assert verdict([-5, -5, -5, 10, 10], (-5, 0, 10), 0, 10) is SPLIT
    assert verdict([-5, -5, -5, -5, 10], (-5, 0, 10), 0, 10) is AGREE


def points(ratings):
    return np.bincount(ratings, minlength=10)[1:]


def by_the_manual(ratings):
    """Read the rule off the manual: three-point regions, t of the panel's size."""
    camp = (3 * len(ratings) + 9) // 10
    low = sum(r <= 3 for r in ratings)
    high = sum(r >= 7 for r in ratings)
    if low >= camp and high >= camp:
        return SPLIT
    middle = median(ratings)
    start = 1 if middle <= 3 else 4 if middle <= 6 else 7
    outside = sum(not start <= r <= start + 2 for r in ratings)
    return AGREE if outside <= camp - 1 else BETWEEN


def classic(counts):
    """The rule of the manual (2001) is ours with its own bands: 1-3, 4-6 and 7-9."""
    return verdicts(counts, range(1, 10), possible=4, counts=7)


def test_the_classic_rule_on_every_panel_of_nine_points_and_five_raters():
    for ratings in combinations_with_replacement(range(1, 10), 5):
        assert classic(points(ratings)) == by_the_manual(ratings), ratings


def test_the_classic_rule_on_panels_of_six_to_sixteen():
    rng = np.random.default_rng(2)
    for _ in range(400):
        ratings = rng.integers(1, 10, rng.integers(6, 17)).tolist()
        assert classic(points(ratings)) == by_the_manual(ratings), ratings


def test_ipras_of_the_published_example():
    """PMC3467596, table 1: 15 panellists; it prints a constant of 2.5, its answer needs 2.35."""
    ratings = [4, 5, 6, *[7] * 5, *[8] * 5, 9, 9]
    width, limit = ipras(points(ratings))
    assert median(ratings) == 7
    assert width == pytest.approx(1.0)
    assert limit == pytest.approx(6.1)
    assert classic(points(ratings)) == AGREE


def test_ipras_of_a_panel_split_in_two():
    width, limit = ipras(points([1, 1, 1, 1, 9, 9, 9, 9]))
    assert (width, limit) == (8.0, 2.35)


def test_ipras_of_many_cells_at_once_is_numpys_percentiles():
    rng = np.random.default_rng(7)
    panels = [rng.integers(1, 10, rng.integers(1, 20)) for _ in range(200)]
    widths, limits = ipras(np.array([points(panel) for panel in panels]))
    for panel, width, limit in zip(panels, widths, limits, strict=True):
        low, high = np.quantile(panel, (0.3, 0.7))
        assert width == pytest.approx(high - low)
        assert limit == pytest.approx(2.35 + 1.5 * abs(5 - (low + high) / 2))
    assert np.isnan(ipras(np.zeros((2, 9), dtype=np.int64))).all()


def test_medians_are_those_of_the_standard_library():
    rng = np.random.default_rng(6)
    values = (-3, 0, 1, 7)
    for _ in range(200):
        places = rng.integers(0, 4, rng.integers(1, 12))
        expected = median([values[place] for place in places])
        assert medians(counts_of(places, 4), values) == expected
    assert np.isnan(medians(np.zeros(4, dtype=np.int64), values))
