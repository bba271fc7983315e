"""A shadow whose answers are known once people have looked at them: how many they see, which, and what that does to the gate."""

import numpy as np
import pytest

from components.deployment.blind_spots import reviewed, too_few
from components.deployment.costs import costs
from components.deployment.designer import Wish, design
from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.reading import read_plan
from components.deployment.records import RolloutPlan
from components.deployment.rehearsal import described, rehearse
from components.deployment.simulation import simulate
from components.errors import BadInput

MIRROR = {"strategy": "shadow", "steps": [{"share": 1, "windows": 60}]}


def shadow(capacity=20, sample="random", **keys):
    return read_plan({**MIRROR, "review": {"capacity": capacity, "sample": sample}, **keys})


@pytest.mark.parametrize("sample", ["random", "disagreements"])
def test_nobody_looks_at_more_than_there_is_time_for(sample):
    seen = simulate(shadow(7, sample, gate={"kind": "z-test"}, label_coverage=0.5), 200, 1).seen
    assert 0 < seen.requests.max() <= 7
    assert (seen.canary + seen.stable <= seen.requests).all()
    assert sample == "random" or (seen.canary + seen.stable == seen.requests).all()


def test_looking_at_disagreements_finds_harm_sooner_in_the_same_time():
    ways = {sample: simulate(shadow(4, sample, risk_ratio=2), 500, 2) for sample in ("random", "disagreements")}
    assert ways["disagreements"].windows_to_roll_back() * 4 < ways["random"].windows_to_roll_back(0.3)
    assert ways["disagreements"].rolled_back.value > 0.99 > ways["random"].rolled_back.value


@pytest.mark.parametrize("sample", ["random", "disagreements"])
def test_a_good_version_is_stopped_no_more_often_than_alpha_says(sample):
    found = simulate(shadow(15, sample), 2000, 3).rolled_back
    assert found.low < 0.05


def test_time_enough_is_as_if_everything_showed_by_itself():
    some, all_ = simulate(shadow(1000, risk_ratio=1.5), 2000, 4), simulate(read_plan({**MIRROR, "risk_ratio": 1.5}), 2000, 5)
    for name in ("rolled_back", "promoted"):
        assert getattr(some, name).low <= getattr(all_, name).high
        assert getattr(all_, name).low <= getattr(some, name).high
    assert abs(some.windows_to_roll_back() - all_.windows_to_roll_back()) <= 1


def test_a_threshold_on_disagreements_stops_every_version_and_the_rollout_says_why():
    plan = shadow(20, "disagreements", gate={"kind": "threshold"}, monitors=["M14", "M01"])
    assert simulate(plan, 200, 6).rolled_back.value == 1
    said = rehearse(plan, 2.0, 50).warnings
    assert any("a threshold and “Decisions against labels”" in one and "Review at random" in one for one in said), said
    calm = simulate(shadow(20, "disagreements", risk_ratio=3, monitors=["M14"], gate={"alpha": 1e-9}), 200, 7)
    assert calm.noticed_by.max() == -1


def test_what_waits_for_a_review_is_said_and_counted():
    plan = shadow(50)
    assert reviewed(plan) == [
        "In window 1 about 1,000 answers wait for a review, and there is time for 50: the gate learns from 5 % of them."
    ]
    assert reviewed(shadow(1000)) == reviewed(read_plan(MIRROR)) == []
    outcome = simulate(plan, 200, 8)
    cost = next(one for one in costs(outcome) if one.name == "Answers reviewed")
    assert cost.estimate.value == pytest.approx(50 * np.mean(outcome.ended))
    assert cost.said == "at most 50 a window, at random"
    assert described(RolloutPlan(plan=plan, source="typed in")).endswith("50 answers a window reviewed at random.")
    steps = [{"share": 1, "windows": 10, "least_sample": 600}]
    assert "Step 1 sees about 500 outcomes" in too_few(shadow(50, steps=steps))[0]


def test_other_strategies_know_no_reviewers():
    for strategy in ("canary", "blue-green"):
        keys = {"strategy": strategy, "risk_ratio": 1.5}
        one, other = (simulate(read_plan({**keys, **more}), 100, 9) for more in ({}, {"review": {"capacity": 1}}))
        assert (one.ended == other.ended).all()


def test_more_reviews_make_a_shadow_decidable():
    found = design(Wish(shadow(10), 0.05, 2.0, 40))
    assert found.plan is None
    said = next(one for one in found.ways_out if "reviews a window instead of 10" in one)
    enough = int(said.removeprefix("With about ").split()[0].replace(",", ""))
    assert design(Wish(shadow(enough), 0.05, 2.0, 40)).plan is not None
    assert not any("requests a window" in one for one in found.ways_out)


def test_no_tool_knows_reviewers():
    for write in (argo_rollouts, flagger, kserve):
        assert (
            "It knows no reviewers: the query must count what they looked at, at most 20 answers a window, at random." in write(shadow())[1]
        )


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ({"capacity": 0}, "review.capacity is 0. It must be at least 1"),
        ({"capacity": 5, "sample": "worst"}, "review.sample is “worst”. It must be 'random' or 'disagreements'"),
        ({"capacity": 5, "who": "Ada"}, "no key “review.who”. The keys of the review are capacity and sample"),
        ({}, "review.capacity is missing"),
    ],
)
def test_impossible_reviews_are_one_sentence(review, said):
    with pytest.raises(BadInput) as found:
        read_plan({**MIRROR, "review": review})
    assert said in str(found.value)
