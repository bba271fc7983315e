"""The label that most annotators gave."""

import numpy as np
import pytest

from components.stats.majority import majority


@pytest.mark.parametrize(
    ("counts", "label", "decided"),
    [([3, 1, 0], 0, True), ([0, 2, 2], 1, False), ([0, 0, 0], 0, False), ([0, 0, 1], 2, True)],
)
def test_ties_and_nothing_are_undecided(counts, label, decided):
    labels, certain = majority(np.array([counts], dtype=float))
    assert (labels[0], certain[0]) == (label, decided)


def test_no_labels_at_all():
    labels, certain = majority(np.zeros((2, 0)))
    assert labels.tolist() == [0, 0]
    assert not certain.any()


def test_each_item_is_decided_by_its_own_labels():
    labels, certain = majority(np.array([[3.0, 1, 0], [0, 2, 2], [0, 0, 0], [1, 0, 4]]))
    assert (labels.tolist(), certain.tolist()) == ([0, 1, 0, 2], [True, False, False, True])
