"""Triangular distributions: what people mean by low, likely and high."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def triangular(u: NDArray[np.float64], low: Any, likely: Any, high: Any) -> NDArray[np.float64]:
    """Return the quantiles `u` of triangular distributions.

    Parameters
    ----------
    u : array
        Probabilities, between 0 and 1.
    low, likely, high : array or float
        Limits and mode, low ≤ likely ≤ high, of a shape that fits `u`. Without width, the distribution is its one value.

    Returns
    -------
    array
        `low + √(u (high − low)(likely − low))` below the mode, `high − √((1 − u)(high − low)(high − likely))` above.

    Examples
    --------
    >>> triangular(np.array([0.0, 0.25, 1.0]), 0.0, 1.0, 4.0).tolist()
    [0.0, 1.0, 4.0]
    """
    low, likely, high = (np.asarray(one, dtype=np.float64) for one in (low, likely, high))
    width = np.where(high > low, high - low, 1.0)
    rising = u < (likely - low) / width
    left = low + np.sqrt(u * width * (likely - low))
    right = high - np.sqrt((1 - u) * width * (high - likely))
    result: NDArray[np.float64] = np.where(high > low, np.where(rising, left, right), likely)
    return result
