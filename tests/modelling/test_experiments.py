"""Tracked runs: read back, told apart, run again with the same outcome, and a store that refuses said in a sentence."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import quick_models
from components.modelling.addresses import without_secrets
from components.modelling.experiments import (
    difference_sentence,
    explain,
    explain_sentence,
    runs_answer,
    runs_table,
    score_difference,
)
from components.modelling.experiments_work import kept_runs, refresh
from components.modelling.records import Reproduction, RunIndex
from components.modelling.reproducing import reproduce
from components.modelling.work import baselines
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table, read_table

pytestmark = [pytest.mark.xdist_group("models"), pytest.mark.filterwarnings("ignore")]
FAST = {"dummy_stratified", "logistic_regression"}


@pytest.fixture
def work(store, files, settings, project, monkeypatch):
    monkeypatch.setattr(quick_models, "MODELS", tuple(one for one in quick_models.MODELS if one.name in FAST))
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"size": rng.normal(size=120), "colour": rng.choice(["red", "blue"], 120)})
    frame["label"] = np.where(frame["size"] + rng.normal(size=120) / 3 > 0, "yes", "no")
    store.save(project.id, DataSet(name="forms", structured=True, target="label"), person="ana", id="d")
    columns = dict.fromkeys(frame, "text")
    version = DataVersion(data_set="d", number=1, table=put_table(files, frame), source="forms.csv", rows=120, columns=columns)
    store.save(project.id, version, person="ana", id="v")
    return Work(store, files, settings, project.id, {"data_version": "v"}, "ana")


def by_name(runs, name):
    return [one for one in runs if one["name"] == name]


def test_runs_are_read_explained_and_reproduced(work):
    baselines(work)
    index = work.store.get(work.project_id, RunIndex, "runs").body
    assert index.store == "the store in this installation"
    baselines(replace(work, params={"data_version": "v", "seed": 7}))
    runs = kept_runs(work)
    assert len(runs) == 4
    table = runs_table(runs)
    assert table["value"].notna().all()
    assert (table["low"] <= table["value"]).all()
    assert set(table["data"]) == {f"forms, version 1 ({runs[0]['tags']['data.sha256'][:8]})"}
    assert runs_answer(table).startswith("4 runs on 1 version of data; the best is logistic regression with ")

    new, old = by_name(runs, "Logistic regression")
    changes = explain(old, new)
    assert set(changes["what"]) >= {"seed", "folds, row by row", "model__random_state"}
    assert set(changes["part"]) - {"code"} == {"data", "parameters"}
    before, after = (read_table(work.files, one["tags"]["groundwork.predictions"]) for one in (old, new))
    found = score_difference(old, new, before, after)
    right = [(one["truth"] == one["prediction"]).mean() for one in (before, after)]
    assert found.value == pytest.approx(right[1] - right[0], abs=1e-12)
    assert "can't be told apart" in difference_sentence(found, "accuracy")

    again = replace(work, params={"run_id": old["id"]})
    reproduce(again)
    body = work.store.get(work.project_id, Reproduction, old["id"]).body
    assert body.differing == 0
    assert body.after == pytest.approx(body.before, abs=1e-12)
    assert body.again
    assert {one["part"] for one in body.changes} <= {"code"}
    assert len(kept_runs(work)) == 5


def test_other_projects_runs_of_ours_are_not_shown(work):
    baselines(work)
    elsewhere = work.store.create_project("another", "ana")
    other = replace(work, project_id=elsewhere.id)
    refresh(other)
    assert kept_runs(other) == []


def test_a_run_whose_data_are_gone_or_that_is_not_ours_is_refused(work):
    baselines(work)
    runs = kept_runs(work)
    strange = {**runs[0], "id": "strange", "tags": {"mlflow.source.git.commit": "abcdef1234567890"}}
    gone = {**runs[0], "id": "gone", "tags": {**runs[0]["tags"], "data.sha256": "0" * 64}}
    file = work.files.put(json.dumps([strange, gone]).encode())
    index = work.store.get(work.project_id, RunIndex, "runs").body
    work.store.put(work.project_id, index.model_copy(update={"file": file}), person="ana", id="runs")
    with pytest.raises(BadInput, match="was not run by Groundwork"):
        reproduce(replace(work, params={"run_id": "strange"}))
    with pytest.raises(BadInput, match="data of .* aren't here"):
        reproduce(replace(work, params={"run_id": "gone"}))
    with pytest.raises(BadInput, match="isn't in the list"):
        reproduce(replace(work, params={"run_id": "nothing"}))


def test_a_store_that_refuses_is_said_and_what_was_read_stays(work):
    baselines(work)
    away = replace(work, settings=replace(work.settings, tracking_uri="http://127.0.0.1:9"))
    with pytest.raises(BadInput, match="The tracking store doesn't answer") as refused:
        refresh(away)
    assert "what was read before stays" in refused.value.todo
    assert len(kept_runs(work)) == 2


def run(**tags):
    packages = tags.pop("packages", {"numpy": "2.0"})
    params = tags.pop("params", {})
    common = {"data.sha256": "a" * 64, "python": "3.11", "git.commit": "c" * 40, "git.dirty": "false", "target": "label"}
    return {"tags": {**common, **tags, "packages": json.dumps(packages)}, "params": params, "metrics": {"accuracy": 0.9}, "name": "x"}


@pytest.mark.parametrize(
    ("changed", "part", "sentence"),
    [
        ({}, set(), "Nothing that was recorded changed: code, data, parameters and environment are the same."),
        ({"data.sha256": "b" * 64}, {"data"}, "Data changed; code, parameters and environment are the same."),
        ({"git.commit": "d" * 40}, {"code"}, "Code changed; data, parameters and environment are the same."),
        ({"packages": {"numpy": "2.1"}}, {"environment"}, "Environment changed; code, data and parameters are the same."),
        ({"params": {"model__C": "10"}}, {"parameters"}, "Parameters changed; code, data and environment are the same."),
        ({"seed": "4", "python": "3.12"}, {"parameters", "environment"}, "Parameters and environment changed; code and data are the same."),
    ],
)
def test_what_changed_is_named_by_its_part(changed, part, sentence):
    found = explain(run(), run(**changed))
    assert set(found["part"]) == part
    assert explain_sentence(found) == sentence


def test_changes_that_were_not_committed_can_hide_a_difference():
    found = explain(run(**{"git.dirty": "true"}), run(**{"git.dirty": "true"}))
    assert found["after"].tolist() == ["some, maybe others"]


def test_scores_on_other_data_are_not_subtracted():
    found = score_difference(run(), run(**{"data.sha256": "b" * 64}), pd.DataFrame(), pd.DataFrame())
    assert found.value is None
    assert "different data" in difference_sentence(found, "accuracy")


def test_no_secret_of_a_store_is_kept():
    assert without_secrets("https://ana:secret@mlflow.example.org:8443/a") == "https://mlflow.example.org:8443/a"
