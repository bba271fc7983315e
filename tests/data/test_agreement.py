"""Agreement: published values, independent packages, intervals that cover, and clear sentences."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from components.data.agreement import agreement
from components.errors import BadInput

# Krippendorff (2011), the 4 observers × 12 units example; * is missing
MATRIX = ["1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *"]


def long(matrix, names="abcdefghijklmnopqrstuvwxyz"):
    """Turn annotators × items, with NaN where missing, into a long table."""
    rows = [(item, names[a], value) for a, row in enumerate(matrix) for item, value in enumerate(row) if not pd.isna(value)]
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def published():
    return [[np.nan if cell == "*" else float(cell) for cell in row.split()] for row in MATRIX]


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)])
def test_krippendorffs_own_example(level, value):
    found = agreement(long(published()), level)
    assert found.alpha.value == pytest.approx(value, abs=5e-5)
    assert found.alpha.low < value < found.alpha.high


designs = st.integers(0, 10_000).map(np.random.default_rng)


@settings(max_examples=60, deadline=None)
@given(designs, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_the_one_of_the_krippendorff_package(rng, level):
    annotators, items, labels = rng.integers(2, 6), rng.integers(3, 30), rng.integers(2, 6)
    truth = rng.integers(1, labels + 1, items)
    matrix = np.where(rng.random((annotators, items)) < 0.6, truth, rng.integers(1, labels + 1, (annotators, items))).astype(float)
    matrix[rng.random(matrix.shape) < 0.25] = np.nan
    pairable = (~np.isnan(matrix)).sum(axis=0) >= 2
    if pairable.sum() < 2 or len(np.unique(matrix[:, pairable][~np.isnan(matrix[:, pairable])])) < 2:
        return
    if (~np.isnan(matrix)).any(axis=1).sum() < 2:
        return
    expected = krippendorff.alpha(matrix, level_of_measurement=level)
    assert agreement(long(matrix), level).alpha.value == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(designs)
def test_fleiss_and_cohen_are_those_of_statsmodels(rng):
    items, labels = int(rng.integers(5, 40)), int(rng.integers(2, 5))
    matrix = rng.integers(0, labels, (4, items)).astype(float)
    counts = np.array([[np.sum(matrix[:, i] == k) for k in range(labels)] for i in range(items)])
    counts = counts[:, counts.sum(axis=0) > 0]
    if counts.shape[1] < 2:
        return
    assert agreement(long(matrix)).fleiss.value == pytest.approx(fleiss_kappa(counts), abs=1e-9)
    two = matrix[:2]
    table = np.zeros((labels, labels))
    np.add.at(table, (two[0].astype(int), two[1].astype(int)), 1)
    if len(np.unique(two)) > 1:
        assert agreement(long(two)).cohen.value == pytest.approx(cohens_kappa(table).kappa, abs=1e-9)


def test_the_prevalence_paradox_is_explained():
    rows = [[0.0] * 98 + [0.0, 1.0], [0.0] * 98 + [1.0, 0.0]]
    found = agreement(long(rows))
    assert found.percent.value == pytest.approx(0.98)
    assert found.alpha.value == pytest.approx(-0.005, abs=0.01)
    assert found.ac1.value == pytest.approx(0.98, abs=0.005)
    assert "chance alone" in found.why


def test_when_all_agree_the_lower_limit_is_the_rule_of_threes():
    found = agreement(long([[0.0, 1.0] * 15, [0.0, 1.0] * 15]))
    assert found.alpha.value == 1
    assert found.percent.low == pytest.approx(1 - 0.0950, abs=0.001)
    assert found.alpha.low == pytest.approx(1 - 0.0950 / 0.5, abs=0.001)
    assert "unanimous" in found.alpha.why


def test_everybody_giving_one_label_leaves_alpha_undefined():
    found = agreement(long([[1.0] * 10, [1.0] * 10]))
    assert found.alpha.value is None
    assert found.band is None
    assert "same label" in found.why


@pytest.mark.parametrize(("noise", "band"), [(0.0, "good"), (0.09, "tentative"), (0.5, "too low")])
def test_the_band_follows_the_lower_limit(noise, band):
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 4, 300)
    matrix = [np.where(rng.random(300) < noise, rng.integers(0, 4, 300), truth).astype(float) for _ in range(3)]
    found = agreement(long(matrix))
    assert found.band == band
    limits = {"good": (0.8, 1.01), "tentative": (0.667, 0.8), "too low": (-1, 0.667)}[band]
    assert limits[0] <= found.alpha.low < limits[1]


def test_too_low_needs_both_alpha_and_ac1():
    rare = agreement(long([[0.0] * 98 + [0.0, 1.0], [0.0] * 98 + [1.0, 0.0]]))
    assert rare.band == "too low"
    assert not rare.too_low
    rng = np.random.default_rng(1)
    assert agreement(long(rng.integers(0, 3, (3, 60)).astype(float))).too_low


def test_the_interval_covers():
    """95 % intervals of α, from many samples of one population, hold its value about 95 times in 100."""
    rng = np.random.default_rng(7)

    def sample(items):
        truth = rng.integers(0, 3, items)
        return [np.where(rng.random(items) < 0.25, rng.integers(0, 3, items), truth).astype(float) for _ in range(4)]

    population = agreement(long(sample(30_000))).alpha.value
    intervals = [agreement(long(sample(100)), seed=trial).alpha for trial in range(200)]
    covered = np.mean([e.low <= population <= e.high for e in intervals])
    assert 0.90 <= covered <= 0.99


def test_details_by_label_pair_and_annotator():
    rows = [(item, name, "a" if item % 2 else "b") for item in range(40) for name in ("x", "y")]
    rows += [(item, "z", "a") for item in range(40)]
    found = agreement(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    assert found.per_annotator["annotator"].iloc[0] == "z"
    assert found.per_annotator.set_index("annotator").loc["z", "agrees"] == 0.5
    pair = found.per_pair.set_index(["first", "second"]).loc[("x", "y")]
    assert (pair["percent"], pair["cohen"]) == (1.0, 1.0)
    assert set(found.per_label["label"]) == {"a", "b"}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(1, "a", "x"), (2, "a", "y")], "by one annotator"),
        ([(1, "a", "x"), (2, "b", "y")], "No item was labelled by two"),
    ],
)
def test_what_cannot_be_compared_is_said(rows, sentence):
    with pytest.raises(BadInput, match=sentence):
        agreement(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
