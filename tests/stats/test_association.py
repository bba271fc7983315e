"""Associations against SciPy, and where nothing can be said."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency, rankdata, spearmanr
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


def test_with_missing_cells_a_rank_correlation_is_pearsons_of_the_ranks_that_both_have():
    columns = rng.normal(size=(90, 3)) @ rng.normal(size=(3, 3))
    columns[rng.random(columns.shape) < 0.2] = np.nan
    ranks = np.apply_along_axis(lambda column: rankdata(column, nan_policy="omit"), 0, columns)
    found = rank_correlations(columns)
    for one in range(3):
        for other in range(3):
            both = np.isfinite(columns[:, [one, other]]).all(axis=1)
            assert found[one, other] == pytest.approx(np.corrcoef(ranks[both, one], ranks[both, other])[0, 1], abs=1e-12)


@pytest.mark.parametrize(("rows", "known"), [(30, True), (29, False)])
def test_thirty_shared_rows_are_the_least(rows, known):
    one, other = np.arange(rows) % 3, np.arange(rows) % 4
    assert np.isfinite(rank_correlations(np.column_stack([one, other]).astype(float))[0, 1]) == known
    assert np.isfinite(cramers_v(one, other)) == known
    assert np.isfinite(correlation_ratio(one, other.astype(float))) == known


def test_a_column_that_varies_only_where_the_other_is_missing_has_no_correlation():
    columns = np.column_stack([np.ones(80), rng.normal(size=80)])
    columns[:10, 0], columns[:10, 1] = np.arange(10), np.nan
    assert np.isnan(rank_correlations(columns)[0, 1])
    assert np.isnan(rank_correlations(columns)[1, 0])


@pytest.mark.parametrize("size", [60, 400])
def test_cramers_v_is_bergsmas_formula_on_a_table_that_is_not_square(size):
    """Bergsma (2013), eq. 7, written out on scipy's χ²; categories that are missing on either side count for nothing."""
    one, noise = rng.integers(0, 5, size), rng.integers(0, 3, size)
    other = np.where(rng.random(size) < 0.5, one % 3, noise)
    table = np.zeros((5, 3))
    np.add.at(table, (one, other), 1)
    phi, free = chi2_contingency(table, correction=False).statistic / size, 4 * 2 / (size - 1)
    rows, columns = 5 - 16 / (size - 1), 3 - 4 / (size - 1)
    wanted = np.sqrt((phi - free) / (min(rows, columns) - 1))
    missing = np.full(20, -1)
    one, other = np.concatenate([one, missing, np.arange(20) % 5]), np.concatenate([other, np.arange(20) % 3, missing])
    assert cramers_v(one, other) == pytest.approx(wanted, abs=1e-12)
    assert cramers_v(other, one) == pytest.approx(wanted, abs=1e-12)


def test_the_correlation_ratio_keeps_its_value_in_any_unit_and_with_a_category_that_is_not_there():
    kinds, numbers = np.array([0, 0, 3, 3] * 10), np.array([1.0, 2.0, 3.0, 4.0] * 10)
    assert correlation_ratio(kinds, numbers) ** 2 == pytest.approx(0.8)
    assert correlation_ratio(kinds, numbers * 1e-3) ** 2 == pytest.approx(0.8)
    lonely = np.append(kinds, 5), np.append(numbers, 9.0)
    fitted = np.array([lonely[1][lonely[0] == kind].mean() for kind in lonely[0]])
    assert correlation_ratio(*lonely) ** 2 == pytest.approx(fitted.var() / lonely[1].var())
    assert np.isnan(correlation_ratio(kinds, np.where(kinds == 0, 1e200, -1e200)))
