"""What a rollout starts from: the failure rate that was measured, and where."""

import pytest

from components.modelling.records import Entry, Leaderboard
from components.project.data_sets import DataSet, DataVersion
from components.readiness.evidence import failure_rate
from components.readiness.starting import source


def board(accuracies, metric="accuracy", simulated="", version="v1"):
    sizes = {"fit_seconds": 1, "memory_megabytes": 1, "trivial": False}
    found = {name: {"value": value, "low": None, "high": None} for name, value in accuracies.items()}
    models = [Entry(name=name, title=name.title(), estimate=estimate, **sizes) for name, estimate in found.items()]
    return Leaderboard(
        data_version=version,
        target="label",
        task="classification",
        metric=metric,
        convention="",
        folds=5,
        seed=0,
        n=100,
        notes=[],
        models=models,
        planned=len(models),
        finished=True,
        simulated=simulated,
    )


def test_nothing_measured_gives_nothing(store, project):
    assert failure_rate(store, project.id) is None


def test_the_best_model_of_the_newest_leaderboard(store, project):
    store.put(project.id, board({"linear": 0.8}), person="ana", id="old")
    store.put(project.id, DataSet(name="Digits"), person="ana", id="digits")
    version = DataVersion(data_set="digits", number=3, table="0" * 64, source="digits.csv", rows=9, columns={"label": "category"})
    store.put(project.id, version, person="ana", id="v1")
    store.put(project.id, board({"linear": 0.9, "boosting": 0.972, "broken": None}), person="ana", id="v1")
    found = failure_rate(store, project.id)
    assert found.value == 0.028
    assert source(found) == "measured: Boosting, Digits, version 3"


def test_what_was_simulated_says_so(store, project):
    store.put(project.id, board({"linear": 0.9}, simulated="a seed"), person="ana", id="v1")
    assert source(failure_rate(store, project.id)) == "measured: Linear, 100 rows (simulated)"


@pytest.mark.parametrize(("accuracy", "metric"), [(0.9, "r2"), (1.0, "accuracy"), (0.3, "accuracy"), (None, "accuracy")])
def test_what_is_no_start_for_a_rollout_is_left_alone(store, project, accuracy, metric):
    store.put(project.id, board({"linear": accuracy}, metric), person="ana", id="v1")
    assert failure_rate(store, project.id) is None
