"""The error history projected: held against statsmodels' prediction interval and cases worked by hand; and read from tables."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from components.errors import BadInput
from components.project.target import Target
from components.scoping.assessment.charts import history_chart
from components.scoping.assessment.history import YEAR, _Fit, project, read, target_error
from components.scoping.assessment.records import ErrorMeasurement
from components.theme import DARK

FIRST = date(2025, 1, 1)
NOISY = (0.100, 0.092, 0.077, 0.074, 0.066, 0.056, 0.055, 0.047)


def history(errors, n=None, days=61):
    return [ErrorMeasurement(measured_on=FIRST + timedelta(days=days * k), error_rate=e, n=n) for k, e in enumerate(errors)]


def test_a_halving_every_year_by_hand():
    halving = [0.08 * 0.5 ** (day / YEAR) for day in (0, 100, 200, 300)]
    found = project(history(halving, days=100), 0.01)
    assert found.state == "projected"
    assert found.a_year == pytest.approx(0.5)
    assert found.likely == FIRST + timedelta(days=round(3 * YEAR))
    assert found.earliest == found.latest == found.likely
    assert "further ahead than the history is long" in found.method


@pytest.mark.parametrize("ahead", [0.5, 1.0, 2.0])
def test_the_share_of_draws_by_a_day_is_the_prediction_interval_of_the_regression(ahead):
    x = np.array([61 * k / YEAR for k in range(len(NOISY))])
    model = sm.OLS(np.log(NOISY), sm.add_constant(x)).fit()
    late = x[-1] + ahead
    predicted = model.get_prediction([[1.0, late]])
    expected = stats.t.cdf((math.log(0.03) - predicted.predicted_mean[0]) / predicted.se_obs[0], model.df_resid)
    found = project(history(NOISY), 0.03)
    drawn = (_Fit(x, np.log(NOISY), 0.0, 0).met(math.log(0.03)) <= late).mean()
    assert drawn == pytest.approx(expected, abs=0.03)
    assert found.state == "projected"


def test_the_interval_of_the_date_is_where_the_regressions_band_meets_the_target():
    x = np.array([61 * k / YEAR for k in range(len(NOISY))])
    model = sm.OLS(np.log(NOISY), sm.add_constant(x)).fit()
    grid = np.linspace(x[-1], x[-1] + 9, 4000)
    band = model.get_prediction(sm.add_constant(grid)).conf_int(obs=True, alpha=0.05)
    meets = [grid[np.argmax(band[:, side] <= math.log(0.03))] for side in (0, 1)]
    found = project(history(NOISY), 0.03)
    days = [(day - FIRST).days / YEAR for day in (found.earliest, found.latest)]
    assert days == pytest.approx(meets, rel=0.06)
    assert found.earliest < found.likely < found.latest


def test_few_counted_items_make_it_less_sure_than_a_smooth_line_looks():
    smooth = [0.08 * 0.5 ** (k / 6) for k in range(6)]
    sure, unsure = project(history(smooth), 0.02), project(history(smooth, n=150), 0.02)
    assert sure.earliest == sure.latest
    assert (unsure.latest or date.max) - unsure.earliest > timedelta(days=60)
    assert unsure.likely == sure.likely


@pytest.mark.parametrize(
    ("errors", "why"), [((0.03, 0.04, 0.05, 0.06), "the error doesn't fall"), ((0.05, 0.049, 0.0495, 0.0485), "of the draws")]
)
def test_what_does_not_fall_enough_is_not_on_this_trend(errors, why):
    found = project(history(errors), 0.001)
    assert found.state == "not on this trend"
    assert found.sentence.startswith("Not on this trend: the target of 0.1 % errors is out of reach")
    assert why in found.sentence
    assert found.likely is None
    assert len(found.curve)


def test_a_trend_that_may_be_none_has_no_end():
    found = project(history((0.10, 0.07, 0.085, 0.06)), 0.045)
    assert found.state == "projected"
    assert found.latest is None
    assert found.sentence.endswith("and never.")
    assert "never reached" in found.method


def test_reached_is_said_without_a_projection():
    found = project(history((0.05, 0.03, 0.02)), 0.02)
    assert found.state == "reached"
    assert found.sentence == "The target of 2.0 % errors was reached on 3 May 2025."


@pytest.mark.parametrize("errors", [(), (0.05,), (0.05, 0.04)])
def test_two_days_are_too_few(errors):
    found = project(history(errors), 0.01)
    assert found.state == "too few"
    assert "too few for a trend" in found.sentence


def test_three_measurements_of_one_day_are_too_few():
    assert project(history((0.05, 0.04, 0.03), days=0), 0.01).state == "too few"


def test_no_error_at_all_counts_as_half_a_one_where_n_is_known():
    found = project([*history((0.02, 0.01, 0.005), n=200), *history((0.0,))], 0.0001)
    assert len(found.points) == 4
    counted = project(history((0.02, 0.01, 0.0), n=200), 0.0001)
    assert counted.a_year > 0.9


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.none() | st.integers(1, 10_000)), min_size=1, max_size=8), st.floats(0.0005, 0.9))
def test_any_history_gives_a_sentence_dates_in_order_and_a_chart(rows, target):
    points = [ErrorMeasurement(measured_on=FIRST + timedelta(days=40 * k), error_rate=e, n=n) for k, (e, n) in enumerate(rows)]
    found = project(points, target)
    assert found.sentence.endswith(".")
    assert "inf" not in found.sentence
    assert "nan" not in found.sentence + found.method
    if found.likely:
        assert points[-1].measured_on <= found.earliest <= (found.latest or date.max)
    history_chart(found, DARK).to_dict()


@pytest.mark.parametrize(
    ("target", "error"),
    [
        (Target(value=0.985), 0.015),
        (Target(metric="error", value=0.02, direction="lower"), 0.02),
        (Target(metric="F1", value=0.9), None),
        (Target(value=1.0), None),
        (None, None),
    ],
)
def test_a_target_is_read_as_an_error_rate_where_it_is_one(target, error):
    assert target_error(target) == (None if error is None else pytest.approx(error))


def test_a_table_is_read_and_what_is_unknown_or_wrong_is_named():
    taken = read(
        "pasted", "month\tError rate\tn\tmodel\n2026-03\t4.1 %\t2000\tv1\n2026-05-09\t0,034\t\tv2\nMay\t.03\t\t\n2026-07-01\t7\t\t\n"
    )
    assert [(one.measured_on, one.error_rate, one.n) for one in taken.entries] == [
        (date(2026, 3, 1), 0.041, 2000),
        (date(2026, 5, 9), 0.034, None),
    ]
    assert taken.unknown == ["model"]
    assert taken.refused == [
        "Line 4: Measured on: write the date as 2026-11-24",
        "Line 5: an error rate of 7 lies beyond 0 to 1: write 2.5 % as .025 or as 2.5 %",
    ]
    with pytest.raises(BadInput, match="no column “date”"):
        read("pasted", "error\n.05\n")
