"""The designer: a ramp keeps what it promised, and what is said to make it decidable does."""

import pytest

from components.deployment.designer import WANTED, Wish, candidates, design
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate
from components.errors import BadInput


@pytest.mark.parametrize(
    ("plan", "harm", "windows"),
    [({}, 2.0, 75), ({}, 1.5, 200), ({"failure_rate": 0.2, "requests_per_window": 300}, 1.5, 60), ({"strategy": "shadow"}, 2.0, 20)],
)
def test_a_ramp_does_what_was_asked(plan, harm, windows):
    found = design(Wish(read_plan(plan), 0.05, harm, windows))
    assert found.plan is not None
    assert found.plan.windows == windows
    given = found.plan.model_dump()
    harmful, harmless = (simulate(read_plan({**given, "risk_ratio": ratio}), 2000, 77) for ratio in (harm, 1.0))
    assert harmful.rolled_back.value >= WANTED - 0.03
    assert harmful.promoted.value <= 0.05 + 0.015
    assert harmless.promoted.value >= WANTED - 0.03
    assert harmless.rolled_back.value <= 0.05 + 0.015
    assert "for nine good versions in ten" in found.answer
    assert found.method.startswith("Simulated: 1,000 rollouts; harmful caught ")
    expected = harm * found.plan.failure_rate * found.exposed
    assert found.harmful.bad_decisions.value == pytest.approx(expected, rel=0.1)


def test_the_time_and_the_requests_that_it_takes_are_told():
    found = design(Wish(read_plan({"window_minutes": 20}), 0.05, 2.0, 75))
    windows = found.harmless.windows_to_promote(WANTED)
    assert 6 <= windows < 144  # two hours to two days
    assert f"done within {windows:.0f} windows ({windows / 3:.0f} hours)" in found.answer
    assert f"{found.exposed:,.0f} requests meet a harmful one" in found.answer


def test_of_the_ramps_that_do_it_the_one_with_the_fewest_bad_decisions_is_taken():
    wish = Wish(Plan(), 0.05, 2.0, 75)
    found = design(wish)
    boldest = read_plan({**found.plan.model_dump(), "steps": [{"share": 0.5, "windows": 75}], "risk_ratio": 2.0})
    assert found.harmful.bad_decisions.value < simulate(boldest, 1000, 1).bad_decisions.value / 2
    shares = [[step.share for step in plan.steps] for plan in candidates(wish)]
    assert all(one == sorted(one) and one[-1] == 0.5 for one in shares)
    assert all(plan.windows == 75 for plan in candidates(wish))


def test_what_would_make_it_decidable_does():
    wish = Wish(Plan(requests_per_window=100), 0.05, 1.5, 75)
    found = design(wish)
    assert found.plan is None
    assert found.answer == "Not decidable with this traffic within 75 windows."
    assert "100" in found.ways_out[0]
    requests = int(found.ways_out[0].split("about ")[1].split(" requests")[0].replace(",", ""))
    steps = [{"share": 0.5, "windows": 75}]
    mended = {"requests_per_window": requests, "steps": steps, "gate": {"alpha": 0.05, "margin": 0.5}}
    assert simulate(read_plan({**mended, "risk_ratio": 1.5}), 1000, 5).rolled_back.value > WANTED - 0.03
    assert simulate(read_plan(mended), 1000, 5).promoted.value > WANTED - 0.03
    harm = float(found.ways_out[-1].split("harm of ")[1].split(" times")[0])
    less = {"requests_per_window": 100, "steps": steps, "gate": {"alpha": 0.05, "margin": harm - 1}}
    assert simulate(read_plan({**less, "risk_ratio": harm}), 1000, 5).rolled_back.value > WANTED - 0.05


def test_hopeless_traffic_and_impossible_harm():
    nothing = design(Wish(Plan(requests_per_window=1, failure_rate=1e-6), 0.05, 1.5, 3))
    assert nothing.plan is None
    with pytest.raises(BadInput, match="more than every decision"):
        design(Wish(Plan(failure_rate=0.6), 0.05, 2.0, 75))


def test_the_same_wish_gives_the_same_ramp():
    first, again = (design(Wish(Plan(), 0.05, 2.0, 40)) for _ in range(2))
    assert first.plan == again.plan
