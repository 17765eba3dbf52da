"""Independent implementations must agree with ours on random tables, missing ratings included."""

import warnings

import krippendorff
import numpy as np
import pandas as pd
import pytest
from irrCAC.raw import CAC
from statsmodels.stats.inter_rater import fleiss_kappa

from reviewer.statistics import weights
from reviewer.statistics.coefficients import alpha, fleiss, gwet
from reviewer.statistics.tally import Tally, counts_of


def tables(count, *, missing=True):
    """Make tables of indices (raters, units), -1 missing: 2-7 raters, scales of 2-7 points."""
    rng = np.random.default_rng(4)
    made = []
    while len(made) < count:
        raters, units, points = (int(rng.integers(*r)) for r in ((2, 8), (3, 25), (2, 8)))
        level = rng.integers(0, points, units)
        codes = np.clip(level + rng.integers(-1, 2, (raters, units)), 0, points - 1)
        if missing:
            codes[rng.random(codes.shape) < rng.choice([0.0, 0.2, 0.5])] = -1
        paired = (codes >= 0).sum(axis=0) >= 2
        if len({*codes[:, paired].ravel().tolist()} - {-1}) > 1:
            made.append((codes, points))
    return made


def scale(points):
    """Return a scale with gaps that starts off 0, so that ranks cannot pass for values."""
    return [2 + i + (i > 1) * 2 for i in range(points)]


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_krippendorffs(metric):
    for codes, points in tables(60):
        values = scale(points)
        named = np.where(codes >= 0, np.array(values)[codes], np.nan)
        theirs = krippendorff.alpha(
            reliability_data=named, level_of_measurement=metric, value_domain=values
        )
        metrics = {
            "nominal": weights.nominal,
            "ordinal": weights.ordinal,
            "interval": weights.interval(values),
            "ratio": weights.ratio(values),
        }
        ours = alpha(Tally.of(counts_of(codes, points)).total(), metrics[metric]).value[0]
        assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("name", ["identity", "linear", "quadratic"])
def test_gwet_and_fleiss_are_irrcacs_with_missing_ratings(name):
    for codes, points in tables(25):
        values = scale(points)
        frame = pd.DataFrame(np.where(codes >= 0, np.array(values)[codes], np.nan).T)
        with warnings.catch_warnings():
            # pandas and a standard error of 0 / 0 in irrCAC: their concern, not what is compared
            warnings.simplefilter("ignore")
            cac = CAC(frame, weights=name, categories=values, digits=12)
            theirs = [method()["est"]["coefficient_value"] for method in (cac.gwet, cac.fleiss)]
        weight = {
            "identity": weights.identity(points),
            "linear": weights.linear(values),
            "quadratic": weights.quadratic(values),
        }[name]
        tally = Tally.of(counts_of(codes, points)).total()
        ours = [float(method(tally, weight).value[0]) for method in (gwet, fleiss)]
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_fleiss_kappa_of_complete_tables_is_statsmodels():
    for codes, points in tables(40, missing=False):
        counts = counts_of(codes, points)
        ours = fleiss(Tally.of(counts).total(), weights.identity(points)).value[0]
        assert ours == pytest.approx(fleiss_kappa(counts), abs=1e-9)
