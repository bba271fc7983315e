"""Paired tests against statsmodels, and the interval's coverage."""

import numpy as np
import pytest
from scipy.stats import norm
from statsmodels.stats.contingency_tables import mcnemar as theirs
from statsmodels.stats.multitest import multipletests

from components.stats.paired import holm, mcnemar, paired_interval, smallest_detectable

RNG = np.random.default_rng(7)


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 0), (1, 8), (8, 1), (40, 62), (5, 5), (500, 431), (9000, 9400)])
def test_mcnemar_is_statsmodels(first, second):
    assert mcnemar(first, second) == pytest.approx(theirs([[10, first], [second, 10]], exact=True).pvalue, rel=1e-9)


def test_mcnemar_of_counts_without_end_is_still_a_probability():
    assert 0 <= mcnemar(2_000_000, 2_100_000) < 1e-12
    assert mcnemar(10**7, 10**7) == 1


def test_holm_is_statsmodels():
    p = np.append(RNG.uniform(size=40) ** 3, [0.0, 1.0, 0.5, 0.5])
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1], abs=1e-12)
    assert len(holm([])) == 0


@pytest.mark.parametrize(("n", "only_first", "only_second"), [(60, 0.05, 0.05), (100, 0.1, 0.02), (500, 0.02, 0.01)])
def test_the_interval_covers(n, only_first, only_second):
    counts = RNG.multinomial(n, [only_first, only_second, 1 - only_first - only_second], size=4000)
    kinds, times = np.unique(counts[:, :2], axis=0, return_counts=True)
    limits = [paired_interval(int(a), int(b), n) for a, b in kinds]
    held = sum(t for (low, high), t in zip(limits, times, strict=True) if low <= only_first - only_second <= high)
    assert 0.94 <= held / 4000 <= 0.985


def test_without_discordant_items_the_interval_keeps_its_width():
    low, high = paired_interval(0, 0, 100)
    assert (low, high) == (pytest.approx(-high), pytest.approx(0.0272, abs=5e-4))


def test_the_smallest_difference_is_found_in_four_of_five_tries():
    n, discordant = 1000, 0.1
    shift = smallest_detectable(np.sqrt(discordant / n))
    counts = RNG.multinomial(n, [(discordant + shift) / 2, (discordant - shift) / 2, 1 - discordant], size=2000)
    found = np.mean([mcnemar(int(a), int(b)) <= 0.05 for a, b, _ in counts])
    assert found == pytest.approx(0.78, abs=0.04)


@pytest.mark.parametrize(("first", "second", "n"), [(12, 4, 40), (0, 9, 30), (35, 2, 37), (29, 0, 29)])
def test_with_few_discordant_items_the_interval_is_that_of_bonett_and_price(first, second, n):
    """Bonett & Price (2012): Wald's interval with one item more in either discordant cell and two more in all."""
    a, b = (first + 1) / (n + 2), (second + 1) / (n + 2)
    half = norm.ppf(0.975) * np.sqrt((a + b - (a - b) ** 2) / (n + 2))
    assert paired_interval(first, second, n) == pytest.approx((max(a - b - half, -1), min(a - b + half, 1)))


def test_the_interval_of_a_difference_never_leaves_what_a_difference_can_be():
    assert paired_interval(3, 0, 3)[1] <= 1
    assert paired_interval(0, 3, 3)[0] >= -1
