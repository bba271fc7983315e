"""Associations against SciPy, and where nothing can be said."""

import numpy as np
import pytest
from scipy.stats import spearmanr
from scipy.stats.contingency import association

from components.stats.association import correlation_ratio, cramers_v, rank_correlations

rng = np.random.default_rng(3)


def test_rank_correlations_are_those_of_scipy():
    columns = rng.normal(size=(80, 4)) @ rng.normal(size=(4, 4))
    np.testing.assert_allclose(rank_correlations(columns), spearmanr(columns).statistic, atol=1e-12)


def test_pairs_without_enough_shared_rows_or_without_variation_have_none():
    columns = rng.normal(size=(80, 4))
    columns[:60, 1] = np.nan
    columns[:, 2] = 5
    columns[0, 3] = np.inf
    found = rank_correlations(columns)
    assert np.isnan(found[0, 1])
    assert np.isnan(found[0, 2])
    assert abs(found[0, 3]) < 0.4


def test_cramers_v_loses_its_bias_only():
    one = rng.integers(0, 4, 5000)
    other = np.where(rng.random(5000) < 0.6, one, rng.integers(0, 4, 5000))
    counts = np.histogram2d(one, other, bins=4)[0].astype(int)
    assert cramers_v(one, other) == pytest.approx(association(counts, "cramer"), abs=0.002)
    assert cramers_v(one, rng.integers(0, 4, 5000)) < 0.03
    assert np.isnan(cramers_v(one, np.zeros(5000, int)))
    assert np.isnan(cramers_v(one[:20], other[:20]))


def test_the_correlation_ratio_is_the_root_of_r_squared_of_a_regression_on_the_categories():
    kinds = rng.integers(0, 3, 400)
    numbers = kinds**2 + rng.normal(size=400)
    fitted = np.array([numbers[kinds == kind].mean() for kind in kinds])
    assert correlation_ratio(kinds, numbers) ** 2 == pytest.approx(fitted.var() / numbers.var())
    assert np.isnan(correlation_ratio(kinds, np.ones(400)))
    assert np.isnan(correlation_ratio(np.full(400, -1), numbers))
