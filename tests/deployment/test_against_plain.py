"""The simulation against the plain one, request by request: the same distributions for every strategy, gate and fault."""

import numpy as np
import pytest
from scipy import stats

from components.deployment.faults import FAULTS
from components.deployment.monitors import MONITORS
from components.deployment.reading import read_plan
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK
from components.deployment.simulation import simulate
from tests.deployment import plain_rollout

SMALL = {
    "requests_per_window": 200,
    "steps": [{"share": 0.1, "windows": 8}, {"share": 0.3, "windows": 12}],
    "failure_rate": 0.1,
    "gate": {"alpha": 0.1, "margin": 0.5},
}
GATES = ({"alpha": 0.1, "margin": 0.5}, {"kind": "threshold", "limit": 0.25, "strikes": 3}, {"kind": "z-test", "alpha": 0.05})
PLAIN, OURS = 300, 3000


PAIRS = [{"strategy": strategy, "gate": gate, "windows_after": 4} for strategy in ("canary", "shadow", "blue-green") for gate in GATES]


def faulty(fault):
    """A rollout into which a fault strikes, with the monitors that can see it; one that only hides harm strikes where there is some."""
    watching = [monitor.code for monitor in MONITORS if monitor.watches in fault.signs]
    injected = [{"code": fault.code, "window": 5, "strength": 0.2 if fault.harm else 1.0}]
    return {"faults": injected, "monitors": watching[:2], "risk_ratio": 1.0 if fault.harm else 1.5}


def compared():
    """Every strategy with every gate; every fault with the monitors that can see it, and once more with another of the pairs of strategy
    and gate (all of them: tests/benchmarks); labels that come late or never.
    """
    for strategy in ("shadow", "canary", "blue-green"):
        for gate in GATES:
            for risk in (1.0, 2.0):
                yield {"strategy": strategy, "gate": gate, "risk_ratio": risk, "windows_after": 4}
    for number, fault in enumerate(FAULTS):
        yield faulty(fault)
        yield {**faulty(fault), **PAIRS[number % len(PAIRS)]}
    turning = [{"code": "F05", "window": 3, "windows": 12, "course": "seasonal", "strength": 0.5}]
    yield {"faults": [*turning, {"code": "F12", "window": 2, "course": "gradual", "arm": "both"}], "monitors": ["M06"]}
    slower = {"judge_latency": True, "faults": [{"code": "F15", "window": 4, "strength": 0.1}]}
    for strategy, gate in zip(("canary", "shadow", "blue-green"), GATES, strict=True):
        yield {**slower, "strategy": strategy, "gate": gate, "label_delay": 2, "warm_up": 2}
    yield {**slower, "gate": GATES[2]}
    yield {**slower, "strategy": "shadow", "review": {"capacity": 6}}
    yield {**slower, "unit": {"kind": "user", "requests": 4, "correlation": 0.3}}
    yield {"judge_latency": True, "capacity": 210, "daily_swing": 0.2, "window_minutes": 60, "monitors": ["M10"], "risk_ratio": 0.6}
    late = {"label_delay": 3, "label_coverage": 0.6, "monitors": ["M14", "M15"], "risk_ratio": 1.5}
    for gate in GATES:
        yield {**late, "gate": gate}
    busy = {"daily_swing": 0.5, "window_minutes": 60, "burst": 3, "burst_every": 7, "capacity": 260, "monitors": ["M10", "M11"]}
    for strategy in ("shadow", "canary", "blue-green"):
        yield {**busy, "strategy": strategy, "windows_after": 6}
    yield {**busy, "capacity": 130, "replicas": 2, "detection_delay": 2, "windows_after": 3}
    striking = {"faults": [{"code": "F05", "window": 7, "strength": 0.2}], "monitors": ["M02", "M14"], "rollback_delay": 2}
    for strategy in ("canary", "blue-green"):
        yield {**striking, "strategy": strategy, "detection_delay": 3, "windows_after": 4}
    yield {**busy, "monitors": [], "risk_ratio": 2.0, "gate": GATES[2]}
    yield {**late, "strategy": "blue-green", "gate": GATES[2], "windows_after": 5}
    yield from approved()
    for gate, risk, kind in zip(GATES, (2.5, 1.5, 1.5), ({"label_coverage": 0.6, "label_delay": 2}, {}, {"windows_after": 4}), strict=True):
        yield {"unit": {"kind": "user", "requests": 5, "correlation": 0.4}, "gate": gate, "risk_ratio": risk, **kind}
    yield {"unit": {"kind": "session", "requests": 2, "correlation": 0.1}, "risk_ratio": 0.3, "windows_after": 3}
    slices = [
        {"name": "plain", "share": 0.8, "failure_rate": 0.08},
        {"name": "rare", "share": 0.2, "failure_rate": 0.18, "risk_ratio": 1.6},
    ]
    sliced = {"slices": slices, "failure_rate": 0.1, "monitors": ["M15", "M02"]}
    yield {**sliced, "windows_after": 3}
    yield {**sliced, "strategy": "blue-green", "windows_after": 5, "error_overlap": 0.8}
    yield {
        **sliced,
        "faults": [{"code": "F24", "window": 5, "strength": 0.5}, {"code": "F05", "window": 9, "slice": "plain", "strength": 0.3}],
    }
    for review in ({"capacity": 25}, {"capacity": 6, "sample": "disagreements"}):
        for gate, risk in zip(GATES, (2.5, 1.0, 1.8), strict=True):
            kind = {"label_coverage": 0.8, "monitors": ["M14"]} if risk > 2 else {"label_delay": 2}
            yield {"strategy": "shadow", "review": review, "gate": gate, "risk_ratio": risk, **kind}
    sampled = [{"share": 0.1, "windows": 8, "least_sample": 90}, {"share": 0.3, "windows": 8, "least_sample": 200}]
    for gate in GATES:
        yield {"steps": sampled, "gate": gate, "risk_ratio": 1.8, "label_coverage": 0.8, "label_delay": 1, "warm_up": 2}
    yield {"strategy": "shadow", "steps": sampled, "risk_ratio": 1.8, "review": {"capacity": 40}}
    yield from switched()
    yield {"strategy": "blue-green", "steps": sampled, "risk_ratio": 1.8, "warm_up": 4, "windows_after": 3}
    users = {"kind": "user", "requests": 5, "correlation": 0.4}
    alike = {**sliced, "monitors": []}
    yield {**alike, "unit": users, "gate": GATES[2], "windows_after": 3}
    yield {**alike, "unit": {**users, "correlation": 0.9}, "faults": [{"code": "F05", "window": 9, "slice": "rare", "strength": 0.4}]}


def switched():
    """A switch in steps, sessions that take their time, a limit after it, and an old version that is down when harm is found late."""
    harm = {"strategy": "blue-green", "faults": [{"code": "F05", "window": 9, "strength": 0.25}], "steps": [{"share": 0.2, "windows": 20}]}
    steps = [{"share": 0.2, "windows": 3, "limit": 0.2}, {"share": 0.6, "windows": 4}]
    limited = {"migration": steps, "limit": 0.14, "strikes": 2}
    yield {**harm, "switch": {**limited, "drain": 3}, "windows_after": 8, "rollback_delay": 2, "risk_ratio": 0.4}
    yield {**harm, "switch": {"limit": 0.15}, "windows_after": 12, "label_delay": 2, "label_coverage": 0.7, "risk_ratio": 0.4}
    late = {"blue_stays": 1, "restart": 5, "drain": 2}
    yield {**harm, "switch": late, "monitors": ["M02", "M14"], "windows_after": 16, "rollback_delay": 1, "risk_ratio": 0.4}
    asked = {"approval": {"windows": 2}, "gate": GATES[1]}
    yield {**harm, **asked, "switch": {**limited, "blue_stays": 0, "restart": 3}, "monitors": ["M14"], "windows_after": 9}


def approved():
    """A person who is asked after a step and before the promotion, and doesn't always answer; the monitors go on meanwhile."""
    steps = [{"share": 0.1, "windows": 5, "approved": True}, {"share": 0.3, "windows": 10}]
    for strategy, otherwise in (
        ("canary", "hold"),
        ("canary", "roll back"),
        ("canary", "go on"),
        ("shadow", "hold"),
        ("blue-green", "hold"),
    ):
        approval = {"windows": 3, "answered": 0.7, "otherwise": otherwise}
        yield {"strategy": strategy, "steps": steps, "approval": approval, "windows_after": 4, "monitors": ["M14"], "risk_ratio": 0.7}
    twice = {"gate": GATES[1], "rollback_delay": 2, "risk_ratio": 1.5}
    yield {"steps": steps, "approval": {"windows": 2, "answered": 0.5, "otherwise": "roll back", "promotion": False}, **twice}
    yield {"steps": steps, "approval": {"windows": 2, "answered": 0.5, "otherwise": "roll back"}, "label_delay": 2, **twice}


def test_the_same_distributions_for_every_strategy_gate_and_fault():
    found = p_values(compared())
    assert len(found) > 300
    assert not differing(found)


def p_values(plans):
    """Return how well both simulations agree on what was decided, when, and at what cost, of each plan."""
    found = {}
    for number, keys in enumerate(plans):
        plan = read_plan({**SMALL, **keys})
        plain, ours = plain_rollout.many(PLAIN, number, plan), simulate(plan, OURS, number)
        counts = [
            [sum(run.decision == name for run in plain), int((ours.decision == code).sum())]
            for name, code in (("rolled_back", ROLL_BACK), ("promoted", PROMOTE), ("undecided", HOLD))
        ]
        table = [row for row in counts if sum(row)]
        bad, excess = np.array([run.bad for run in plain]), np.array([run.excess for run in plain])
        found |= {
            (str(keys), "decision"): stats.chi2_contingency(table).pvalue if len(table) > 1 else 1.0,
            (str(keys), "window"): stats.mannwhitneyu([run.window for run in plain], ours.ended).pvalue,
            (str(keys), "bad"): two_means(bad, ours.bad_decisions),
            (str(keys), "excess"): two_means(excess, ours.excess_bad_decisions),
            **{
                (str(keys), f"bad in slice {part}"): two_means(np.array([run.by_slice[part] for run in plain]), found.bad_decisions)
                for part, found in enumerate(ours.by_slice)
            },
            (str(keys), "false alarms"): two_means(np.array([run.false_alarms for run in plain]), ours.false_alarms),
        }
    return found


def differing(found):
    """Return what differs by more than chance, by Holm over all at 1 %."""
    ordered = sorted(found.items(), key=lambda one: one[1])
    return [one for rank, one in enumerate(ordered) if one[1] * (len(ordered) - rank) <= 0.01]


def two_means(plain, ours):
    spread = np.hypot(plain.std() / len(plain) ** 0.5, (ours.high - ours.low) / 3.92)
    return 2 * stats.norm.sf(abs(plain.mean() - ours.value) / spread) if spread else float(plain.mean() == pytest.approx(ours.value))
