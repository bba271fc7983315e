"""A quick check as one job: file, checks, models; what can't be learnt leaves the checks standing."""

import numpy as np
import pandas as pd
import pytest

from components.data.records import CheckRun
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.records import Leaderboard
from components.project.data_sets import DataVersion
from components.readiness import quick_check
from components.readiness.quick_check import run

pytestmark = [pytest.mark.xdist_group("models"), pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def dropped(store, files, settings, project):
    """A function that makes the job of a dropped file."""

    def make(text):
        content = text if isinstance(text, bytes) else text.to_csv(index=False).encode()
        params = {"name": "dropped.csv", "file": files.put(content), "data_set": None}
        return Work(store, files, settings, project.id, params, "ana")

    return make


def test_a_table_with_a_label_is_checked_and_learnt(dropped, store, project):
    size = np.random.default_rng(0).normal(size=100)
    found = run(dropped(pd.DataFrame({"size": size, "label": np.where(size > 0, "big", "small")})))
    assert found["no_models"] == ""
    assert store.get(project.id, CheckRun, found["data_version"]).body.rows == 100
    assert store.get(project.id, Leaderboard, found["data_version"]).body.best.estimate["value"] > 0.9
    history = [change.kind for change in reversed(store.history(project.id)) if change.kind in {"leaderboard", "check_run"}]
    assert history.index("leaderboard") < history.index("check_run"), "what guessing reaches is there before the checks are"


def test_of_a_large_table_the_checks_come_first(dropped, store, project, monkeypatch):
    monkeypatch.setattr(quick_check, "IN_A_MOMENT", 99)
    size = np.random.default_rng(0).normal(size=100)
    found = run(dropped(pd.DataFrame({"size": size, "label": np.where(size > 0, "big", "small")})))
    history = [change.kind for change in reversed(store.history(project.id)) if change.kind in {"leaderboard", "check_run"}]
    assert history.index("check_run") < history.index("leaderboard")
    assert store.get(project.id, Leaderboard, found["data_version"]).body.finished


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.DataFrame({"size": [1.5, 2.5], "weight": [3, 4]}), "Choose what is to be predicted."),
        (pd.DataFrame({"size": [1.5, 2.5, 3.0], "label": ["a", "a", "a"]}), "a single value"),
    ],
)
def test_what_cannot_be_learnt_leaves_the_checks(dropped, store, project, table, said):
    found = run(dropped(table))
    assert said in found["no_models"]
    assert store.get(project.id, CheckRun, found["data_version"]) is not None
    assert store.all(project.id, Leaderboard) == []


def test_a_file_that_cannot_be_read_changes_nothing(dropped, store, project):
    with pytest.raises(BadInput, match="line 3"):
        run(dropped(b"a,b\n1,2\n3\n"))
    assert store.all(project.id, DataVersion) == []
