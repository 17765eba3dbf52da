"""The traps that METHOD 4.7 names, and where a coefficient has no answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reviewer.statistics import weights
from reviewer.statistics.coefficients import alpha, fleiss, gwet, raw
from reviewer.statistics.tally import Tally, counts_of, counts_of_contingency
from tests.reviewer.statistics.published import ratings_table, weights_of

SAME = weights.identity(5)
tables = arrays.arrays(
    np.int8,
    st.tuples(st.integers(1, 6), st.integers(1, 12)),
    elements=st.integers(-2, 4),
)


def total(ratings, points=5):
    return Tally.of(counts_of(np.array(ratings), points)).total()


def every(tally):
    line, square = weights.linear(range(5)), weights.quadratic(range(5))
    return [
        alpha(tally, weights.ordinal).value,
        gwet(tally, line).value,
        gwet(tally, square).value,
        fleiss(tally, SAME).value,
        raw(tally, SAME),
    ]


def test_a_rare_factor_makes_kappa_collapse_and_not_ac1():
    tally = Tally.of(counts_of_contingency([[130, 56], [9, 5]])).total()
    same = weights.identity(2)
    # Cohen's kappa is the published .022; Fleiss' for two raters is Scott's pi, lower still.
    cells = np.array([[130, 56], [9, 5]]) / 200
    chance = cells.sum(axis=1) @ cells.sum(axis=0)
    assert (np.trace(cells) - chance) / (1 - chance) == pytest.approx(0.022, abs=5e-4)
    assert raw(tally, same)[0] == pytest.approx(135 / 200)
    assert gwet(tally, same).value[0] == pytest.approx(0.533, abs=5e-4)
    assert fleiss(tally, same).value[0] < 0


def test_units_rated_once_leave_alpha_and_stay_in_gwets_chance_term():
    pairs = [[0, 0, 3, 4, 1], [0, 1, 3, 4, 1]]
    alone = [[*pairs[0], 4, 4, 4], [*pairs[1], -1, -1, -1]]
    before, after = total(pairs), total(alone)
    for metric in (weights.nominal, weights.ordinal):
        assert alpha(after, metric).value[0] == alpha(before, metric).value[0]
    assert raw(after, SAME)[0] == raw(before, SAME)[0]
    assert gwet(after, SAME).expected[0] != gwet(before, SAME).expected[0]
    shares = np.array([1.5, 1.5, 0, 1, 4]) / 8
    by_hand = (shares * (1 - shares)).sum() / 4
    assert gwet(after, SAME).expected[0] == pytest.approx(by_hand)


def test_the_category_set_is_the_scale_and_changes_ac2():
    observed = total([[0, 1, 1, 2, 0, 0], [0, 1, 2, 2, 0, 0]], 3)
    framework = total([[0, 1, 1, 2, 0, 0], [0, 1, 2, 2, 0, 0]], 5)
    narrow = gwet(observed, weights.quadratic(range(3))).value[0]
    wide = gwet(framework, weights.quadratic(range(5))).value[0]
    shares = np.array([6, 3, 3]) / 12
    spread = (shares * (1 - shares)).sum()
    agreed = {3: 1 - 0.25 / 6, 5: 1 - 0.0625 / 6}
    expected = {3: spread * 6.0 / 6, 5: spread * 18.75 / 20}
    by_hand = {k: (agreed[k] - expected[k]) / (1 - expected[k]) for k in agreed}
    assert narrow == pytest.approx(by_hand[3])
    assert wide == pytest.approx(by_hand[5])
    assert wide - narrow > 0.05
    assert alpha(observed, weights.ordinal).value == alpha(framework, weights.ordinal).value


def test_ordinal_weights_are_not_krippendorffs_ordinal_metric():
    """Krippendorff's 12 units by 4 raters: .815 by his metric, .834 by irrCAC's weights."""
    rows = [
        [1, 1, None, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [None, 5, 5, 5],
        [None, None, 1, 1],
        [None, None, 3, None],
    ]
    table = ratings_table(rows)
    other = weights_of("ordinal", table, {})
    assert alpha(table.total, weights.ordinal).value[0] == pytest.approx(0.815, abs=5e-4)
    assert alpha(table.total, lambda _: 1 - other).value[0] == pytest.approx(0.834, abs=5e-4)


@pytest.mark.parametrize("ratings", [[[-1, -1], [-1, -1]], [[0, -1], [-1, 3]]])
def test_without_a_pair_of_ratings_nothing_is_defined(ratings):
    assert np.isnan(every(total(ratings))).all()


def test_ratings_all_alike_leave_alpha_and_kappa_undefined_and_agreement_full():
    nominal, line, square, kappa, plain = every(total([[2, 2, 2], [2, 2, 2]]))
    assert np.isnan(nominal[0])
    assert np.isnan(kappa[0])
    assert line[0] == square[0] == plain[0] == 1.0


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_raters_and_of_cases_changes_nothing(table, random):
    raters, units = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(raters)
    random.shuffle(units)
    before, after = every(total(table)), every(total(table[raters][:, units]))
    np.testing.assert_allclose(after, before, rtol=0, atol=1e-9)


@given(tables)
def test_no_coefficient_is_above_one_and_one_means_no_pair_differs(table):
    tally = total(table)
    values = np.concatenate(every(tally))
    assert (np.isnan(values) | (values <= 1 + 1e-12)).all()
    differs = any(len({*column.tolist()} - {-1, -2}) > 1 for column in table.T)
    if tally.paired[0]:
        assert (raw(tally, SAME)[0] < 1) == differs


@given(tables)
def test_turning_the_scale_round_changes_nothing(table):
    turned = np.where(table >= 0, 4 - table, table)
    np.testing.assert_allclose(every(total(turned)), every(total(table)), rtol=0, atol=1e-9)
