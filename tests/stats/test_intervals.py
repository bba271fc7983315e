"""Wilson's interval and the rule of three and ratios of shares, against statsmodels and published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import contingency
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from components.stats.estimate import Estimate
from components.stats.intervals import difference_of_independent, relative_risk, rule_of_three, wilson


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_is_the_one_of_statsmodels(case, level):
    successes, n = case
    ours = wilson(successes, n, level)
    low, high = proportion_confint(successes, n, alpha=1 - level, method="wilson")
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=1e-12)
    assert 0 <= ours.low <= ours.value <= ours.high <= 1
    assert (ours.n, ours.level) == (n, level)


def test_nothing_counted_has_no_value_and_says_why():
    estimate = wilson(0, 0, 0.9)
    assert (estimate.value, estimate.n, estimate.level) == (None, 0, 0.9)
    assert estimate.why == "There is nothing to count yet."


@pytest.mark.parametrize(("successes", "n", "level"), [(-1, 5, 0.95), (6, 5, 0.95), (1, 5, 0), (1, 5, 1)])
def test_impossible_counts_are_refused(successes, n, level):
    with pytest.raises(ValueError, match="must lie between"):
        wilson(successes, n, level)


@pytest.mark.parametrize(("n", "published"), [(10, 0.2589), (30, 0.0950), (100, 0.0295), (1000, 0.0030)])
def test_rule_of_three_gives_the_exact_limit(n, published):
    assert rule_of_three(n) == pytest.approx(published, abs=5e-5)


def test_rule_of_three_needs_a_try():
    with pytest.raises(ValueError, match="at least 1"):
        rule_of_three(0)


@given(st.tuples(*[st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))] * 2), st.sampled_from([0.9, 0.95]))
def test_a_ratio_of_shares_is_the_one_of_scipy(case, level):
    (successes, n), (others, m) = case
    ours, theirs = relative_risk(successes, n, others, m, level), contingency.relative_risk(successes, n, others, m)
    low, high = theirs.confidence_interval(level)
    assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.relative_risk, low, high))
    assert ours.n == n + m


def test_a_ratio_of_nothing_says_why():
    assert relative_risk(1, 10, 0, 10).why
    assert (relative_risk(0, 10, 1, 10).value, relative_risk(0, 10, 1, 10).low) == (0.0, None)


@given(n=st.integers(5, 300), m=st.integers(5, 300), data=st.data())
def test_differences_of_shares_measured_apart_are_newcombes(n, m, data):
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    found = difference_of_independent(wilson(a, n), wilson(b, m))
    assert (found.low, found.high) == pytest.approx(confint_proportions_2indep(a, n, b, m, method="newcomb"), abs=1e-9)


def test_a_difference_needs_both_and_limits_need_four():
    nothing = difference_of_independent(wilson(0, 0), wilson(1, 2))
    assert (nothing.value, nothing.why) == (None, "There is nothing to count yet.")
    bare = difference_of_independent(Estimate(0.5), wilson(1, 4))
    assert (bare.value, bare.low, bare.high) == (0.25, None, None)
