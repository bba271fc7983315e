"""The way of a window's requests: counts that fit what the monitors did."""

import numpy as np
import pytest

from components.deployment.faults.declaration import STAGES
from components.deployment.monitors import MONITORS
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate
from components.deployment.stage_times import errors_by_stage, stage_times
from components.deployment.stages import stages, way_answer
from components.deployment.world import World
from components.errors import BadInput


def of(keys, runs=40):
    return simulate(read_plan(keys), runs, 2)


def test_all_stages_in_order_with_the_requests_of_the_window():
    found = of({"risk_ratio": 2})
    for window in (1, int(found.ended[0])):
        way, log = stages(found, 0, window), found.log(0)
        assert way["stage"].tolist() == list(STAGES)
        assert set(way["requests"]) == {log["canary requests"].iloc[window - 1]}
        assert not way["alarms"].any()


def test_a_monitor_that_alarmed_has_counted_more_than_its_limit():
    found = of({"faults": [{"code": "F05", "window": 5}], "monitors": ["M06", "M08"], "gate": {"alpha": 1e-9}})
    stopped = [run for run in range(found.runs) if found.noticed_by[run] >= 0]
    assert stopped
    for run in stopped:
        monitor = MONITORS[5] if found.noticed_by[run] == 0 else MONITORS[7]
        heard = int(found.ended[run]) - monitor.delay
        way = stages(found, run, heard).set_index("stage")
        assert monitor.code in way.loc[monitor.stage, "alarms"]
        assert monitor.watches in way.loc[monitor.stage, "signs"]
        assert not stages(found, run, 1)["alarms"].any()


def test_lost_labels_are_missing_at_the_last_stage():
    way = stages(of({"label_coverage": 0.3, "steps": [{"share": 0.5, "windows": 3}]}), 0, 1).set_index("stage")
    assert way.loc["label", "requests"] == pytest.approx(0.3 * way.loc["decision", "requests"], rel=0.25)


def test_the_same_window_is_the_same_again():
    found = of({"faults": [{"code": "F17"}], "strategy": "shadow"})
    assert stages(found, 3, 1).equals(stages(found, 3, 1))


# --- how long it takes


def drawn(keys, requests=20_000, slow=0, window=1, seed=0):
    return stage_times(World(read_plan(keys)), window, requests, slow, np.random.default_rng(seed))


def test_without_waiting_every_stage_takes_its_part_of_the_time():
    times = drawn({"service_ms": 40, "latency_objective_ms": 4000})
    means = {stage: float(taken.mean()) for stage, taken in times.items()}
    assert list(times) == list(STAGES[:-1])
    assert means == pytest.approx({stage: 40 * part for stage, part in read_plan({}).stage_shares.items()}, rel=0.04)


def test_the_wait_is_that_of_a_queue_served_one_by_one():
    """Lindley's recursion: each waits for those who came before; the whole time of an answer has the same percentiles."""
    rng, load, service = np.random.default_rng(3), 0.7, 50.0
    coming, working = rng.exponential(service / load, 200_000), rng.exponential(service, 200_000)
    gaps = working[:-1] - coming[1:]
    walked = np.concatenate([[0.0], np.cumsum(gaps)])
    waited = walked - np.minimum.accumulate(walked)
    plain = (waited + working)[1000:]
    objective = 4000.0
    times = drawn({"requests_per_window": 700, "capacity": 1000, "service_ms": service, "latency_objective_ms": objective})
    ours = sum(times.values())
    for share in (0.5, 0.9, 0.95, 0.99):
        assert np.quantile(ours, share) == pytest.approx(np.quantile(plain, share), rel=0.08)
    assert times["route"].mean() == pytest.approx(waited.mean(), rel=0.08)


def test_as_many_are_slow_as_were_counted_and_at_the_stage_that_is_at_fault():
    keys = {"faults": [{"code": "F15"}], "steps": [{"share": 0.5, "windows": 3}]}
    times = drawn(keys, requests=500, slow=300)
    assert int((sum(times.values()) > 300).sum()) == 300
    assert int((times["decision"] > 300).sum()) > 280
    found = of(keys)
    way = stages(found, 0, 1).set_index("stage")
    assert way.loc["decision", "p50 ms"] > 300 > way.loc["model", "p95 ms"]
    assert "“Decision” takes longest" in way_answer(way.reset_index(), found.plan)


def test_beyond_the_capacity_there_is_no_time_and_without_requests_neither():
    assert drawn({"capacity": 1000, "burst": 2, "burst_every": 1}) is None
    assert drawn({}, requests=0) is None
    busy = of({"capacity": 1500, "burst": 2, "burst_every": 2})
    assert stages(busy, 0, 2)["p95 ms"].isna().all()
    assert "waits without end" in way_answer(stages(busy, 0, 2), busy.plan)


@pytest.mark.parametrize(
    "keys", [{"faults": [{"code": "F05"}]}, {"strategy": "blue-green", "faults": [{"code": "F16"}]}, {"risk_ratio": 3}]
)
def test_errors_arise_somewhere_and_add_up(keys):
    found = of(keys)
    window = int(found.ended[0])
    assert stages(found, 0, window)["errors"].sum() == found.log(0)["canary failures"].iloc[window - 1]
    shared = errors_by_stage(World(found.plan), window, 10_000, np.random.default_rng(0))
    assert sum(shared.values()) == 10_000
    at = found.plan.faults[0].fault.stage if found.plan.faults else "model"
    assert max(shared, key=shared.get) == at


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"route": 1.0}, "Every stage until the decision takes its share"),
        ({"route": 0.5, "validate": 0.5, "preprocess": 0.5, "model": 0, "postprocess": 0, "decision": 0}, "add up to 1"),
        ({"route": 1.5, "validate": -0.5, "preprocess": 0, "model": 0, "postprocess": 0, "decision": 0}, "add up to 1"),
    ],
)
def test_shares_of_the_time_that_cannot_be(shares, said):
    with pytest.raises(BadInput, match=said):
        read_plan({"stage_shares": shares})
