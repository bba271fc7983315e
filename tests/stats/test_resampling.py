"""The bootstrap as weights times a matrix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import skew

from components.stats.resampling import MANY_ROWS, Resampled, bootstrap, distinct_rows, percentile_interval, resampled_sums


def test_sums_have_the_mean_and_spread_of_drawing_items():
    figures = np.random.default_rng(1).normal(size=(200, 2))
    sums = resampled_sums(figures, resamples=4000, seed=2)
    assert sums.mean(axis=0) == pytest.approx(figures.sum(axis=0), abs=1.0)
    assert sums.std(axis=0) == pytest.approx(figures.std(axis=0) * 200**0.5, rel=0.06)


def test_the_same_seed_draws_the_same():
    figures = np.arange(20.0).reshape(10, 2)
    assert (resampled_sums(figures, seed=3) == resampled_sums(figures, seed=3)).all()
    assert (resampled_sums(figures, seed=3) != resampled_sums(figures, seed=4)).any()


def test_equal_rows_are_drawn_as_often_as_they_stand_there():
    figures = np.array([[1.0]] * 30 + [[0.0]] * 70)
    sums = resampled_sums(figures, resamples=5000, seed=5)[:, 0]
    assert sums.mean() == pytest.approx(30, abs=0.5)
    assert sums.var() == pytest.approx(21, rel=0.1)


def test_a_statistic_that_is_not_defined_has_no_value_and_says_why():
    estimate = bootstrap(np.zeros((5, 2)), lambda sums: sums[:, 0] / sums[:, 1])
    assert estimate.value is None
    assert estimate.why


def test_one_item_has_a_value_and_no_interval():
    estimate = bootstrap(np.ones((1, 2)), lambda sums: sums[:, 0] / sums[:, 1])
    assert (estimate.value, estimate.low) == (1.0, None)


def test_an_interval_needs_half_of_the_draws():
    assert percentile_interval(np.array([np.nan] * 6 + [1.0] * 4)) is None
    assert percentile_interval(np.array([np.nan] * 4 + [1.0] * 6)) == (1.0, 1.0)


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=40))
def test_distinct_rows_are_those_of_numpy(matrix):
    rows, times = distinct_rows(np.array(matrix, dtype=float))
    expected, counts = np.unique(np.array(matrix, dtype=float), axis=0, return_counts=True)
    assert sorted(zip(rows.tolist(), times.tolist(), strict=True)) == sorted(zip(expected.tolist(), counts.tolist(), strict=True))


def share(sums):
    return sums[:, 0] / sums[:, 1]


def test_the_normal_limit_gives_the_interval_that_drawing_gives():
    rng = np.random.default_rng(11)
    figures = np.column_stack([rng.gamma(2.0, size=MANY_ROWS + 2000), rng.uniform(1, 2, MANY_ROWS + 2000)])
    resampled = Resampled(figures, seed=1)
    found = resampled.estimate(share)
    drawn = percentile_interval(share(resampled.sums))
    width = drawn[1] - drawn[0]
    assert "normal_sums" in vars(resampled)
    assert (found.low, found.high) == pytest.approx(drawn, abs=0.08 * width)


def test_a_skewed_statistic_is_drawn_also_from_many_rows():
    """A handful of huge items decides the mean: its resamples are Poisson and not normal."""
    rng = np.random.default_rng(12)
    figures = np.column_stack([rng.uniform(0, 1e-3, MANY_ROWS + 2000), np.ones(MANY_ROWS + 2000)])
    figures[:4, 0] = 1000.0
    resampled = Resampled(figures, seed=1)
    found = resampled.estimate(share)
    assert "normal_sums" not in vars(resampled)
    assert found.low >= 0


def test_times_stand_for_equal_rows():
    rows, times = np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([30, 70])
    whole = Resampled(np.repeat(rows, times, axis=0), seed=4).estimate(share)
    brought_together = Resampled(rows[::-1], times[::-1], seed=4).estimate(share)
    assert whole == brought_together
    assert whole.n == 100


@pytest.mark.parametrize("size", [5, 400])
def test_a_mean_is_as_skewed_as_its_items_over_the_root_of_their_number(size):
    values = np.random.default_rng(13).gamma(0.5, size=size)
    figures = np.column_stack([values, np.ones(size)])
    assert Resampled(figures)._skewness(share) == pytest.approx(skew(values) / np.sqrt(size), rel=1e-3)
    assert Resampled(np.ones((size, 2)))._skewness(share) == np.inf


def test_the_same_seed_draws_the_same_and_as_often_as_asked():
    figures = np.column_stack([np.arange(50.0), np.ones(50)])
    assert resampled_sums(figures, 7, 1).shape == (7, 2)
    assert (resampled_sums(figures, 7, 1) == resampled_sums(figures, 7, 1)).all()
    assert (resampled_sums(figures, 7, 1) != resampled_sums(figures, 7, 2)).any()
    few, again, other = (bootstrap(figures, share, 40, seed) for seed in (1, 1, 2))
    assert few == again
    assert few != other
    assert few != bootstrap(figures, share, 4000, 1)
