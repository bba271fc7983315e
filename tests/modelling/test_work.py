"""Quick models as a job's task: the leaderboard fills, the runs are tracked, and an unreachable store loses nothing."""

import io
import json
import zipfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from mlflow import MlflowClient
from PIL import Image

from components.data.rulebook.records import Rule
from components.errors import BadInput
from components.jobs.work import Cancelled, Work
from components.modelling import quick_models, tracking
from components.modelling.quick_models.fitting import fit
from components.modelling.records import Leaderboard
from components.modelling.wording import board_notes
from components.modelling.work import baselines
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table, read_table

pytestmark = [pytest.mark.xdist_group("models"), pytest.mark.filterwarnings("ignore")]


@pytest.fixture(autouse=True)
def fewer_models(monkeypatch):
    """Leaves the slow models to the tests of models, so that only what differs between jobs takes time here."""
    fast = {"dummy_most_frequent", "dummy_stratified", "logistic_regression", "hist_gradient_boosting"}
    monkeypatch.setattr(quick_models, "MODELS", tuple(one for one in quick_models.MODELS if one.name in fast))


@pytest.fixture
def work(store, files, settings, project):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"size": rng.normal(size=120), "colour": rng.choice(["red", "blue"], 120)})
    frame["label"] = np.where(frame["size"] + rng.normal(size=120) / 3 > 0, "yes", "no")
    store.save(project.id, DataSet(name="forms", structured=True, target="label"), person="ana", id="d")
    version = DataVersion(
        data_set="d", number=1, table=put_table(files, frame), source="forms.csv", rows=120, columns=dict.fromkeys(frame, "text")
    )
    store.save(project.id, version, person="ana", id="v")
    return Work(store, files, settings, project.id, {"data_version": "v"}, "ana")


def test_the_runs_are_tracked_with_what_repeats_them(work):
    work.store.save(work.project_id, Rule(name="Blurred", definition="Hard to read.", label="bad"), person="ana")
    assert baselines(work)["tracked"]
    board = work.store.get(work.project_id, Leaderboard, "v").body
    assert board.finished
    assert board.tracked == "Tracked in MLflow."
    assert len(board.models) == board.planned
    best = board.best
    logged = MlflowClient(work.settings.tracking_uri).get_run(best.run_id)
    assert logged.data.metrics["accuracy"] == pytest.approx(best.estimate["value"], abs=1e-12)
    assert logged.data.tags["data.sha256"] == work.store.get(work.project_id, DataVersion, "v").body.table
    assert logged.data.tags["rulebook"].startswith("1 rule, ")
    assert "memory_megabytes" in logged.data.metrics
    assert all((entry.memory_megabytes is None) == entry.trivial for entry in board.models)  # what guesses runs inside the worker
    for tag in ("split.sha256", "seed", "python", "packages", "cpu", "metric.convention", "groundwork.version"):
        assert logged.data.tags[tag]
    assert logged.data.params["model__random_state" if "model__random_state" in logged.data.params else "memory"]
    client = MlflowClient(work.settings.tracking_uri)
    assert {one.path for one in client.list_artifacts(best.run_id)} == {"predictions.json", "packages.txt"}
    table = json.loads(Path(client.download_artifacts(best.run_id, "predictions.json")).read_text())
    predictions = pd.DataFrame(table["data"], columns=table["columns"])
    assert list(predictions["row"]) == list(range(1, board.n + 1))
    right = predictions["truth"] == predictions["prediction"]
    assert right.groupby(predictions["fold"]).mean().mean() == pytest.approx(best.estimate["value"], abs=1e-12)
    packages = Path(client.download_artifacts(best.run_id, "packages.txt")).read_text().splitlines()
    assert f"scikit-learn=={version('scikit-learn')}" in packages


def test_every_parameter_is_tracked_however_many_there_are(settings):
    params = {f"step_{number}__x": str(number) for number in range(250)}
    run_id = tracking.log(settings, [tracking.Run("many", params, {"accuracy": 0.5}, {}, pd.DataFrame({"row": [1]}))])[0]
    assert MlflowClient(settings.tracking_uri).get_run(run_id).data.params == params


def test_everybody_sees_the_leaderboard_fill(work):
    baselines(work)
    sizes = [len(change.after["models"]) for change in reversed(work.store.history(work.project_id, kind="leaderboard"))]
    assert sizes == sorted(sizes)
    assert set(sizes) == set(range(1, sizes[-1] + 1))
    assert sizes[-1] > 1


def test_a_run_that_is_stopped_loses_nothing_that_an_earlier_one_found(work, monkeypatch):
    baselines(work)
    first = work.store.get(work.project_id, Leaderboard, "v").body

    def stopped(self, share, message):
        if "Gradient" in message:
            raise Cancelled

    monkeypatch.setattr(Work, "progress", stopped)
    monkeypatch.setattr("components.modelling.quick_models.fit", slowly)
    with pytest.raises(Cancelled):
        baselines(work)
    board = work.store.get(work.project_id, Leaderboard, "v").body
    assert not board.finished
    assert board.whole
    assert [entry.name for entry in board.models if entry.earlier] == ["hist_gradient_boosting"]
    assert board.done == board.planned - 1
    assert board.best.estimate == first.best.estimate
    assert "the others are from the run before" in board_notes(board)[0]


def test_another_target_starts_from_nothing(work):
    baselines(work)
    baselines(replace(work, params={"data_version": "v", "target": "colour"}))
    first = [change.after for change in work.store.history(work.project_id, kind="leaderboard") if change.after["target"] == "colour"][-1]
    assert [one["name"] for one in first["models"]] == ["dummy_most_frequent"]


def slowly(model, problem, seed, time_limit, alive, memory_limit):
    alive()
    return fit(model, problem, seed, time_limit, alive, memory_limit)


def test_a_tracking_store_that_does_not_answer_loses_no_result(work):
    away = replace(work, settings=replace(work.settings, tracking_uri="http://127.0.0.1:9"))
    assert not baselines(away)["tracked"]
    board = work.store.get(work.project_id, Leaderboard, "v").body
    assert board.best is not None
    assert board.finished
    kept = read_table(work.files, board.best.predictions)
    assert (kept["truth"] == kept["prediction"]).groupby(kept["fold"]).mean().mean() == pytest.approx(
        board.best.estimate["value"], abs=1e-12
    )
    assert kept["certainty"].between(0.5, 1).all()
    assert "Not tracked. The tracking store doesn't answer (nothing heard from 127.0.0.1:9)." in board.tracked


def test_whatever_the_tracking_store_raises_loses_no_result(work):
    (work.settings.home / "broken.db").write_bytes(b"this is no database, whatever it is called" * 100)
    away = replace(work, settings=replace(work.settings, tracking_uri=f"sqlite:///{work.settings.home}/broken.db"))
    assert not baselines(away)["tracked"]
    assert "Not tracked." in work.store.get(work.project_id, Leaderboard, "v").body.tracked


def test_images_are_learnt_from_as_grey_pixels(work):
    rng = np.random.default_rng(0)
    content = io.BytesIO()
    labels = ["dark", "light"] * 20
    with zipfile.ZipFile(content, "w") as archive:
        for number, label in enumerate(labels):
            grey = np.zeros((6, 6), dtype=np.uint8)
            grey[1:5, 1:5] = rng.integers(0, 90, (4, 4)) + (120 if label == "light" else 0)
            picture = io.BytesIO()
            Image.fromarray(grey).save(picture, "PNG")
            archive.writestr(f"{number}.png", picture.getvalue())
    frame = pd.DataFrame({"path": [f"{number}.png" for number in range(40)], "label": labels})
    version = DataVersion(
        data_set="d",
        number=2,
        table=put_table(work.files, frame),
        archive=work.files.put(content.getvalue()),
        source="images.zip",
        rows=40,
        columns={"path": "text", "label": "category"},
    )
    work.store.save(work.project_id, version, person="ana", id="images")
    baselines(replace(work, params={"data_version": "images"}))
    board = work.store.get(work.project_id, Leaderboard, "images").body
    assert board.notes == ["Each image as its 6 × 6 grey pixels, with brightness, contrast and edges."]
    assert {entry.name: entry.estimate["value"] for entry in board.models}["logistic_regression"] == 1.0


def test_a_target_that_is_not_there_is_said(work):
    with pytest.raises(BadInput, match="no column “colours”"):
        baselines(replace(work, params={"data_version": "v", "target": "colours"}))
    with pytest.raises(BadInput, match="isn't here any more"):
        baselines(replace(work, params={"data_version": "gone"}))
