"""The screen of drift, with a real worker behind it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from components.data import drift_work
from components.data.records import DriftRun
from components.data.work import ingest
from components.jobs.work import Work
from components.project.data_sets import DataVersion
from tests.pages.conftest import finished

pytestmark = [pytest.mark.xdist_group("workers")]
TASK = "components.data.drift_work:measure"
RNG = np.random.default_rng(5)


@pytest.fixture
def brought(tab, installation):
    """Bring a table in, in this process."""

    def bring(frame, **params):
        file = installation.files().put(frame.to_csv(index=False).encode())
        params = {"name": "orders.csv", "file": file, **params}
        return ingest(Work(installation.store(), installation.files(), installation.settings(), tab.project_id, params, "ana"))

    return bring


@pytest.fixture
def compared(tab, installation):
    def run(**params):
        drift_work.measure(Work(installation.store(), installation.files(), installation.settings(), tab.project_id, params, "ana"))

    return run


def orders(loc=0.0, rows=300, **more):
    return pd.DataFrame({"size": RNG.normal(loc, 1, rows), **more})


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def test_without_data_it_leads_to_the_data(tab):
    tab.open("data/drift")
    assert tab.answer == "Nobody knows yet."
    assert "Bring a file first." in tab.text


def test_one_version_without_times_or_splits_says_what_is_missing(tab, brought):
    brought(orders())
    app = tab.open("data/drift")
    assert "bring a second version of this data set, name its split, or bring a column of times" in tab.text
    assert not [button for button in app.button if button.label == "Compare"]


def test_a_comparison_is_started_here_and_its_answer_is_shown(tab, brought, installation):
    version = brought(orders(np.r_[np.zeros(200), np.ones(100)], split=["train"] * 200 + ["test"] * 100))["data_version"]
    app = tab.open("data/drift")
    press(app, "Compare")
    (job,) = finished(installation.store(), tab.project_id, TASK)
    assert (job.state, job.params["before"], job.params["after"]) == ("done", "train", "test")
    assert installation.store().get(tab.project_id, DriftRun, version)
    tab.open("data/drift")
    assert tab.answer == "1 of 1 column drifts: size."
    assert "Values that moved" in tab.text
    assert "D01" in tab.text


def test_along_time_it_says_how_often_to_retrain(tab, brought, compared):
    when = pd.date_range("2025-01-01", periods=1500, freq="8h")
    version = brought(orders(np.linspace(0, 2, 1500), 1500, when=when))["data_version"]
    compared(data_version=version, how="time", column="when")
    tab.open("data/drift")
    assert "a month: retrain every" in tab.answer
    assert "Recollect every" in tab.text
    assert "Since the first period" in tab.text


def test_what_holds_still_is_said_to(tab, brought, compared):
    version = brought(orders(split=["train"] * 200 + ["test"] * 100, **{"**x** <b>": RNG.normal(size=300)}))["data_version"]
    compared(data_version=version, how="splits", before="train", after="train")
    tab.open("data/drift")
    assert tab.answer == "None of 2 columns drifts."
    assert "Nothing drifts" in tab.text


def test_overview_and_report_tell_it(tab, brought, compared):
    version = brought(orders(np.r_[np.zeros(200), np.ones(100)], split=["train"] * 200 + ["test"] * 100))["data_version"]
    compared(data_version=version, how="splits", before="train", after="test")
    tab.open("project/overview")
    assert "Drift: 1 of 1 column drifts: size" in tab.text


def test_along_the_versions_it_asks_when_each_was_collected(tab, brought, installation):
    data_set = None
    for month in range(3):
        version = brought(orders(0.4 * month), data_set=data_set)["data_version"]
        data_set = installation.store().all(tab.project_id, DataVersion)[0].body.data_set
    app = tab.open("data/drift")
    assert [day.label for day in app.date_input] == ["Version 1", "Version 2", "Version 3"]
    for month, day in enumerate(app.date_input, 1):
        day.set_value(date(2026, month, 1))
    press(app, "Compare")
    (job,) = finished(installation.store(), tab.project_id, TASK)
    assert (job.state, sorted(job.params["days"].values())) == ("done", ["2026-01-01", "2026-02-01", "2026-03-01"])
    assert installation.store().get(tab.project_id, DriftRun, version).body.how == "pace"
    tab.open("data/drift")
    assert "a month: retrain every" in tab.answer or "No pace can be told" in tab.answer
    assert "3 versions" in tab.text
