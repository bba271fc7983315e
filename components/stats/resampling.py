"""The bootstrap, as weights times a matrix of per-item figures."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from components.stats.estimate import Estimate

Array = NDArray[np.float64]
RESAMPLES = 1000
CELLS_AT_ONCE = 4_000_000


def resampled_sums(figures: Array, resamples: int = RESAMPLES, seed: int = 0) -> Array:
    """Return the column sums of `figures` over items drawn with replacement.

    Parameters
    ----------
    figures : array, items × figures
        One row per independent item.
    resamples : int
        How many samples are drawn.
    seed : int
        Seed of the random numbers; the same seed gives the same samples.

    Returns
    -------
    array, resamples × figures

    Notes
    -----
    How often each item is drawn is multinomial; equal rows are drawn together, so that the work depends on how many different
    rows there are and not on how many items.
    """
    figures = np.ascontiguousarray(figures, dtype=np.float64)
    rows, times = np.unique(figures, axis=0, return_counts=True) if len(figures) else (figures, np.zeros(0, dtype=np.int64))
    items = int(times.sum())
    rng = np.random.default_rng(seed)
    sums = np.empty((resamples, figures.shape[1]))
    step = max(1, CELLS_AT_ONCE // max(len(rows), 1))
    for start in range(0, resamples, step):
        stop = min(start + step, resamples)
        weights = rng.multinomial(items, times / max(items, 1), size=stop - start)
        sums[start:stop] = weights @ rows
    return sums


def percentile_interval(draws: Array, level: float = 0.95) -> tuple[float, float] | None:
    """Return the middle `level` of the draws that are defined, or None where fewer than half are."""
    known = draws[np.isfinite(draws)]
    if len(known) < max(2, len(draws) / 2):
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def bootstrap(figures: Array, statistic: Callable[[Array], Array], resamples: int = RESAMPLES, seed: int = 0) -> Estimate:
    """Return a statistic of column sums with its percentile bootstrap interval over items.

    Parameters
    ----------
    figures : array, items × figures
    statistic : callable
        Takes column sums, `… × figures`, and returns one value each; NaN where it is not defined.

    Returns
    -------
    Estimate
        `n` is the number of items; no limits where the statistic is undefined in most samples.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(statistic(figures.sum(axis=0, dtype=np.float64)[None, :])[0])
        if not np.isfinite(value):
            return Estimate(None, n=len(figures), why="It is not defined for these labels.")
        limits = percentile_interval(statistic(resampled_sums(figures, resamples, seed))) if len(figures) > 1 else None
    if limits is None:
        return Estimate(value, n=len(figures), why="Too few items for an interval.")
    return Estimate(value, *limits, n=len(figures))
