"""Medians, and when a panel disagrees: RAND/UCLA, adapted, and IPRAS (METHOD 4.6).

The adapted rule is ours: bands of any scale by two thresholds, instead of 1-3, 4-6 and 7-9. With
``possible`` 4 and ``counts`` 7 on the points 1 to 9 it is the classic rule.
"""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from reviewer.statistics.tally import Counts, Floats

LEAST = 5
"""Fewer scores than this get no class: the ratings are printed instead."""
IPRAS_CONSTANT = 2.35
"""One published example prints 2.5, but its answer, 6.1, needs 2.35."""
IPRAS_CORRECTION = 1.5
NINE_POINTS = tuple(range(1, 10))
"""The scale of the classic rule and of IPRAS."""


class AgreementClass(IntEnum):
    """How far those who scored agree."""

    TOO_FEW = 0
    AGREEMENT = 1
    INDETERMINATE = 2
    DISAGREEMENT = 3


def medians(distribution: Counts, values: Sequence[float]) -> Floats:
    """Return the median in scale ``values`` for counts (..., K), NaN where nobody scored."""
    total = distribution.sum(axis=-1)
    running = np.cumsum(distribution, axis=-1)
    points = np.asarray(values, dtype=np.float64)
    lower = (running >= ((total + 1) // 2)[..., None]).argmax(axis=-1)
    upper = (running >= (total // 2 + 1)[..., None]).argmax(axis=-1)
    return np.where(total > 0, (points[lower] + points[upper]) / 2.0, np.nan)


def quorum(scored: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return t = (3n + 9) // 10: how many make a camp among n who scored."""
    return (3 * scored + 9) // 10


def bands(values: Sequence[float], *, possible: float, counts: float) -> NDArray[np.int64]:
    """Return the band of each scale value: 0 low, 1 from ``possible`` up, 2 from ``counts`` up."""
    points = np.asarray(values, dtype=np.float64)
    return (points >= possible).astype(np.int64) + (points >= counts)


def verdicts(
    distribution: Counts, values: Sequence[float], *, possible: float, counts: float
) -> NDArray[np.int64]:
    """Return a ``AgreementClass`` for each of the counts (..., K).

    A median half-way between two points takes the band of the higher: 1.5 and 2.5 of 0-4.
    """
    band = bands(values, possible=possible, counts=counts)
    held = np.stack([distribution[..., band == b].sum(axis=-1) for b in range(3)], axis=-1)
    scored = held.sum(axis=-1)
    middle = np.searchsorted(np.asarray(values, dtype=np.float64), medians(distribution, values))
    home = band[np.minimum(middle, len(band) - 1)]
    within = np.take_along_axis(held, home[..., None], axis=-1)[..., 0]
    camp = quorum(scored)
    return np.select(
        [
            scored < LEAST,
            (held[..., 0] >= camp) & (held[..., 2] >= camp),
            scored - within <= camp - 1,
        ],
        [AgreementClass.TOO_FEW, AgreementClass.DISAGREEMENT, AgreementClass.AGREEMENT],
        AgreementClass.INDETERMINATE,
    ).astype(np.int64)


def ipras(distribution: Counts) -> tuple[Floats, Floats]:
    """Return the interpercentile range (30-70) and its limit adjusted for symmetry (IPRAS).

    ``distribution`` counts the points 1-9, shape (..., 9). The panel disagrees where the range is
    larger than the limit. Percentiles are interpolated linearly; NaN where nobody scored.
    """
    low, high = (_percentile(distribution, part) for part in (0.3, 0.7))
    asymmetry = np.abs(5.0 - (low + high) / 2.0)
    return high - low, IPRAS_CONSTANT + IPRAS_CORRECTION * asymmetry


def _percentile(distribution: Counts, part: float) -> Floats:
    """Return a percentile of points 1-9 from their counts, as ``numpy.quantile`` of the ratings.

    The place is rounded to twelve decimals: 0.3 * 10 is 3, not 3 and a rounding error.
    """
    running = np.cumsum(distribution, axis=-1)
    total = running[..., -1]
    place = np.round(part * np.maximum(total - 1, 0), 12)
    below = np.floor(place)
    points = np.asarray(NINE_POINTS, dtype=np.float64)
    first = points[(running > below[..., None]).argmax(axis=-1)]
    second = points[(running > np.ceil(place)[..., None]).argmax(axis=-1)]
    return np.where(total > 0, first + (second - first) * (place - below), np.nan)
