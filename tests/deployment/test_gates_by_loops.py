"""The gates that look at every window, against loops over the windows of each run, however the windows are cut into looks."""

import numpy as np
import pytest
from statsmodels.stats.proportion import proportions_ztest

from components.deployment.gates import EProcess, Threshold, ZTest
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Seen

RUNS, WINDOWS = 60, 12


def seen(paired=False, seed=2, ends=True):
    """Windows of two versions of which some runs are worse, and some have windows without requests."""
    rng = np.random.default_rng(seed)
    requests = rng.integers(0, 40, (RUNS, WINDOWS)) * (rng.random((RUNS, WINDOWS)) < 0.9)
    stable_requests = requests if paired else rng.integers(60, 120, (RUNS, WINDOWS))
    canary = rng.binomial(requests, rng.choice([0.05, 0.1, 0.3], (RUNS, 1)))
    stable = rng.binomial(requests - canary if paired else stable_requests, 0.08)
    both = rng.binomial(requests - canary - stable, 0.1) if paired else None
    weight = np.full(WINDOWS, 0.5 if paired else 0.2)
    return Seen(canary, stable, weight, both, requests, stable_requests, paired, ends)


def part(whole, start, stop):
    cut = {name: getattr(whole, name)[:, start:stop] for name in ("canary", "stable", "requests", "stable_requests")}
    both = None if whole.both is None else whole.both[:, start:stop]
    return Seen(
        cut["canary"], cut["stable"], whole.weight[start:stop], both, cut["requests"], cut["stable_requests"], whole.paired, stop == WINDOWS
    )


def watched(gate, whole, cuts):
    """Decisions after each window, with the windows handed over in parts."""
    watch = gate.watch(RUNS)
    return np.hstack([watch.look(part(whole, start, stop)) for start, stop in zip([0, *cuts], [*cuts, WINDOWS], strict=True)]), watch


def z_of(whole, run, window):
    canary, stable, requests, others = (
        getattr(whole, name)[run, : window + 1].sum() for name in ("canary", "stable", "requests", "stable_requests")
    )
    if whole.paired:
        return (canary - stable) / np.sqrt(canary + stable) if canary + stable else 0.0
    if not requests or not 0 < canary + stable < requests + others:
        return 0.0
    return proportions_ztest([canary, stable], [requests, others])[0]


@pytest.mark.parametrize("paired", [False, True])
@pytest.mark.parametrize("cuts", [[], [1], [5, 11], list(range(1, WINDOWS))])
def test_the_z_test_is_statsmodels_at_every_look(paired, cuts):
    whole, gate = seen(paired), ZTest(alpha=0.1, least_sample=60)
    found, watch = watched(gate, whole, cuts)
    enough = np.cumsum(whole.requests, axis=1) >= 60
    wanted = np.full((RUNS, WINDOWS), HOLD)
    for run in range(RUNS):
        for window in range(WINDOWS):
            if enough[run, window] and z_of(whole, run, window) > 1.2815515655446004:
                wanted[run, window] = ROLL_BACK
        if wanted[run, -1] == HOLD and enough[run, -1]:
            wanted[run, -1] = PROMOTE
    assert (found == wanted).all()
    assert {ROLL_BACK, HOLD, PROMOTE} == set(np.unique(found))
    assert (watch.blind == ~enough[:, -1]).all()


@pytest.mark.parametrize("paired", [False, True])
def test_the_curve_of_the_z_test_is_z_over_what_rolls_back(paired):
    whole, gate = seen(paired), ZTest(alpha=0.1, least_sample=60)
    shown = np.array([1, 4, 12])
    found = gate.weight(whole, shown)
    for run in range(RUNS):
        for place, window in enumerate(shown - 1):
            z = z_of(whole, run, window)
            share = max(z / gate.critical, 1) if z > gate.critical else np.clip(z / gate.critical, -0.95, 0.95)
            asked = whole.requests[run, : window + 1].sum() >= 60
            assert found[run, place] == pytest.approx(share if asked else 0)
    even = ZTest(alpha=0.5, least_sample=1).weight(whole, shown)
    assert np.isfinite(even).all()


@pytest.mark.parametrize("cuts", [[], [1], [5, 11], list(range(1, WINDOWS))])
def test_strikes_are_counted_window_by_window(cuts):
    whole, gate = seen(), Threshold(limit=0.12, strikes=3)
    found, watch = watched(gate, whole, cuts)
    wanted = np.full((RUNS, WINDOWS), HOLD)
    for run in range(RUNS):
        strikes = 0
        for window in range(WINDOWS):
            strikes += bool(whole.requests[run, window]) and whole.canary[run, window] / whole.requests[run, window] > 0.12
            if strikes >= 3:
                wanted[run, window] = ROLL_BACK
        if strikes < 3:
            wanted[run, -1] = PROMOTE
    assert (found == wanted).all()
    assert {ROLL_BACK, HOLD, PROMOTE} == set(np.unique(found))
    assert not watch.blind.any()


def test_a_canary_that_answered_one_request_may_pass_and_one_that_answered_none_may_not():
    nothing, one = np.zeros((1, 3), dtype=np.int64), np.array([[0, 1, 0]])
    for requests, last in ((nothing, HOLD), (one, PROMOTE)):
        watch = Threshold().watch(1)
        given = Seen(nothing, nothing, np.full(3, 0.1), None, requests, one, ends=True)
        assert watch.look(given).tolist() == [[HOLD, HOLD, last]]
        assert watch.blind.tolist() == [last == HOLD]


def test_a_failure_rate_at_the_limit_is_no_strike():
    assert Threshold(limit=0.25).struck(
        Seen(np.array([[1, 2]]), np.array([[0, 0]]), np.ones(2), None, np.array([[4, 4]]), None)
    ).tolist() == [[False, True]]


@pytest.mark.parametrize("paired", [False, True])
def test_the_curve_of_the_e_process_is_its_evidence_over_what_decides(paired):
    whole, gate = seen(paired), EProcess()
    shown = np.array([1, 4, 12])
    found = gate.weight(whole, shown)
    for run in range(RUNS):
        for place, window in enumerate(shown):
            canary, stable = (getattr(whole, name)[run : run + 1, :window].sum(axis=1, keepdims=True) for name in ("canary", "stable"))
            harm, harmless = (max(float(one.log_evidence(canary, stable, whole.weight[:1])[0, 0]), 0) for one in (gate.harm, gate.harmless))
            share = harm if harm >= gate.threshold else -harmless if harmless >= gate.threshold else harm - harmless
            assert found[run, place] == pytest.approx(share / gate.threshold)
    assert found.max() > 1
    assert found.min() < 0
