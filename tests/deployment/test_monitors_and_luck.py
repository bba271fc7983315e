"""One monitor fewer never lowers the bad decisions, whatever is in place: the same requests are met, and each monitor keeps its luck."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from components.deployment.faults import FAULTS
from components.deployment.monitors import MONITORS
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate

HARMFUL = [fault.code for fault in FAULTS if fault.harm]
CODES = [monitor.code for monitor in MONITORS]


def bad_decisions(keys, monitors, seed):
    found = simulate(read_plan({**keys, "monitors": monitors}), 60, seed)
    return found.canary_failures.sum(axis=1), found


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(HARMFUL),
    st.integers(1, 20),
    st.floats(0.1, 1),
    st.lists(st.sampled_from(CODES), min_size=1, unique=True),
    st.sampled_from([{"kind": "e-process"}, {"kind": "threshold", "limit": 0.2}, {"kind": "z-test"}]),
    st.sampled_from([{}, {"windows_after": 6}, {"label_delay": 3, "label_coverage": 0.5}]),
    st.integers(0, 1000),
    st.data(),
)
def test_a_monitor_fewer_never_lowers_the_bad_decisions_of_any_run(fault, window, strength, monitors, gate, world, seed, data):
    keys = {
        "steps": [{"share": 0.05, "windows": 10}, {"share": 0.3, "windows": 10}],
        "faults": [{"code": fault, "window": window, "strength": strength, "arm": "canary"}],
        "gate": gate,
        **world,
    }
    fewer = [one for one in monitors if one != data.draw(st.sampled_from(monitors))]
    with_all, all_ = bad_decisions(keys, monitors, seed)
    with_fewer, less = bad_decisions(keys, fewer, seed)
    assert (with_fewer >= with_all).all()
    assert less.bad_decisions.value >= all_.bad_decisions.value


def test_what_watching_costs_is_counted_apart():
    keys = {"requests_per_window": 100_000, "steps": [{"share": 0.5, "windows": 500}], "gate": {"kind": "threshold", "limit": 0.99}}
    usual = [monitor.code for monitor in MONITORS if monitor.usual != 0]
    all_, one, none = (simulate(read_plan({**keys, "monitors": monitors}), 200, 1) for monitors in (usual, usual[:1], []))
    assert all_.false_alarms.value > one.false_alarms.value >= none.false_alarms.value == 0
    assert all_.bad_decisions == one.bad_decisions == none.bad_decisions
    assert np.array_equal(all_.ended, none.ended)
