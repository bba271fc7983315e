"""What more or better data buy, and what compute they take."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from components.data.work import read_source
from components.demo import digits
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import better_data_work, growing_work
from components.modelling.better_data import better_data_answer, folds_for, gain, gains_table, held_back, keyed, shared_items
from components.modelling.compute import all_required, compute_answer, required, verdict, verdicts
from components.modelling.growing import cost_at, error_at, gain_of_more, growing_answer, sizes, subsample
from components.modelling.growth_charts import gains_chart, growth_chart
from components.modelling.quick_models import problem
from components.modelling.records import BetterDataRun, ComputeMeans, ComputeNeed, GrowthRun, GrowthStep
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table
from components.stats.estimate import Estimate
from components.theme import LIGHT

pytestmark = pytest.mark.xdist_group("models")


def steps(exponent=0.5, noise=0.0):
    rng = np.random.default_rng(0)
    return [
        GrowthStep(
            rows=rows,
            error=Estimate(error := 2 * rows**-exponent * float(np.exp(noise * rng.normal())), 0.8 * error, 1.2 * error, 500).to_dict(),
            seconds=1e-5 * rows**1.2,
            megabytes=0.01 * rows,
        )
        for rows in (100, 200, 400, 800, 1600)
    ]


def grown(**changes):
    told = {"data_version": "v", "model": "forest", "title": "Forest", "metric": "accuracy", "seed": 0, "rows": 2000}
    return GrowthRun(**{**told, "steps": steps(), **changes})


def test_a_curve_is_drawn_on_by_its_power_law():
    assert error_at(steps(), 6400).value == pytest.approx(2 * 6400**-0.5)
    assert gain_of_more(steps(), 4).value == pytest.approx(2 * 1600**-0.5 - 2 * 6400**-0.5)
    assert cost_at(steps(), 16_000, "seconds").value == pytest.approx(1e-5 * 16_000**1.2)
    assert cost_at(steps(), 16_000, "megabytes").value == pytest.approx(160)
    assert growing_answer(steps(), 2, "accuracy").startswith("Yes: 2 times the data would take about 1.5 %")
    assert growing_answer(steps(0.0, noise=0.1), 2, "accuracy").startswith("It can't be told")
    assert growing_answer(steps()[:2], 2, "accuracy").startswith("Not known: too few steps")
    for what in ("error", "seconds", "megabytes"):
        assert growth_chart(grown(), LIGHT, what).to_dict()["layer"]


def test_parts_of_the_data_hold_every_class():
    assert sizes(1600) == [100, 200, 400, 800, 1600]
    assert sizes(40) == [20, 40]
    target = np.array(["a"] * 95 + ["b"] * 5)
    part = subsample(np.arange(100), target, 20, 0, classes=True)
    assert len(part) == len(set(part)) == 20
    assert set(target[part]) == {"a", "b"}


def test_a_cited_result_takes_what_its_authors_say():
    need = ComputeNeed(name="LLM", hours=100, devices=8, memory=80, runs=3, speed=2, price=2.5)
    found = required(need)
    assert (found.hours.value, found.memory.value, found.money.value) == (1200, 80, 3000)
    means = ComputeMeans(hours=1000, memory=80, money=5000)
    said = verdicts(found, means)
    assert [kind for kind, _ in said] == ["fail", "pass", "pass"]
    assert "1,200 h required, 1,000 h available: short by 200 h." in said[0][1]
    assert compute_answer(found, means) == said[0][1]
    assert compute_answer(found, None) == "Not known yet."


def test_what_is_measured_here_carries_its_interval():
    need = ComputeNeed(name="ours", how="measured here", data_version="v", rows=1_000_000, runs=20)
    run = grown(
        steps=[one.model_copy(update={"seconds": one.seconds * factor}) for one, factor in zip(steps(), (1, 1.2, 0.9, 1.1, 1), strict=True)]
    )
    found = required(need, run)
    expected = cost_at(run.steps, 1_000_000, "seconds")
    assert found.hours.value == pytest.approx(20 * expected.value / 3600)
    assert found.hours.low < found.hours.value < found.hours.high
    assert found.memory.value == pytest.approx(10_000 / 1024)
    between = (found.hours.value + found.hours.high) / 2
    assert verdict(found.hours, between, "hours")[0] == "warn"
    assert verdict(found.hours, found.hours.high * 2, "hours")[0] == "pass"
    assert "Measure the model" in verdict(required(need).hours, 1, "hours")[1]
    both = all_required([found, required(ComputeNeed(name="LLM", hours=100, memory=24))])
    assert both.hours.value == pytest.approx(found.hours.value + 100)
    assert both.hours.high == pytest.approx(found.hours.high + 100)
    assert both.memory.value == 24
    assert "1 piece of work left out" in all_required([found, required(ComputeNeed(name="unknown"))]).hours.why


def table(n=200, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    return pd.DataFrame({"id": [f"i{number}" for number in range(n)], "x": x, "z": rng.normal(size=n), "y": np.where(x > 0, "a", "b")})


def test_items_are_paired_and_never_learnt_from_where_they_are_held_back():
    frame = table(60)
    more = pd.concat([frame.drop(index=range(10)), frame.head(5).assign(id=[f"new{n}" for n in range(5)], augmented_from="i20")])
    more = more.reset_index(drop=True)
    first, second = (keyed(problem(one, "y", leave_out=("id", "augmented_from")), one, "id", "y") for one in (frame, more))
    items = shared_items([first, second])
    assert len(items) == 50
    fold_of = held_back(items, None, 5, 0)
    for one in (first, second):
        folds = folds_for(one, fold_of, 5)
        tested = [key for _, test in folds for key in one.keys[test]]
        assert sorted(tested) == sorted(items)
        for train, test in folds:
            assert not set(one.origins[train]) & set(one.keys[test])
    with pytest.raises(BadInput, match="stands there twice"):
        keyed(problem(frame, "y"), frame.assign(id="same"), "id", "y")


def test_groups_are_held_back_together():
    items = [f"i{number}" for number in range(40)]
    groups = np.repeat(np.arange(8), 5)
    fold_of = held_back(items, groups, 4, 0)
    for group in range(8):
        assert len({fold_of[item] for item, of in zip(items, groups, strict=True) if of == group}) == 1


def test_a_gain_is_paired_and_its_interval_covers():
    """Two versions whose models are right equally often: the interval of the gain holds 0 about 95 times in 100."""
    rng = np.random.default_rng(3)
    held = 0
    for trial in range(200):
        both = rng.random(300)
        before, after = (np.where(rng.random(300) < 0.15, rng.random(300), both) < 0.8 for _ in range(2))
        found = gain(before.astype(float), after.astype(float), [], "classification", trial)
        held += found.low <= 0 <= found.high
    assert 0.90 <= held / 200 <= 0.99
    truth = [0.0, 1.0, 2.0, 3.0]
    r_squared = gain(-np.array([1.0, 1, 1, 1]), -np.array([0.0, 0, 0, 0]), truth, "regression")
    assert r_squared.value == pytest.approx(4 / 5)


@pytest.fixture
def work(store, files, settings, project):
    clean = table()
    rng = np.random.default_rng(1)
    dirty = clean.assign(y=np.where(rng.random(len(clean)) < 0.3, np.where(clean["y"] == "a", "b", "a"), clean["y"]))
    store.save(project.id, DataSet(name="forms", structured=True, target="y", id_column="id"), person="ana", id="d")
    for number, frame in enumerate((dirty, clean), 1):
        version = DataVersion(
            data_set="d",
            number=number,
            table=put_table(files, frame),
            source="forms.csv",
            rows=200,
            columns={"id": "text", "x": "number", "z": "number", "y": "category"},
            steps=[{"step": "relabel", "sentence": "Relabel to the majority", "changed": 60}] * (number - 1),
        )
        store.save(project.id, version, person="ana", id=f"v{number}")
    return Work(store, files, settings, project.id, {}, "ana")


def test_cleaner_labels_and_more_data_stand_side_by_side(work):
    growing_work.measure(replace(work, params={"data_version": "v1", "model": "logistic_regression"}))
    run = work.store.get(work.project_id, GrowthRun, "v1").body
    assert [step.rows for step in run.steps] == sizes(133)
    assert all(0 < step.error["value"] < 1 and step.seconds > 0 for step in run.steps)
    better_data_work.measure(replace(work, params={"versions": ["v1", "v2"], "model": "logistic_regression"}))
    found = work.store.get(work.project_id, BetterDataRun, "v1").body
    assert (found.items, found.judge) == (200, 2)
    cleaner, doubled = found.gains
    assert cleaner["what"] == "Relabel to the majority"
    assert cleaner["gain"]["low"] is not None
    assert doubled["name"] == "Twice the data"
    shown = gains_table(found.gains, found.metric)
    assert shown["value"].is_monotonic_decreasing
    assert gains_chart(shown, LIGHT, found.metric).to_dict()["layer"]
    same = replace(work, params={"versions": ["v1", "v2"], "model": "logistic_regression", "judge": "v1"})
    better_data_work.measure(same)
    assert work.store.get(work.project_id, BetterDataRun, "v1").body.judge == 1


def test_more_data_are_measured_on_texts_and_images_too(work, files):
    rng = np.random.default_rng(2)
    texts = [f"{rng.choice(['fine', 'good'] if place % 2 else ['bad', 'late'])} parcel number {place} came" for place in range(120)]
    written = pd.DataFrame({"text": texts, "y": np.where(np.arange(120) % 2, "a", "b")})
    pictures, archive = read_source("digits.zip", digits.as_zip(160))
    for id_, frame, target, kept in (("texts", written, "y", None), ("images", pictures, "label", archive)):
        work.store.save(work.project_id, DataSet(name=id_, structured=False, target=target), person="ana", id=id_)
        version = DataVersion(
            data_set=id_, number=1, table=put_table(files, frame), archive=files.put(kept) if kept else None,
            media="image" if kept else "", source=id_, rows=len(frame), columns=dict.fromkeys(frame, "text"),
        )  # fmt: skip
        work.store.save(work.project_id, version, person="ana", id=id_)
        growing_work.measure(replace(work, params={"data_version": id_, "model": "logistic_regression"}))
        run = work.store.get(work.project_id, GrowthRun, id_).body
        assert run.rows == len(frame)
        assert run.steps[-1].error["value"] < 0.5


def test_what_cannot_be_compared_is_said(work):
    with pytest.raises(BadInput, match="can't be compared with itself"):
        better_data_work.measure(replace(work, params={"versions": ["v1", "v1"], "model": "ridge"}))
    with pytest.raises(BadInput, match="no such model"):
        better_data_work.measure(replace(work, params={"versions": ["v1", "v2"], "model": "ridge"}))
    with pytest.raises(BadInput, match="learns nothing from more"):
        growing_work.measure(replace(work, params={"data_version": "v1", "model": "dummy_prior"}))


def test_the_answer_names_what_buys_most():
    def one(name, value, low, high):
        return {"name": name, "what": "x", "rows": 1, "items": 1, "gain": Estimate(value, low, high).to_dict()}

    better, worse = one("Version 2", 0.05, 0.02, 0.08), one("Version 3", -0.05, -0.08, -0.02)
    assert better_data_answer([worse, better], "accuracy") == "Version 2 buys most: +5.0 points [2.0, 8.0]."
    assert better_data_answer([worse], "accuracy").startswith("None of them helps: the best, version 3, loses")
    assert better_data_answer([one("Version 2", 0.01, -0.02, 0.04)], "R²").startswith("No gain can be told from chance")
    assert better_data_answer([], "accuracy").startswith("Not known")
