"""Counts a column of numbers that lies in memory by sorting it: the same whole numbers as the query in `counting`, ten times as fast."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.generic]


def is_number(kind: pa.DataType) -> bool:
    """Whether a column can be counted here."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def filled(column: pa.ChunkedArray) -> Numbers:
    """Return the cells that are neither missing nor NaN."""
    found: Numbers = column.drop_null().to_numpy()
    return found[~np.isnan(found)] if pa.types.is_floating(column.type) else found


def distinct(first: Numbers, second: Numbers) -> int:
    """Return how many different numbers two columns hold."""
    return int(pc.count_distinct(pa.array(np.concatenate([first, second]))).as_py())


def counts(before: Numbers, after: Numbers, most_bins: int, most_cells: int) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
    """Count two samples in cells bounded by ranks.

    Returns
    -------
    tuple
        Rows of each sample in bins of equally many of `before`, in cells of equally many of both (2 × as many as are not empty), and the
        exact Kolmogorov–Smirnov distance.
    """
    first, second = np.sort(before), np.sort(after)
    n, m = len(first), len(second)
    if not n or not m:
        sizes = np.array([[n], [m]], np.int64)
        return sizes, sizes, 0.0
    both = np.concatenate([first, second])
    order = np.argsort(both, kind="stable")
    both = both[order]
    bins = _between(first, second, first[_ranks(n, most_bins)])
    cells = _between(first, second, both[_ranks(n + m, most_cells)])
    last = np.append(np.flatnonzero(both[1:] != both[:-1]), n + m - 1)
    until = np.cumsum(order < n, dtype=np.int64)[last]
    apart = np.abs(until * m - (last + 1 - until) * n).max()
    return bins, cells, float(apart) / (n * m)


def _ranks(rows: int, parts: int) -> NDArray[np.int64]:
    """Return the places, in sorted numbers, of the last one below each bound between equally large parts."""
    return -(-np.arange(1, parts, dtype=np.int64) * rows // parts) - 1


def _between(first: Numbers, second: Numbers, bounds: Numbers) -> NDArray[np.int64]:
    """Count the numbers of both samples between bounds, each bound belonging to the part below it."""
    found = []
    for numbers in (first, second):
        until = np.searchsorted(numbers, bounds, side="right")
        found.append(np.diff(until, prepend=0, append=len(numbers)))
    counted = np.array(found, np.int64)
    return counted[:, counted.sum(axis=0) > 0]
