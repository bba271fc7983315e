"""Traffic: the day, bursts, and what a limited capacity does to decisions and to latency."""

import numpy as np
import pytest
from scipy import stats

from components.deployment.reading import read_plan
from components.deployment.simulation import simulate
from components.deployment.traffic import Traffic
from components.deployment.world import World


def traffic(windows=48, **keys):
    return Traffic(read_plan(keys), windows)


def test_a_plain_plan_has_the_same_traffic_in_every_window():
    plain = traffic()
    assert set(plain.requests) == {1000}
    assert not plain.load.any()
    assert not plain.unanswered.any()
    assert not plain.slow.any()


def test_the_day_swings_around_its_mean_and_bursts_come_on_time():
    day = traffic(24, window_minutes=60, daily_swing=0.5)
    assert (day.requests.max(), day.requests.min()) == (1500, 500)
    assert day.requests.mean() == 1000
    bursts = traffic(21, burst=4, burst_every=7).requests
    assert np.flatnonzero(bursts == 4000).tolist() == [6, 13, 20]
    assert (np.delete(bursts, [6, 13, 20]) == 1000).all()


def test_what_comes_beyond_the_capacity_gets_no_decision_in_either_version():
    plan = read_plan({"burst": 2, "burst_every": 5, "capacity": 1600, "failure_rate": 0.1, "risk_ratio": 2.0})
    world = World(plan)
    assert world.traffic.unanswered[4] == pytest.approx(0.2)
    assert world.old[4] == pytest.approx(1 - 0.9 * 0.8)
    assert world.new[4] == pytest.approx(1 - 0.8 * 0.8)
    assert (world.old[0], world.new[0]) == (pytest.approx(0.1), pytest.approx(0.2))
    assert world.wrong.all()
    assert not World(plan.model_copy(update={"risk_ratio": 1.0})).wrong[0]
    assert World(plan.model_copy(update={"risk_ratio": 1.0})).wrong[4]


def test_latency_is_that_of_a_queue_with_one_server():
    """Against a queue simulated customer by customer (Lindley's recursion)."""
    found = traffic(1, capacity=2000, service_ms=50.0, latency_objective_ms=150.0)
    row = found.latency().iloc[0]
    rng = np.random.default_rng(4)
    between, service = rng.exponential(100, 400_000), rng.exponential(50, 400_000)  # half of the capacity
    steps = np.concatenate([[0.0], np.cumsum(service[:-1] - between[1:])])
    waiting = steps - np.minimum.accumulate(steps)
    took = waiting + service
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        assert row[name] == pytest.approx(np.quantile(took, share), rel=0.06)
        assert row[name] == pytest.approx(stats.expon(scale=100).ppf(share))
    assert row["slow"] == pytest.approx((took > 150).mean(), rel=0.06)


def test_latency_grows_with_the_load_and_has_no_figure_beyond_the_capacity():
    frame = traffic(10, burst=3, burst_every=5, capacity=1500).latency()
    assert frame["p95"].isna().tolist() == (frame["load"] >= 1).tolist()
    assert frame["slow"].iloc[4] == 1
    shares = [traffic(1, capacity=capacity).slow[0] for capacity in (1100, 1500, 3000)]
    assert shares == sorted(shares, reverse=True)


def test_a_full_capacity_is_noticed_by_the_monitors_of_load_and_latency():
    busy = {"burst": 3, "burst_every": 10, "capacity": 1500, "gate": {"alpha": 1e-9}, "steps": [{"share": 0.2, "windows": 30}]}
    for monitor in ("M10", "M11"):
        found = simulate(read_plan({**busy, "monitors": [monitor]}), 200, 1)
        assert found.rolled_back.value == 1
        assert np.median(found.ended) == 10
    assert simulate(read_plan({**busy, "capacity": None, "monitors": ["M10", "M11"]}), 200, 1).rolled_back.value < 0.05


def test_the_e_process_keeps_its_promise_while_traffic_swings_and_both_versions_are_overrun():
    keys = {"daily_swing": 0.8, "window_minutes": 30, "burst": 4, "burst_every": 9, "capacity": 2000}
    assert simulate(read_plan(keys), 1500, 3).rolled_back.low < 0.05
