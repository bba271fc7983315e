"""Counts columns of numbers that lie in memory by sorting them: the same figures as the queries, many times as fast."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Numbers = NDArray[np.generic]
Of = TypeVar("Of")
To = TypeVar("To")
MOST_THREADS = 4
"""Each of them holds the copies of a column of its own."""


def in_parallel(work: Callable[[Of], To], each: Sequence[Of]) -> Iterator[To]:
    """Yield what the work makes of each, in their order; sorting leaves the interpreter to others."""
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS))
    try:
        yield from pool.map(work, each)
    finally:
        pool.shutdown(cancel_futures=True)


def is_number(kind: pa.DataType) -> bool:
    """Whether a column can be counted here."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def filled(column: pa.ChunkedArray) -> Numbers:
    """Return the cells that are neither missing nor NaN."""
    found: Numbers = (column.drop_null() if column.null_count else column).to_numpy()
    gone = np.isnan(found) if pa.types.is_floating(column.type) else np.zeros(0, bool)
    return found[~gone] if gone.any() else found


def different(cells: Numbers) -> int:
    """Return how many different numbers there are."""
    ordered = np.sort(cells)
    return int((ordered[1:] != ordered[:-1]).sum()) + 1 if len(ordered) else 0


def beyond_fences(column: pa.ChunkedArray, far: float) -> int | None:
    """Count the cells further than so many interquartile ranges from the middle half; None where that is one value, or nothing.

    Quartiles lie between the two nearest ranks of the finite cells, in proportion; infinite cells are beyond.
    """
    cells = np.sort(filled(column).astype(np.float64))
    least, most = np.searchsorted(cells, [-np.inf, np.inf], side="right")[0], np.searchsorted(cells, np.inf)
    finite = cells[least:most]
    if not len(finite):
        return None
    first, third = (_between_ranks(finite, share * (len(finite) - 1)) for share in (0.25, 0.75))
    if not third > first:
        return None
    low, high = first - far * (third - first), third + far * (third - first)
    return int(np.searchsorted(cells, low) + len(cells) - np.searchsorted(cells, high, side="right"))


def _between_ranks(ordered: NDArray[np.float64], place: float) -> float:
    below, above = float(ordered[int(place)]), float(ordered[min(int(place) + 1, len(ordered) - 1)])
    share = place - int(place)
    return below * (1.0 - share) + above * share if share else below


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
    bins = _between(first, second, first[_ranks(n, most_bins)])
    cells = _between(first, second, np.sort(np.concatenate([first, second]))[_ranks(n + m, most_cells)])
    return bins, cells, float(_furthest(first, second)) / (n * m)


def _furthest(first: Numbers, second: Numbers) -> int:
    """Return how far the sorted samples' distribution functions are apart at most, times both numbers of rows.

    The first is furthest above the second where it has just risen, and furthest below just before it rises, so that its own numbers are
    the only places to look at; of equal ones the last and the first, which the others fall short of.
    """
    n, m = len(first), len(second)
    below = np.searchsorted(second, first).astype(np.int64)
    same = second[np.minimum(below, m - 1)] == first
    upto = np.searchsorted(second, first, side="right").astype(np.int64) if same.any() else below
    so_far = np.arange(n, dtype=np.int64) * m
    return max(int((so_far + m - upto * n).max()), int((below * n - so_far).max()), 0)


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
