"""How strongly two columns go together: rank correlation, Cramér's V, the correlation ratio."""

import numpy as np
from numpy.typing import NDArray

LEAST = 30


def rank_correlations(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Spearman's correlation of each pair of columns, over the rows in which both are finite.

    Parameters
    ----------
    columns : array of shape (rows, columns)
        Numbers; NaN and infinity are left out.

    Returns
    -------
    array of shape (columns, columns)
        From -1 to 1; NaN where fewer than 30 rows are shared or a column doesn't vary in them. Ranks are taken in the whole column,
        so that with missing cells the figure is Pearson's correlation of those ranks.
    """
    from scipy.stats import rankdata  # a server that only names this check must not wait for SciPy

    known = np.isfinite(columns)
    ranks = np.zeros_like(columns)
    for place in range(columns.shape[1]):
        ranks[known[:, place], place] = rankdata(columns[known[:, place], place])
        ranks[known[:, place], place] -= (known[:, place].sum() + 1) / 2
    here = known.astype(np.float64)
    shared = here.T @ here
    sums, squares, products = ranks.T @ here, (ranks**2).T @ here, ranks.T @ ranks
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = products - sums * sums.T / shared
        variance = squares - sums**2 / shared
        found = covariance / np.sqrt(variance * variance.T)
    varies = (variance > 1e-9 * np.maximum(squares, 1)) & (1e-9 * np.maximum(squares.T, 1) < variance.T)
    return np.where((shared >= LEAST) & varies, np.clip(found, -1, 1), np.nan)


def cramers_v(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Return Cramér's V of two columns of numbered categories without its bias (Bergsma 2013); -1 stands for missing.

    From 0 to 1; NaN where fewer than 30 rows are shared, or one of the columns has a single category in them.

    >>> round(cramers_v(np.repeat([0, 1], 50), np.repeat([0, 1], 50)), 3)
    1.0
    """
    known = (one >= 0) & (other >= 0)
    n = int(known.sum())
    if n < LEAST:
        return float("nan")
    _, rows = np.unique(one[known], return_inverse=True)
    _, columns = np.unique(other[known], return_inverse=True)
    r, k = int(rows.max()) + 1, int(columns.max()) + 1
    if min(r, k) < 2:
        return float("nan")
    table = np.bincount(rows * k + columns, minlength=r * k).reshape(r, k).astype(np.float64)
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / n
    phi = float(((table - expected) ** 2 / expected).sum()) / n
    free = max(phi - (r - 1) * (k - 1) / (n - 1), 0.0)
    least = min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1))
    return float(np.sqrt(free / (least - 1))) if least > 1 else float("nan")


def correlation_ratio(categories: NDArray[np.int64], numbers: NDArray[np.float64]) -> float:
    """Return η, the root of the share of the numbers' variance that the categories explain; -1 and NaN stand for missing.

    From 0 to 1; NaN where fewer than 30 rows are shared or the numbers don't vary.

    >>> round(correlation_ratio(np.repeat([0, 1], 50), np.repeat([1.0, 3.0], 50)), 3)
    1.0
    """
    known = (categories >= 0) & np.isfinite(numbers)
    if int(known.sum()) < LEAST:
        return float("nan")
    cells, values = categories[known], numbers[known]
    with np.errstate(over="ignore", invalid="ignore"):
        values = values - values.mean()
        whole = float((values**2).sum())
    if not (np.isfinite(whole) and whole > 0):
        return float("nan")
    rows = np.bincount(cells)
    means = np.bincount(cells, weights=values) / np.maximum(rows, 1)
    return float(np.sqrt(min((rows * means**2).sum() / whole, 1.0)))
