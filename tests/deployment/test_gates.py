"""The gates: the table that was measured elsewhere, what no data does, and what each gate costs."""

import numpy as np
import pytest

from components.deployment.gates import GATES, Threshold, ZTest
from components.deployment.plan import Plan
from components.deployment.prices import gate_prices, price_table, shock
from components.deployment.reading import read_plan
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Seen
from components.deployment.simulation import simulate

RUNS = 1500
THRESHOLD, Z_TEST = {"kind": "threshold"}, {"kind": "z-test"}


def outcome(runs=RUNS, seed=1, **keys):
    return simulate(read_plan(keys), runs, seed)


def four_errors(share):
    """Four standard errors of the difference between two simulations of 1,500 runs."""
    return 4 * (2 * share * (1 - share) / RUNS) ** 0.5 + 1e-9


@pytest.mark.parametrize(("gate", "share"), [(THRESHOLD, 0.950), (Z_TEST, 0.376)])
def test_how_many_good_models_the_other_gates_roll_back(gate, share):
    assert outcome(gate=gate).rolled_back.value == pytest.approx(share, abs=four_errors(share))


@pytest.mark.parametrize(("gate", "share", "tolerance"), [(THRESHOLD, 1.0, 0.01), (Z_TEST, 0.243, 0.05), ({}, 0.02, 0.01)])
def test_a_shock_that_hits_both_versions(gate, share, tolerance):
    found = outcome(gate=gate, faults=[shock(Plan())])
    assert found.rolled_back.value == pytest.approx(share, abs=tolerance)


@pytest.mark.parametrize(
    ("gate", "risk_ratio", "windows", "failures"),
    [
        (THRESHOLD, 1.5, 12, 9),
        (THRESHOLD, 2.0, 9, 9),
        (THRESHOLD, 3.0, 6, 10),
        (Z_TEST, 1.5, 12, 17),
        (Z_TEST, 2.0, 5, 8),
        (Z_TEST, 3.0, 4, 6),
    ],
)
def test_how_fast_the_other_gates_are(gate, risk_ratio, windows, failures):
    found = outcome(gate=gate, risk_ratio=risk_ratio)
    assert found.rolled_back.value > 0.99
    assert found.windows_to_roll_back() == pytest.approx(windows, abs=1)
    assert found.failures_before_rollback.value == pytest.approx(failures, abs=1)


def test_the_shock_makes_both_versions_fail_three_times_as_often():
    injected = read_plan({"faults": [shock(Plan())]}).faults[0]
    assert injected.in_both
    assert 1 - 0.95 * (1 - injected.strength * injected.fault.harm) == pytest.approx(0.15)


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("strategy", ["shadow", "canary", "blue-green"])
def test_no_data_never_promotes(gate, strategy):
    nothing = outcome(200, strategy=strategy, requests_per_window=1, steps=[{"share": 1e-9, "windows": 20}], gate=gate().model_dump())
    assert (nothing.promoted.value, nothing.undecided.value, nothing.no_data.value) == (0, 1, 1)
    assert nothing.log(0)["gate"].tolist() == ["NO DATA"] * 20


@pytest.mark.parametrize("gate", GATES)
def test_what_a_gate_says_of_a_run(gate):
    found = outcome(300, risk_ratio=1.3, gate=gate().model_dump())
    for run in range(0, 300, 37):
        log = found.log(run)
        assert set(log["gate"][:-1]) <= {"NO DATA", "INCONCLUSIVE"}
        last = {ROLL_BACK: "FAIL", PROMOTE: "PASS", HOLD: "INCONCLUSIVE"}[int(found.decision[run])]
        assert log["gate"].iloc[-1] == last


@pytest.mark.parametrize("gate", [Threshold(), ZTest()])
def test_the_curve_reaches_what_decides(gate):
    found = outcome(400, risk_ratio=3, gate=gate.model_dump())
    curve = found.curve
    assert (curve["low"] <= curve["median"]).all()
    crossed = curve["window"][curve["median"] >= 1].iloc[0]
    assert crossed == pytest.approx(found.windows_to_roll_back(), abs=1)


def counts(canary, stable, requests):
    ours = [np.array([one]) for one in (canary, stable, requests, [1000 - n for n in requests])]
    return Seen(ours[0], ours[1], np.full(len(canary), 0.1), None, ours[2], ours[3])


def test_strikes_add_up_and_a_window_without_requests_is_none():
    gate = Threshold(limit=0.1, strikes=2)
    seen = counts([1, 0, 2, 0], [0, 0, 0, 0], [9, 0, 20, 5])
    assert gate.struck(seen).tolist() == [[True, False, False, False]]
    watch = gate.watch(1)
    assert watch.look(seen).tolist() == [[HOLD] * 4]
    assert watch.look(counts([3, 0], [0, 0], [20, 20])).tolist() == [[ROLL_BACK, ROLL_BACK]]


def test_the_z_test_waits_for_its_least_sample():
    gate = ZTest(least_sample=30)
    assert gate.watch(1).look(counts([9, 9], [0, 0], [20, 20])).tolist() == [[HOLD, ROLL_BACK]]
    z, _ = gate.test(np.array([[30]]), np.array([[40]]), np.array([[300]]), np.array([[700]]), paired=False)
    assert float(z[0, 0]) == pytest.approx(2.43412, abs=1e-3)  # statsmodels' proportions_ztest


def test_the_price_of_each_gate_is_told():
    prices = gate_prices(Plan(), 300)
    assert list(prices) == ["harmless: rolled back", "harmless, a shock hits both", "1.5 times as bad", "2 times as bad", "3 times as bad"]
    table = price_table(prices)
    assert list(table.columns) == ["the new version", "e-process", "threshold", "z-test"]
    assert table["threshold"].iloc[0].endswith("]")
    assert "windows" in table["e-process"].iloc[3]
    harsh = gate_prices(Plan(failure_rate=0.6), 50)
    assert list(harsh) == ["harmless: rolled back", "1.5 times as bad"]


@pytest.mark.parametrize("failure_rate", [0.001, 0.02, 0.3])
@pytest.mark.parametrize("strategy", ["shadow", "canary"])
def test_false_rollbacks_stay_under_alpha_while_shares_change_and_labels_come_late(failure_rate, strategy):
    found = outcome(strategy=strategy, failure_rate=failure_rate, label_delay=5, label_coverage=0.5, faults=[shock(Plan())])
    assert found.rolled_back.value <= 0.05 + 3 * (0.05 * 0.95 / RUNS) ** 0.5
