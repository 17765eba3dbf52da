"""Every published answer for a coefficient and weight that METHOD 4.7 shows, and what is free."""

import numpy as np
import pytest

from reviewer.statistics import bootstrap
from reviewer.statistics.coefficients import alpha, fleiss, gwet
from reviewer.statistics.tally import Tally
from reviewer.statistics.weights import identity, nominal
from tests.reviewer.statistics.published import answers, cases, read, shown

SHOWN = {None, "identity", "linear", "quadratic"}


def compare(case, ours):
    """Yield (figure, published, ours, within) for every figure both sides have."""
    limit = 0.5 * 10 ** -case["decimals"] * 1.001 + 1e-9
    for name, published in case["expected"].items():
        if name in ours:
            apart = np.abs(np.asarray(ours[name]) - np.asarray(published)).max()
            yield name, published, ours[name], bool(apart <= limit)


def test_every_published_answer_is_met(capsys):
    checked = {True: 0, False: 0}
    tables = 0
    wrong = []
    for case in cases():
        if not shown(case):
            continue
        ours = answers(case)
        tables += 1
        for name, published, got, within in compare(case, ours):
            checked[case["params"].get("weights") in SHOWN] += 1
            if not within:
                wrong.append((case["name"], name, published, got))
    with capsys.disabled():
        print(  # noqa: T201 - the count belongs in the log of every run
            f"\npublished agreement: {tables} tables, {checked[True]} answers as METHOD shows "
            f"them and {checked[False]} under other weights"
        )
    assert not wrong
    assert tables >= 90
    assert checked[True] >= 100


def test_published_bootstrap_intervals_are_met_within_their_own_scatter():
    """One table's lower bound is published as .464, .425 and .422, hence the tolerance."""
    same = identity(5)
    methods = {
        "gwet_ac": lambda tally: gwet(tally, same).value,
        "fleiss_kappa": lambda tally: fleiss(tally, same).value,
        "krippendorff_alpha_weights": lambda tally: alpha(tally, nominal).value,
    }
    found = 0
    for case in cases():
        method = methods.get(case["method"])
        if method is None or "boot_ci_low" not in case["expected"]:
            continue
        found += 1
        tally = Tally.of(read(case).counts)
        draws = bootstrap.multiplicities(tally.rated.size, case["params"]["reps"], seed=2013)
        low, high, _ = bootstrap.percentiles(method(tally.drawn(draws)))
        assert low == pytest.approx(case["expected"]["boot_ci_low"], abs=0.04)
        assert high == pytest.approx(case["expected"]["boot_ci_high"], abs=0.04)
    assert found >= 3
