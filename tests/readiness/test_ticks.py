"""Lines that other screens have measured tick themselves; overruling them needs a reason."""

from datetime import date

import pytest

from components.data.records import AgreementRun, Expectation
from components.data.rulebook.records import CalibrationRun
from components.deployment.plan import Plan
from components.deployment.records import ROLLOUT, RolloutPlan
from components.deployment.rehearsal import rehearse
from components.modelling.records import Entry, Leaderboard
from components.project.data_sets import LabelSet
from components.project.target import Target
from components.readiness.evidence import COMMON, planned_rollout
from components.readiness.records import ChecklistAnswer
from components.readiness.ticks import Tick, measured_ticks, overrules, states_of
from components.scoping.assessment.ladder import SIDES
from components.scoping.assessment.ladder import signed as sign
from components.scoping.assessment.reading import ethics_standing
from components.scoping.assessment.records import EthicsAnswer, LadderStep
from components.ui.screens import SCREENS


def entry(name, value, **keys):
    return Entry(name=name, title=name.title(), trivial=False, estimate={"value": value}, fit_seconds=1, memory_megabytes=1, **keys)


def board(*entries):
    about = {"data_version": "v", "target": "label", "task": "classification", "metric": "accuracy", "convention": ""}
    return Leaderboard(**about, folds=5, seed=0, n=9, notes=[], models=list(entries), planned=2, finished=True)


@pytest.fixture
def put(store, project):
    return lambda body, id_: store.put(project.id, body, person="ana", id=id_)


def test_nothing_measured_ticks_nothing(store, project):
    assert measured_ticks(store, project.id) == {}
    assert planned_rollout(store, project.id).source == COMMON


def test_models_rollouts_and_rules_tick_their_lines(store, project, put):
    put(board(entry("linear", 0.93, run_id="r1"), entry("forest", 0.97, run_id="r2")), "v")
    put(rehearse(Plan(), 2.0, 100).record(), ROLLOUT)
    put(Expectation(rule="missing", columns=["a"]), "e")
    found = measured_ticks(store, project.id)
    assert set(found) == {"C01", "C12", "C15", "C20"}
    assert "97.0 %" in found["C12"].text
    assert found["C15"].text.startswith("2 tracked runs")
    assert "simulated" in found["C20"].text
    assert {tick.screen for tick in found.values()} <= {screen.path for screen in SCREENS}
    assert all(tick.state == "manual" for tick in found.values())
    assert planned_rollout(store, project.id).plan.failure_rate == pytest.approx(0.03)
    put(RolloutPlan(plan=Plan(failure_rate=0.2)), ROLLOUT)
    assert planned_rollout(store, project.id).plan.failure_rate == 0.2


def test_what_scoping_agreed_ticks_its_lines_while_it_holds(store, project, put):
    put(Target(metric="accuracy", value=0.98), "target")
    steps = {level: LadderStep(solution="s", level=level, metric=metric) for level, metric in (("ml", "accuracy"), ("business", "saved"))}
    for level, step in steps.items():
        signed = step
        for side in SIDES:
            signed = sign(signed, side, "Ana", date(2026, 11, 1))
        put(signed, level)
    for item in ethics_standing(store, project.id).items:
        put(EthicsAnswer(answer="yes", reason="We looked."), item.code)
    found = measured_ticks(store, project.id)
    assert found["C37"].text == "accuracy of at least .98"
    assert found["C38"].text == "2 steps from “accuracy” to “saved”, signed by both sides"
    assert found["C39"].text.endswith("answered, none with no")
    assert {tick.screen for tick in found.values()} <= {screen.path for screen in SCREENS}
    put(steps["ml"].model_copy(update={"engineering": signed.engineering}), "ml")
    put(EthicsAnswer(answer="no", reason="It may."), item.code)
    assert set(measured_ticks(store, project.id)) == {"C37"}


def test_labellers_who_agree_tick_their_line_and_others_do_not(store, project, put):
    about = {"label_set": "s", "items": 30, "annotators": 3, "labels": 90, "level": "nominal", "band": "good", "why": ""}
    shares = dict.fromkeys(("percent", "cohen", "fleiss", "ac1"), {"value": 0.9})
    put(AgreementRun(**about, **shares, alpha={"value": 0.41, "low": 0.3, "high": 0.52}, too_low=True), "s")
    assert "C35" not in measured_ticks(store, project.id)
    put(AgreementRun(**about, **shares, alpha={"value": 0.83, "low": 0.79, "high": 0.86}, too_low=False), "s")
    assert measured_ticks(store, project.id)["C35"].text.startswith("Agreement (α): .83 [.79, .86]")


def test_a_round_by_the_rulebook_ticks_the_line_before_other_labels(store, project, put):
    about = {"items": 30, "annotators": 3, "labels": 90, "level": "nominal", "band": "good", "why": "", "too_low": False}
    shares = dict.fromkeys(("percent", "cohen", "fleiss", "ac1"), {"value": 0.9})
    put(LabelSet(name="Is it bad? Round 2", table="ab" * 32, round="r", question="Is it bad?"), "r")
    put(AgreementRun(label_set="r", **about, **shares, alpha={"value": 0.83, "low": 0.79, "high": 0.86}), "r")
    put(CalibrationRun(rules=[], disputed=3, unsure=0, discard_rate={"value": 0.1}), "r")
    put(AgreementRun(label_set="s", **about, **shares, alpha={"value": 0.97, "low": 0.95, "high": 0.98}), "s")
    tick = measured_ticks(store, project.id)["C35"]
    assert tick.text.startswith("Agreement (α), Is it bad? Round 2: .83 [.79, .86]")
    assert tick.screen == "data/round_result"


def test_an_answer_that_says_less_overrules_and_one_that_says_more_does_not():
    tick = Tick("manual", "α .83", "data/labels")
    assert overrules(ChecklistAnswer(state="none"), tick)
    assert not overrules(ChecklistAnswer(state="manual"), tick)
    assert not overrules(ChecklistAnswer(state="automated"), tick)
    assert not overrules(ChecklistAnswer(state="none"), None)


def test_the_state_of_a_line_is_what_was_answered_else_what_was_measured():
    ticks = {"C35": Tick("manual", "α .83", "data/labels"), "C12": Tick("manual", "…", "modelling/baselines")}
    answers = {
        "C01": ChecklistAnswer(state="automated"),
        "C12": ChecklistAnswer(owner="Ana"),
        "C35": ChecklistAnswer(state="none", reason="Only two labellers"),
    }
    assert states_of(answers, ticks) == {"C01": "automated", "C12": "manual", "C35": "none"}
