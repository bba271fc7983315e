"""Where to work next: typed in, measured, and the built-in example."""

import numpy as np
import pandas as pd
import pytest

from components.modelling.records import Entry, Leaderboard, PredictionSet
from components.modelling.slice_records import Slice, SliceRun
from components.project.data_sets import DataSet, DataVersion
from components.project.meetings import ActionItem
from components.project.tables import put_table
from tests.pages.conftest import finished
from tests.pages.test_labels import press

PAGE = "modelling/where_to_work"
TYPED = {"Clean": (0.7, 0.94, 0.96), "Noisy": (0.1, 0.8, 0.9)}


def put_typed(installation, project_id, **more):
    for name, (share, model, human) in TYPED.items():
        body = Slice(name=name, share=share, model=model, human=human, **more)
        installation.store().put(project_id, body, person="ana", id=name.lower())


def put_predictions(installation, project_id, structured=False):
    """Data of which a quarter is dark, and a model that is bad in the dark."""
    n, store, files = 400, installation.store(), installation.files()
    dark = np.arange(n) % 4 == 0
    truth = np.where(np.arange(n) % 2 == 0, "cat", "dog")
    wrong = np.random.default_rng(1).random(n) < np.where(dark, 0.5, 0.03)
    frame = pd.DataFrame({"id": [f"i{place}" for place in range(n)], "light": np.where(dark, "dark", "day"), "label": truth})
    said = frame[["id", "label"]].assign(ours=np.where(wrong, "neither", truth))
    columns = {"id": "text", "light": "category", "label": "category"}
    bodies = {
        "pets": DataSet(name="Pets", structured=structured, target="label", id_column="id"),
        "pets-1": DataVersion(data_set="pets", number=1, table=put_table(files, frame), source="pets.csv", rows=n, columns=columns),
        "said": PredictionSet(name="Ours", table=put_table(files, said), truth="label", models=["ours"], item="id", data_version="pets-1"),
    }
    for id_, body in bodies.items():
        store.put(project_id, body, person="ana", id=id_)


def look(tab, name):
    next(one for one in tab.app.get("button_group") if one.key == "where_to_work.view").set_value(name).run()
    tab.whole()


def test_empty_it_leads_to_the_data(tab):
    tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."
    assert "a wide gap on a rare slice" in tab.text


def test_the_example_is_built_in(tab):
    tab.open(PAGE)
    look(tab, "Ng's speech example")
    assert tab.answer == "Clean speech and People noise: .6 points each. Car noise isn’t worth it."


def test_slices_that_were_typed_in_come_first_where_nothing_is_measured(tab, installation):
    put_typed(installation, tab.project_id, n=5000, people_n=5000)
    tab.open(PAGE)
    assert tab.answer.startswith("Clean ")
    assert "1.4 points [" in tab.answer
    assert "2 slices, typed in" in tab.text
    assert "Headroom 1.00 points" in tab.text


def test_a_slice_becomes_a_task_by_a_click(tab, installation):
    put_typed(installation, tab.project_id)
    tab.open(PAGE)
    tab.app.button(key="slice.clean.plan").click().run()
    tab.whole()
    [task] = installation.store().all(tab.project_id, ActionItem)
    assert task.body.what == "Get better on “Clean”"
    assert "Headroom 1.40 points" in task.body.note


def test_names_do_no_harm(tab, installation):
    put_typed(installation, tab.project_id)
    nasty = Slice(name="<script>alert(1)</script> **b** $x$", share=0.1, model=0.5, human=0.9)
    installation.store().put(tab.project_id, nasty, person="ana", id="nasty")
    tab.open(PAGE)
    assert "<script>alert(1)</script> **b** $x$" in tab.text


def test_without_predictions_it_leads_to_the_baselines(tab, installation):
    put_predictions(installation, tab.project_id)
    installation.store().delete(tab.project_id, PredictionSet, "said", read=1, person="ana")
    tab.open(PAGE)
    assert "run the quick models, or bring yours" in tab.text


@pytest.mark.xdist_group("models")
def test_slices_are_named_measured_found_and_kept(tab, installation):
    put_predictions(installation, tab.project_id)
    tab.open(PAGE)
    next(one for one in tab.app.selectbox if one.label == "Column").select("light").run()
    press(tab.app, "Add these slices")
    store = installation.store()
    assert sorted(one.body.name for one in store.all(tab.project_id, Slice)) == ["light dark", "light day"]
    press(tab.app, "Measure the slices")
    finished(store, tab.project_id)
    tab.app.run()
    tab.whole()
    assert tab.answer.startswith("light dark pays off most: ")
    assert "ours, Ours on 400 items" in tab.text
    run = store.get(tab.project_id, SliceRun, "pets-1").body
    assert run.found
    kept = len(store.all(tab.project_id, Slice))
    if any(one["clauses"] not in [s.body.clauses for s in store.all(tab.project_id, Slice)] for one in run.found):
        press(tab.app, "Keep it as a slice")
        assert len(store.all(tab.project_id, Slice)) == kept + 1


@pytest.mark.xdist_group("models")
def test_of_numbers_the_error_to_reach_is_typed_in(tab, installation):
    put_predictions(installation, tab.project_id)
    store, n = installation.store(), 400
    store.delete(tab.project_id, PredictionSet, "said", read=1, person="ana")
    off = np.where(np.arange(n) % 4 == 0, 5.0, 1.0)
    said = put_table(installation.files(), pd.DataFrame({"row": np.arange(n) + 1, "truth": 0 * off, "prediction": off}))
    told = {"name": "ridge", "title": "Ridge", "trivial": False, "estimate": {"value": 0.4}, "fit_seconds": 1, "memory_megabytes": 1}
    board = {"metric": "R²", "convention": "", "folds": 5, "seed": 0, "notes": [], "planned": 1, "finished": True, "n": n}
    entry = Entry(**told, predictions=said)
    saved = Leaderboard(data_version="pets-1", target="weight", task="regression", models=[entry], **board)
    store.put(tab.project_id, saved, person="ana", id="pets-1")
    clauses = [{"column": "light", "operator": "is", "value": "dark"}]
    store.put(tab.project_id, Slice(name="Dark", data_set="pets", clauses=clauses), person="ana", id="dark")
    tab.open(PAGE)
    tab.app.number_input(key="where_to_work.error").set_value(1.0)
    press(tab.app, "Measure the slices")
    finished(store, tab.project_id)
    tab.app.run()
    tab.whole()
    assert tab.answer.startswith("Dark pays off most: 50.0 % of the whole error")
    assert "to be reached: a mean absolute error of 1" in tab.text
    assert "2.50 × the average error" in tab.text
    again = saved.model_copy(update={"tracked": "Tracked in MLflow."})
    measured_before = len(store.jobs(tab.project_id))
    store.put(tab.project_id, again, person="ana", id="pets-1")
    for _ in range(2):  # models that ran again are measured again, once
        tab.app.run()
        finished(store, tab.project_id)
    assert len(store.jobs(tab.project_id)) == measured_before + 1
