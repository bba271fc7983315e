"""Experiments on their screen: runs, what changed between two, and the version that works."""

import json
from datetime import UTC, datetime

import pytest

from components.modelling.records import BetterDataRun, ComputeMeans, ComputeNeed, Reproduction, RunIndex, WorkingVersion
from components.project.data_sets import DataSet, DataVersion
from components.stats.estimate import Estimate


def run(number, **tags):
    common = {"data.sha256": "a" * 64, "data.name": "forms, version 1", "git.commit": "c" * 40, "git.dirty": "false", "seed": "0"}
    return {
        "id": f"run{number}",
        "name": "Forest",
        "experiment": "groundwork",
        "experiment_id": "1",
        "started": 1_700_000_000_000 + 60_000 * number,
        "status": "FINISHED",
        "params": {"model__max_depth": str(number)},
        "metrics": {"accuracy": 0.9 + number / 100, "accuracy_low": 0.88, "accuracy_high": 0.95, "fit_seconds": 1.5 + number},
        "tags": {**common, "packages": json.dumps({"numpy": "2.4.6"}), **tags},
    }


@pytest.fixture
def runs(tab, installation):
    """Saves three runs as they were read from a store."""
    found = [run(3, seed="1"), run(2), run(1)]
    file = installation.files().put(json.dumps(found).encode())
    body = RunIndex(store="the store in this installation", file=file, runs=3, read_at=datetime(2026, 1, 2, tzinfo=UTC))
    installation.store().put(tab.project_id, body, person="ana", id="runs")
    return found


def test_without_runs_it_says_what_to_do(tab):
    app = tab.open("modelling/experiments")
    assert tab.answer == "Nobody knows yet."
    assert app.button(key="experiments.read").label == "Read the runs"


def test_every_run_stands_there_with_the_parameters_that_differ(tab, runs):
    app = tab.open("modelling/experiments")
    assert tab.answer == "3 runs on 1 version of data; the best is forest with 93.0 %."
    shown = app.dataframe[0].value
    assert shown["id"].tolist() == ["run3", "run2", "run1"]
    assert shown["model__max_depth"].tolist() == ["3", "2", "1"]
    app.selectbox(key="experiments.across").set_value("model__max_depth").run()
    tab.whole()


def test_what_changed_between_two_runs(tab, runs):
    tab.app.query_params["view"] = "what-changed"
    app = tab.open("modelling/experiments")
    assert tab.answer == "Parameters changed; code, data and environment are the same."
    assert app.dataframe[0].value["what"].tolist() == ["seed", "model__max_depth"]
    assert "Not both runs kept what they predicted" in tab.text


def test_a_run_is_marked_as_working_and_returned_to(tab, runs, installation):
    tab.app.query_params["view"] = "working-version"
    app = tab.open("modelling/experiments")
    assert tab.answer == "Nothing is marked yet."
    app.text_input(key="experiments.mark.why").input("It is live.")
    next(button for button in app.button if button.label == "Mark it as working").click().run()
    tab.whole()
    body = installation.store().get(tab.project_id, WorkingVersion, "working").body
    assert (body.run_id, body.commit, body.note) == ("run3", "c" * 40, "It is live.")
    assert tab.answer == "Forest: 93.0 %."
    assert f"git checkout {'c' * 40}" in tab.text
    assert "can't be found here" in tab.text
    again = Reproduction(run_id="run3", name="Forest", metric="accuracy", before=0.93, after=0.92, rows=400, differing=4)
    installation.store().put(tab.project_id, again, person="ana", id="run3")
    app.run()
    assert "93.0 % then, 92.0 % when run again" in tab.text


def test_compute_is_held_against_what_there_is(tab, installation):
    tab.app.query_params["view"] = "compute"
    tab.open("modelling/experiments")
    assert tab.answer == "Nobody knows yet."
    store = installation.store()
    store.put(tab.project_id, ComputeNeed(name="BERT, base", hours=96, devices=16, price=2.0), person="ana", id="bert")
    store.put(tab.project_id, ComputeMeans(hours=200), person="ana", id="means")
    tab.open("modelling/experiments")
    assert tab.answer == "Device-hours: 1,536 h required, 200 h available: short by 1,336 h."
    assert "1,536 h on a device" in tab.text


def test_versions_are_compared_once_there_are_two(tab, installation):
    tab.app.query_params["view"] = "better-data"
    tab.open("modelling/experiments")
    assert "Make a better version of a data set first" in tab.text
    store = installation.store()
    store.save(tab.project_id, DataSet(name="Parcels", structured=True, target="kind"), person="ana", id="d")
    for number in (1, 2):
        version = DataVersion(data_set="d", number=number, table=f"{number}" * 64, source="a.csv", rows=9, columns={"kind": "text"})
        store.save(tab.project_id, version, person="ana", id=f"v{number}")
    tab.open("modelling/experiments")
    assert "“Parcels” has 2 versions: compare them." in tab.text
    gains = [
        {
            "data_version": "v2",
            "name": "Version 2",
            "what": "Relabel",
            "rows": 9,
            "items": 9,
            "gain": Estimate(0.04, 0.01, 0.07, 9).to_dict(),
        }
    ]
    told = {"model": "forest", "title": "Forest", "metric": "accuracy", "target": "kind", "seed": 0, "folds": 5, "judge": 2, "items": 9}
    store.put(tab.project_id, BetterDataRun(base="v1", score=0.9, gains=gains, **told), person="ana", id="v1")
    tab.open("modelling/experiments")
    assert tab.answer == "Version 2 buys most: +4.0 points [1.0, 7.0]."
