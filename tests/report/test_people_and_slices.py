"""The parts of the report on people, predictions and slices."""

import pandas as pd

from components.demo import transcripts
from components.modelling.human_level_run import human_level_run
from components.modelling.records import Entry, ErrorLevels, Leaderboard, ModelComparison, PredictionSet
from components.modelling.slice_records import Slice, SliceRun
from components.project.data_sets import DataVersion, LabelSet
from components.report.model_card import model_card
from components.report.parts import Source
from components.report.people import comparison_parts, people_parts
from components.report.slices import slice_parts
from components.stats.estimate import Estimate
from components.stats.intervals import wilson

ROW = {
    "share": 0.2, "model": 0.9, "human": 0.95, "gap": 0.05, "gap_low": 0.02, "gap_high": 0.08, "headroom": 0.01, "low": 0.004,
    "high": 0.016, "n": 100, "importance": 3, "ease": 3, "priority": 0.01, "first": 1.0, "rank": 1, "people": 50, "both_right": 45,
    "only_people": 3, "only_model": 1, "both_wrong": 1,
}  # fmt: skip


def test_nothing_is_shown_of_what_nobody_measured(store, files, project):
    source = Source(store, files, project.id)
    assert [*people_parts(source), *comparison_parts(source), *slice_parts(source)] == []


def test_people_transcripts_bias_and_predictions(store, files, project):
    model = {"model": "ours", "value": 0.9, "low": 0.8, "high": 0.95, "n": 100, "best": 1.0, "beside": ""}
    bodies = {
        **transcripts.runs(),
        "error_levels": ErrorLevels(human=0.106, train=0.108, dev=0.148),
        "p": PredictionSet(name="Ours", table="x", truth="y", models=["ours"]),
    }
    for id_, body in bodies.items():
        store.save(project.id, body, person="ana", id=id_)
    run = ModelComparison(prediction_set="p", metric="accuracy", convention="Right ÷ all.", n=100, models=[model], pairs=[])
    store.save(project.id, run, person="ana", id="p")
    source = Source(store, files, project.id)
    spoken, bias = people_parts(source)
    assert spoken.simulated
    assert spoken.answer.startswith("People miss ")
    assert "variance 4.0 points" in bias.answer
    [compared] = comparison_parts(source)
    assert compared.answer == "ours reaches 90.0 %."
    assert all(part.pictures[0].startswith("<svg") for part in (spoken, bias, compared))


def test_bias_and_variance_of_the_best_model_stand_beside_people(store, files, project):
    labels = pd.DataFrame([(i, a, "x" if i % 2 or (i + a) % 9 == 0 else "y") for i in range(60) for a in range(3)], columns=["i", "a", "l"])
    body = LabelSet(name="Round", table="x", item="i", annotator="a", label="l", data_set="d")
    entry = Entry(
        name="forest",
        title="Random forest",
        trivial=False,
        estimate=wilson(900, 1000).to_dict(),
        fit_seconds=1,
        memory_megabytes=1,
        learnt=wilson(1000, 1000).to_dict(),
        forgets=Estimate(0.1, 0.08, 0.12, 1000).to_dict(),
    )
    board = Leaderboard(
        data_version="v", target="l", task="classification", metric="accuracy", convention="", folds=5, seed=0, n=1000, notes=[],
        models=[entry], planned=1, finished=True,
    )  # fmt: skip
    version = DataVersion(data_set="d", number=1, table="x", source="a.csv", rows=1000, columns={"l": "category"})
    for id_, one in {"here": body, "v": version}.items():
        store.save(project.id, one, person="ana", id=id_)
    store.put(project.id, human_level_run("here", body, labels), person="ana", id="here")
    store.put(project.id, board, person="ana", id="v")
    people, bias = people_parts(Source(store, files, project.id))
    assert people.title == "Human level"
    assert "variance 10.0 points [8.0, 12.0]: work on variance" in bias.answer
    assert "Random forest on the same data" in bias.method
    assert bias.pictures[0].startswith("<svg")


def test_why_people_are_a_benchmark_on_structured_data_stands_in_report_and_model_card(store, files, project):
    labels = pd.DataFrame([(i, a, "x" if (i + a) % 9 else "y") for i in range(30) for a in range(3)], columns=["i", "a", "l"])
    body = LabelSet(name="Files", table="x", item="i", annotator="a", label="l", structured=True)
    run = human_level_run("here", body, labels, "Underwriters decide these by hand.")
    store.save(project.id, body, person="ana", id="here")
    store.put(project.id, run, person="ana", id="here")
    source = Source(store, files, project.id)
    [people] = people_parts(source)
    for text in (people.method, model_card(source, project)):
        assert "people are a benchmark because: Underwriters decide these by hand." in text


def test_slices_measured_and_typed_in(store, files, project):
    clauses = [{"column": "light", "operator": "is", "value": "dark"}]
    store.save(project.id, Slice(name="Dark", data_set="d", clauses=clauses), person="ana", id="dark")
    store.save(project.id, Slice(name="Clean", share=0.7, model=0.94, human=0.96), person="ana", id="clean")
    run = SliceRun(
        data_version="v", predictions="set:p:ours", model="ours", people="95 %", n=500, judged=50, rows={"dark": ROW, "gone": ROW}
    )
    store.save(project.id, run, person="ana", id="v")
    measured, typed = slice_parts(Source(store, files, project.id))
    assert measured.answer == "Dark pays off most: 1.0 points [.4, 1.6]."
    assert len(measured.tables[0]) == 1
    assert typed.answer.startswith("Clean pays off most: 1.4 points")
