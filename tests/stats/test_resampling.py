"""The bootstrap as weights times a matrix."""

import numpy as np
import pytest

from components.stats.resampling import bootstrap, percentile_interval, resampled_sums


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
