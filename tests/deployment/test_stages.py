"""The way of a window's requests: counts that fit what the monitors did."""

import pytest

from components.deployment.faults.declaration import STAGES
from components.deployment.monitors import MONITORS
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate
from components.deployment.stages import stages


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
