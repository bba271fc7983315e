"""The rollout takes what was measured, says where each figure comes from, and when it was measured anew."""

import pandas as pd
import pytest

from components.data.records import DriftRun
from components.deployment.plan import Plan
from components.deployment.records import ROLLOUT, RolloutPlan, RolloutRun
from components.modelling.records import Entry, Leaderboard, ModelComparison, PredictionSet
from components.modelling.slice_records import Slice
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table
from tests.pages.test_rollout import PAGE, number, press, saved
from tests.readiness.test_starting import sliced_run


def board(version, **accuracies):
    models = [
        Entry(
            name=name,
            title=name.capitalize(),
            trivial=False,
            estimate={"value": value, "low": value - 0.01, "high": value + 0.01, "n": 1000},
            fit_seconds=1,
            memory_megabytes=1,
        )
        for name, value in accuracies.items()
    ]
    about = {"data_version": version, "target": "label", "task": "classification", "metric": "accuracy", "convention": ""}
    return Leaderboard(**about, folds=5, seed=0, n=1000, notes=[], models=models, planned=len(models), finished=True)


@pytest.fixture
def put(tab, installation):
    def put(body, id_):
        installation.store().put(tab.project_id, body, person="ana", id=id_)

    put(DataSet(name="Forms", structured=True, target="label"), "forms")
    for at in (1, 2):
        put(DataVersion(data_set="forms", number=at, table="0" * 64, source="forms.csv", rows=1000, columns={}), f"forms-{at}")
    return put


def choose(tab, role, title, generation=0):
    box = tab.app.selectbox(key=f"rollout.{tab.project_id}.{generation}.start.{role}")
    box.set_value(next(one for one in box.options if one.startswith(title))).run()


def test_without_a_measurement_it_says_what_to_do(tab):
    app = tab.open(PAGE)
    assert "Nothing is measured yet that a rollout could start from." in tab.text
    assert not [one for one in app.button if one.label == "Take these figures"]
    assert "Bad decisions of the current version 5.0 %: a common start, nothing measured yet." in tab.text
    assert "The new version twice as bad, or as good as before: typed in." in tab.text


def test_it_starts_from_the_best_model_and_says_where_until_somebody_types(tab, put):
    put(board("forms-1", linear=0.972, guess=0.4), "forms-1")
    tab.open(PAGE)
    assert "failure rate 2.8 % → 5.6 %" in tab.text
    assert "Bad decisions of the current version: 2.8 % [1.8, 3.8], n = 1,000. Measured: Linear." in tab.text
    assert [one.label.replace("\\", "") for one in tab.app.get("page_link") if "version 1" in one.label] == ["Forms, version 1"]
    number(tab, "rate").set_value(4.0).run()
    assert "Bad decisions of the current version 4.0 %, typed in." in tab.text
    assert "Measured: Linear" not in tab.text


def test_both_versions_are_taken_and_a_better_one_is_rehearsed_as_good_as_it_was_measured(tab, put, installation):
    put(board("forms-1", linear=0.96, forest=0.98), "forms-1")
    put(RolloutPlan(plan=Plan(failure_rate=0.1), source="a guess"), ROLLOUT)
    app = tab.open(PAGE)
    assert "Bad decisions of the current version 10.0 %: a guess." in tab.text
    choose(tab, "current", "Linear")
    choose(tab, "new", "Forest")
    assert "The new version is wrong .50 times [.29, .85] as often as the current one" in tab.text
    press(app, "Take these figures")
    tab.whole()
    assert "failure rate 4.0 % → 8.0 %" in tab.text
    assert "If it is as measured: .50 times as bad" in tab.text
    assert "Of models that are as good as measured (.50 times as bad)" in tab.text
    press(app, "Save this plan")
    body, run = saved(installation, tab.project_id).body, installation.store().get(tab.project_id, RolloutRun, ROLLOUT).body
    assert (body.plan.failure_rate, body.good, run.good, set(body.measured)) == (0.04, 0.5, 0.5, {"current", "new"})
    assert run.promoted["value"] > 0.9
    assert "not saved" not in tab.text


def test_a_worse_version_is_the_harm_that_is_to_be_caught(tab, put, installation):
    put(board("forms-1", linear=0.94, forest=0.98), "forms-1")
    app = tab.open(PAGE)
    choose(tab, "new", "Linear")
    press(app, "Take these figures")
    tab.whole()
    assert tab.answer.startswith("If the model is 3 times as bad")
    assert number(tab, "harm", generation=1).value == 3.0
    number(tab, "harm", generation=1).set_value(2.0).run()
    assert "Bad decisions of the new version: " not in tab.text


def test_a_figure_that_was_measured_anew_is_told_and_taken(tab, put, installation):
    put(board("forms-1", linear=0.96), "forms-1")
    app = tab.open(PAGE)
    press(app, "Save this plan")
    assert "measured again" not in tab.text
    put(board("forms-1", linear=0.95), "forms-1")
    app.run()
    assert "the plan took 4.0 % [3.0, 5.0], n = 1,000 of Linear; measured again: 5.0 % [4.0, 6.0], n = 1,000." in tab.text
    assert "failure rate 4.0 %" in tab.text
    press(app, "Take them as they are now")
    tab.whole()
    assert "failure rate 5.0 %" in tab.text
    assert "measured again" not in tab.text
    put(board("forms-2", linear=0.93), "forms-2")
    app.run()
    assert "measured on newer data: 7.0 % [6.0, 8.0], n = 1,000, on Forms, version 2." in tab.text
    assert "changed, not saved" in tab.text


def test_errors_that_both_make_are_counted_on_the_same_items(tab, put, installation):
    truth = ["a"] * 100
    one, other = (["b" if place in wrong else "a" for place in range(100)] for wrong in (range(10), range(4, 12)))
    table = put_table(installation.files(), pd.DataFrame({"truth": truth, "old": one, "new": other}))
    put(PredictionSet(name="Both", table=table, truth="truth", models=["old", "new"]), "set")
    rows = [
        {"model": name, "value": value, "low": value - 0.05, "high": value + 0.05, "n": 100}
        for name, value in (("old", 0.9), ("new", 0.92))
    ]
    put(ModelComparison(prediction_set="set", metric="accuracy", convention="", n=100, models=rows, pairs=[]), "set")
    app = tab.open(PAGE)
    choose(tab, "current", "old")
    choose(tab, "new", "new")
    assert "6 of 8 errors are errors of the other too, on 100 items" in tab.text
    press(app, "Take these figures")
    press(app, "Save this plan")
    body = saved(installation, tab.project_id).body
    assert (body.plan.failure_rate, body.plan.error_overlap, body.good) == (0.1, 0.75, pytest.approx(0.8))


def test_drift_comes_in_as_a_fault_of_both_versions_and_can_be_taken_out(tab, put, installation):
    drifting = {"column": "age", "kind": "number", "statistic": 0.2, "js": 0.3, "verdict": "drift"}
    run = DriftRun(data_version="forms-1", how="splits", before="train", after="test", rows=(800, 200), columns=[drifting], seconds=1)
    put(run, "forms-1")
    app = tab.open(PAGE)
    app.checkbox(key=f"rollout.{tab.project_id}.0.start.drift").set_value(True).run()
    press(app, "Take these figures")
    tab.whole()
    assert tab.answer.startswith("If “Sudden drift of inputs” happens")
    assert "Values that lie elsewhere than they did: 20.0 %, n = 1,000. Measured: Values of age, the column that drifts most" in tab.text
    press(app, "Save this plan")
    fault = saved(installation, tab.project_id).body.plan.faults[0]
    assert (fault.code, fault.strength, fault.in_both) == ("F12", 0.4, True)
    app.checkbox(key=f"rollout.{tab.project_id}.2.start.drift").set_value(False).run()
    press(app, "Take these figures")
    tab.whole()
    assert tab.answer.startswith("If the model is twice as bad")


def test_each_fault_keeps_its_own_window_strength_and_place(tab, installation):
    app = tab.open(PAGE)
    app.multiselect(key=f"rollout.{tab.project_id}.0.codes").set_value(["F05", "F12"]).run()
    number(tab, "F05.from").set_value(20).run()
    number(tab, "F12.strength").set_value(30.0).run()
    app.selectbox(key=f"rollout.{tab.project_id}.0.F12.arm").set_value("canary").run()
    tab.whole()
    press(app, "Save this plan")
    kept = [(one.code, one.window, one.strength, one.arm) for one in saved(installation, tab.project_id).body.plan.faults]
    assert kept == [("F05", 20, 1.0, None), ("F12", 10, 0.3, "canary")]
    assert "not saved" not in tab.text


def test_measured_slices_are_what_the_traffic_is_made_of(tab, put, installation):
    put(board("forms-1", linear=0.97, forest=0.98), "forms-1")
    put(Slice(name="Dark", data_set="forms", clauses=[{"column": "light", "operator": "is", "value": "dark"}]), "dark")
    put(sliced_run(dark=(0.2, 0.9)), "forms-1")
    app = tab.open(PAGE)
    app.checkbox(key=f"rollout.{tab.project_id}.0.start.slices").set_value(True).run()
    assert "Only their shares" in tab.text
    choose(tab, "current", "Linear")
    assert "Only their shares" not in tab.text
    press(app, "Take these figures")
    tab.whole()
    assert "failure rate 3.0 % → 6.0 %" in tab.text
    assert "Bad decisions of the current version: 3.0 %" in tab.text
    press(app, "Save this plan")
    tab.whole()
    slices = saved(installation, tab.project_id).body.plan.slices
    assert [(one.name, one.share, round(one.failure_rate, 4)) for one in slices] == [("Dark", 0.2, 0.1), ("all the rest", 0.8, 0.0125)]
