"""The label that most annotators gave."""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]


def majority(counts: Counts) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the most frequent label of each row, and whether it is decided.

    Parameters
    ----------
    counts : array, items × labels

    Returns
    -------
    label : array of int, items
        Column of the largest count; the first of several.
    decided : array of bool, items
        False where the largest count is zero or shared.

    Examples
    --------
    >>> label, decided = majority(np.array([[2., 1.], [1., 1.], [0., 0.]]))
    >>> label.tolist(), decided.tolist()
    ([0, 0, 0], [True, False, False])
    """
    if counts.shape[1] == 0:
        return np.zeros(len(counts), dtype=np.int64), np.zeros(len(counts), dtype=np.bool_)
    most = counts.max(axis=1)
    decided = (most > 0) & ((counts == most[:, None]).sum(axis=1) == 1)
    return counts.argmax(axis=1).astype(np.int64), decided
