"""The simulation: the published table, the plain implementation, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from components.deployment.outcome import CLIP
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK
from components.deployment.simulation import AT_ONCE, MOST_CELLS, simulate
from components.errors import BadInput

RUNS = 1500


def outcome(runs=RUNS, seed=1, **keys):
    return simulate(read_plan(keys), runs, seed)


def plans():
    step = st.tuples(st.floats(0.01, 0.9), st.integers(1, 12))
    steps = st.lists(step, min_size=1, max_size=4).map(lambda all_: [{"share": w, "windows": n} for w, n in sorted(all_)])
    return st.fixed_dictionaries(
        {
            "requests_per_window": st.integers(1, 3000),
            "steps": steps,
            "failure_rate": st.floats(0.001, 0.3),
            "risk_ratio": st.floats(0.1, 3.3),
            "gate": st.fixed_dictionaries({"alpha": st.floats(0.001, 0.5), "margin": st.floats(0.05, 1)}),
        }
    )


# --- the table of the reference: 1,000 requests a window, 1 → 5 → 25 → 50 %, failure rate 5 %, α = .05


def test_a_harmless_version_is_hardly_ever_rolled_back():
    assert outcome().rolled_back.value == pytest.approx(0.02, abs=0.01)


@pytest.mark.parametrize(("risk_ratio", "windows", "failures"), [(1.5, 40, 78), (2.0, 20, 24), (3.0, 6, 11)])
def test_harm_is_found_as_fast_as_published(risk_ratio, windows, failures):
    found = outcome(risk_ratio=risk_ratio)
    assert found.rolled_back.value > 0.985
    assert found.windows_to_roll_back() == pytest.approx(windows, abs=1)
    assert found.failures_before_rollback.value == pytest.approx(failures, rel=0.06)


@pytest.mark.parametrize(("margin", "share", "tolerance"), [(0.25, 0.88, 0.025), (0.2, 0.66, 0.035), (0.1, 0.17, 0.03)])
def test_harmless_versions_are_promoted_as_often_as_published(margin, share, tolerance):
    found = outcome(gate={"margin": margin})
    assert found.promoted.value == pytest.approx(share, abs=tolerance)
    if margin == 0.25:
        assert found.promoted.value >= 0.85


@pytest.mark.parametrize("margin", [0.25, 0.1])
def test_at_the_edge_of_the_margin_few_are_promoted(margin):
    assert outcome(risk_ratio=1 + margin, gate={"margin": margin}).promoted.value == pytest.approx(0.03, abs=0.015)


@pytest.mark.parametrize("failure_rate", [0.001, 0.05, 0.3])
@pytest.mark.parametrize("share", [0.01, 0.5])
@pytest.mark.parametrize("alpha", [0.05, 0.2])
def test_false_rollbacks_stay_under_alpha(failure_rate, share, alpha):
    found = outcome(failure_rate=failure_rate, steps=[{"share": share, "windows": 60}], gate={"alpha": alpha, "margin": 5})
    wrong = round(found.rolled_back.value * RUNS)
    assert stats.binomtest(wrong, RUNS, alpha, alternative="greater").pvalue > 1e-4


# --- what must always hold


@settings(max_examples=60)
@given(plans(), st.integers(0, 2**32 - 1))
def test_every_run_ends_once_and_nothing_counts_after_its_end(keys, seed):
    found = outcome(60, seed, **keys)
    assert found.promoted.value + found.rolled_back.value + found.undecided.value == pytest.approx(1)
    after = np.arange(1, found.plan.windows + 1)[None, :] > found.ended[:, None]
    assert not found.canary_failures[after].any()
    assert not found.stable_failures[after].any()
    assert (found.ended[found.decision == HOLD] == found.plan.windows).all()
    assert ((found.ended >= 1) & (found.ended <= found.plan.windows)).all()
    assert found.bad_decisions.value == pytest.approx(found.canary_failures.sum(axis=1).mean())


@settings(max_examples=60)
@given(plans(), st.integers(0, 2**32 - 1))
def test_a_run_ends_at_the_first_crossing(keys, seed):
    found = outcome(40, seed, **keys)
    weight = found.plan.gate.weight(found.seen, np.arange(1, found.plan.windows + 1))
    before = np.arange(1, found.plan.windows + 1)[None, :] < found.ended[:, None]
    assert (np.abs(weight[before]) < 1 + 1e-9).all()
    at_end = weight[np.arange(40), found.ended - 1]
    assert (at_end[found.decision == ROLL_BACK] >= 1 - 1e-9).all()
    assert (at_end[found.decision == PROMOTE] <= -1 + 1e-9).all()


@settings(max_examples=15)
@given(st.floats(1.2, 2.5), st.floats(1.3, 1.8), st.integers(0, 1000))
def test_more_harm_is_never_found_later(risk_ratio, times, seed):
    less = outcome(400, seed, failure_rate=0.1, risk_ratio=risk_ratio)
    more = outcome(400, seed, failure_rate=0.1, risk_ratio=risk_ratio * times)
    assert more.rolled_back.value >= less.rolled_back.value - 0.03
    assert more.ended.mean() <= less.ended.mean() + 1


def test_the_same_seed_gives_the_same_rollouts():
    first, again, other = outcome(200, 3), outcome(200, 3), outcome(200, 4)
    assert (first.canary_failures == again.canary_failures).all()
    assert (first.decision == again.decision).all()
    assert (first.canary_failures != other.canary_failures).any()
    assert first.log(5).equals(again.log(5))


def test_windows_after_the_end_expose_nobody():
    short = outcome(300, risk_ratio=10, failure_rate=0.1, steps=[{"share": 0.5, "windows": AT_ONCE}])
    longer = outcome(300, risk_ratio=10, failure_rate=0.1, steps=[{"share": 0.5, "windows": AT_ONCE}, {"share": 0.9, "windows": 400}])
    assert short.rolled_back.value == 1
    assert longer.bad_decisions == short.bad_decisions
    assert longer.excess_bad_decisions == short.excess_bad_decisions


@pytest.mark.parametrize("risk_ratio", [0.5, 1.0, 2.0])
def test_the_excess_is_what_the_old_version_would_not_have_done(risk_ratio):
    found = outcome(4000, risk_ratio=risk_ratio)
    expected = found.bad_decisions.value * (1 - 1 / risk_ratio)
    half = (found.excess_bad_decisions.high - found.excess_bad_decisions.low) / 2
    assert found.excess_bad_decisions.value == pytest.approx(expected, abs=3 * half)


def test_no_data_never_promotes():
    found = outcome(500, requests_per_window=1, failure_rate=1e-9, gate={"alpha": 0.9})
    assert found.undecided.value == 1
    assert found.promoted.value == 0
    assert found.bad_decisions.value == 0
    assert found.windows_to_promote() is None


def test_a_share_that_is_almost_nothing_decides_nothing():
    found = outcome(500, steps=[{"share": 1e-9, "windows": 50}])
    assert found.undecided.value == 1


def test_a_certain_failure_is_rolled_back_at_once():
    found = outcome(200, failure_rate=0.1, risk_ratio=10, steps=[{"share": 0.5, "windows": 3}])
    assert found.rolled_back.value == 1
    assert found.windows_to_roll_back(0.95) == 1


def test_quantiles_count_runs_that_never_ended_as_late():
    found = outcome(1000, risk_ratio=1.5, steps=[{"share": 0.05, "windows": 30}])
    share = found.rolled_back.value
    assert 0.05 < share < 0.95
    assert found.windows_to_roll_back(share / 2) is not None
    assert found.windows_to_roll_back(min(share + 0.02, 1)) is None


def test_shares_come_with_wilson_intervals_and_means_with_theirs():
    found = outcome(1000)
    assert found.promoted.n == found.rolled_back.n == found.bad_decisions.n == 1000
    assert found.promoted.low < found.promoted.value < found.promoted.high
    assert found.bad_decisions.low < found.bad_decisions.value < found.bad_decisions.high
    alone = outcome(1)
    assert alone.bad_decisions.low is None
    assert alone.bad_decisions.why
    assert alone.curve["median"].notna().all()
    nobody = outcome(50, failure_rate=1e-9)
    assert nobody.failures_before_rollback.value is None


def test_the_log_of_a_run_is_its_windows():
    found = outcome(50, risk_ratio=2)
    for run in (0, 49):
        log = found.log(run)
        assert len(log) == found.ended[run]
        assert log["canary failures"].sum() == found.canary_failures[run].sum()
        assert (log["canary requests"] >= log["canary failures"]).all()
        assert (log["canary requests"] + log["control failures"] <= 1000).all()
        assert set(log["event"][:-1]) <= {"hold"}
        ends = {ROLL_BACK: "roll back", PROMOTE: "promote", HOLD: "end of the ramp, undecided"}
        assert log["event"].iloc[-1] == ends[int(found.decision[run])]
    share = np.mean([found.log(run)["canary requests"].head(5).sum() / 5000 for run in range(50)])
    assert share == pytest.approx(0.01, abs=0.003)


@pytest.mark.parametrize("steps", [None, [{"share": 0.02, "windows": 700}, {"share": 0.2, "windows": 333}]])
def test_the_curve_crosses_where_the_median_run_ends(steps):
    found = outcome(400, risk_ratio=3, **({"steps": steps} if steps else {"steps": [{"share": 0.01, "windows": 75}]}))
    curve = found.curve
    assert curve["window"].iloc[-1] == found.plan.windows
    assert set(np.cumsum([step.windows for step in found.plan.steps])) <= set(curve["window"])
    assert len(curve) <= 160
    assert (curve["low"] <= curve["median"]).all()
    assert (curve["median"] <= curve["high"]).all()
    assert curve[["low", "high"]].abs().to_numpy().max() <= CLIP
    crossed = curve["window"][curve["median"] >= 1].iloc[0]
    assert crossed == pytest.approx(found.windows_to_roll_back(), abs=1 if steps is None else 8)


@pytest.mark.parametrize(
    ("course", "strengths"),
    [
        ("sudden", [0, 0.5, 0.5, 0.5, 0]),
        ("gradual", [0, 0.025, 0.05, 0.075, 0]),
        ("seasonal", [0, 0, *(0.5 * np.sin(np.pi * np.array([1, 2]) / 24) ** 2), 0]),
        (None, [0, 0.025, 0.05, 0.075, 0]),
    ],
)
def test_a_fault_takes_its_usual_course_or_the_one_that_is_asked_for(course, strengths):
    plan = read_plan({"faults": [{"code": "F13", "window": 2, "windows": 3, "strength": 0.5, "course": course}]})
    assert plan.faults[0].level(5) == pytest.approx(strengths)


@pytest.mark.parametrize(("runs", "seed", "word"), [(0, 0, "runs"), (-1, 0, "runs"), (10**6, 0, "runs"), (10, -1, "seed")])
def test_impossible_numbers_of_runs_and_seeds_are_refused(runs, seed, word):
    with pytest.raises(BadInput, match=word):
        simulate(Plan(), runs, seed)


def test_what_memory_could_not_hold_is_refused():
    plan = read_plan({"steps": [{"share": 0.1, "windows": 2000}]})
    with pytest.raises(BadInput, match="10,000"):
        simulate(plan, MOST_CELLS // 2000 + 1, 0)
