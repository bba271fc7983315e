"""Distances of distributions, held against published values and SciPy."""

import numpy as np
import pytest
from scipy import stats
from scipy.spatial import distance
from statsmodels.stats.multitest import multipletests

from components.stats import shift

# Shares of six score bands, made up; the index is held to the sum of its terms, written out.
SCORECARD = ([0.05, 0.10, 0.20, 0.30, 0.20, 0.15], [0.07, 0.12, 0.25, 0.26, 0.16, 0.14])


def test_psi_is_the_sum_of_its_terms():
    terms = [(q - p) * np.log(q / p) for p, q in zip(*SCORECARD, strict=True)]
    assert float(shift.psi(*SCORECARD)) == pytest.approx(sum(terms), abs=1e-12)
    assert float(shift.psi([25, 25, 25, 25], [10, 20, 30, 40])) == pytest.approx(0.2282, abs=5e-5)


def test_an_empty_cell_counts_as_one_in_ten_thousand():
    wanted = (0.5 - 1e-4) * np.log(0.5 / 1e-4) + (0.5 - 1) * np.log(0.5 / 1)
    assert float(shift.psi([0, 10], [5, 5])) == pytest.approx(wanted)
    assert float(shift.psi([5, 5, 0], [5, 5, 0])) == 0


def test_distances_are_scipys():
    rng = np.random.default_rng(0)
    for _ in range(20):
        b, a = rng.integers(0, 50, 8), rng.integers(1, 50, 8)
        assert float(shift.jensen_shannon(b, a)) == pytest.approx(distance.jensenshannon(b, a, base=2))
        wanted = stats.chi2_contingency(np.array([b, a]), correction=False).statistic
        assert float(shift.chi_squared(b, a)) == pytest.approx(wanted)
        values = [np.repeat(np.arange(8), counts) for counts in (b, a)]
        assert float(shift.kolmogorov_smirnov(b, a)) == pytest.approx(stats.ks_2samp(*values).statistic)


def test_false_discovery_rate_is_statsmodels():
    p = np.random.default_rng(1).uniform(size=30) ** 3
    assert shift.benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])
    assert np.isnan(shift.benjamini_hochberg([np.nan, 0.5])).tolist() == [True, False]


def test_shuffled_rows_keep_their_totals_and_chance_moves_as_much_as_it_should():
    before, after = np.array([300, 500, 200]), np.array([90, 160, 50])
    first, second = shift.permuted(before, after, 2000, 0)
    assert (first.sum(1) == 1000).all()
    assert (first + second == before + after).all()
    moved = shift.total_variation(first, second).mean()
    assert moved == pytest.approx(shift.total_variation_by_chance(before, after), rel=0.03)


@pytest.mark.parametrize(
    "distance_of", [shift.psi, shift.jensen_shannon, shift.chi_squared, shift.kolmogorov_smirnov, shift.total_variation]
)
def test_many_distributions_at_once_give_what_each_gives(distance_of):
    rng = np.random.default_rng(4)
    before, after = rng.integers(0, 30, (6, 5)), rng.integers(0, 30, (6, 5))
    before[0, 1] = after[0, 1] = 0
    each = [float(distance_of(b, a)) for b, a in zip(before, after, strict=True)]
    assert distance_of(before, after) == pytest.approx(each, abs=1e-12)
    assert len(set(each)) == 6


def test_cells_empty_in_both_count_for_nothing_and_an_empty_sample_is_no_distance():
    assert float(shift.chi_squared([10, 0, 20], [20, 0, 10])) == pytest.approx(float(shift.chi_squared([10, 20], [20, 10])))
    assert float(shift.chi_squared([1, 0], [0, 2])) == pytest.approx(3)
    assert float(shift.chi_squared([0, 0], [3, 4])) == 0
    assert float(shift.total_variation([0, 0], [0, 0])) == 0


def test_a_seed_draws_the_same_again_and_adjusted_p_values_stay_probabilities():
    first, second = (shift.permuted([30, 50, 20], [9, 16, 5], 5, 3)[0] for _ in range(2))
    assert (first == second).all()
    assert shift.benjamini_hochberg([0.9, 0.95, 1.0]).tolist() == [1, 1, 1]
