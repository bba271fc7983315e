"""Quick models as a job's task: the leaderboard fills, the runs are tracked, and an unreachable store loses nothing."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from mlflow import MlflowClient

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.records import Leaderboard
from components.modelling.work import baselines
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table

pytestmark = [pytest.mark.xdist_group("models"), pytest.mark.filterwarnings("ignore")]


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
    assert baselines(work)["tracked"]
    board = work.store.get(work.project_id, Leaderboard, "v").body
    assert board.finished
    assert board.tracked == "Tracked in MLflow."
    assert len(board.models) == board.planned
    best = board.best
    logged = MlflowClient(work.settings.tracking_uri).get_run(best.run_id)
    assert logged.data.metrics["accuracy"] == pytest.approx(best.estimate["value"], abs=1e-12)
    version = work.store.get(work.project_id, DataVersion, "v").body
    assert logged.data.tags["data.sha256"] == version.table
    for tag in ("split.sha256", "seed", "python", "packages", "cpu", "metric.convention", "groundwork.version"):
        assert logged.data.tags[tag]
    assert logged.data.params["model__random_state" if "model__random_state" in logged.data.params else "memory"]
    names = [one.path for one in MlflowClient(work.settings.tracking_uri).list_artifacts(best.run_id)]
    assert names == ["predictions.json"]


def test_everybody_sees_the_leaderboard_fill(work):
    baselines(work)
    sizes = [len(change.after["models"]) for change in reversed(work.store.history(work.project_id, kind="leaderboard"))]
    assert sizes[0] == 0
    assert sizes == sorted(sizes)
    assert set(range(sizes[-1] + 1)) == set(sizes)


def test_a_tracking_store_that_does_not_answer_loses_no_result(work):
    away = replace(work, settings=replace(work.settings, tracking_uri="http://127.0.0.1:9"))
    assert not baselines(away)["tracked"]
    board = work.store.get(work.project_id, Leaderboard, "v").body
    assert board.best is not None
    assert board.finished
    assert "Not tracked. The tracking store doesn't answer" in board.tracked


def test_a_target_that_is_not_there_is_said(work):
    with pytest.raises(BadInput, match="no column “colours”"):
        baselines(replace(work, params={"data_version": "v", "target": "colours"}))
    with pytest.raises(BadInput, match="isn't here any more"):
        baselines(replace(work, params={"data_version": "gone"}))
