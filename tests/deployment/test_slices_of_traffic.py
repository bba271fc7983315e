"""Slices of the traffic: the average that gates see, the slice that it hides, and the monitor that tells."""

import numpy as np
import pytest

from components.deployment.blind_spots import hidden_slice
from components.deployment.manifests import TARGETS
from components.deployment.reading import read_plan, without_harm
from components.deployment.rehearsal import rehearse
from components.deployment.seen import PROMOTE, ROLL_BACK
from components.deployment.simulation import simulate
from components.deployment.world import World
from components.errors import BadInput

PLAIN, RARE = {"name": "plain", "share": 0.9, "failure_rate": 0.05}, {"name": "rare", "share": 0.1, "failure_rate": 0.05}
HIDDEN = {"slices": [{**PLAIN, "risk_ratio": 0.4}, {**RARE, "risk_ratio": 4}]}
"""Better on the average (5 % → 3.8 %), four times as bad for one request in ten."""


def test_the_whole_traffic_is_the_mean_of_its_slices():
    world = World(read_plan(HIDDEN))
    assert world.new[0] == pytest.approx(0.9 * 0.02 + 0.1 * 0.2)
    assert world.old[0] == pytest.approx(0.05)
    assert read_plan({"slices": [{**PLAIN, "failure_rate": 0.02}, RARE]}).failure_rate == pytest.approx(0.023)


def test_slices_that_are_all_alike_change_nothing():
    alike = read_plan({"slices": [{"name": "a", "share": 0.3}, {"name": "b", "share": 0.7}], "risk_ratio": 1.5})
    plain = read_plan({"risk_ratio": 1.5})
    assert World(alike).new == pytest.approx(World(plain).new)
    assert (simulate(alike, 100, 4).decision == simulate(plain, 100, 4).decision).all()


def test_the_average_hides_a_slice_from_the_gate_and_the_monitor_by_slice_sees_it():
    blind, watched = (simulate(read_plan({**HIDDEN, "monitors": codes, "windows_after": 20}), 300, 2) for codes in ([], ["M15"]))
    assert (blind.decision == PROMOTE).mean() > 0.9
    assert (watched.decision == ROLL_BACK).mean() > 0.9
    good, bad = (one.excess_bad_decisions for one in blind.by_slice)
    assert (good.high or 0) < 0 < (bad.low or 0)
    together = sum(one.bad_decisions.value or 0 for one in blind.by_slice)
    assert together == pytest.approx(blind.bad_decisions.value)


def test_the_monitor_by_slice_is_rarely_wrong_when_nothing_is():
    plan = read_plan({"slices": [PLAIN, RARE], "monitors": ["M15"], "steps": [{"share": 0.5, "windows": 75}]})
    assert World(plan).alarms(_m15(), np.full(75, 0.5)).max() <= 1e-4


def _m15():
    from components.deployment.monitors import BY_CODE

    return BY_CODE["M15"]


def test_a_fault_may_hit_one_slice_alone_and_one_bad_slice_hits_the_smallest():
    world = World(read_plan({"slices": [PLAIN, RARE], "faults": [{"code": "F05", "slice": "plain"}]}))
    assert world.new_by_slice[1] == pytest.approx(0.05)
    assert world.new_by_slice[0, 0] > 0.06
    world = World(read_plan({"slices": [PLAIN, RARE], "faults": [{"code": "F24"}]}))
    assert world.new_by_slice[0] == pytest.approx(0.05)
    assert world.new_by_slice[1] == pytest.approx(0.05 + 0.95 * 0.5)  # 5 % of all decisions are half of those of a tenth


def test_what_is_hidden_is_said_with_who_would_see_it():
    plan = read_plan(HIDDEN)
    assert hidden_slice(plan) == "“rare”, 10 % of the traffic, goes 5.0 % → 20.0 %, and the average 5.0 % → 3.8 %"
    rehearsal = rehearse(plan, 2.0, 100)
    assert rehearsal.answer.startswith("If the model is 4 times as bad for “rare”, this canary stops it in only")
    assert any("the gate looks at the average and can't tell; monitor M15, worst slice, would" in line for line in rehearsal.warnings)
    assert rehearsal.harmless.plan == without_harm(plan)
    assert hidden_slice(rehearsal.harmless.plan) == hidden_slice(read_plan({"risk_ratio": 3})) == ""
    for _, write in TARGETS.values():
        lost = write(plan)[1]
        assert "prometheus" in write.__name__ or any("a query for each of “plain” and “rare”" in line for line in lost)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"slices": [PLAIN]}, ["make 90.0 % of the traffic together", "add one for the rest"]),
        ({"slices": [PLAIN, {**RARE, "share": 0.3}]}, ["120.0 %", "belongs to one of them"]),
        ({"slices": [PLAIN, {**RARE, "name": "plain"}]}, ["names of their own"]),
        ({"slices": [PLAIN, {"name": "rare", "share": 0.1}], "failure_rate": 0.05}, ["some have none"]),
        ({"slices": [PLAIN, RARE], "failure_rate": 0.1}, ["fail in 5.00 % together, the plan says 10.00 %"]),
        ({"slices": [{"name": "", "share": 1}]}, ["name of slice 1 is “”"]),
        ({"slices": [{"name": "a"}]}, ["share of slice 1 is missing"]),
        ({"slices": [{"name": "a", "share": 1, "weight": 3}]}, ["no key “weight of slice 1”", "keys of a slice are name, share"]),
        ({"faults": [{"code": "F05", "slice": "rare"}]}, ["F05 can't hit “rare” alone: the plan has no slices"]),
        ({"slices": [PLAIN, RARE], "faults": [{"code": "F05", "slice": "b"}]}, ["the slices are plain and rare"]),
    ],
    ids=str,
)
def test_impossible_slices_are_a_sentence(data, words):
    with pytest.raises(BadInput) as caught:
        read_plan(data)
    for word in words:
        assert word in str(caught.value)
