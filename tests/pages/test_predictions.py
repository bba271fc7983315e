"""Bringing predictions and baselines in, and what the screen then says."""

import pandas as pd
import pytest

from components.modelling.records import Baseline, ModelComparison, PredictionSet
from components.scoping.records import PriorWork
from tests.pages.conftest import finished
from tests.pages.test_labels import press

PAGE = "modelling/baselines"
TRUTH = [place % 3 for place in range(300)]
FRAME = pd.DataFrame(
    {
        "gold": TRUTH,
        "ours": [t if place % 20 else 9 for place, t in enumerate(TRUTH)],
        "theirs": [9 if place % 2 else t for place, t in enumerate(TRUTH)],
    }
)


def look(tab, name="Your predictions"):
    next(one for one in tab.app.get("button_group") if one.key == "baselines.view").set_value(name).run()
    tab.whole()


def bring(tab, frame=FRAME, name="predictions.csv"):
    tab.open(PAGE)
    look(tab)
    tab.app.file_uploader(key="predictions.upload").upload(name, frame.to_csv(index=False).encode(), "text/csv").run()
    tab.whole()


def test_empty_it_says_what_to_bring(tab):
    tab.open(PAGE)
    look(tab)
    assert tab.answer == "Nobody knows yet."
    assert "one row an item, with the truth and a column for each model" in tab.text


@pytest.mark.xdist_group("models")
def test_brought_scored_and_compared_by_another_metric(tab, installation):
    bring(tab)
    press(tab.app, "Score and compare")
    store = installation.store()
    finished(store, tab.project_id)
    tab.app.run()
    tab.whole()
    assert tab.answer == "ours leads with 95.0 %, and is better than the other."
    assert "ours is better than theirs:** 45.0 points [" in tab.text
    tab.app.selectbox(key="predictions.metric").select("macro F1").run()
    press(tab.app, "Compare by this")
    finished(store, tab.project_id, "components.readiness.prediction_work:again")
    tab.app.run()
    tab.whole()
    [run] = store.all(tab.project_id, ModelComparison)
    assert run.body.metric == "macro F1"
    assert "the mean over classes" in tab.text


@pytest.mark.xdist_group("models")
def test_what_cannot_be_scored_is_said_and_nothing_is_saved(tab, installation):
    bring(tab, FRAME.assign(gold=1))
    press(tab.app, "Score and compare")
    finished(installation.store(), tab.project_id)
    tab.app.run()
    tab.whole()
    assert "Every item's truth is “1”: nothing can be told from that." in tab.text
    assert installation.store().all(tab.project_id, PredictionSet) == []


def test_prior_work_is_taken_over_by_a_click(tab, installation):
    store = installation.store()
    store.put(tab.project_id, PriorWork(title="LeNet-5", score=0.99, data="MNIST"), person="ana", id="lenet")
    tab.open(PAGE)
    tab.app.session_state["baselines.entered"] = True
    press(tab.app, "Take 1 result")
    [taken] = store.all(tab.project_id, Baseline)
    assert (taken.body.name, taken.body.why_not) == ("LeNet-5", "on MNIST")
    assert "LeNet-5" in tab.text


def test_a_table_of_results_is_pasted(tab, installation):
    tab.open(PAGE)
    area = next(one for one in tab.app.text_area if one.label == "Paste a table from a spreadsheet")
    area.set_value("name\tvalue\tcomparable\nVendor\t97 %\tno\nRules\t84.1 %\tyes").run()
    press(tab.app, "Take 2 results")
    assert sorted(one.body.name for one in installation.store().all(tab.project_id, Baseline)) == ["Rules", "Vendor"]
    assert tab.answer == "84.1 %, reached by rules."
