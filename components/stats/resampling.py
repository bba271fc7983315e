"""The bootstrap over items, as weights times a matrix of per-item figures."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from components.stats.estimate import Estimate
from components.stats.student import student

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]
RESAMPLES = 1000
CELLS_AT_ONCE = 4_000_000
MANY_ROWS = 1_000
"""From so many different rows on, the normal limit may stand for drawing them; not with more figures than `MANY_FIGURES`."""
MANY_FIGURES = 1_000
FEW_ITEMS = 300
"""Up to so many items, percentiles of resamples are too narrow (88 instead of 95 of 100 at 20 items); see docs/agreement.md."""
STRAIGHT = 0.05
"""Skewness of a resampled statistic below which its normal limit is taken: it moves a limit by a third of what 1,000 draws do by chance."""


def distinct_rows(matrix: Array) -> tuple[Array, NDArray[np.int64]]:
    """Return the different rows of a matrix, and how often each stands there.

    Notes
    -----
    Rows are told apart by one random projection each, and compared exactly afterwards.

    Examples
    --------
    >>> rows, times = distinct_rows(np.array([[1., 0.], [0., 2.], [1., 0.]]))
    >>> sorted(zip(rows.tolist(), times.tolist()))
    [([0.0, 2.0], 1), ([1.0, 0.0], 2)]
    """
    matrix = np.ascontiguousarray(matrix, dtype=np.float64)
    projection = matrix @ np.random.default_rng(0).uniform(1, 2, matrix.shape[1])
    _, first, inverse, times = np.unique(projection, return_index=True, return_inverse=True, return_counts=True)
    rows = matrix[first]
    if not np.array_equal(rows[inverse], matrix):
        rows, times = np.unique(matrix, axis=0, return_counts=True)
    return rows, times.astype(np.int64)


class Resampled:
    """Items drawn with replacement, so that any statistic of their summed figures gets an interval.

    Parameters
    ----------
    figures : array, rows × figures
        What is known of each independent item, or of each different kind of item.
    times : array of int, rows, optional
        How many items each row stands for; one without it.
    resamples : int
        How many samples are drawn.
    seed : int
        Seed of the random numbers; the same seed gives the same samples.

    Notes
    -----
    How often each row is drawn is multinomial with the rows' frequencies, so that the work depends on how many different rows
    there are and not on how many items. Beyond `MANY_ROWS` different rows, the sums are drawn from their normal limit (the same
    mean and covariance) where the statistic, linearised at the sums, is skewed by less than `STRAIGHT`.

    References
    ----------
    Efron, B., Tibshirani, R. (1993). An Introduction to the Bootstrap, ch. 13. Hall, P. (1992). The Bootstrap and Edgeworth
    Expansion, ch. 2.
    """

    def __init__(self, figures: Array, times: NDArray[np.int64] | None = None, resamples: int = RESAMPLES, seed: int = 0) -> None:
        figures = np.ascontiguousarray(figures, dtype=np.float64)
        if times is None:
            self.rows, self.times = distinct_rows(figures) if len(figures) else (figures, np.zeros(0, dtype=np.int64))
        else:
            self.rows, self.times = figures, times
        self.items = int(self.times.sum())
        self.resamples, self.seed = resamples, seed

    @cached_property
    def total(self) -> Array:
        """Sums over all items, 1 × figures."""
        result: Array = (self.times @ self.rows)[None, :]
        return result

    @cached_property
    def sums(self) -> Array:
        """Sums over items drawn with replacement, resamples × figures."""
        rng = np.random.default_rng(self.seed)
        sums = np.empty((self.resamples, self.rows.shape[1]))
        step = max(1, CELLS_AT_ONCE // max(len(self.rows), 1))
        for start in range(0, self.resamples, step):
            stop = min(start + step, self.resamples)
            weights = rng.multinomial(self.items, self.times / max(self.items, 1), size=stop - start)
            sums[start:stop] = weights @ self.rows
        return sums

    @cached_property
    def normal_sums(self) -> Array:
        """The same from the normal distribution that these sums tend to, resamples × figures."""
        centred = self.rows - self.total / self.items
        values, vectors = np.linalg.eigh((centred * self.times[:, None]).T @ centred)
        spread = vectors * np.sqrt(np.maximum(values, 0))
        draws = np.random.default_rng(self.seed).standard_normal((self.resamples, len(values)))
        result: Array = self.total + draws @ spread.T
        return result

    def estimate(self, statistic: Statistic, ends: tuple[float, float] | None = None) -> Estimate:
        """Return a statistic of the sums with its interval; no limits where it is undefined in most samples.

        Parameters
        ----------
        statistic : callable
            Takes sums, `… × figures`, and returns one value each; NaN where it is not defined.
        ends : tuple of float, optional
            The smallest and the largest value of the statistic. With them, up to `FEW_ITEMS` items have the interval of
            `jackknife_interval`; without them, and with more items, it is the middle 95 % of the resamples.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            value = float(statistic(self.total)[0]) if self.items else float("nan")
            if not np.isfinite(value):
                return Estimate(None, n=self.items, why="It is not defined for these labels.")
            limits = self._limits(statistic, value, ends) if self.items > 1 else None
        if limits is None:
            return Estimate(value, n=self.items, why="Too few items for an interval.")
        return Estimate(value, *limits, n=self.items)

    def _limits(self, statistic: Statistic, value: float, ends: tuple[float, float] | None) -> tuple[float, float] | None:
        if ends is not None and self.items <= FEW_ITEMS:
            limits = jackknife_interval(value, statistic(self.total - self.rows), self.times, ends)
            if limits is not None:
                return limits
        return percentile_interval(statistic(self._sums_for(statistic)))

    def _sums_for(self, statistic: Statistic) -> Array:
        many = len(self.rows) > MANY_ROWS and self.rows.shape[1] <= MANY_FIGURES
        return self.normal_sums if many and abs(self._skewness(statistic)) < STRAIGHT else self.sums

    def _skewness(self, statistic: Statistic) -> float:
        """Return how skewed the resampled statistic is, to first order: that of the items' influences over √items."""
        width = self.rows.shape[1]
        step = 1e-4 * np.maximum(np.abs(self.total), 1e-4 * self.items)
        points = self.total + np.diag(step[0])
        gradient = (statistic(points) - statistic(self.total)[0]) / step[0]
        influence = (self.rows - self.total / self.items) @ gradient.reshape(width)
        variance = float(self.times @ influence**2) / self.items
        if not variance > 0:
            return float("inf")
        third = float(self.times @ influence**3) / self.items
        return float(third / variance**1.5 / np.sqrt(self.items))


def jackknife_interval(
    value: float, without: Array, times: NDArray[np.int64], ends: tuple[float, float], level: float = 0.95
) -> tuple[float, float] | None:
    """Return the interval of a statistic from what it is without each item, on a scale that has no ends.

    Parameters
    ----------
    value : float
        The statistic of all items.
    without : array
        The statistic without one item of each kind.
    times : array of int
        How many items of each kind there are.
    ends : tuple of float
        The smallest and the largest value there can be.
    level : float
        Confidence level.

    Returns
    -------
    tuple of float, or None
        `g(f(v) ± t s f'(v))` with `f = arctanh` of the value brought to [-1, 1], `g` its inverse, `s² = (n - 1)/n Σ (v₋ᵢ - v̄)²` and
        Student's t of n - 1 degrees of freedom. None where the value lies at an end, or is not
        defined, or the same, without each of the items.

    References
    ----------
    Efron, B., Stein, C. (1981). The jackknife estimate of variance. Annals of Statistics 9, 586-596. Fisher, R. A. (1921). On the
    probable error of a coefficient of correlation. Metron 1, 3-32.

    Examples
    --------
    >>> share = np.array([5 / 9, 4 / 9])  # without one of five that failed, without one of five that succeeded
    >>> low, high = jackknife_interval(.5, share, np.array([5, 5]), (0., 1.))
    >>> round(low, 2), round(high, 2)
    (0.18, 0.82)
    """
    items, (least, most) = int(times.sum()), ends
    middle, half = (least + most) / 2, (most - least) / 2
    place = (value - middle) / half
    if not np.isfinite(without).all() or abs(place) >= 1:
        return None
    centred = without - float(times @ without) / items
    error = float(np.sqrt((items - 1) / items * (times @ centred**2)))
    if error <= 1e-12 * half:  # nothing but rounding
        return None
    reach = student((1 + level) / 2, items - 1) * error / half / (1 - place**2)
    low, high = (middle + half * float(np.tanh(np.arctanh(place) + side * reach)) for side in (-1, 1))
    return low, high


def resampled_sums(figures: Array, resamples: int = RESAMPLES, seed: int = 0) -> Array:
    """Return the column sums of `figures` (items × figures) over items drawn with replacement, resamples × figures.

    Examples
    --------
    >>> resampled_sums(np.ones((5, 1)), resamples=3).tolist()
    [[5.0], [5.0], [5.0]]
    """
    return Resampled(figures, resamples=resamples, seed=seed).sums


def percentile_interval(draws: Array, level: float = 0.95) -> tuple[float, float] | None:
    """Return the middle `level` of the draws that are defined, or None where fewer than half are.

    >>> percentile_interval(np.arange(101.0), level=0.5)
    (25.0, 75.0)
    """
    known = draws[np.isfinite(draws)]
    if len(known) < max(2, len(draws) / 2):
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def bootstrap(figures: Array, statistic: Statistic, resamples: int = RESAMPLES, seed: int = 0) -> Estimate:
    """Return a statistic of column sums with its percentile bootstrap interval over items; see `Resampled`.

    Parameters
    ----------
    figures : array, items × figures
    statistic : callable
        Takes column sums, `… × figures`, and returns one value each; NaN where it is not defined.

    Returns
    -------
    Estimate
        `n` is the number of items; no limits where the statistic is undefined in most samples.

    Examples
    --------
    >>> found = bootstrap(np.array([[1.0], [0.0]] * 50), lambda sums: sums[:, 0] / 100)
    >>> found.value, found.low < 0.45, found.high > 0.55
    (0.5, True, True)
    """
    return Resampled(figures, None, resamples, seed).estimate(statistic)
