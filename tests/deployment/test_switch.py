"""The switch of a blue-green rollout: how the traffic moves, what brings it back, and what harm costs that is found late."""

from itertools import pairwise

import numpy as np
import pytest
import yaml

from components.deployment.alarms import NEVER
from components.deployment.blind_spots import switched
from components.deployment.costs import costs
from components.deployment.event_log import event_log
from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.prices import strategies_side_by_side
from components.deployment.reading import read_plan
from components.deployment.records import RolloutPlan
from components.deployment.rehearsal import described
from components.deployment.simulation import simulate
from components.deployment.switching import restarts
from components.errors import BadInput

MOVES = [{"share": 0.1, "windows": 3}, {"share": 0.5, "windows": 4}]
PROMOTED = {"strategy": "blue-green", "steps": [{"share": 1, "windows": 10}], "risk_ratio": 0.3, "requests_per_window": 2000}
LATE = {"faults": [{"code": "F05", "window": 30, "strength": 0.5}], "windows_after": 60, "monitors": ["M14"], "rollback_delay": 1}


def plan(switch=None, **keys):
    return read_plan({**PROMOTED, "switch": switch or {}, **keys})


def test_traffic_moves_by_steps_and_then_as_a_whole():
    assert plan({"migration": MOVES}, windows_after=2).after.tolist() == [0.1] * 3 + [0.5] * 4 + [1.0] * 2
    drained = plan({"migration": MOVES[:1], "drain": 1}, windows_after=2)
    assert drained.after.tolist() == [0.05, 0.1, 0.1, 0.55, 1.0, 1.0]
    assert plan({"drain": 3}).after.tolist() == [0.25, 0.5, 0.75]
    assert plan(windows_after=2).after.tolist() == [1.0, 1.0]
    other = plan({"migration": MOVES, "drain": 9}, strategy="canary", windows_after=2, steps=[{"share": 0.5, "windows": 10}])
    assert (other.watched, other.after.tolist()) == (2, [1.0, 1.0])


def test_harm_that_is_found_during_the_switch_meets_fewer():
    """The fault is there from the beginning of the switch on, and a limit stops both rollouts."""
    keys = {"faults": [{"code": "F05", "window": 2, "strength": 1}], "windows_after": 10, "gate": {"kind": "threshold", "limit": 0.9}}
    steps, whole = (simulate(plan({"migration": moves, "limit": 0.2, "strikes": 2}, **keys), 300, 1) for moves in (MOVES, []))
    assert steps.by_limit.all()
    assert whole.by_limit.all()
    assert (steps.ended == 12).all()
    assert (whole.ended == 12).all()
    assert steps.bad_decisions.value == pytest.approx(whole.bad_decisions.value / 10, rel=0.05)


def test_a_limit_counts_known_decisions_and_waits_for_labels():
    keys = {"faults": [{"code": "F05", "window": 15, "strength": 1}], "windows_after": 40, "label_coverage": 0.5}
    soon, later = (simulate(plan({"limit": 0.2, "strikes": 3}, **keys, label_delay=delay), 200, 2) for delay in (0, 4))
    assert set(soon.ended.tolist()) == {17}
    assert set(later.ended.tolist()) == {21}
    assert simulate(plan(**keys), 200, 2).promoted.value == 1


def test_a_limit_of_a_step_holds_in_it_alone():
    moves = [{"share": 0.1, "windows": 5, "limit": 0.01}, {"share": 0.5, "windows": 5}]
    ended = simulate(plan({"migration": moves, "strikes": 5}, risk_ratio=0.5, windows_after=5), 300, 3)
    assert ended.by_limit.any()
    promoted = simulate(plan(risk_ratio=0.5), 300, 3).ended
    assert (ended.ended[ended.by_limit] == promoted[ended.by_limit] + 5).all()


def test_sessions_go_on_after_a_rollback_for_as_long_as_they_take():
    keys = {"faults": [{"code": "F05", "window": 15, "strength": 1}], "windows_after": 40}
    at_once, slow = (simulate(plan({"limit": 0.2, "strikes": 2, "drain": drain}, **keys), 500, 4) for drain in (0, 4))
    assert (at_once.ended == slow.ended).all()
    bad = at_once.bad_decisions.value, slow.bad_decisions.value
    harm = 2000 * (0.015 + 0.985 * 0.4)
    assert bad[1] - bad[0] == pytest.approx(harm * (0.8 + 0.6 + 0.4 + 0.2), rel=0.05)


def test_harm_that_is_found_once_the_old_version_is_down_costs_the_restart():
    up, down = (simulate(plan(stays, **LATE), 500, 5) for stays in ({}, {"blue_stays": 10, "restart": 12}))
    assert (up.ended == down.ended).all()
    assert set(down.way_back.tolist()) == {13}
    assert set(up.way_back.tolist()) == {1}
    assert down.bad_decisions.value - up.bad_decisions.value == pytest.approx(12 * 2000 * (0.015 + 0.985 * 0.2), rel=0.02)
    taken = {one.name: one for one in costs(down)}["Minutes that a rollback takes"]
    assert (taken.estimate.value, taken.said) == (13, "1 window; 12 windows more where the old version is down, in 100 % of the rollbacks")


def test_before_the_switch_the_old_version_is_up():
    late = plan({"blue_stays": 0, "restart": 9, "drain": 5}, risk_ratio=4, windows_after=9)
    outcome = simulate(late, 200, 6)
    assert outcome.rolled_back.value > 0.9
    assert not outcome.way_back.any()
    assert restarts(late, np.array([NEVER, 3, 3]), np.array([2, 8, 9])).tolist() == [0, 0, 9]


def test_the_log_says_that_the_limit_brought_it_back():
    outcome = simulate(plan({"limit": 0.2, "strikes": 2}, faults=LATE["faults"], windows_after=60), 50, 7)
    log = event_log(outcome, 0)
    assert log["event"].iloc[-1].endswith("roll back in window 31: more bad decisions after the switch than its limit allows")


def test_what_can_and_can_not_bring_the_traffic_back_is_said():
    said = switched(plan({"limit": 0.05, "blue_stays": 3, "restart": 5}, windows_after=10, monitors=["M14"], rollback_delay=1))
    assert "what can bring the traffic back then is the 1 monitor in place and the limit of its bad decisions." in said[0]
    assert "5.0 %, is no more than what the current version gets wrong, 5.0 %" in said[1]
    assert said[2] == "The old version is down 3 windows after the switch: harm that is found later takes 6 windows to roll back."
    assert "no monitor is in place and no limit is set" in switched(plan())[0]
    late = switched(plan({"limit": 0.2}, windows_after=6, label_delay=5))
    assert late[1].endswith("3 strikes, and labels that come 5 windows late, need more than the 6 windows that are watched after it.")
    unwatched = switched(plan({"limit": 0.2, "blue_stays": 0, "restart": 3}))
    assert unwatched[1:] == [
        "Nothing is watched after the switch, so that its limit never brings the traffic back: watch for some windows."
    ]


def test_two_plans_are_told_apart_by_their_switches():
    said = [described(RolloutPlan(plan=plan(one), source="typed in")) for one in ({}, {"migration": MOVES, "limit": 0.1, "blue_stays": 4})]
    assert said[1] == said[0].removesuffix(".") + "; a switch of 7 windows, back over 10.0 % and the old version down after 4 windows."


def test_side_by_side_the_other_strategies_know_no_switch():
    of = {"requests_per_window": 300, "steps": [{"share": 0.5, "windows": 10}]}
    plain, moved = (strategies_side_by_side(plan(switch, **of), 50, 8) for switch in ({}, {"migration": MOVES, "drain": 2}))
    for title in ("Shadow", "Canary"):
        assert plain[title].bad_decisions == moved[title].bad_decisions
    assert moved["Blue-green"].bad_decisions != plain["Blue-green"].bad_decisions


def test_argo_judges_after_the_switch_and_takes_the_old_version_down():
    switch = {"migration": MOVES, "limit": 0.08, "strikes": 2, "blue_stays": 15, "restart": 3, "drain": 4}
    given = plan(switch, windows_after=20, window_minutes=2, label_delay=1)
    text, lost = argo_rollouts(given)
    rollout, gate, after = list(yaml.safe_load_all(text))
    blue_green, metric = rollout["spec"]["strategy"]["blueGreen"], after["spec"]["metrics"][0]
    assert blue_green["scaleDownDelaySeconds"] == 15 * 2 * 60
    assert blue_green["prePromotionAnalysis"]["templates"] == [{"templateName": gate["metadata"]["name"]}]
    assert blue_green["postPromotionAnalysis"]["templates"] == [{"templateName": after["metadata"]["name"]}]
    assert (metric["failureCondition"], metric["failureLimit"], metric["count"]) == ("result[0] > 0.08", 1, given.watched)
    assert metric["initialDelay"] == "2m"
    for line in ("10 % for 6m and 50 % for 8m", "give them 8m", "until it is up again can't be set"):
        for _, found in ((text, lost), flagger(given), kserve(given)):
            assert sum(line in one for one in found) == 1
    assert any("the limit is yours to keep" in one for one in kserve(given)[1])
    assert any("the way back is a new rollout" in one for one in flagger(given)[1])
    assert not any("restart" in one or "sessions" in one for one in argo_rollouts(plan(switch, strategy="shadow"))[1])


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        ({"migration": MOVES[::-1]}, "The switch goes down: traffic moves to the new version step by step"),
        ({"migration": [{"share": 1, "windows": 3}]}, "share of step 1 of the switch is 1. It must be less than 1"),
        ({"migration": [*MOVES, {"share": 0.9}]}, "windows of step 3 of the switch is missing"),
        ({"migration": [{"share": 0.5, "windows": 3, "pause": 1}]}, "The keys of a step of the switch are share, windows and limit"),
        ({"limit": 0}, "switch.limit is 0. It must be more than 0"),
        ({"strikes": 0}, "switch.strikes is 0. It must be at least 1"),
        ({"drain": 500}, "switch.drain is 500. It must be at most 100"),
        ({"restart": 5}, "The old version stays up for good, so that nothing is started again"),
        ({"blue": 5}, "no key “switch.blue”. The keys of the switch are migration, limit, strikes, drain, blue_stays and restart"),
    ],
)
def test_an_impossible_switch_is_one_sentence(switch, said):
    with pytest.raises(BadInput) as found:
        plan(switch)
    assert said in str(found.value)
    assert "\n" not in str(found.value)


def test_a_longer_stay_of_the_old_version_never_costs_more():
    bad = [simulate(plan({"blue_stays": stays, "restart": 10}, **LATE), 200, 9).bad_decisions.value for stays in (0, 20, 40, 90)]
    assert all(more >= less for more, less in pairwise(bad))
    assert bad[0] > bad[-1]
