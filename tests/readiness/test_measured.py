"""What a phase measured can be named in another."""

import pytest

from components.data.records import CheckRun
from components.modelling.records import Entry, HumanLevelRun, Leaderboard
from components.project.data_sets import LabelSet
from components.readiness.measured import best_model, human_level, measured_figures
from components.stats.estimate import Estimate


@pytest.fixture
def put(store, project):
    """Save a body in the project."""
    return lambda body, id_: store.put(project.id, body, person="ana", id=id_)


def board(*scores):
    models = [
        Entry(
            name=f"m{place}",
            title=f"Model {place}",
            trivial=False,
            estimate=Estimate(score, None if score is None else score - 0.01, None if score is None else score + 0.01, 500).to_dict(),
            fit_seconds=1,
            memory_megabytes=1,
            run_id=f"run{place}",
        )
        for place, score in enumerate(scores)
    ]
    shared = {"target": "x", "task": "classification", "metric": "accuracy", "convention": "", "folds": 5, "seed": 7, "n": 500}
    return Leaderboard(data_version="v", notes=[], models=models, planned=len(models), finished=True, **shared)


def test_an_empty_project_has_measured_nothing(store, project):
    assert measured_figures(store, project.id) == {}
    assert best_model(store, project.id) is None
    assert human_level(store, project.id) is None


def test_models_come_best_first_and_failed_ones_are_left_out(store, project, put):
    put(board(0.9, 0.95, None), "v")
    found = measured_figures(store, project.id)
    assert list(found) == ["leaderboard:v:m1", "leaderboard:v:m0"]
    best = best_model(store, project.id)
    assert (best.ref, best.run_id, best.text) == ("leaderboard:v:m1", "run1", "Model 1: 95.0 % [94.0, 96.0], n = 500")


def test_a_simulated_figure_says_so_and_counts_are_counts(store, project, put):
    put(LabelSet(name="Five people", table="ab" * 32), "l")
    run = {"label_set": "l", "per_annotator": [], "ties": 0, "items": 30, "judgements": 90, "against": "gold"}
    put(HumanLevelRun(accuracy=Estimate(0.98, 0.95, 0.99, 30).to_dict(), simulated="Seed 0.", **run), "l")
    put(CheckRun(data_version="v", rows=1797, columns=2, results=[{"code": "T08", "status": "failed"}], seconds=0.1), "v")
    found = measured_figures(store, project.id)
    assert found["human_level_run:l"].text == "Human level, Five people: 98.0 % [95.0, 99.0], n = 30, simulated"
    assert found["check_run:v:rows"].text == "Rows: 1,797"
    assert found["check_run:v:failed"].estimate.value == 1
