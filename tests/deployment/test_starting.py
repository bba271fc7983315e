"""Figures that a plan takes: what they change in it, and when it no longer uses them."""

from datetime import UTC, datetime

import pytest

from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.records import RolloutPlan
from components.deployment.rehearsal import rehearse
from components.deployment.starting import Taken, in_use, ratio, sliced, started

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def taken(value, n=500, **more):
    return Taken(ref="a", title="A", value=value, n=n, at=NOW, **more)


def begun(plan=None, harm=2.0, **figures):
    plan, harm = started(plan or Plan(), harm, figures)
    return RolloutPlan(plan=plan, harm=harm, taken=figures)


def test_each_figure_lands_in_its_place():
    body = begun(current=taken(0.04), new=taken(0.03), overlap=taken(0.7), drift=taken(0.1))
    assert (body.plan.failure_rate, body.plan.error_overlap, body.harm, body.good) == (0.04, 0.7, 2.0, 0.75)
    assert [(one.code, one.strength, one.window) for one in body.plan.faults] == [("F12", 0.2, 10)]
    assert set(body.measured) == {"current", "new", "overlap", "drift"}


@pytest.mark.parametrize(
    ("new", "harm", "good"), [(0.02, 2.0, 0.5), (0.04, 2.0, 1.0), (0.041, 1.05, 1.0), (0.06, 1.5, 1.0), (0.5, 12.5, 1.0)]
)
def test_a_worse_version_is_the_harm_and_a_better_one_the_good_case(new, harm, good):
    body = begun(current=taken(0.04), new=taken(new))
    assert (body.harm, body.good) == (harm, pytest.approx(good))
    assert "new" in body.measured


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ({"failure_rate": 0.05}, {"new", "overlap", "drift"}),
        ({"error_overlap": 0.5}, {"current", "new", "drift"}),
        ({"faults": ()}, {"current", "new", "overlap"}),
    ],
)
def test_what_is_typed_over_is_no_longer_measured_and_comes_back_when_it_is_typed_back(typed, left):
    body = begun(current=taken(0.04), new=taken(0.03), overlap=taken(0.7), drift=taken(0.1))
    changed = body.plan.model_copy(update=typed)
    assert set(in_use(changed, body.harm, body.taken)) == left
    assert in_use(body.plan, body.harm, body.taken) == body.taken


def test_another_harm_than_the_measured_one_is_typed_in():
    body = begun(current=taken(0.04), new=taken(0.08), harm=3.0)
    assert body.harm == 2.0
    assert set(in_use(body.plan, 2.5, body.taken)) == {"current"}


def test_drift_replaces_drift_and_leaves_other_faults():
    plan = read_plan({"faults": [{"code": "F05", "window": 7}, {"code": "F12", "window": 9}]})
    assert [(one.code, one.window, one.strength) for one in begun(plan, drift=taken(0.25)).plan.faults] == [
        ("F05", 7, 1.0),
        ("F12", 7, 0.5),
    ]
    assert begun(drift=taken(0.0)).plan.faults[0].strength == 0.01


def test_the_ratio_has_an_interval_where_n_is_known():
    found = ratio({"current": taken(0.04), "new": taken(0.02)})
    assert (found.value, found.low < found.value < found.high) == (pytest.approx(0.5), True)
    assert ratio({"current": taken(0.04, n=None), "new": taken(0.02)}).low is None
    assert ratio({"current": taken(0.04)}) is None


def test_a_better_version_is_promoted_sooner_and_what_is_saved_gives_the_same_again():
    better, as_good = (rehearse(Plan(), 2.0, 400, 1, good) for good in (0.5, 1.0))
    assert better.harmless.promoted.value > as_good.harmless.promoted.value
    assert better.harmful.bad_decisions == as_good.harmful.bad_decisions
    run = better.record()
    assert (run.good, run.plan.risk_ratio) == (0.5, 1.0)
    assert rehearse(run.plan, run.harm, run.runs, run.seed, run.good).record() == run
    assert list(better.table.columns)[-1] == "as measured: high"


def test_what_goes_wrong_is_saved_too():
    plan = read_plan({"faults": [{"code": "F05"}]})
    run = rehearse(plan, 2.0, 100, 1).record()
    assert run.plan == plan
    assert rehearse(run.plan, run.harm, run.runs, run.seed).record() == run


def test_slices_are_brought_to_the_rate_of_all_and_follow_it():
    plan = sliced(begun(current=taken(0.04)).plan, {"dark": (0.25, 0.2), "day": (0.75, 0.04)})
    assert read_plan(plan.model_dump()) == plan
    assert [round(one.failure_rate, 4) for one in plan.slices] == [0.1, 0.02]
    other, _ = started(plan, 2.0, {"current": taken(0.08)})
    assert read_plan(other.model_dump()).slices[0].failure_rate == pytest.approx(0.2)
    assert set(in_use(read_plan(other.model_dump()), 2.0, {"current": taken(0.08)})) == {"current"}
    beyond, _ = started(plan, 2.0, {"current": taken(0.5)})
    assert [one.failure_rate for one in read_plan(beyond.model_dump()).slices] == [None, None]
    assert [one.failure_rate for one in sliced(Plan(), {"dark": (0.5, None), "day": (0.5, 0.1)}).slices] == [None, None]
    alone = read_plan({**plan.model_dump(), "faults": [{"code": "F05", "slice": "dark"}]})
    assert read_plan(sliced(alone, {"new": (1.0, None)}).model_dump()).faults[0].slice is None
