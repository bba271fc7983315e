"""Slow answers as a second metric of the gate: they stop a slow version, keep α, never promote, and reach the manifests."""

import numpy as np
import pytest
import yaml

from components.deployment.event_log import event_log
from components.deployment.gates import EProcess, Threshold, ZTest
from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.monitoring import prometheus
from components.deployment.reading import read_plan
from components.deployment.rehearsal import rehearse
from components.deployment.simulation import simulate

SLOW = {"code": "F15", "window": 1, "strength": 0.05}


def outcome(runs=1000, seed=1, **keys):
    return simulate(read_plan({"judge_latency": True, **keys}), runs, seed)


@pytest.mark.parametrize("strategy", ["canary", "shadow", "blue-green"])
def test_a_slow_version_is_rolled_back_though_its_decisions_are_as_good(strategy):
    steps = [{"share": 0.5, "windows": 20}]
    judged, blind = (outcome(faults=[SLOW], strategy=strategy, steps=steps, judge_latency=on) for on in (True, False))
    assert judged.rolled_back.value > 0.95
    assert blind.rolled_back.value < judged.rolled_back.value - 0.5
    assert judged.by_latency.mean() > 0.9
    assert not blind.by_latency.any()


def test_the_log_says_that_it_was_for_slow_answers():
    found = outcome(100, faults=[SLOW])
    run = int(np.flatnonzero(found.by_latency)[0])
    last = event_log(found, run).iloc[-1]
    assert last["event"].endswith("roll back: answers slower than 300 ms")
    assert (last["gate"], last["window"]) == ("FAIL", found.ended[run])


@pytest.mark.parametrize(
    "world",
    [
        {},
        {"failure_rate": 0.3, "gate": {"alpha": 0.1}},
        {"capacity": 1100, "daily_swing": 0.2, "window_minutes": 30},
        {"faults": [{"code": "F18", "window": 20, "arm": "both"}]},
        {"strategy": "blue-green", "capacity": 1050},
        {"unit": {"kind": "user", "requests": 5, "correlation": 0.4}},
    ],
)
def test_false_rollbacks_stay_under_alpha_for_both_metrics_together(world):
    found = outcome(1500, 3, **world)
    assert found.rolled_back.low <= found.plan.gate.alpha


def test_slow_answers_never_promote():
    nothing_known = outcome(200, label_coverage=1e-6)
    assert nothing_known.promoted.value == 0
    assert nothing_known.undecided.value > 0.9


def test_two_metrics_share_alpha_and_strikes_stay_what_they_are():
    assert EProcess(alpha=0.1, margin=0.3).shared(2) == EProcess(alpha=0.05, margin=0.3)
    assert ZTest(alpha=0.1).shared(2).alpha == 0.05
    assert Threshold().shared(2) == Threshold()
    assert outcome(1).plan.judging.alpha == 0.025


def test_the_method_says_what_is_judged():
    said = rehearse(read_plan({"judge_latency": True, "latency_objective_ms": 200}), 2.0, 50).method
    assert "margin .25, for failures and for answers slower than 200 ms." in said


def test_the_tools_judge_it_too_or_say_that_they_cannot():
    gates = {"threshold": {"kind": "threshold"}, "e-process": {}}
    plans = {name: read_plan({"judge_latency": True, "label_delay": 3, "gate": gate}) for name, gate in gates.items()}
    failures, slow = list(yaml.safe_load_all(argo_rollouts(plans["threshold"])[0]))[1]["spec"]["metrics"]
    assert ("initialDelay" in failures, "initialDelay" in slow) == (True, False)
    assert 'answer_seconds_bucket{service="model",version="new",le="0.3"}[1m]' in slow["provider"]["prometheus"]["query"]
    asked = [one["provider"]["web"]["url"] for one in list(yaml.safe_load_all(argo_rollouts(plans["e-process"])[0]))[1]["spec"]["metrics"]]
    assert ["metric=slow" in one for one in asked] == [False, True]
    assert all("alpha=0.025" in one for one in asked)
    canary, *templates = yaml.safe_load_all(flagger(plans["threshold"])[0])
    names = [one["templateRef"]["name"] for one in canary["spec"]["analysis"]["metrics"]]
    assert names == [one["metadata"]["name"] for one in templates] == ["model-failures", "model-slow-answers"]
    hooks = next(iter(yaml.safe_load_all(flagger(plans["e-process"])[0])))["spec"]["analysis"]["webhooks"]
    assert [one["metadata"].get("metric") for one in hooks] == [None, "slow"]
    assert any("judges no latency" in line for line in kserve(plans["e-process"])[1])
    assert prometheus(plans["e-process"])[0]
