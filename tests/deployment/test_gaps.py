"""Faults in front of monitors: what is noticed, how soon, and that the quick way to draw it is the simulation's own."""

import numpy as np
import pytest
from scipy.stats import binom, ks_2samp

from components.deployment.alarms import NEVER, alarms_of
from components.deployment.faults import FAULTS
from components.deployment.faults.declaration import STAGES
from components.deployment.gaps import exposures, noticed_by, sees
from components.deployment.monitors import BY_CODE, MONITORS
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.world import World


@pytest.fixture(scope="module")
def standard():
    return {one.fault.code: one for one in exposures(Plan(), 2.0, 2000, 3)}


def test_faults_and_monitors_are_declared_once_and_speak_of_the_same_signs():
    for listed, letter in ((FAULTS, "F"), (MONITORS, "M")):
        codes = [one.code for one in listed]
        assert codes == [f"{letter}{number:02}" for number in range(1, len(codes) + 1)]
        assert len({one.title for one in listed}) == len(codes)
        assert all(one.stage in STAGES for one in listed)
    watched = {monitor.watches for monitor in MONITORS}
    assert len(watched) == len(MONITORS)
    for fault in FAULTS:
        assert set(fault.signs) <= watched, fault.code
        assert fault.harm or fault.mutes, fault.code
        assert fault.happens.endswith(".")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_every_fault_is_noticed_by_a_monitor_within_thirty_windows(standard, fault):
    one = standard[fault.code]
    assert max((at - one.began + 1 <= 30).mean() for at in one.ramp.noticed.values()) > 0.35


@pytest.mark.parametrize("promoted_at", [NEVER, 40, 0])
@pytest.mark.parametrize("code", ["F01", "F06", "F13", "F18", "F24"])
def test_one_draw_a_run_alarms_when_looking_window_by_window_does(code, promoted_at):
    plan = read_plan({"faults": [{"code": code, "window": 20}], "windows_after": 50})
    world, promoted = World(plan), np.full(4000, promoted_at)
    ramp = np.concatenate([plan.shares, np.full(50, 0.5)])
    for monitor in MONITORS:
        if sees(world, monitor):
            quick = noticed_by(world, monitor, promoted, ramp, 5)
            slow, _ = alarms_of(world, monitor, promoted, 6)
            if promoted_at == NEVER:  # after the ramp only one of them goes on
                quick, slow = (np.where(at - world.delay(monitor) <= 75, at, NEVER) for at in (quick, slow))
            assert ks_2samp(np.minimum(quick, 200), np.minimum(slow, 200), method="asymp").pvalue > 1e-4, (code, monitor.code)


def test_a_fault_in_both_versions_is_no_matter_for_the_gate(standard):
    for code, one in standard.items():
        if one.fault.arm == "both" and not one.fault.mutes:
            assert (one.ramp.gate == NEVER).all(), code
            assert one.began == 38
    assert (standard["F05"].ramp.gate <= 20).mean() > 0.9


def test_all_traffic_at_once_does_more_harm(standard):
    for one in standard.values():
        assert (np.diff(one.ramp.harm, axis=1) >= 0).all()
        assert (one.at_once.harm[:, -1] >= one.ramp.harm[:, -1] - 1e-9).all()
        assert one.ramp.harm[0, 0] == 0


def test_a_hard_stop_never_alarms_without_its_sign():
    for monitor in MONITORS:
        chance = World(Plan()).alarms(monitor, np.full(75, 0.5))
        assert chance.max() <= 1e-4
        if monitor.stops:
            assert chance.max() == 0


@pytest.mark.parametrize("monitor", MONITORS, ids=lambda monitor: monitor.code)
def test_the_limit_is_the_smallest_that_is_quiet(monitor):
    usual = 0.05 if monitor.usual is None else monitor.usual
    for requests, share in ((1000, 0.01), (1000, 0.5), (37, 1.0), (10_000_000, 0.3)):
        limit, p = monitor.limit(requests, share * monitor.sample, usual), share * monitor.sample * usual
        assert binom.sf(limit, requests, p) <= 1e-4
        if usual and limit:
            assert binom.sf(limit - 1, requests, p) > 1e-4


def test_a_broken_monitor_says_nothing():
    world = World(read_plan({"faults": [{"code": "F23"}, {"code": "F05"}]}))
    assert world.alarms(BY_CODE["M06"], np.full(75, 0.5)).max() == 0
    assert world.alarms(BY_CODE["M16"], np.full(75, 0.5)).min() > 0.99


@pytest.mark.parametrize(
    "plan", [{"strategy": "shadow", "steps": [{"share": 1, "windows": 2000}]}, {"label_delay": 60}, {"failure_rate": 0.9}]
)
def test_unusual_plans_can_be_priced(plan):
    found = exposures(read_plan(plan), 5.0, 20)
    assert len(found) == len(FAULTS)
    assert all(np.isfinite(one.ramp.harm).all() for one in found)
