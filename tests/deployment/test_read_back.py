"""Manifests read back: what a tool would do is what the plan says, except for what is told as lost."""

import pytest

from components.deployment.manifests import READ_BACK, TARGETS
from components.deployment.manifests.read_back import compared, planned
from components.deployment.reading import read_plan

WHOLE = {"image": "reader:2", "name": "reader", "namespace": "forms", "window_minutes": 10, "label_delay": 2}
GATES = ({"alpha": 0.01, "margin": 0.3}, {"kind": "threshold", "limit": 0.08, "strikes": 3}, {"kind": "z-test", "least_sample": 50})


def read(target, **keys):
    plan = read_plan(keys)
    text, lost = TARGETS[target][1](plan)
    return compared(plan, target, text).set_index("what"), lost, plan, text


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("approved", [True, False])
def test_argo_keeps_a_canary_whole(gate, approved):
    steps = [{"share": 0.01, "windows": 30, "approved": approved}, {"share": 0.5, "windows": 7}]
    approval = {"who": "Ada"} if approved else None
    found, *_ = read("argo", **WHOLE, gate=gate, steps=steps, approval=approval, judge_latency=True)
    assert found["kept"].all(), found
    assert found.loc["ramp", "manifest"] == "1 % for 300 min, 50 % for 70 min"
    assert found.loc["a person is asked", "manifest"] == ("after 1 % and before the promotion" if approved else "never")


@pytest.mark.parametrize("target", READ_BACK)
@pytest.mark.parametrize("strategy", ["shadow", "canary", "blue-green"])
@pytest.mark.parametrize("gate", GATES)
def test_what_is_not_kept_is_told(target, strategy, gate):
    keys = {**WHOLE, "strategy": strategy, "gate": gate, "windows_after": 6, "judge_latency": True, "approval": {"who": "Ada"}}
    found, lost, plan, _ = read(target, **keys)
    assert list(found["plan"]) == list(planned(plan).values())
    assert found.loc["name", "kept"]
    assert len(lost) >= 1 or found["kept"].all()
    if target != "kserve":
        assert found.loc[["gate", "slow answers"], "kept"].all()
    told = " ".join(lost)
    words = {
        "image": "image is the Deployment's",
        "ramp": ("one percentage", "step is held as long", "share doesn't grow", "aren't mirrored", "mirrors nothing"),
        "first look after": ("can't be waited for", "your gate", "runs the gate"),
        "watched after promotion": ("watched after", "runs the gate"),
        "strategy": ("would be promoted", "mirrors nothing"),
        "a person is asked": ("asks", "pause"),
        "gate": "runs the gate",
        "slow answers": "latency",
    }
    for what in found.index[~found["kept"]]:
        any_of = (words[what],) if isinstance(words[what], str) else words[what]
        assert any(one in told for one in any_of), (what, found.loc[what], lost)


SWITCH = {"migration": [{"share": 0.2, "windows": 3}], "limit": 0.08, "strikes": 2, "blue_stays": 6}


@pytest.mark.parametrize("gate", GATES)
def test_argo_keeps_what_follows_a_switch_and_says_that_it_moves_at_once(gate):
    keys = {**WHOLE, "strategy": "blue-green", "gate": gate, "windows_after": 9}
    found, lost, *_ = read("argo", **keys, switch=SWITCH)
    after = found.loc[["limit after the switch", "old version stays up", "watched after promotion"], "manifest"].tolist()
    assert after == ["8 %, 2 strikes", "60 min", "120 min"]
    assert found.index[~found["kept"]].tolist() == ["ramp", "steps of the switch"]
    assert any("moves all of the traffic at once" in one for one in lost)
    found, lost, *_ = read("argo", **keys, switch={"blue_stays": 0})
    assert found.loc["old version stays up", "kept"]
    assert not found.loc["watched after promotion", "kept"]
    assert any("watched after it for as long as the old version stays up" in one for one in lost)


def test_rounded_shares_and_even_holds_are_seen():
    found, *_ = read("flagger", steps=[{"share": 0.015, "windows": 30}, {"share": 0.5, "windows": 10}])
    assert (found.loc["ramp", "plan"], found.loc["ramp", "manifest"]) == (
        "1.5 % for 30 min, 50 % for 10 min",
        "2 % for 30 min, 50 % for 30 min",
    )


def test_a_changed_manifest_no_longer_says_the_same():
    found, _, plan, text = read("argo", **WHOLE)
    assert found["kept"].all()
    for old, new, what in (
        ("setWeight: 5\n", "setWeight: 6\n", "ramp"),
        ("alpha=0.05", "alpha=0.5", "gate"),
        ("reader:2", "reader:3", "image"),
    ):
        other = compared(plan, "argo", text.replace(old, new)).set_index("what")
        assert other.index[~other["kept"]].tolist() == [what]


@pytest.mark.parametrize("target", READ_BACK)
def test_nothing_is_written_as_a_reference_to_something_else(target):
    for strategy in ("canary", "blue-green"):
        text = read(target, strategy=strategy, windows_after=5)[3]
        assert "&id" not in text
        assert "*id" not in text
