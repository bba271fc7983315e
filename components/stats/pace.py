"""How fast a distribution changes: from how far apart samples of several points in time lie."""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from components.stats.estimate import Estimate
from components.stats.shift import total_variation, total_variation_by_chance
from components.stats.student import student

Array = NDArray[np.float64]
MOST = 0.99


@dataclass(frozen=True)
class Pace:
    """How fast something changes.

    Attributes
    ----------
    rate : Estimate
        Share of the values that lie elsewhere after one month, with a 95 % interval; n is the number of points in time.
    half_life : Estimate
        Months until half of the values lie elsewhere; no upper limit (None) where standing still can't be ruled out.
    lags, moved : lists
        Months between each two points in time, and the share that moved between them beyond chance.
    """

    rate: Estimate
    half_life: Estimate
    lags: list[float]
    moved: list[float]

    @property
    def certain(self) -> bool:
        """Whether standing still can be ruled out."""
        return self.rate.low is not None and self.rate.low > 0

    def months_until(self, share: float) -> float | None:
        """Return after how many months a share of the values lies elsewhere."""
        rate = self.rate.value
        return log(1 - share) / log(1 - rate) if rate is not None and 0 < rate < 1 else None


def pace(counts: list[NDArray[np.int64]], months: Array) -> Pace:
    """Return how fast the distributions behind counts change.

    Parameters
    ----------
    counts : list of arrays, points in time × cells
        One array a column; the same points in the same order.
    months : array, points in time
        When each sample was taken, in months.

    Returns
    -------
    Pace
        The share that moved between two points, beyond what chance does, averaged over the columns, is held to follow
        `1 − exp(−rate · months)`, fitted by least squares through the origin; the interval is a jackknife over points in time.

    Raises
    ------
    ValueError
        There are fewer than two points in time.

    Examples
    --------
    >>> found = pace([np.array([[900, 100], [800, 200], [710, 290]])], np.array([0., 1., 2.]))
    >>> round(found.rate.value, 2)
    0.1
    """
    points = len(months)
    if points < 2:
        raise ValueError("a pace needs at least two points in time")
    pairs = [(i, j) for i in range(points) for j in range(i + 1, points) if months[j] != months[i]]
    lags = np.array([abs(months[j] - months[i]) for i, j in pairs])
    moved = np.array([np.mean([_beyond_chance(column[i], column[j]) for column in counts]) for i, j in pairs])
    slope = _slope(lags, moved)
    if points < 3:
        why = "Two points in time give no interval."
        return Pace(Estimate(_rate(slope), n=points, why=why), Estimate(_half(slope), n=points, why=why), lags.tolist(), moved.tolist())
    without = np.array([_slope(lags[kept], moved[kept]) for p in range(points) for kept in [np.array([p not in pair for pair in pairs])]])
    spread = float(np.sqrt((points - 1) / points * ((without - without.mean()) ** 2).sum()))
    reach = student(0.975, points - 1) * spread
    low, high = max(slope - reach, 0.0), max(slope + reach, 0.0)
    rate = Estimate(_rate(slope), _rate(low), _rate(high), points)
    half = Estimate(_half(slope), _half(high), _half(low), points, why="" if low > 0 else "Standing still can't be ruled out.")
    return Pace(rate, half, lags.tolist(), moved.tolist())


def _beyond_chance(before: NDArray[np.int64], after: NDArray[np.int64]) -> float:
    """Return the share that moved with what chance does taken off, as lengths of independent directions are; negative where it is less."""
    if not before.sum() or not after.sum():
        return 0.0
    squared = float(total_variation(before, after)) ** 2 - total_variation_by_chance(before, after) ** 2
    return float(np.sign(squared) * np.sqrt(abs(squared)))


def _slope(lags: Array, moved: Array) -> float:
    gone = -np.log(1 - np.minimum(moved, MOST))
    return max(float((lags * gone).sum() / (lags**2).sum()), 0.0) if len(lags) else 0.0


def _rate(slope: float) -> float:
    return 1 - exp(-slope)


def _half(slope: float) -> float | None:
    return log(2) / slope if slope > 0 else None
