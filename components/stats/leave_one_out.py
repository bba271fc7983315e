"""Each judgement against the majority of the other annotators of the same item."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.stats.label_counts import LabelCounts


@dataclass(frozen=True)
class LeaveOneOut:
    """One entry per judgement, in the order of the coded labels.

    Attributes
    ----------
    judged : array of bool
        Whether the others of the item have a majority: at least one other, and no tie.
    tied : array of bool
        Whether the others tie.
    correct : array of bool
        Whether the judgement is the others' majority; False where there is none.
    """

    judged: NDArray[np.bool_]
    tied: NDArray[np.bool_]
    correct: NDArray[np.bool_]


def leave_one_out(labels: LabelCounts) -> LeaveOneOut:
    """Hold every judgement against the majority of the others.

    Notes
    -----
    Taking one judgement of label `l` away leaves the other labels as they are, so the majority of the others follows from the
    largest and second largest count of the item: no recount is needed.
    """
    counts, item, label = labels.counts, labels.item_codes, labels.label_codes
    padded = np.hstack([counts, np.zeros((len(counts), 2))])
    top = np.partition(padded, -2, axis=1)
    most, second = top[:, -1], top[:, -2]
    own = counts[item, label]
    others_total = labels.per_item[item] - 1
    own_left = own - 1
    is_most = own == most[item]
    best_other_label = np.where(is_most, second[item], most[item])
    number_with_most = (counts == most[:, None]).sum(axis=1)
    rivals_tie = np.where(is_most, _number_with(counts, second, item, label), number_with_most[item]) > 1
    correct = own_left > best_other_label
    tied = (others_total > 0) & ~correct & ((own_left == best_other_label) | rivals_tie)
    judged = (others_total > 0) & ~tied
    return LeaveOneOut(judged, tied, correct & judged)


def _number_with(
    counts: NDArray[np.float64], second: NDArray[np.float64], item: NDArray[np.int64], label: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Count, for each judgement, the labels other than its own that have its item's second largest count."""
    at_second = (counts == second[:, None]).sum(axis=1)[item]
    own_is_second = counts[item, label] == second[item]
    result: NDArray[np.int64] = at_second - own_is_second
    return result
