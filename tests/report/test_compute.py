"""The parts of the report on compute and better data, and what stands in its chart of baselines."""

from datetime import date

from components.modelling.records import BetterDataRun, ComputeMeans, ComputeNeed, Entry, Leaderboard, ModelComparison, PredictionSet
from components.project.data_sets import DataSet, DataVersion
from components.report.compute import better_data_parts, compute_parts
from components.report.parts import Source
from components.report.sections import made_sections
from components.scoping.milestones import Milestone, Promise
from components.stats.estimate import Estimate


def version(store, project):
    store.save(project.id, DataSet(name="Parcels", structured=True, target="kind"), person="ana", id="d")
    body = DataVersion(data_set="d", number=1, table="0" * 64, source="parcels.csv", rows=400, columns={"kind": "category"})
    store.save(project.id, body, person="ana", id="v")


def test_nothing_is_shown_of_what_nobody_planned(store, files, project):
    source = Source(store, files, project.id)
    assert [*compute_parts(source), *better_data_parts(source)] == []


def test_compute_says_what_is_required_against_what_there_is(store, files, project):
    store.save(project.id, ComputeNeed(name="Repeat it", hours=10, devices=2, link="https://example.org/paper"), person="ana")
    store.save(project.id, ComputeMeans(hours=8), person="ana", id="means")
    [part] = compute_parts(Source(store, files, project.id))
    assert part.answer == "Device-hours: 20 h required, 8 h available: short by 12 h."
    assert part.answer in part.notes
    assert part.tables[0]["device-hours"].tolist() == ["20 h"]
    assert any("https://example.org/paper" in note for note in part.notes)


def test_better_data_show_their_paired_gain(store, files, project):
    version(store, project)
    gain = {"data_version": "w", "name": "Version 2", "what": "relabelled", "gain": Estimate(0.03, 0.01, 0.05, 90).to_dict(), "rows": 400}
    told = {"model": "forest", "title": "Random forest", "metric": "accuracy", "target": "kind", "seed": 0, "folds": 5, "judge": 2}
    run = BetterDataRun(base="v", items=90, score=0.9, gains=[{**gain, "items": 90}], **told)
    store.save(project.id, run, person="ana", id="v")
    store.save(project.id, run.model_copy(update={"base": "gone"}), person="ana", id="gone")
    [part] = better_data_parts(Source(store, files, project.id))
    assert part.answer == "Version 2 buys most: +3.0 points [1.0, 5.0]."
    assert part.pictures[0].startswith("<svg")


def test_brought_predictions_and_the_promise_of_a_milestone_stand_in_the_chart_of_baselines(store, files, project):
    version(store, project)
    estimate = Estimate(0.9, 0.88, 0.92, 400).to_dict()
    entry = Entry(name="forest", title="Forest", trivial=False, estimate=estimate, fit_seconds=1, memory_megabytes=1)
    told = {"metric": "accuracy", "convention": "Mean.", "notes": [], "planned": 1, "finished": True, "folds": 5, "seed": 0, "n": 400}
    board = Leaderboard(data_version="v", target="kind", task="classification", models=[entry], **told)
    store.put(project.id, board, person="ana", id="v")
    store.save(project.id, PredictionSet(name="Ours", table="x", truth="y", models=["Ours"], data_version="v"), person="ana", id="p")
    model = {"model": "Our network", "value": 0.95, "low": 0.93, "high": 0.97, "n": 400, "best": 1.0, "beside": ""}
    run = ModelComparison(prediction_set="p", metric="accuracy", convention="Right ÷ all.", n=400, models=[model], pairs=[])
    store.save(project.id, run, person="ana", id="p")
    store.save(project.id, Milestone(title="Pilot", due=date(2030, 1, 1)), person="ana", id="m")
    store.save(project.id, Promise(milestone="m", metric="accuracy", value=0.97), person="ana")
    [section] = made_sections(Source(store, files, project.id), ["modelling"])
    part = section.parts[0]
    assert part.answer == "95.0 %, reached by our network."
    assert "Our network" in part.pictures[0]
    assert "promised for “Pilot”: 97.0" in part.pictures[0].replace("\u00a0", " ")
    assert "Dashed: promised for “Pilot” 97.0 %." in [note.replace("\u00a0", " ") for note in part.notes]
