"""What happened in one rollout: all of it, in its window, and the same for the same seed."""

import pytest

from components.deployment.event_log import event_log
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate

RAMP = [{"share": 0.1, "windows": 5}, {"share": 0.5, "windows": 5}]


def of(runs=50, seed=3, **keys):
    return simulate(read_plan({"steps": RAMP, **keys}), runs, seed)


def events(outcome, run=0):
    log = event_log(outcome, run)
    return dict(zip(log["window"], log["event"], strict=True))


def test_the_ramp_and_faults_begin_and_end_where_they_do():
    found = events(of(faults=[{"code": "F14", "window": 3, "windows": 4, "strength": 0.1}], gate={"alpha": 1e-9}))
    assert found[1] == "10 % of the traffic from here on"
    assert found[2] == "hold"
    assert found[4] == "F14 seasonal drift of labels begins"
    assert found[6] == "50 % of the traffic from here on"
    assert found[7] == "F14 seasonal drift of labels is over"
    assert found[10] == "end of the ramp, undecided"


@pytest.mark.parametrize("strategy", ["shadow", "blue-green"])
def test_pairs_are_named_as_such(strategy):
    assert "10 % of the requests go to both" in events(of(strategy=strategy))[1]


def test_what_decided_comes_last_beside_what_else_happened():
    outcome = of(faults=[{"code": "F01", "window": 6}], monitors=["M01"], gate={"alpha": 1e-9})
    found = events(outcome)
    assert list(found)[-1] == int(outcome.ended[0])
    assert found[6].startswith("50 % of the traffic from here on; F01 input shape changed begins; roll back: M01")


def test_every_false_alarm_that_is_counted_stands_in_a_log():
    monitors = ["M03", "M04", "M06", "M08", "M10", "M14"]
    outcome = of(
        400, monitors=monitors, requests_per_window=100_000, steps=[{"share": 0.5, "windows": 60}], label_delay=2, gate={"alpha": 1e-9}
    )
    said = sum(text.count("alarms about nothing") for run in range(outcome.runs) for text in events(outcome, run).values())
    assert said == round(outcome.false_alarms.value * outcome.runs) > 0


def test_the_same_seed_tells_the_same_story_and_another_one_another():
    one, again, other = (event_log(of(seed=seed, risk_ratio=2), 1) for seed in (3, 3, 4))
    assert one.equals(again)
    assert not one.equals(other)
