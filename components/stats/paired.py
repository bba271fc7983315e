"""Two measured on the same items: tests and intervals on the items where they differ."""

from math import lgamma, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Z = 1.959963984540054
Z_POWER = 0.8416212335729143
"""Quantile of the normal distribution for a power of 80 %."""
TABLE = 4096


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the two-sided p-value of McNemar's exact test.

    Parameters
    ----------
    only_first, only_second : int
        Items that only the first got right, and items that only the second did.

    Returns
    -------
    float
        `min(1, 2 P(X ≤ min))` with X binomial over the discordant items at ½; 1 where there are none.

    References
    ----------
    McNemar, Q. (1947). Note on the sampling error of the difference between correlated proportions. Psychometrika 12, 153-157.

    Examples
    --------
    >>> round(mcnemar(1, 8), 4), mcnemar(0, 0), mcnemar(5, 5)
    (0.0391, 1.0, 1.0)
    """
    fewer, total = min(only_first, only_second), only_first + only_second
    if 2 * fewer == total:
        return 1.0
    ways = [lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1) - total * log(2) for k in range(max(0, fewer - TABLE), fewer + 1)]
    return float(min(1.0, 2 * np.exp(np.array(ways)).sum()))


def paired_interval(only_first: int, only_second: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a difference of two shares measured on the same `n` items, after Bonett and Price.

    Notes
    -----
    Wald's interval after one discordant item is added to either side: it keeps its coverage where few items or none are discordant,
    where a bootstrap shrinks to nothing.

    References
    ----------
    Bonett, D. G., Price, R. M. (2012). Adjusted Wald confidence interval for a difference of binomial proportions based on paired
    data. J. Educational and Behavioral Statistics 37, 479-488.

    Examples
    --------
    >>> low, high = paired_interval(1, 8, 40)
    >>> round(low, 3), round(high, 3)
    (-0.313, -0.02)
    """
    a, b = (only_first + 1) / (n + 2), (only_second + 1) / (n + 2)
    half = Z * sqrt((a + b - (a - b) ** 2) / (n + 2))
    return max(-1.0, a - b - half), min(1.0, a - b + half)


def smallest_detectable(standard_error: float) -> float:
    """Return the difference that a test at 5 % finds in four of five tries: 2.80 standard errors.

    >>> round(smallest_detectable(.01), 3)
    0.028
    """
    return (Z + Z_POWER) * standard_error


def holm(p_values: ArrayLike) -> Array:
    """Return p-values adjusted so that rejecting those below α keeps the chance of any false rejection below α.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian J. Statistics 6, 65-70.

    Examples
    --------
    >>> holm([.01, .04, .03]).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    p = np.asarray(p_values, float)
    order = np.argsort(p, kind="stable")
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1)
    return adjusted
