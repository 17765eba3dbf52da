"""95 % percentile intervals from resamples of whole cases (METHOD 4.7).

Cases are drawn, never single ratings or cells: the ratings of one case hang together.
"""

import numpy as np

from reviewer.statistics.tally import Floats

TOO_RARE = 5
"""Below this many cases with a non-zero median the intervals cover .68-.84, so none is given."""
APPROXIMATE = 10
"""Below this many cases with a non-zero median an interval is called approximate."""


def multiplicities(cases: int, resamples: int, seed: int) -> Floats:
    """Return how often each case is drawn in each resample, shape (resamples, cases).

    Each line sums to ``cases``; the same arguments give the same draws.
    """
    if cases == 0:
        return np.zeros((resamples, 0))
    draws = np.random.default_rng(seed).integers(0, cases, (resamples, cases))
    draws += np.arange(resamples)[:, None] * cases
    counted = np.bincount(draws.ravel(), minlength=resamples * cases)
    return counted.reshape(resamples, cases).astype(np.float64)


def percentiles(values: Floats) -> tuple[float | None, float | None, int]:
    """Return the 2.5th and 97.5th percentile of the defined ``values``, and how many are not.

    Both are None where no value is defined.
    """
    defined = values[~np.isnan(values)]
    undefined = int(values.size - defined.size)
    if defined.size == 0:
        return None, None, undefined
    low, high = np.quantile(defined, (0.025, 0.975))
    return float(low), float(high), undefined


def rarity(failing: int) -> str:
    """Return "too rare", "approximate" or "" for a number of cases with a non-zero median."""
    if failing < TOO_RARE:
        return "too rare"
    return "approximate" if failing < APPROXIMATE else ""
