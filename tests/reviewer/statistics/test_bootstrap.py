"""Whole cases are drawn; every resample is what it would be if computed by itself."""

import numpy as np
import pytest

from reviewer.statistics import bootstrap, weights
from reviewer.statistics.coefficients import alpha, fleiss, gwet, raw
from reviewer.statistics.tally import Tally, counts_of


def test_each_resample_equals_the_coefficients_of_the_cases_it_drew():
    codes = np.random.default_rng(3).integers(-1, 4, (5, 12))
    counts = counts_of(codes, 4)
    draws = bootstrap.multiplicities(12, 40, seed=9)
    together = Tally.of(counts).drawn(draws)
    for number, draw in enumerate(draws):
        repeated = Tally.of(np.repeat(counts, draw.astype(int), axis=0)).total()
        for method in (
            lambda t: alpha(t, weights.ordinal).value,
            lambda t: gwet(t, weights.linear(range(4))).value,
            lambda t: fleiss(t, weights.identity(4)).value,
            lambda t: raw(t, weights.quadratic(range(4))),
        ):
            np.testing.assert_allclose(method(together)[number], method(repeated)[0], atol=1e-9)


def test_draws_are_whole_cases_and_the_same_for_the_same_seed():
    draws = bootstrap.multiplicities(7, 2000, seed=5)
    assert draws.shape == (2000, 7)
    assert (draws.sum(axis=1) == 7).all()
    assert draws.mean(axis=0) == pytest.approx(np.ones(7), abs=0.1)
    assert (draws == bootstrap.multiplicities(7, 2000, seed=5)).all()
    assert (draws != bootstrap.multiplicities(7, 2000, seed=6)).any()
    assert bootstrap.multiplicities(0, 3, seed=1).shape == (3, 0)


def test_undefined_resamples_are_counted_and_left_out():
    values = np.array([np.nan, *np.arange(101.0), np.nan])
    assert bootstrap.percentiles(values) == (2.5, 97.5, 2)
    assert bootstrap.percentiles(np.array([np.nan])) == (None, None, 1)


def test_a_factor_that_fails_in_few_cases_has_undefined_resamples():
    codes = np.zeros((3, 20), dtype=int)
    codes[:, 0] = 3
    draws = bootstrap.multiplicities(20, 1000, seed=1)
    values = alpha(Tally.of(counts_of(codes, 5)).drawn(draws), weights.ordinal).value
    missed = int((draws[:, 0] == 0).sum())
    assert bootstrap.percentiles(values) == (1.0, 1.0, missed)
    assert 300 < missed < 420  # (19/20)^20 = .358 of 1,000


@pytest.mark.parametrize(
    ("failing", "said"),
    [(0, "too rare"), (4, "too rare"), (5, "approximate"), (9, "approximate"), (10, "")],
)
def test_rare_factors_get_no_interval_and_uncommon_ones_a_rough_one(failing, said):
    assert bootstrap.rarity(failing) == said


def test_pooling_tallies_is_pooling_units():
    rng = np.random.default_rng(8)
    first, second = (counts_of(rng.integers(-1, 3, (4, 9)), 3) for _ in range(2))
    pooled = (Tally.of(first) + Tally.of(second)).total()
    stacked = Tally.of(np.concatenate([first, second])).total()
    assert alpha(pooled, weights.ordinal).value == pytest.approx(
        alpha(stacked, weights.ordinal).value
    )
    assert pooled.rated == stacked.rated
    assert pooled.paired == stacked.paired
