"""Comparisons as jobs make them: two versions, two splits, along time."""

import numpy as np
import pandas as pd
import pytest

from components.data.drift.wording import cadence, drift_answer, drift_badge, drift_method, jumps
from components.data.drift_work import measure
from components.data.records import DriftRun
from components.data.work import ingest
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import DataSet

RNG = np.random.default_rng(0)


def orders(rows=400, loc=0.0, **more):
    columns = {"id": range(rows), "size": RNG.normal(loc, 1, rows).round(4), "kind": RNG.choice(list("ab"), rows)}
    return pd.DataFrame({**columns, **more})


@pytest.fixture
def run(store, files, settings, project):
    """A function that brings a table in, one that compares, and one that reads what was saved."""

    def work(params):
        return Work(store, files, settings, project.id, params, "ana")

    def bring(frame, **params):
        return ingest(work({"name": "orders.csv", "file": files.put(frame.to_csv(index=False).encode()), **params}))["data_version"]

    def compare(version, **params):
        measure(work({"data_version": version, **params}))
        return store.get(project.id, DriftRun, version).body

    compare.bring = bring
    return compare


def test_two_versions(run, store, project):
    first = run.bring(orders(), id_column="id")
    second = run.bring(orders(loc=1.0), data_set=store.all(project.id, DataSet)[0].id)
    found = run(second, how="versions", before=first)
    assert (found.before, found.after, found.rows) == ("version 1", "version 2", (400, 400))
    assert [row["column"] for row in found.drifting] == ["size"]
    assert {row["column"] for row in found.columns} == {"size", "kind"}, "the key is left out"
    assert drift_answer(found) == "1 of 2 columns drifts: size."
    assert drift_badge(found) == ("drifts", "warn")
    assert drift_method(found).startswith("Version 1 (400 rows) against version 2 (400 rows), 999 permutations")
    assert cadence(found) == []


def test_two_splits_of_one_world(run):
    version = run.bring(orders(split=["train"] * 300 + ["test"] * 100), id_column="id", split_column="split")
    found = run(version, how="splits", before="train", after="test")
    assert found.rows == (300, 100)
    assert drift_answer(found) == "None of 2 columns drifts."
    assert drift_badge(found) == ("steady", "pass")
    with pytest.raises(BadInput, match="no split “valid”"):
        run(version, how="splits", before="train", after="valid")


def test_along_time(run):
    when = pd.date_range("2025-01-01", periods=2000, freq="8h")
    version = run.bring(orders(2000, np.linspace(0, 1.5, 2000), when=when), id_column="id")
    found = run(version, how="time", column="when", tolerance=0.2)
    assert found.over_time["unit"] == "quarter"
    assert found.over_time["rate"]["low"] > 0
    assert drift_answer(found).startswith("About ")
    assert "a month: retrain every" in drift_answer(found)
    assert "by then 20 % of the values" in cadence(found)[0]
    assert found.before.startswith("before 1 ")
    assert [row["column"] for row in found.drifting] == ["size"]
    with pytest.raises(BadInput, match="no column “gone”"):
        run(version, how="time", column="gone")


def test_what_goes_to_and_fro_is_said_to(run):
    when = pd.date_range("2025-01-01", periods=2000, freq="8h")
    season = np.where(when.quarter % 2 == 0, 3.0, 0.0)
    found = run(run.bring(orders(2000, season, when=when), id_column="id"), how="time", column="when")
    assert "go to and fro" in jumps(found)
    steady = run(run.bring(orders(2000, when=when), id_column="id"), how="time", column="when")
    assert drift_answer(steady) == "No pace can be told from chance over this time."
    assert jumps(steady) == ""
