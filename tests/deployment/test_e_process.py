"""The e-process: a fair bet under the null, whatever the traffic does; decided at the first crossing."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from components.deployment.gates import GATES
from components.deployment.gates.e_process import EProcess
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Seen
from components.stats.sequential import GRID, Evidence, share_of_failures
from tests.deployment.plain_gates import GRID as PLAIN_GRID
from tests.deployment.plain_gates import evidence as plain_evidence

SHARES = st.floats(0.001, 0.999)


def seen(canary, stable, share):
    return Seen(canary, stable, np.full(canary.shape[1], share))


def expectation(evidence, ratio, share, failures):
    """The exact mean of E after one window with this many failures, when the risk ratio is `ratio`."""
    canary = np.arange(failures + 1)
    log_e = evidence.log_evidence(canary[:, None], (failures - canary)[:, None], np.array([share]))[:, 0]
    chance = float(share_of_failures(ratio, share))
    mass = [math.comb(failures, k) * chance**k * (1 - chance) ** (failures - k) for k in canary]
    return float(np.dot(np.exp(log_e), mass))


def both(margin=0.25):
    gate = EProcess(margin=margin)
    return gate.harm, gate.harmless


def test_the_grid_is_the_one_that_the_figures_were_measured_with():
    assert pytest.approx(PLAIN_GRID) == GRID
    assert len(GRID) == 20
    assert GRID[0] == pytest.approx(1.05)
    assert GRID[-1] == pytest.approx(10)
    assert both(0.25)[1].grid == pytest.approx(1.25 / np.geomspace(1.05, 10, 20))


@given(SHARES, st.integers(0, 60), st.floats(0.05, 1))
def test_a_bet_on_harm_is_fair_at_the_edge_of_the_null(share, failures, margin):
    for evidence in both(margin):
        assert expectation(evidence, evidence.null_ratio, share, failures) == pytest.approx(1, rel=1e-9)


@given(SHARES, st.integers(1, 60), st.floats(0.01, 0.99))
def test_inside_the_null_the_bet_loses(share, failures, part):
    harm, harmless = both()
    assert expectation(harm, part, share, failures) <= 1 + 1e-9
    assert expectation(harmless, 1.25 / part, share, failures) <= 1 + 1e-9


@given(st.integers(0, 2**32 - 1))
def test_the_evidence_is_what_the_formula_says(seed):
    rng = np.random.default_rng(seed)
    shares = rng.uniform(0.01, 0.9, 7)
    canary, stable = rng.integers(0, 9, (1, 7)), rng.integers(0, 40, (1, 7))
    windows = [(shares[i], int(canary[0, i]), int(stable[0, i])) for i in range(7)]
    for evidence in both():
        ours = evidence.log_evidence(canary, stable, shares)[0]
        for number in range(1, 8):
            plain = plain_evidence(windows[:number], evidence.null_ratio, list(evidence.grid))
            assert ours[number - 1] == pytest.approx(math.log(plain), abs=1e-9)


def test_without_failures_there_is_no_evidence():
    nothing = np.zeros((1, 5), dtype=int)
    for evidence in both():
        assert evidence.log_evidence(nothing, nothing, np.full(5, 0.1)) == pytest.approx(np.zeros((1, 5)))
    assert not EProcess(alpha=0.999).watch(1).look(seen(nothing, nothing, 0.1)).any()


def test_huge_counts_stay_finite():
    for evidence in both():
        log_e = evidence.log_evidence(np.array([[10**9]]), np.array([[10**9]]), np.array([0.5]))
        assert np.isfinite(log_e).all()


counts = arrays.arrays(np.int64, (6, 12), elements=st.integers(0, 30))


@settings(max_examples=150)
@given(counts, counts, st.floats(0.005, 0.95), st.floats(0.001, 0.5), st.floats(0.02, 2))
def test_looking_in_stretches_decides_as_the_formula_does(canary, stable, share, alpha, margin):
    gate = EProcess(alpha=alpha, margin=margin)
    steps = [(share, 0, 5), (share + (1 - share) / 2, 5, 6), (share + (1 - share) / 2, 6, 12)]
    shares = np.concatenate([np.full(end - start, w) for w, start, end in steps])
    watch = gate.watch(6)
    looked = np.concatenate([watch.look(seen(canary[:, a:b], stable[:, a:b], w)) for w, a, b in steps], axis=1)
    harm = gate.harm.log_evidence(canary, stable, shares)
    harmless = gate.harmless.log_evidence(canary, stable, shares)
    clear = (np.abs(harm - gate.threshold) > 1e-9) & (np.abs(harmless - gate.threshold) > 1e-9)
    expected = np.where(harm >= gate.threshold, ROLL_BACK, np.where(harmless >= gate.threshold, PROMOTE, HOLD))
    assert (looked == expected)[clear].all()


def test_runs_that_ended_are_forgotten():
    gate, rng = EProcess(), np.random.default_rng(4)
    canary, stable = rng.poisson(2, (8, 20)), rng.poisson(20, (8, 20))
    kept = np.array([True, False, True, True, False, False, True, True])
    watch = gate.watch(8)
    watch.look(seen(canary[:, :10], stable[:, :10], 0.05))
    watch.keep(kept)
    after = watch.look(seen(canary[kept, 10:], stable[kept, 10:], 0.05))
    alone = gate.watch(5)
    alone.look(seen(canary[kept, :10], stable[kept, :10], 0.05))
    assert (after == alone.look(seen(canary[kept, 10:], stable[kept, 10:], 0.05))).all()


@pytest.mark.parametrize("shock", [1, 3])
def test_false_rollbacks_stay_under_alpha_when_a_shock_hits_both_arms_and_the_shares_change(shock):
    rng, gate = np.random.default_rng(8), EProcess()
    shares = np.repeat([0.01, 0.05, 0.25, 0.5], [30, 15, 15, 15])
    rate = np.full(75, 0.05)
    rate[20:35] *= shock
    canary = rng.binomial(1000, shares * rate, (3000, 75))
    stable = rng.binomial(1000 - canary, (1 - shares) * rate / (1 - shares * rate))
    false = (gate.harm.log_evidence(canary, stable, shares) >= gate.threshold).any(axis=1).mean()
    assert false <= 0.05


def test_each_gate_is_declared_once():
    codes = [gate.code for gate in GATES]
    assert len(codes) == len(set(codes))
    assert all(code.startswith("G") for code in codes)


def test_an_evidence_with_one_alternative_is_a_likelihood_ratio():
    one = Evidence(1.0, np.array([3.0]))
    log_e = one.log_evidence(np.array([[2]]), np.array([[1]]), np.array([0.5]))
    assert float(np.exp(log_e[0, 0])) == pytest.approx((0.75 / 0.5) ** 2 * (0.25 / 0.5))
