"""How near two points of a scale are: Gwet's weights and Krippendorff's metrics.

irrCAC's "ordinal" weights are not Krippendorff's ordinal metric (.834 and .815 on one published
table), so the two families are kept apart here and named after their authors' use.
"""

from collections.abc import Callable, Sequence

import numpy as np

from reviewer.statistics.tally import Floats

Metric = Callable[[Floats], Floats]
"""Takes marginals (..., K), returns squared differences (K, K) or (..., K, K)."""


def identity(points: int) -> Floats:
    """Weigh only equal ratings as agreement: AC1, and Fleiss' kappa as published."""
    return np.eye(points)


def linear(values: Sequence[float]) -> Floats:
    """Lose agreement in proportion to the distance between the scale's ``values``."""
    return 1.0 - _distance(values) / _range(values)


def quadratic(values: Sequence[float]) -> Floats:
    """Lose agreement with the square of the distance between the scale's ``values``."""
    return 1.0 - (_distance(values) / _range(values)) ** 2


def nominal(marginals: Floats) -> Floats:
    """Count any two different points as equally far apart."""
    return 1.0 - np.eye(marginals.shape[-1])


def ordinal(marginals: Floats) -> Floats:
    """Measure distance by how many ratings lie between two points (Krippendorff 2011).

    Half of each end's own ratings count, so a point that nobody used changes nothing.
    """
    middles = np.cumsum(marginals, axis=-1) - marginals / 2.0
    square: Floats = (middles[..., :, None] - middles[..., None, :]) ** 2
    return square


def interval(values: Sequence[float]) -> Metric:
    """Measure squared distance between the scale's ``values``."""
    square = np.square(_distance(values))
    return lambda _: square


def ratio(values: Sequence[float]) -> Metric:
    """Measure squared distance relative to the sum of two ``values``, which must not be < 0."""
    points = np.asarray(values, dtype=np.float64)
    sums = points[:, None] + points[None, :]
    part = np.divide(_distance(values), sums, out=np.zeros_like(sums), where=sums != 0)
    square = np.square(part)
    return lambda _: square


def _distance(values: Sequence[float]) -> Floats:
    points = np.asarray(values, dtype=np.float64)
    apart: Floats = np.abs(points[:, None] - points[None, :])
    return apart


def _range(values: Sequence[float]) -> float:
    return float(max(values) - min(values))
