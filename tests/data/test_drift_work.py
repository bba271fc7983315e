"""Comparisons as jobs make them: two versions, two splits, along time."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from components.data.drift.wording import cadence, drift_answer, drift_badge, drift_method, jumps
from components.data.drift_work import measure
from components.data.records import DriftRun
from components.data.work import ingest
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import DataSet, DataVersion

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


def pictures(levels):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for place, level in enumerate(levels):
            picture = io.BytesIO()
            Image.fromarray(np.clip(RNG.normal(level, 20, (24, 24)), 0, 255).astype(np.uint8)).save(picture, "PNG")
            archive.writestr(f"{'ab'[place % 2]}/{place}.png", picture.getvalue())
    return target.getvalue()


def test_images_are_compared_by_what_they_are_like_not_by_what_they_are_called(run, store, files, settings, project):
    def bring(levels, **params):
        given = {"name": "photos.zip", "file": files.put(pictures(levels)), **params}
        return ingest(Work(store, files, settings, project.id, given, "ana"))["data_version"]

    first = bring([120] * 40)
    second = bring([70] * 40, data_set=store.all(project.id, DataSet)[0].id)
    found = run(second, how="versions", before=first)
    columns = {row["column"] for row in found.columns}
    assert {"image brightness", "image aspect", "image information", "label"} <= columns
    assert not columns & {"path", "content", "image content", "image near"}
    drifting = {row["column"] for row in found.drifting}
    assert "image brightness" in drifting
    assert not drifting & {"image width", "image aspect", "label"}


def test_texts_are_compared_by_their_language_and_length(run, store, project):
    english = [f"The parcel number {n} arrived late and the box was damaged at the side, please help me." for n in range(30)]
    german = [f"Das Paket Nummer {n} kam zu spät an und der Karton war an der Seite beschädigt, bitte helfen." for n in range(30)]
    first = run.bring(pd.DataFrame({"message": english}), structured=False)
    second = run.bring(pd.DataFrame({"message": german}), data_set=store.all(project.id, DataSet)[0].id)
    found = run(second, how="versions", before=first)
    assert {"message", "text language"} <= {row["column"] for row in found.drifting}


def test_the_pace_of_versions_is_told_from_their_days(run, store, project):
    first = run.bring(orders(1000), id_column="id")
    data_set = store.all(project.id, DataSet)[0].id
    others = [run.bring(orders(1000, loc=0.15 * month), data_set=data_set) for month in (1, 2, 3)]
    days = dict(zip([first, *others], ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"], strict=True))
    found = run(others[-1], how="pace", days=days)
    assert found.over_time["unit"] == "version"
    assert found.over_time["starts"] == [f"{day}T00:00" for day in days.values()]
    assert (found.before, found.after) == ("version 1", "version 4")
    shift = found.over_time["rate"]
    assert shift["low"] < 0.03 < shift["high"], "the mean over both columns of Φ(.075) − Φ(−.075) = 6 % and 0"
    assert "a month: retrain every" in drift_answer(found)
    assert "4 versions" in drift_method(found)
    assert [f"{one.body.collected}" for one in store.all(project.id, DataVersion)] == list(days.values())
    with pytest.raises(BadInput, match="at least 3 versions of different days"):
        run(first, how="pace", days=dict.fromkeys(days, "2026-01-01"))
