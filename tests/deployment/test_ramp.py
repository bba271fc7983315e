"""What a ramp may ask for beside its steps: a least sample, a largest share, a warm-up."""

import numpy as np
import pytest
import yaml

from components.deployment.designer import Wish, candidates
from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.plan import Plan
from components.deployment.prices import strategies_side_by_side
from components.deployment.reading import read_plan
from components.deployment.rehearsal import rehearse
from components.deployment.seen import HOLD, ROLL_BACK
from components.deployment.simulation import simulate
from components.errors import BadInput

BAD = {"risk_ratio": 4, "failure_rate": 0.1}


def test_before_a_step_has_its_least_sample_the_gate_says_nothing():
    steps = [{"share": 0.1, "windows": 10, "least_sample": 500}, {"share": 0.2, "windows": 10}]
    soon, later = (
        simulate(read_plan({**BAD, "steps": [{**steps[0], "least_sample": 0}, steps[1]]}), 300),
        simulate(read_plan({**BAD, "steps": steps}), 300),
    )
    assert np.median(soon.ended) <= 2
    assert later.ended.min() >= 4  # 500 of some 100 a window
    assert (later.decision == ROLL_BACK).all()


@pytest.mark.parametrize("gate", ["e-process", "threshold", "z-test"])
def test_with_too_few_outcomes_in_every_step_nothing_is_ever_promoted(gate):
    plan = read_plan({"gate": {"kind": gate}, "steps": [{"share": 0.1, "windows": 10, "least_sample": 5000}]})
    outcome = simulate(plan, 100)
    assert (outcome.decision == HOLD).all()
    assert rehearse(plan, 2.0, 50).warnings[0] == (
        "Step 1 sees about 1,000 outcomes of the new version, and its least sample is 5,000: the gate says nothing in it."
    )


def test_what_happens_in_the_warm_up_is_no_evidence_and_still_counts_as_harm():
    plan = read_plan({**BAD, "steps": [{"share": 0.3, "windows": 20}], "warm_up": 6, "gate": {"kind": "threshold", "limit": 0.2}})
    outcome = simulate(plan, 200)
    assert outcome.ended.min() == 10  # four strikes after the warm-up
    assert outcome.canary_failures[:, :6].sum() > 0
    assert outcome.seen.canary[:, :6].sum() == 0
    assert (outcome.bad_decisions.value or 0) > 10 * 300 * 0.35
    assert outcome.log(0)["gate"].tolist()[:7] == ["NO DATA"] * 6 + ["INCONCLUSIVE"]
    assert (outcome.log(0)["canary requests"] > 200).all()


def test_the_largest_share_holds_for_designs_and_for_the_other_strategies():
    plan = read_plan({"strategy": "shadow", "steps": [{"share": 1, "windows": 20}], "largest_share": 0.2})
    assert strategies_side_by_side(plan, 20)["Canary"].plan.shares.max() == 0.2
    canary = plan.model_copy(update={"strategy": "canary", "steps": Plan().steps[:1]})
    assert {max(one.shares) for one in candidates(Wish(canary, 0.05, 2.0, 75))} == {0.2}


def test_the_tools_take_the_warm_up_and_list_the_rest():
    plan = read_plan({"steps": [{"share": 0.1, "windows": 9, "least_sample": 300}], "largest_share": 0.1, "warm_up": 2, "label_delay": 1})
    text, lost = argo_rollouts(plan)
    assert list(yaml.safe_load_all(text))[1]["spec"]["metrics"][0]["initialDelay"] == "3m"
    for lines in (lost, flagger(plan)[1], kserve(plan)[1]):
        assert any("least sample" in line and "300 at 10 %" in line for line in lines)
        assert any("largest share, 10 %" in line for line in lines)
    assert any("warm up" in line for line in flagger(plan)[1])
    assert any("warm-up" in line for line in kserve(plan)[1])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"largest_share": 0.3}, ["goes up to 50.0 %", "no step may have more than 30.0 %"]),
        ({"largest_share": 0}, ["largest_share is 0", "more than 0"]),
        ({"warm_up": 75}, ["Nothing is left to judge: 75 windows warm up"]),
        ({"warm_up": 70, "label_delay": 5}, ["70 windows warm up, and the outcomes of 70"]),
        ({"steps": [{"share": 0.1, "windows": 3, "least_sample": -1}]}, ["least_sample of step 1 is -1", "at least 0"]),
    ],
    ids=str,
)
def test_an_impossible_ramp_is_a_sentence(data, words):
    with pytest.raises(BadInput) as caught:
        read_plan(data)
    for word in words:
        assert word in str(caught.value)
