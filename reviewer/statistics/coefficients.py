"""The coefficients of METHOD 4.7 from a tally: raw, Fleiss' kappa, Gwet's AC, alpha.

Each takes a tally of any number of lines and gives one answer a line, NaN where it is undefined.
Kappa alone misleads where a factor is rare (cells 130/56/9/5: kappa .022, AC1 .533), which is why
none of these is ever shown alone.
"""

from dataclasses import dataclass

import numpy as np

from reviewer.statistics.tally import Floats, Tally
from reviewer.statistics.weights import Metric


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """A coefficient and what it was made from, each of shape (lines,).

    For alpha ``observed`` and ``expected`` are disagreement, for all others agreement.
    """

    observed: Floats
    expected: Floats
    value: Floats


def raw(tally: Tally, weights: Floats) -> Floats:
    """Return the (weighted) share of pairs of raters who agree, averaged over units.

    Undefined where no unit has two ratings.
    """
    return _part(np.einsum("lij,ij->l", tally.pairs, weights), tally.paired)


def gwet(tally: Tally, weights: Floats) -> Terms:
    """Return Gwet's AC1 (identity weights) or AC2 (Gwet 2014, with missing ratings).

    Undefined where no unit has two ratings.
    """
    points = weights.shape[0]
    shares = _part(tally.shares, tally.rated[:, None])
    spread = (shares * (1.0 - shares)).sum(axis=1)
    expected = spread * (weights.sum() / (points * (points - 1.0)))
    return _corrected(raw(tally, weights), expected)


def fleiss(tally: Tally, weights: Floats) -> Terms:
    """Return Fleiss' kappa, generalised to weights and missing ratings as irrCAC does.

    Undefined where no unit has two ratings and where every rating is the same.
    """
    shares = _part(tally.shares, tally.rated[:, None])
    expected = np.einsum("li,ij,lj->l", shares, weights, shares)
    return _corrected(raw(tally, weights), expected)


def alpha(tally: Tally, metric: Metric) -> Terms:
    """Return Krippendorff's alpha (2011). Units rated once are not in it.

    Undefined where no unit has two ratings and where every rating is the same.
    """
    marginals = tally.coincidences.sum(axis=-1)
    total = marginals.sum(axis=-1)
    apart = np.broadcast_to(metric(marginals), tally.coincidences.shape)
    observed = _part((tally.coincidences * apart).sum(axis=(1, 2)), total)
    chance = np.einsum("li,lij,lj->l", marginals, apart, marginals)
    expected = _part(chance, total * (total - 1.0))
    return Terms(observed=observed, expected=expected, value=1.0 - _part(observed, expected))


def _corrected(observed: Floats, expected: Floats) -> Terms:
    value = _part(observed - expected, 1.0 - expected)
    return Terms(observed=observed, expected=expected, value=value)


def _part(above: Floats, below: Floats) -> Floats:
    """Divide; NaN where there is nothing to divide by."""
    below = np.broadcast_to(below, above.shape)
    quotient: Floats = np.full(above.shape, np.nan)
    np.divide(above, below, out=quotient, where=below > 0)
    return quotient
