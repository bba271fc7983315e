"""Weights and the measures that use them: their forms, an independent package, and what can't be weighed."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from components.data.agreement import agreement
from components.data.weighted import MOST_LABELS, weighted
from components.data.weights import weights
from components.errors import BadInput
from components.stats.label_counts import label_counts


def long(matrix):
    rows = [(item, f"a{a}", value) for a, row in enumerate(matrix) for item, value in enumerate(row) if not np.isnan(value)]
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


@pytest.mark.parametrize("kind", ["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"])
def test_a_label_agrees_with_itself_and_least_with_the_farthest(kind):
    found = weights(np.array([1.0, 2.0, 4.0, 7.0]), kind)
    assert np.allclose(np.diag(found), 1)
    assert np.allclose(found, found.T)
    assert found.min() == pytest.approx(0)
    assert found.max() == pytest.approx(1)


def test_ratio_weights_need_labels_that_are_not_below_zero():
    with pytest.raises(BadInput, match="not below zero"):
        weights(np.array([-1.0, 2.0]), "ratio")


@pytest.mark.parametrize(("kind", "theirs"), [("linear", "linear"), ("quadratic", "quadratic"), ("identity", None)])
def test_weighted_kappa_of_two_is_that_of_statsmodels(kind, theirs):
    rng = np.random.default_rng(4)
    for _ in range(50):
        two = rng.integers(0, 5, (2, 40)).astype(float)
        coded = label_counts(long(two))
        if len(coded.labels) < 5:
            continue
        table = np.zeros((5, 5))
        np.add.at(table, (two[0].astype(int), two[1].astype(int)), 1)
        expected = cohens_kappa(table, wt=theirs).kappa
        assert weighted(coded, kind).conger.value == pytest.approx(expected, abs=1e-9)


def test_the_level_chooses_the_weights():
    near = long(np.array([[1.0, 2, 3, 4, 5] * 8, [1.0, 2, 3, 5, 4] * 8]))
    nominal, interval = agreement(near), agreement(near, "interval")
    assert nominal.weighted.ac2.value == pytest.approx(nominal.ac1.value)
    assert interval.weighted.ac2.value > interval.ac1.value + 0.2
    assert interval.weighted.alpha.value == pytest.approx(interval.alpha.value, abs=1e-12)
    assert interval.weighted.conger.low < interval.weighted.conger.value < interval.weighted.conger.high


def test_too_many_labels_and_too_many_people_are_said():
    many = long(np.arange(2.0 * (MOST_LABELS + 1)).reshape(2, -1))
    assert "are not weighed" in weighted(label_counts(many), "linear").ac2.why
    rows = [(item, f"p{item}_{n}", "xy"[n]) for item in range(1100) for n in range(2)]
    crowd = label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    found = weighted(crowd, "identity")
    assert "Too many annotators or items" in found.conger.why
    assert found.fleiss.value is not None


def test_one_label_throughout_has_no_measure():
    found = weighted(label_counts(long(np.ones((2, 5)))), "identity")
    assert found.alpha.value is None
    assert "same label" in found.alpha.why
