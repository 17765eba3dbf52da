"""Counts of ratings, and what every coefficient is made from, one line a case.

All coefficients here are functions of a few sums over cases. A ``Tally`` holds those sums for each
case; a bootstrap resample is a weighted sum of its lines, so that all resamples together are one
matrix product.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def counts_of(ratings: NDArray[np.integer[Any]], points: int, *, axis: int = 0) -> Counts:
    """Count how many raters chose each point.

    ``ratings`` holds indices 0..points-1, anything negative is missing; ``axis`` runs over the
    raters. The result has that axis taken out and one of length ``points`` put last.
    """
    chosen = [(ratings == point).sum(axis=axis, dtype=np.int64) for point in range(points)]
    return np.stack(chosen, axis=-1)


def counts_of_contingency(table: ArrayLike) -> Counts:
    """Turn a square table of two raters into counts, shape (cases, points), one line a case.

    ``table[i][j]`` is how many cases the first rater put at point i and the second at point j.
    """
    square = np.asarray(table, dtype=np.int64)
    points = square.shape[0]
    first, second = np.divmod(np.repeat(np.arange(points * points), square.ravel()), points)
    return counts_of(np.stack([first, second]), points)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Sums over units (a unit is one case and factor), by case or by resample.

    With K points and leading shape (lines,): ``pairs`` (lines, K, K) sums each unit's shares of
    ordered pairs of raters, 1 a unit with two ratings or more; ``coincidences`` (lines, K, K) the
    same times the unit's ratings (Krippendorff's matrix); ``shares`` (lines, K) each unit's shares
    of ratings; ``rated`` and ``paired`` (lines,) count the units with one and with two ratings or
    more. Units rated once are therefore in ``shares`` alone: they stay in Gwet's chance term and
    drop out of alpha.
    """

    pairs: Floats
    coincidences: Floats
    shares: Floats
    rated: Floats
    paired: Floats

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """Make a tally with one line a unit from ``counts``, shape (units, K)."""
        amounts = counts.astype(np.float64)
        total = amounts.sum(axis=-1)
        paired = total >= 2
        rated = total >= 1
        together = amounts[:, :, None] * amounts[:, None, :]
        diagonal = np.arange(counts.shape[-1])
        together[:, diagonal, diagonal] -= amounts
        others = np.where(paired, total - 1, 1.0)
        coincidences = together / others[:, None, None]
        some = np.where(rated, total, 1.0)
        return cls(
            pairs=coincidences / some[:, None, None],
            coincidences=coincidences,
            shares=amounts / some[:, None],
            rated=rated.astype(np.float64),
            paired=paired.astype(np.float64),
        )

    def __add__(self, other: Self) -> Self:
        """Pool two tallies line by line, as for all factors of a case together."""
        return type(self)(
            pairs=self.pairs + other.pairs,
            coincidences=self.coincidences + other.coincidences,
            shares=self.shares + other.shares,
            rated=self.rated + other.rated,
            paired=self.paired + other.paired,
        )

    def drawn(self, multiplicities: Floats) -> Self:
        """Weigh the lines: ``multiplicities`` (draws, lines) gives a tally with (draws,) lines."""
        lines, points = self.shares.shape
        square = points * points
        flat = np.concatenate(
            [
                self.pairs.reshape(lines, square),
                self.coincidences.reshape(lines, square),
                self.shares,
                self.rated[:, None],
                self.paired[:, None],
            ],
            axis=1,
        )
        sums = multiplicities @ flat
        return type(self)(
            pairs=sums[:, :square].reshape(-1, points, points),
            coincidences=sums[:, square : 2 * square].reshape(-1, points, points),
            shares=sums[:, 2 * square : -2],
            rated=sums[:, -2],
            paired=sums[:, -1],
        )

    def total(self) -> Self:
        """Return the one line that holds every case once."""
        return self.drawn(np.ones((1, self.rated.shape[0])))
