"""What a rollout can start from: every error rate that was measured, the errors two versions share, the newest drift."""

import pandas as pd
import pytest

from components.data.records import DriftRun
from components.modelling.records import Entry, HumanLevelRun, Leaderboard, ModelComparison, PredictionSet
from components.modelling.slice_records import Slice, SliceRun
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.tables import put_table
from components.readiness.evidence import failure_rate, planned_rollout
from components.readiness.starting import drift, error_rates, overlap, since_then, slices_measured, source, written

ESTIMATE = {"value": 0.97, "low": 0.96, "high": 0.98, "n": 1000}


def board(metric="accuracy", version="forms-1", **more):
    entries = [
        Entry(
            name=name,
            title=name.title(),
            trivial=False,
            estimate=estimate,
            fit_seconds=1,
            memory_megabytes=1,
            predictions=more.get(name, ""),
        )
        for name, estimate in (("linear", ESTIMATE), ("forest", {**ESTIMATE, "value": 0.98}), ("guess", {**ESTIMATE, "value": 0.1}))
    ]
    about = {"data_version": version, "target": "label", "task": "classification", "metric": metric, "convention": ""}
    return Leaderboard(**about, folds=5, seed=0, n=1000, notes=[], models=entries, planned=3, finished=True)


def people(accuracy):
    estimate = {"value": accuracy, "low": None, "high": None, "n": 50, "why": "", "level": 0.95}
    return HumanLevelRun(
        label_set="l", accuracy=estimate, per_annotator=[], ties=0, items=50, judgements=150, against="gold", simulated="by hand"
    )


def compared(metric="accuracy"):
    rows = [{"model": name, "value": value, "low": 0.8, "high": 0.95, "n": 100} for name, value in (("old", 0.9), ("new: 2", 0.92))]
    return ModelComparison(prediction_set="set", metric=metric, convention="", n=100, models=rows, pairs=[])


def drifted(columns, over_time=None):
    return DriftRun(
        data_version="forms-1",
        how="splits",
        before="train",
        after="test",
        rows=(800, 200),
        columns=columns,
        over_time=over_time,
        seconds=1,
    )


@pytest.fixture
def put(store, project):
    def put(body, id_):
        store.put(project.id, body, person="ana", id=id_)

    put(DataSet(name="Forms", structured=True, target="label"), "forms")
    for number in (1, 2):
        put(DataVersion(data_set="forms", number=number, table="0" * 64, source="forms.csv", rows=1000, columns={}), f"forms-{number}")
    return put


def test_models_predictions_and_people_each_with_interval_n_and_place(put, store, project, files):
    put(board(), "forms-1")
    put(PredictionSet(name="Ours", table="0" * 64, truth="t", models=["old", "new: 2"], item="id", data_version="forms-2"), "set")
    put(compared(), "set")
    put(LabelSet(name="Five people", table="0" * 64), "labels")
    put(people(0.99), "labels")
    found = error_rates(store, project.id)
    assert {one.title: round(one.value, 3) for one in found.values()} == {
        "People": 0.01,
        "old": 0.1,
        "new: 2": 0.08,
        "Linear": 0.03,
        "Forest": 0.02,
    }
    linear = found["leaderboard:forms-1:linear"]
    assert (linear.on, written(linear), linear.screen) == ("Forms, version 1", "3.0 % [2.0, 4.0], n = 1,000", "modelling/baselines")
    assert found["model_comparison:set:new: 2"].on == "predictions “Ours”, Forms, version 2"
    assert written(found["human_level_run:labels"]) == "1.0 %, n = 50, simulated"
    assert source(linear) == "measured: Linear, Forms, version 1"


def test_other_metrics_and_other_questions_are_no_error_rates(put, store, project):
    put(board("r²"), "forms-1")
    put(PredictionSet(name="Ours", table="0" * 64, truth="t", models=["old"]), "set")
    put(compared("f1"), "set")
    put(LabelSet(name="Is it blurred?", table="0" * 64, question="Is it blurred?"), "labels")
    put(people(0.9), "labels")
    put(people(1.0), "gone")
    assert error_rates(store, project.id) == {}
    assert failure_rate(store, project.id) is None
    assert planned_rollout(store, project.id).source.startswith("a common start")


def test_a_plan_starts_from_the_best_model(put, store, project):
    put(board(), "forms-1")
    body = planned_rollout(store, project.id)
    assert (body.plan.failure_rate, body.measured["current"].title) == (0.02, "Forest")


def test_errors_that_two_versions_share_on_the_same_items_only(put, store, project, files):
    def predicted(rows, wrong):
        return put_table(
            files,
            pd.DataFrame({"row": [row + 1 for row in rows], "truth": "a", "prediction": ["b" if row in wrong else "a" for row in rows]}),
        )

    linear, forest = predicted(range(100), range(10)), predicted(range(20, 5, -1), {6, 7, 15})
    put(board(linear=linear, forest=forest), "forms-1")
    put(board(version="forms-2"), "forms-2")
    found = error_rates(store, project.id)
    both = [found[f"leaderboard:forms-1:{name}"] for name in ("linear", "forest")]
    shared = overlap(store, files, project.id, *both)
    assert (shared.value, shared.n) == (pytest.approx(2 / 3), 3)
    assert "on 15 items" in shared.on
    other = found["leaderboard:forms-2:forest"]
    assert overlap(store, files, project.id, both[0], other) is None
    assert overlap(store, files, project.id, both[0], both[0]) is None
    assert overlap(store, files, project.id, found["leaderboard:forms-2:linear"], other) is None


def test_the_newest_drift_by_its_pace_or_by_the_column_that_drifts_most(put, store, project):
    assert drift(store, project.id) is None
    steady = {"column": "size", "kind": "number", "statistic": 0.4, "js": 0.5, "verdict": "no drift"}
    put(drifted([steady]), "forms-1")
    assert (drift(store, project.id).value, drift(store, project.id).title) == (0.0, "No column drifts")
    moved = [
        {"column": "age", "kind": "number", "statistic": 0.2, "js": 0.6, "verdict": "drift"},
        {"column": "town", "kind": "category", "statistic": 0.9, "js": 0.3, "verdict": "drift"},
        {"column": "left", "kind": "schema", "statistic": None, "js": None, "verdict": "drift"},
    ]
    put(drifted(moved), "forms-2")
    found = drift(store, project.id)
    assert (found.value, found.n, "age" in found.title) == (0.2, 1000, True)
    pace = {"value": 0.04, "low": 0.02, "high": 0.06, "n": 6, "why": "", "level": 0.95}
    over = {"unit": "month", "starts": [1, 2], "rows": [1, 1], "moved": [], "rate": pace, "half_life": pace, "lags": [], "shares": []}
    put(drifted([], over), "forms-1")
    assert written(drift(store, project.id)) == "4.0 % [2.0, 6.0], n = 6"


def test_what_became_of_a_figure_since_it_was_taken(put, store, project):
    put(board(), "forms-1")
    then = error_rates(store, project.id)["leaderboard:forms-1:linear"]
    assert since_then(then, error_rates(store, project.id)) == ("", None)
    again = board()
    put(
        again.model_copy(update={"models": [one.model_copy(update={"estimate": {**one.estimate, "value": 0.95}}) for one in again.models]}),
        "forms-1",
    )
    said, latest = since_then(then, error_rates(store, project.id))
    assert (said.split(":")[0], round(latest.value, 3)) == ("measured again", 0.05)
    put(board(version="forms-2"), "forms-2")
    said, latest = since_then(then, error_rates(store, project.id))
    assert (said.split(":")[0], latest.on) == ("measured on newer data", "Forms, version 2")
    assert since_then(then, {}) == ("what measured it isn't there any more, or can't start a rollout", None)


def sliced_run(**rows):
    about = {
        "data_version": "forms-1",
        "predictions": "board:forms-1:linear",
        "model": "Linear",
        "people": "nobody",
        "n": 1000,
        "judged": 0,
    }
    return SliceRun(**about, rows={id_: {"share": share, "model": model} for id_, (share, model) in rows.items()})


def test_slices_that_make_up_the_data_with_what_is_left(put, store, project):
    assert slices_measured(store, project.id, {}) is None
    put(board(), "forms-1")
    for id_ in ("dark", "day"):
        put(Slice(name=id_.title(), data_set="forms", clauses=[{"column": "light", "operator": "is", "value": id_}]), id_)
    rates = error_rates(store, project.id)
    put(sliced_run(dark=(0.2, 0.9), gone=(0.5, 0.9)), "forms-1")
    found = slices_measured(store, project.id, rates)
    assert found.ref == "leaderboard:forms-1:linear"
    assert found.parts == {"Dark": (0.2, pytest.approx(0.1)), "all the rest": (0.8, pytest.approx((0.03 - 0.02) / 0.8))}
    put(sliced_run(dark=(0.2, 0.9), day=(0.8, 0.9875)), "forms-1")
    found = slices_measured(store, project.id, rates)
    assert {name: round(share, 6) for name, (share, _) in found.parts.items()} == {"Dark": 0.2, "Day": 0.8}
    assert found.said == "2 slices, error rates of Linear on 1,000 items"
    put(sliced_run(dark=(0.5, 0.9), day=(0.8, 0.98)), "forms-1")
    assert "can't make up the traffic" in slices_measured(store, project.id, rates).why
