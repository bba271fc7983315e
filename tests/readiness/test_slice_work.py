"""Slices measured on predictions and labels that are saved, and what becomes of them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from components.data.records import ImportantCase
from components.deployment.records import FailureCase
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import tracking
from components.modelling.records import Entry, Leaderboard, PredictionSet
from components.modelling.slice_records import Slice, SliceRun
from components.modelling.slice_wording import gain_text, run_table, shown_table, where_answer
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.meetings import ActionItem
from components.project.tables import put_table
from components.readiness.slice_use import USES, put_to_use, used
from components.readiness.slice_work import measure

N = 400
RNG = np.random.default_rng(4)
IS_DARK = [{"column": "light", "operator": "is", "value": "dark"}]


@pytest.fixture
def work(store, files, settings):
    """A project with data, labels of three people, and predictions that are bad in the dark."""
    project = store.create_project("Cats", "ana").id
    dark = np.arange(N) % 4 == 0
    truth = np.where(np.arange(N) % 2 == 0, "cat", "dog")
    wrong = RNG.random(N) < np.where(dark, 0.5, 0.03)
    other = np.where(truth == "cat", "dog", "cat")
    frame = pd.DataFrame({"id": [f"i{place}" for place in range(N)], "light": np.where(dark, "dark", "day"), "label": truth})
    said = pd.DataFrame({"item": frame["id"], "label": truth, "ours": np.where(wrong, other, truth)})[::-1]
    labels = pd.DataFrame(
        [(f"i{place}", who, truth[place]) for place in range(0, N, 2) for who in "abc"], columns=["item", "annotator", "label"]
    )
    bodies = {
        "pets": DataSet(name="Pets", structured=False, target="label", id_column="id"),
        "pets-1": DataVersion(data_set="pets", number=1, table=put_table(files, frame), source="pets.csv", rows=N, columns={"id": "text"}),
        "said": PredictionSet(
            name="Ours", table=put_table(files, said), truth="label", models=["ours"], item="item", data_version="pets-1"
        ),
        "judged": LabelSet(name="Three people", table=put_table(files, labels), data_set="pets"),
        "dark": Slice(name="Dark", data_set="pets", clauses=IS_DARK),
        "day": Slice(name="Day", data_set="pets", clauses=[{"column": "light", "operator": "is", "value": "day"}]),
        "gone": Slice(name="Gone", data_set="pets", clauses=[{"column": "weather", "operator": "is", "value": "rain"}]),
        "none": Slice(name="None", data_set="pets", clauses=[{"column": "light", "operator": "is", "value": "fog"}]),
    }
    for id_, body in bodies.items():
        store.put(project, body, person="ana", id=id_)
    return Work(store, files, settings, project, {"data_version": "pets-1", "labels": "judged"}, "ana")


def run_of(work):
    measure(work)
    return work.store.get(work.project_id, SliceRun, "pets-1").body


def test_slices_are_measured_and_joined_by_the_names_of_items(work):
    run = run_of(work)
    dark, day = run.rows["dark"], run.rows["day"]
    assert (dark["n"], dark["share"], run.n, run.judged) == (100, 0.25, N, 200)
    assert dark["human"] == day["human"] == 1
    assert dark["model"] < 0.7 < day["model"]
    assert dark["rank"] == 1
    assert dark["headroom"] == pytest.approx(0.25 * (1 - dark["model"]))
    assert run.counted == {"dark": 1, "day": 1, "gone": 1, "none": 1}


def test_what_does_not_fit_says_why_and_spoils_no_other(work):
    refused = run_of(work).refused
    assert "There is no column “weather”" in refused["gone"]
    assert refused["none"] == "No item of these data belongs to it."


def test_the_search_finds_what_is_dark(work):
    found = run_of(work).found
    assert [one["clauses"] for one in found] == [IS_DARK] or found[0]["clauses"][0]["column"] == "light"
    assert found[0]["error"] > 0.3


def test_without_people_a_level_is_taken(work):
    work.params = {"data_version": "pets-1", "level": 0.9}
    run = run_of(work)
    assert run.rows["day"]["headroom"] == 0
    assert run.rows["dark"]["human"] == 0.9
    assert "typed in" in run.people


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"data_version": "no"}, "isn't here any more"),
        ({"data_version": "pets-1", "predictions": "set:no:ours"}, "Nobody's predictions"),
    ],
)
def test_what_is_missing_is_named(work, params, said):
    work.params = params
    with pytest.raises(BadInput, match=said):
        measure(work)


def test_labels_of_other_items_are_refused(work):
    table = put_table(work.files, pd.DataFrame({"item": ["x"] * 3, "annotator": list("abc"), "label": "cat"}))
    work.store.put(work.project_id, LabelSet(name="Others", table=table, data_set="pets"), person="ana", id="others")
    work.params = {"data_version": "pets-1", "labels": "others"}
    with pytest.raises(BadInput, match="“Others” judges 0 items of these data: too few"):
        measure(work)


def test_a_slice_becomes_a_task_a_case_and_a_failure_once(work):
    store, project = work.store, work.project_id
    record = store.get(project, Slice, "dark")
    for name in [*USES, *USES]:
        put_to_use(store, record, name, "Headroom 10 points.", "ana")
    assert used(store, project, "dark") == set(USES)
    [task], [case], [failure] = (store.all(project, kind) for kind in (ActionItem, ImportantCase, FailureCase))
    assert task.body.what == "Get better on “Dark”"
    assert case.body.condition.sentence == "light is dark"
    assert case.body.data_set == "pets"
    assert "light is dark" in failure.body.effect


def test_a_slice_has_a_condition_or_all_of_its_figures():
    with pytest.raises(ValueError, match="needs its share"):
        Slice(name="Dark", share=0.2)
    assert Slice(name="Dark", share=0.2, model=0.9, human=0.95).sentence == ""


@pytest.mark.xdist_group("models")
@pytest.mark.filterwarnings("ignore")
def test_tracked_runs_are_told_how_good_each_is_on_the_slices(work, files):
    made = tracking.Run("Ours", {}, {"accuracy": 0.9}, {tracking.PROJECT: work.project_id}, pd.DataFrame({"row": [1]}))
    run_id = tracking.log(work.settings, [made])[0]
    rows = np.arange(N)
    truth = np.where(rows % 2 == 0, "cat", "dog")
    said = pd.DataFrame({"row": rows + 1, "truth": truth, "prediction": np.where(rows % 4 == 0, "dog", truth)})
    entry = Entry(
        name="ours", title="Ours", trivial=False, estimate={"value": 0.75}, fit_seconds=1, memory_megabytes=1, run_id=run_id,
        predictions=put_table(files, said),
    )  # fmt: skip
    told = {"metric": "accuracy", "convention": "", "folds": 5, "seed": 0, "notes": [], "planned": 1, "finished": True}
    board = Leaderboard(data_version="pets-1", target="label", task="classification", n=N, models=[entry], **told)
    work.store.put(work.project_id, board, person="ana", id="pets-1")
    measure(work)
    [run] = tracking.runs(work.settings, work.project_id)
    assert run["metrics"]["slice/Dark/accuracy"] == 0
    assert run["metrics"]["slice/Day/accuracy"] == 1
    assert run["metrics"]["accuracy"] == 0.9


@pytest.fixture
def weights(work, files):
    """Numbers instead of classes: off by about 1, but by about 5 in the dark."""
    dark = np.arange(N) % 4 == 0
    off = np.where(dark, 5, 1) * (1 + np.arange(N) % 3 / 10)
    said = pd.DataFrame({"row": np.arange(N) + 1, "truth": np.zeros(N), "prediction": np.where(np.arange(N) % 2, off, -off)})
    estimate = {"value": 0.4}
    entry = Entry(
        name="ridge", title="Ridge", trivial=False, estimate=estimate, fit_seconds=1, memory_megabytes=1, predictions=put_table(files, said)
    )
    told = {"metric": "R²", "convention": "", "folds": 5, "seed": 0, "notes": [], "planned": 1, "finished": True}
    board = Leaderboard(data_version="pets-1", target="weight", task="regression", n=N, models=[entry], **told)
    work.store.put(work.project_id, board, person="ana", id="pets-1")
    return replace(work, params={"data_version": "pets-1", "predictions": "board:pets-1:ridge"}), off, dark


def test_of_numbers_headroom_is_the_share_of_the_whole_error_that_a_slice_holds(weights):
    work, off, dark = weights
    run = run_of(work)
    assert run.metric == "error"
    row = run.rows["dark"]
    assert row["headroom"] == pytest.approx(off[dark].sum() / off.sum())
    assert row["low"] < row["headroom"] < row["high"]
    assert row["rank"] == 1
    assert run.rows["dark"]["headroom"] + run.rows["day"]["headroom"] == pytest.approx(1)
    assert run.found[0]["clauses"][0]["column"] == "light"
    table = run_table(run, {"dark": "Dark", "day": "Day"})
    assert where_answer(table, run.metric).startswith("Dark pays off most: ")
    assert "of the whole error" in where_answer(table, run.metric)
    assert "× the average error" in gain_text(table.loc["dark"], run.metric)
    assert shown_table(table, run.metric)["error ÷ average error"].iloc[0] == pytest.approx(off[dark].mean() / off.mean(), abs=0.01)


def test_of_numbers_only_what_lies_above_the_error_to_reach_counts(weights):
    work, off, dark = weights
    run = run_of(replace(work, params={**work.params, "level": 2.0}))
    assert run.rows["day"]["headroom"] == 0
    assert run.rows["dark"]["headroom"] == pytest.approx((off[dark] - 2).sum() / off.sum())
    assert run.level == 2
    assert "2, as the team typed in" in run.people


def test_a_model_of_numbers_without_any_error_leaves_nothing_to_do(weights, files):
    work, _, _ = weights
    said = pd.DataFrame({"row": np.arange(N) + 1, "truth": np.ones(N), "prediction": np.ones(N)})
    board = work.store.get(work.project_id, Leaderboard, "pets-1").body
    exact = board.models[0].model_copy(update={"predictions": put_table(files, said)})
    work.store.put(work.project_id, board.model_copy(update={"models": [exact]}), person="ana", id="pets-1")
    with pytest.raises(BadInput, match="Ridge makes no error on these data"):
        measure(work)


def test_of_numbers_no_slice_is_found_by_what_is_predicted(weights, files):
    work, _, _ = weights
    board = work.store.get(work.project_id, Leaderboard, "pets-1").body
    cats = np.arange(N) % 2 == 0
    said = pd.DataFrame({"row": np.arange(N) + 1, "truth": np.zeros(N), "prediction": np.where(cats, 5.0, 1.0) + np.arange(N) % 3 / 10})
    much = board.models[0].model_copy(update={"predictions": put_table(files, said)})
    work.store.put(work.project_id, board.model_copy(update={"models": [much]}), person="ana", id="pets-1")
    assert {clause["column"] for one in run_of(work).found for clause in one["clauses"]} == {"light"}
