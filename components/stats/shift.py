"""How far two distributions lie apart: plain functions on counts, and what chance alone would do."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]
Array = NDArray[np.float64]
ZERO = 1e-4
"""The share that stands for an empty cell in the population stability index, whose logarithm has no value at zero."""


def psi(before: ArrayLike, after: ArrayLike) -> Array:
    """Return the population stability index `Σ (q − p) · ln(q / p)` over the last axis, empty cells at 1e-4.

    Parameters
    ----------
    before, after : array of counts or shares, … × cells
        Of the same cells in the same order; each is divided by its sum.

    Returns
    -------
    array
        One index each. Customary reading: below .1 little, above .2 a lot; by chance alone about `(cells − 1)(1/n + 1/m)`.

    References
    ----------
    Siddiqi, N. (2006). Credit Risk Scorecards, ch. 9. Yurdakul, B. (2018). Statistical properties of the population stability index.

    Examples
    --------
    >>> round(float(psi([50, 30, 20], [40, 30, 30])), 4)
    0.0629
    """
    p, q = _shares(before), _shares(after)
    p, q = np.where(p > 0, p, ZERO), np.where(q > 0, q, ZERO)
    result: Array = ((q - p) * np.log(q / p)).sum(axis=-1)
    return result


def jensen_shannon(before: ArrayLike, after: ArrayLike) -> Array:
    """Return the Jensen–Shannon distance (base 2) over the last axis: 0 for equal, 1 for disjoint distributions.

    Examples
    --------
    >>> float(jensen_shannon([1, 1, 0], [0, 0, 4])), float(jensen_shannon([1, 2], [2, 4]))
    (1.0, 0.0)
    """
    p, q = _shares(before), _shares(after)
    m = (p + q) / 2

    def against(x: Array) -> Array:
        ratio = np.divide(x, m, out=np.ones_like(x), where=x > 0)
        result: Array = (x * np.log2(ratio)).sum(axis=-1)
        return result

    return np.sqrt(np.maximum((against(p) + against(q)) / 2, 0))


def chi_squared(before: ArrayLike, after: ArrayLike) -> Array:
    """Return Pearson's χ² of two samples over the last axis, without correction; cells empty in both are left out.

    Examples
    --------
    >>> round(float(chi_squared([10, 20], [20, 10])), 4)
    6.6667
    """
    b, a = np.asarray(before, float), np.asarray(after, float)
    n, m = b.sum(axis=-1, keepdims=True), a.sum(axis=-1, keepdims=True)
    top = (b * m - a * n) ** 2
    result: Array = np.divide(top, (b + a) * n * m, out=np.zeros_like(top), where=(b + a) * n * m > 0).sum(axis=-1)
    return result


def kolmogorov_smirnov(before: ArrayLike, after: ArrayLike) -> Array:
    """Return the largest distance of the two cumulative shares, cells being ordered.

    Examples
    --------
    >>> round(float(kolmogorov_smirnov([1, 1, 2], [2, 1, 1])), 4)
    0.25
    """
    result: Array = np.abs(np.cumsum(_shares(before), axis=-1) - np.cumsum(_shares(after), axis=-1)).max(axis=-1)
    return result


def total_variation(before: ArrayLike, after: ArrayLike) -> Array:
    """Return the share that would have to move for the one to become the other: half the sum of the differences.

    Examples
    --------
    >>> round(float(total_variation([50, 30, 20], [40, 30, 30])), 4)
    0.1
    """
    result: Array = np.abs(_shares(before) - _shares(after)).sum(axis=-1) / 2
    return result


def total_variation_by_chance(before: ArrayLike, after: ArrayLike) -> float:
    """Return the total variation that two samples of one distribution show on average, in the normal limit of their counts."""
    b, a = np.asarray(before, float), np.asarray(after, float)
    n, m = b.sum(), a.sum()
    p = (b + a) / (n + m)
    return float(np.sqrt(2 / np.pi * p * (1 - p) * (1 / n + 1 / m)).sum() / 2)


def permuted(before: ArrayLike, after: ArrayLike, draws: int, seed: int) -> tuple[Counts, Counts]:
    """Return counts as they are when rows change sides by chance, draws × cells each.

    Shuffling which rows are “before” draws their counts from the multivariate hypergeometric distribution, so that the work depends
    on the number of cells and not on the number of rows.
    """
    b, a = np.asarray(before, np.int64), np.asarray(after, np.int64)
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(b + a, int(b.sum()), size=draws, method="marginals")
    return drawn, (b + a) - drawn


def benjamini_hochberg(p_values: ArrayLike) -> Array:
    """Return p-values adjusted so that rejecting those below α keeps the expected share of false alarms below α.

    Missing p-values stay missing and count for nothing.

    References
    ----------
    Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([.01, .04, .03, float("nan")]).round(3).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    p = np.asarray(p_values, float)
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    if len(known):
        order = known[np.argsort(p[known])[::-1]]
        ranks = np.arange(len(known), 0, -1)
        adjusted[order] = np.minimum(np.minimum.accumulate(p[order] * len(known) / ranks), 1)
    return adjusted


def _shares(counts: ArrayLike) -> Array:
    cells = np.asarray(counts, float)
    total = cells.sum(axis=-1, keepdims=True)
    result: Array = np.divide(cells, total, out=np.zeros_like(cells), where=total > 0)
    return result
