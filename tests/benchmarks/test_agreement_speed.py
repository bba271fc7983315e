"""Krippendorff's α of 20 annotators on 100,000 items with its interval of 1,000 resamples: ours against looping the package.

The package is looped over a few resamples and that time is scaled to 1,000. Both begin with what they take: the package with
its matrix of annotators × items, ours with a long table of two million rows, whose reading is counted.
"""

import statistics
import time

import krippendorff
import numpy as np
import pandas as pd
import pytest

from components.data.agreement import agreement
from components.data.disagreement import alpha_estimate
from components.stats.label_counts import label_counts

ANNOTATORS, ITEMS, LABELS = 20, 100_000, 5
RESAMPLES, LOOPED = 1000, 8
TIMES_FASTER = 200


def seconds(work, times):
    """Median time of some repetitions."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def crowd(missing):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, LABELS, ITEMS)
    matrix = np.where(rng.random((ANNOTATORS, ITEMS)) < 0.8, truth, rng.integers(0, LABELS, (ANNOTATORS, ITEMS))).astype(float)
    matrix[rng.random(matrix.shape) < missing] = np.nan
    annotator, item = np.nonzero(~np.isnan(matrix))
    return matrix, pd.DataFrame({"item": item, "annotator": annotator, "label": matrix[annotator, item].astype(int)})


@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_alpha_with_its_interval_against_looping_the_package(missing, capsys):
    matrix, table = crowd(missing)
    rng = np.random.default_rng(1)

    def looped():
        return krippendorff.alpha(matrix[:, rng.integers(0, ITEMS, ITEMS)], level_of_measurement="nominal")

    def ours():
        return alpha_estimate(label_counts(table).counts, np.arange(LABELS, dtype=float), "nominal")

    ours()
    theirs = seconds(looped, LOOPED) * RESAMPLES
    alone, everything = seconds(ours, 5), seconds(lambda: agreement(table), 5)
    with capsys.disabled():
        print(
            f"\n{len(table):,} judgements, {missing:.0%} missing: package {theirs:.0f} s (scaled from {LOOPED} resamples), "
            f"α {alone:.3f} s, {theirs / alone:,.0f} × faster; all five measures {everything:.3f} s, {theirs / everything:,.0f} ×"
        )
    assert theirs / alone >= TIMES_FASTER
    assert agreement(table).alpha.value == pytest.approx(krippendorff.alpha(matrix, level_of_measurement="nominal"), abs=1e-9)


def test_the_interval_is_the_one_that_looping_gives():
    """Fewer items, so that looping is quick: both intervals agree within what 300 resamples leave to chance."""
    matrix, table = crowd(0.1)
    matrix, table = matrix[:, :3000], table[table["item"] < 3000]
    rng = np.random.default_rng(2)
    looped = [krippendorff.alpha(matrix[:, rng.integers(0, 3000, 3000)], level_of_measurement="nominal") for _ in range(300)]
    found = agreement(table).alpha
    low, high = np.quantile(looped, [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.2 * (high - low))
