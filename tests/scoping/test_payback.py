"""Expected value and payback: by hand, by an independent simulation, and never infinity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.errors import BadInput
from components.scoping.assessment.charts import payback_chart
from components.scoping.assessment.payback import cumulated, payback, payback_table
from components.scoping.assessment.records import Economics, Outcome
from components.theme import LIGHT

COSTS = Economics(volume=1000, running=500, build=6000)
OUTCOMES = [
    Outcome(solution="s", name="right", rate=0.9, value=2),
    Outcome(solution="s", name="false alarm", rate=0.08, value=-1),
    Outcome(solution="s", name="missed", rate=0.02, value=-10),
]


def test_the_cost_matrix_by_hand():
    found = payback("Recogniser", COSTS, OUTCOMES)
    assert found.net.value == pytest.approx(1000 * (0.9 * 2 - 0.08 - 0.2) - 500) == pytest.approx(1020)
    assert found.periods.value == pytest.approx(6000 / 1020)
    assert (found.net.low, found.net.high) == pytest.approx((1020, 1020))
    assert found.payback_text == "pays back in 5.9 months [5.9, 5.9]"
    assert found.sentence == "“Recogniser” brings 1,020 € a month and pays back in 5.9 months [5.9, 5.9]."
    assert found.never == 0


def test_ranges_against_an_independent_simulation():
    costs = Economics(
        volume_low=800, volume=1000, volume_high=1500, running_low=300, running=500, running_high=900, build=6000, build_high=9000
    )
    outcomes = [Outcome(solution="s", name="right", rate_low=0.5, rate=0.8, rate_high=0.9, value_low=1.7, value=2, value_high=2.5)]
    found = payback("x", costs, outcomes)
    rng = np.random.default_rng(99)
    size = 400_000
    net = rng.triangular(800, 1000, 1500, size) * rng.triangular(0.5, 0.8, 0.9, size) * rng.triangular(1.7, 2, 2.5, size)
    net -= rng.triangular(300, 500, 900, size)
    assert (found.net.low, found.net.high) == pytest.approx(np.quantile(net, [0.025, 0.975]), rel=0.03)
    periods = rng.triangular(6000, 6000 + 1e-9, 9000, size) / net
    assert (found.periods.low, found.periods.high) == pytest.approx(np.quantile(periods, [0.025, 0.975]), rel=0.04)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"volume": None}, "volume"),
        ({"running": None}, "running cost"),
        ({"build": None}, "build cost"),
        ({"volume": None, "build": None}, "volume and build cost"),
    ],
)
def test_what_is_missing_is_incomplete_and_named(change, missing):
    found = payback("x", COSTS.model_copy(update=change), OUTCOMES)
    assert found.payback_text == f"incomplete: {missing} missing"
    assert found.net.value is None
    assert "Nobody knows yet what “x” is worth" in found.sentence
    assert len(cumulated(found)) == 0


def test_without_anything_every_part_is_named():
    assert payback("x", None, []).missing == ["volume", "running cost", "build cost", "outcomes"]
    halves = [Outcome(solution="s", name="right"), Outcome(solution="s", name="wrong", rate=0.1)]
    assert payback("x", COSTS, halves).missing == ["share of “right”", "worth of “right”", "worth of “wrong”"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"running": 1520}, "“x” never pays back: it brings nothing a month."),
        ({"running": 1620}, "“x” never pays back: it costs 100 € a month more than it brings."),
        ({"volume": 0}, "“x” never pays back: it costs 500 € a month more than it brings."),
        ({"volume": 0, "running": 0}, "“x” never pays back: it brings nothing a month."),
        ({"volume": 0, "running": 0, "build": 0}, "“x” never pays back: it brings nothing a month."),
        ({"build": 0}, "“x” brings 1,020 € a month and pays back at once."),
    ],
)
def test_nothing_and_less_than_nothing_are_said_in_words(change, sentence):
    found = payback("x", COSTS.model_copy(update=change), OUTCOMES)
    assert found.sentence == sentence
    assert "inf" not in found.sentence + found.method + found.payback_text
    payback_chart(found, LIGHT).to_dict()


def test_an_interval_without_end_says_never():
    found = payback("x", COSTS.model_copy(update={"running": 1400, "running_low": 1200, "running_high": 1700}), OUTCOMES)
    assert found.periods.high is None
    assert found.payback_text.endswith(", never]")
    assert found.never == pytest.approx((1700 - 1520) ** 2 / (500 * 300), abs=0.01)  # the triangle above the break-even
    assert "of the draws it never pays back." in found.method


def test_shares_of_more_than_everything_dont_add_up():
    with pytest.raises(BadInput, match=r"add up to 110\.0 %"):
        payback("x", COSTS, [Outcome(solution="s", name=name, rate=0.55, value=1) for name in "ab"])


def test_what_no_outcome_covers_is_said():
    found = payback("x", COSTS, OUTCOMES[:1])
    assert found.unaccounted == pytest.approx(0.1)
    assert "10.0 % of the decisions have no outcome" in found.method


@pytest.mark.parametrize("values", [{"volume": -1}, {"build": -1}, {"running": float("inf")}, {"volume": 5, "volume_low": 6}])
def test_impossible_amounts_are_refused(values):
    with pytest.raises(ValueError, match="validation error"):
        Economics(**values)
    with pytest.raises(ValueError, match="validation error"):
        Outcome(solution="s", name="x", rate=1.5)


amount = st.floats(0, 1e9)


@settings(max_examples=40, deadline=None)
@given(amount, amount, amount, st.floats(0, 1), st.floats(-1e6, 1e6))
def test_it_is_never_infinite(volume, running, build, rate, value):
    found = payback("x", Economics(volume=volume, running=running, build=build), [Outcome(solution="s", name="a", rate=rate, value=value)])
    text = found.sentence + found.method + str(payback_table([found]).to_dict())
    assert "inf" not in text
    assert "nan" not in text
    assert found.periods.value is None or np.isfinite(found.periods.value)
