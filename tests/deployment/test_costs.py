"""What a rollout costs beside bad decisions."""

import pytest

from components.deployment.costs import costs
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate


def of(**keys):
    outcome = simulate(read_plan({"risk_ratio": 2, **keys}), 200, 1)
    return outcome, {one.name: one for one in costs(outcome)}


def test_money_and_error_budget_are_the_excess_in_another_unit():
    outcome, found = of(cost_of_bad=40, error_budget=0.001, window_minutes=10)
    excess, month = outcome.excess_bad_decisions, 0.001 * 1000 * 365.25 / 12 * 24 * 6
    money, budget = found["Cost of the excess"].estimate, found["Error budget of a month used up"].estimate
    assert (money.value, money.low, money.high) == pytest.approx((40 * excess.value, 40 * excess.low, 40 * excess.high))
    assert budget.value == pytest.approx(excess.value / month)


def test_what_nobody_said_is_not_told_and_a_rollback_takes_its_time():
    _, found = of(rollback_delay=3, window_minutes=5, target="device")
    assert list(found) == ["Minutes that a rollback takes", "Minutes of downtime"]
    assert found["Minutes that a rollback takes"].estimate.value == 15
    assert "until the device has updated" in found["Minutes that a rollback takes"].said
    assert found["Minutes of downtime"].estimate.value == 0


def test_an_alarm_waits_for_people_where_there_are_monitors():
    _, found = of(detection_delay=4, window_minutes=5, monitors=["M01"])
    assert found["Minutes until somebody acts on an alarm"].estimate.value == 20
    assert "Minutes until somebody acts on an alarm" not in of(detection_delay=4)[1]


def test_windows_beyond_the_capacity_are_downtime():
    _, found = of(burst=3, burst_every=25, capacity=1500, window_minutes=2)
    assert found["Minutes of downtime"].estimate.value == 6
