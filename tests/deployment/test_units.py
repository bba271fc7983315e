"""Sessions and users that stick to a version: what the gates count then, and that looking at every window stays honest."""

from itertools import product

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from components.deployment.gates.e_process import EProcess
from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.parts import Unit
from components.deployment.reading import read_plan
from components.deployment.rehearsal import rehearse
from components.deployment.seen import PROMOTE, ROLL_BACK, Seen
from components.deployment.simulation import simulate
from components.deployment.units import failures
from components.errors import BadInput
from components.stats.sequential import GRID, Evidence
from components.stats.units import UnitEvidence


def test_requests_of_a_unit_are_correlated_as_the_plan_says():
    unit, rng = Unit(kind="user", requests=8, correlation=0.3), np.random.default_rng(3)
    total, squares = failures(unit, np.full((4000, 2), 50), np.broadcast_to([0.1, 0.4], (4000, 2)), rng)
    for column, rate in enumerate((0.1, 0.4)):
        variance = 8 * rate * (1 - rate) * (1 + 7 * 0.3)
        assert total[:, column].mean() / 50 == pytest.approx(8 * rate, rel=0.01)
        assert total[:, column].var() / 50 == pytest.approx(variance, rel=0.07)
        assert squares[:, column].mean() / 50 == pytest.approx(variance + (8 * rate) ** 2, rel=0.02)


@settings(max_examples=60)
@given(st.floats(0.01, 0.9), st.sampled_from([1, 3, 20]), st.floats(1, 3), st.booleans(), st.integers(0, 1000))
def test_a_bet_is_never_worth_more_than_it_costs_however_alike_the_requests_of_a_unit_are(share, requests, edge, worse, seed):
    evidence, rng = UnitEvidence(edge, requests, worse), np.random.default_rng(seed)
    old = rng.dirichlet(np.ones(requests + 1) * 0.3)  # any law of a unit's failures
    k = np.arange(requests + 1)
    new = _with_mean(edge * (old @ k), requests, rng)
    if new is None:
        return
    squares, nothing = k[None, :] ** 2, np.zeros((1, requests + 1))
    of_new = np.exp(evidence.log_factors((k[None, :], squares), (nothing, nothing), share))[:, 0] @ new
    of_old = np.exp(evidence.log_factors((nothing, nothing), (k[None, :], squares), share))[:, 0] @ old
    assert (share * of_new + (1 - share) * of_old <= 1 + 1e-9).all()


def _with_mean(mean, most, rng):
    """Return some law on 0 … most with this mean: units that end alike, mixed with those whose requests stand alone."""
    if mean > most:
        return None
    alike, mixed = np.zeros(most + 1), rng.random()
    alike[[0, -1]] += (1 - mean / most, mean / most)
    return mixed * alike + (1 - mixed) * binom.pmf(np.arange(most + 1), most, mean / most)


def test_for_a_unit_of_one_request_the_lowest_and_the_plain_evidence_agree():
    for null, worse, grid in ((1.0, True, GRID), (1.25, False, 1.25 / GRID)):
        one, none = np.array([[1]]), np.array([[0]])
        plain = Evidence(null, grid[[0]])
        for arms in ((one, none), (none, one)):
            ours = UnitEvidence(null, 1, worse).log_factors(*((counts, counts) for counts in arms), 0.2)[0, 0, 0]
            assert ours == pytest.approx(plain.log_evidence(*arms, np.array([0.2]))[0, 0], abs=1e-9)


@pytest.mark.parametrize(("requests", "correlation"), list(product((2, 10, 40), (0.0, 0.3, 1.0))))
def test_false_rollbacks_stay_under_alpha_and_false_promotions_too(requests, correlation):
    unit = {"kind": "user", "requests": requests, "correlation": correlation}
    for rate, gate in ((0.02, {"alpha": 0.05}), (0.3, {"alpha": 0.2})):
        steps = [{"share": 0.1, "windows": 20}, {"share": 0.5, "windows": 20}]
        plan = {"unit": unit, "failure_rate": rate, "gate": gate, "steps": steps}
        assert (simulate(read_plan(plan), 500, 1).rolled_back.low or 0) <= gate["alpha"]
        assert (simulate(read_plan({**plan, "risk_ratio": 1.25}), 500, 2).promoted.low or 0) <= gate["alpha"]


def test_counting_requests_of_users_as_if_each_stood_alone_would_stop_good_models():
    plan = read_plan({"unit": {"kind": "user", "requests": 10, "correlation": 0.5}})
    seen = simulate(plan.model_copy(update={"gate": EProcess(alpha=1e-12)}), 500, 1).seen
    wrongly = Seen(seen.canary, seen.stable, seen.weight)
    crossed = (EProcess().harm.log_evidence(wrongly.canary, wrongly.stable, wrongly.weight) >= np.log(20)).any(axis=1)
    assert crossed.mean() > 0.2
    assert (simulate(plan, 500, 1).rolled_back.value or 0) <= 0.05


def test_a_bad_version_is_still_caught_and_a_good_one_promoted_only_later_than_by_requests():
    unit = {"kind": "session", "requests": 5, "correlation": 0.2}
    alone, together = (simulate(read_plan({"risk_ratio": 2, **keys}), 400, 1) for keys in ({}, {"unit": unit}))
    assert (together.decision == ROLL_BACK).mean() > 0.99
    assert (together.windows_to_roll_back() or 0) > (alone.windows_to_roll_back() or 0)
    assert (simulate(read_plan({"risk_ratio": 0.5, "unit": unit}), 400, 1).decision == PROMOTE).mean() > 0.95


def test_the_method_says_what_is_counted_and_the_log_holds_whole_units():
    plan = read_plan({"unit": {"kind": "user", "requests": 10, "correlation": 0.1}, "gate": {"kind": "z-test"}})
    rehearsal = rehearse(plan, 2.0, 50)
    assert "1,000 requests a window of 100 users, failure rate" in rehearsal.method
    assert (rehearsal.harmful.log(0)["canary requests"] % 10 == 0).all()
    assert len(rehearsal.table)


def test_the_tools_keep_users_together_where_they_can():
    plan = read_plan({"unit": {"kind": "user", "requests": 5}, "window_minutes": 2})
    text, lost = flagger(plan)
    affinity = next(yaml.safe_load_all(text))["spec"]["analysis"]["sessionAffinity"]
    assert affinity == {"cookieName": "model-user", "maxAge": 75 * 2 * 60}
    assert any(line.startswith("The gate must count by user") for line in lost)
    for write in (argo_rollouts, kserve):
        assert any(line.startswith("It routes each request for itself") for line in write(plan)[1])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"unit": {"requests": 5}}, ["A request is one request", "session or a user"]),
        ({"unit": {"kind": "user", "requests": 50}, "requests_per_window": 20}, ["One user makes 50 requests", "longer windows"]),
        ({"unit": {"kind": "family"}}, ["“family”", "session"]),
        ({"unit": {"kind": "user", "requests": 500}}, ["unit.requests is 500", "at most 200"]),
        ({"unit": {"kind": "user", "correlation": 1.5}}, ["unit.correlation is 1.5", "at most 1"]),
        ({"unit": {"size": 5}}, ["no key “unit.size”", "keys of the unit are kind, requests and correlation"]),
    ],
    ids=str,
)
def test_an_impossible_unit_is_a_sentence(data, words):
    with pytest.raises(BadInput) as caught:
        read_plan(data)
    for word in words:
        assert word in str(caught.value)
