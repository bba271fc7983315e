"""Labels, human level and baselines on their screens, with a real worker behind them."""

import numpy as np
import pandas as pd
import pytest

from components.data.records import AgreementRun
from components.modelling.records import Baseline, HumanLevelRun, Leaderboard
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.tables import put_table
from components.project.target import Target
from tests.pages.conftest import finished

pytestmark = [pytest.mark.xdist_group("workers")]


def labels(error=0.05, people=3, items=60):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, items)
    rows = [(i, f"p{a}", (truth[i] + int(rng.random() < error)) % 4) for i in range(items) for a in range(people)]
    return pd.DataFrame(rows, columns=["image", "rater", "answer"])


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def bring(tab, table, name="round.csv"):
    app = tab.open("data/labels")
    content = table if isinstance(table, bytes) else table.to_csv(index=False).encode()
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    tab.whole()
    return app


def test_labels_are_brought_measured_and_shown(tab, installation):
    app = bring(tab, labels())
    assert [one.value for one in app.selectbox[:4]] == ["long", "image", "rater", "answer"]
    press(app, "Measure the agreement")
    tab.whole()
    assert finished(installation.store(), tab.project_id)[0].state == "done"
    tab.open("data/labels")
    run = installation.store().all(tab.project_id, AgreementRun)[0].body
    assert (run.annotators, run.items, run.labels) == (3, 60, 180)
    assert tab.answer.startswith("α = .")
    assert "3 annotators, 60 items, 180 judgements" in tab.text


def test_labels_by_one_person_change_nothing_and_say_what_to_do(tab, installation):
    app = bring(tab, labels(people=1))
    press(app, "Measure the agreement")
    assert finished(installation.store(), tab.project_id)[0].state == "failed"
    app.run()
    tab.whole()
    assert "All labels are by one annotator (p0)" in tab.text
    assert "Have at least one other person label the same items." in tab.text
    assert installation.store().all(tab.project_id, LabelSet) == []


def test_a_file_that_is_no_table_is_said_at_once(tab, installation):
    bring(tab, b"item,annotator,label\n1,a,x\n2,b\n")
    assert "line 3" in tab.text
    assert installation.store().all(tab.project_id, LabelSet) == []


def saved_labels(store, files, project_id, **changes):
    body = LabelSet(name="round", table=put_table(files, labels()), item="image", annotator="rater", label="answer", **changes)
    store.save(project_id, body, person="ana", id="l")


def test_human_level_is_measured_at_one_click(tab, installation):
    saved_labels(installation.store(), installation.files(), tab.project_id)
    app = tab.open("modelling/human_level")
    app.button(key="human_level.measure").click().run()
    tab.whole()
    assert finished(installation.store(), tab.project_id)[0].state == "done"
    tab.open("modelling/human_level")
    run = installation.store().get(tab.project_id, HumanLevelRun, "l").body
    assert run.accuracy["low"] < run.accuracy["value"] < run.accuracy["high"]
    assert tab.answer.startswith("People are right 9")


def test_human_level_is_refused_on_structured_data(tab, installation):
    saved_labels(installation.store(), installation.files(), tab.project_id, structured=True)
    tab.open("modelling/human_level")
    assert tab.answer == "Not asked here: the data are structured."
    assert "people label tables badly" in tab.text
    assert installation.store().all(tab.project_id, HumanLevelRun) == []


def test_simulated_labels_say_so(tab, installation):
    saved_labels(installation.store(), installation.files(), tab.project_id, simulated="Simulated labellers, seed 3.")
    tab.open("modelling/human_level").button(key="human_level.measure").click().run()
    assert finished(installation.store(), tab.project_id)[0].state == "done"
    tab.open("modelling/human_level")
    assert "Simulated labellers, seed 3." in tab.text


def data(installation, project_id, structured=True):
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"size": rng.normal(size=120), "weight": rng.normal(size=120)})
    table["kind"] = np.where(table["size"] + table["weight"] / 2 > 0, "big", "small")
    store = installation.store()
    store.save(project_id, DataSet(name="Parcels", structured=structured, target="kind"), person="ana", id="d")
    sha = put_table(installation.files(), table)
    columns = {"size": "number", "weight": "number", "kind": "category"}
    store.save(
        project_id, DataVersion(data_set="d", number=1, table=sha, source="parcels.csv", rows=120, columns=columns), person="ana", id="v"
    )


@pytest.mark.parametrize("view", ["Look closer", "More data"])
def test_a_view_that_needs_the_quick_models_offers_to_run_them(tab, installation, view):
    data(installation, tab.project_id)
    app = tab.open("modelling/baselines")
    next(one for one in app.get("button_group") if one.key == "baselines.view").set_value(view).run()
    tab.whole()
    assert tab.answer == "Nobody knows yet."
    assert app.button(key="baselines.run").label == "Run quick models"


def test_quick_models_run_and_are_ranked(tab, installation):
    data(installation, tab.project_id)
    installation.store().save(tab.project_id, Target(value=0.99), person="ana", id="target")
    app = tab.open("modelling/baselines")
    app.button(key="baselines.run").click().run()
    tab.whole()
    assert finished(installation.store(), tab.project_id, seconds=120)[0].state == "done"
    tab.open("modelling/baselines")
    board = installation.store().get(tab.project_id, Leaderboard, "v").body
    assert board.finished
    assert "reached by" in tab.answer
    assert "no benchmark for structured data" in tab.text
    assert "Tracked in MLflow." in tab.text


def test_a_result_from_elsewhere_is_added_and_stands_apart(tab, installation):
    app = tab.open("modelling/baselines")
    app.session_state["baselines.add.0"] = True
    app.run()
    app.text_input(key="baselines.new.0.name").set_value("Vendor's claim")
    app.number_input(key="baselines.new.0.value").set_value(0.99)
    press(app, "Add it")
    tab.whole()
    assert installation.store().all(tab.project_id, Baseline)[0].body.name == "Vendor's claim"
    app.session_state["baselines.entered"] = True
    app.run()
    assert "Vendor's claim" in tab.text


def test_a_data_set_without_a_target_says_where_to_name_it(tab, installation):
    data(installation, tab.project_id)
    store = installation.store()
    store.save(tab.project_id, DataSet(name="Parcels", structured=True), person="ana", id="d", read=1)
    tab.open("modelling/baselines")
    assert "doesn't say which column is to be predicted" in tab.text
