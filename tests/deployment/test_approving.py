"""A person who is asked after a step and before the promotion: the time it takes, what is seen meanwhile, and what the tools make of it."""

import numpy as np
import pytest
import yaml

from components.deployment.costs import costs
from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.reading import read_plan
from components.deployment.records import RolloutPlan
from components.deployment.rehearsal import described, rehearse
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK
from components.deployment.simulation import simulate
from components.errors import BadInput

STEPS = [{"share": 0.1, "windows": 5, "approved": True}, {"share": 0.5, "windows": 30}]
GOOD = {"requests_per_window": 2000, "risk_ratio": 0.5, "failure_rate": 0.02, "steps": STEPS}
ADA = {"who": "Ada", "windows": 3}


def test_the_wait_after_a_step_belongs_to_the_ramp():
    plan = read_plan({"steps": STEPS, "approval": ADA})
    assert (plan.stays, plan.windows, plan.waiting) == ([8, 30], 38, 3)
    assert plan.shares.tolist() == [0.1] * 8 + [0.5] * 30


def test_a_promotion_comes_later_by_the_time_that_the_answer_takes_and_nothing_else_changes():
    alone = read_plan({**GOOD, "steps": [{"share": 0.5, "windows": 30}]})
    asked = alone.model_copy(update={"approval": read_plan({"approval": ADA}).approval})
    before, after = simulate(alone, 300, 2), simulate(asked, 300, 2)
    assert (before.decision == after.decision).all()
    promoted = after.decision == PROMOTE
    assert promoted.mean() > 0.9
    assert (after.ended - before.ended)[promoted].tolist() == [3] * int(promoted.sum())
    assert (after.bad_decisions.value or 0) > (before.bad_decisions.value or 0)  # the canary serves on while somebody is asked


@pytest.mark.parametrize(("otherwise", "decision"), [("hold", HOLD), ("roll back", ROLL_BACK), ("go on", PROMOTE)])
def test_what_happens_when_nobody_answers(otherwise, decision):
    plan = read_plan({**GOOD, "approval": {**ADA, "answered": 0, "otherwise": otherwise}})
    outcome = simulate(plan, 200, 1)
    by_gate = outcome.ended < 8  # decided while the step still waited: nobody's answer was needed for that step
    assert (outcome.decision[~by_gate & (outcome.decision != ROLL_BACK)] == decision).all() or decision == ROLL_BACK
    assert (outcome.decision == decision).mean() > 0.95
    assert outcome.unanswered.any() == (decision != PROMOTE)
    stopped = outcome.unanswered & (outcome.asked_at > plan.windows)
    assert set(outcome.ended[stopped].tolist()) <= {8}


def test_the_log_says_who_was_asked_and_what_came_of_it():
    outcome = simulate(read_plan({**GOOD, "approval": ADA}), 100, 1)
    run = int(np.flatnonzero((outcome.decision == PROMOTE) & (outcome.asked_at > 8))[0])
    log, asked = outcome.log(run), int(outcome.asked_at[run])
    assert log["event"].iloc[4] == "Ada is asked to go on to 50 %"
    assert log["event"].iloc[7] == "Ada lets it go on"
    assert log["event"].iloc[asked - 1] == "Ada is asked to promote"
    assert log["event"].iloc[-1] == "promote: Ada approves"
    assert len(log) == outcome.ended[run] == asked + 3
    assert log["gate"].tolist() == ["INCONCLUSIVE"] * (asked - 1) + ["PASS"] * 4
    assert log["share"].iloc[-4:].nunique() == 1
    assert (log["canary requests"] >= log["canary failures"]).all()
    silent = simulate(read_plan({**GOOD, "approval": {"windows": 3, "answered": 0}}), 50, 1)
    assert {silent.log(one)["event"].iloc[-1] for one in np.flatnonzero(silent.unanswered)[:20]} == {"nobody answers: hold"}
    assert "PASS" not in silent.log(int(np.flatnonzero((silent.ended == 8) & (silent.asked_at > 100))[0]))["gate"].tolist()


def test_a_monitor_goes_on_while_somebody_is_asked():
    fault = {"faults": [{"code": "F05", "window": 6, "strength": 1}], "monitors": ["M06"], "risk_ratio": 1.0}
    outcome = simulate(read_plan({**GOOD, **fault, "approval": {**ADA, "windows": 20}}), 200, 1)
    assert (outcome.decision == ROLL_BACK).all()
    assert (outcome.ended <= 25).all()


def test_what_waiting_takes_and_what_silence_means_is_said():
    plan = read_plan({**GOOD, "risk_ratio": 1.0, "approval": {**ADA, "answered": 0.9}})
    waiting = next(one for one in costs(simulate(plan, 50)) if "approval" in one.name)
    assert (waiting.estimate.value, waiting.said) == (6.0, "Ada is asked 2 times, 3 windows each")
    said = rehearse(plan, 2.0, runs=50).warnings
    assert "Of the questions to Ada, 10 % get no answer in time: then the rollout stays undecided." in said
    assert "; Ada approves after 10 % and before the promotion." in described(RolloutPlan(plan=plan))


def test_the_tools_wait_for_a_person_as_they_can():
    plan = read_plan({"steps": STEPS, "approval": ADA})
    text, lost = argo_rollouts(plan)
    rollout = next(yaml.safe_load_all(text))
    pauses = [step["pause"] for step in rollout["spec"]["strategy"]["canary"]["steps"] if "pause" in step]
    assert pauses == [{"duration": "5m"}, {}, {"duration": "30m"}, {}]
    assert "A pause waits without end, and for anybody who may go on: not Ada within 3m." in lost
    switch = next(yaml.safe_load_all(argo_rollouts(read_plan({"strategy": "blue-green", "approval": ADA}))[0]))
    assert switch["spec"]["strategy"]["blueGreen"]["autoPromotionEnabled"] is False
    text, lost = flagger(plan)
    hooks = next(yaml.safe_load_all(text))["spec"]["analysis"]["webhooks"]
    assert [hook["type"] for hook in hooks] == ["rollout", "confirm-traffic-increase", "confirm-promotion"]
    assert any(line.startswith("It asks before every step") for line in lost)
    assert any("It asks nobody: Ada within 3m" in line for line in kserve(plan)[1])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"steps": STEPS}, ["Step 1 waits for an approval, and nobody gives one"]),
        ({"steps": [{"share": 0.1, "windows": 5, "approved": True}], "approval": {}}, ["After the last step comes the promotion"]),
        ({"approval": {"whom": "Ada"}}, ["no key “approval.whom”", "keys of the approval are who, windows"]),
        ({"approval": {"answered": 2}}, ["approval.answered is 2", "at most 1"]),
        ({"approval": {"otherwise": "wait"}}, ["“wait”", "roll back"]),
        ({"approval": {"windows": 0}}, ["approval.windows is 0", "at least 1"]),
        ({"approval": "Ada"}, ["approval is “Ada”", "group of keys"]),
        ({"steps": [{"share": 0.1, "windows": 5, "approved": "perhaps"}]}, ["approved of step 1 is “perhaps”", "true or false"]),
        ({"steps": [{**STEPS[0], "windows": 1000}, STEPS[1]], "approval": {"windows": 1900}}, ["2,930 windows"]),
    ],
    ids=str,
)
def test_an_impossible_approval_is_a_sentence(data, words):
    with pytest.raises(BadInput) as caught:
        read_plan(data)
    for word in words:
        assert word in str(caught.value)
