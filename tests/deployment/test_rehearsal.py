"""A rehearsal: its sentences, what is saved of it, and how it is drawn."""

import json
from xml.etree import ElementTree

import pytest
import vl_convert
from pydantic import ValidationError

from components.deployment.charts import evidence_chart
from components.deployment.parts import Step
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.records import ROLLOUT, RolloutPlan, RolloutRun
from components.deployment.rehearsal import described, rehearse, times_as_bad
from components.errors import BadInput
from components.stats.estimate import Estimate
from components.theme import palette, themed


@pytest.fixture(scope="module")
def standard():
    return rehearse(Plan(), 2.0, runs=400, seed=5)


@pytest.fixture(scope="module")
def blind():
    return rehearse(read_plan({"steps": [{"share": 0.01, "windows": 10}]}), 1.5, runs=200)


def test_the_answer_says_what_it_takes(standard):
    windows, bad = standard.harmful.windows_to_roll_back(), round(standard.harmful.bad_decisions.value)
    assert standard.answer == f"If the model is twice as bad, this canary stops it after {windows:.0f} windows and {bad} bad decisions."
    assert standard.harmful.plan.risk_ratio == 2
    assert standard.harmless.plan.risk_ratio == 1


def test_the_method_says_that_it_is_simulated_and_how_many_good_models_are_stopped(standard):
    assert standard.method.startswith(
        "Simulated: 400 runs of seed 5, 1,000 requests a window, failure rate 5.0 % → 10.0 %, e-process, α .05, margin .25."
    )
    share = standard.harmless.rolled_back
    assert (
        f"Of good models, {100 * share.value:.1f} in 100 [{100 * share.low:.1f}, {100 * share.high:.1f}] are rolled back."
        in standard.method
    )


def test_a_ramp_that_ends_too_early_says_so(blind):
    assert blind.harmful.windows_to_roll_back() is None
    assert "stops it in only" in blind.answer
    assert "The harmful model is stopped in" in blind.method
    assert blind.stopped_after == "not stopped in most rollouts"


@pytest.mark.parametrize(("ratio", "words"), [(2.0, "twice"), (1.5, "1.5 times"), (3.0, "3 times")])
def test_times_as_bad(ratio, words):
    assert times_as_bad(ratio) == words


def test_harm_beyond_every_decision_is_refused():
    with pytest.raises(BadInput, match="more than every decision"):
        rehearse(Plan(failure_rate=0.6), 2.0)


def test_what_is_saved_reads_back_and_says_how_it_was_simulated(standard, store, project):
    record = standard.record()
    assert record.simulated == "400 simulated rollouts, seed 5."
    store.put(project.id, record, person="ana", id=ROLLOUT)
    read = store.get(project.id, RolloutRun, ROLLOUT).body
    assert read == RolloutRun.model_validate(json.loads(record.model_dump_json()))
    assert Estimate(**read.bad_decisions) == standard.harmful.bad_decisions
    assert Estimate(**read.false_rollbacks) == standard.harmless.rolled_back
    assert read.windows_to_roll_back == standard.harmful.windows_to_roll_back()
    again = rehearse(read.plan, read.harm, read.runs, read.seed)
    assert again.record() == record


def test_a_run_without_a_word_on_its_simulation_is_no_record(standard):
    with pytest.raises(ValidationError, match="simulated"):
        RolloutRun(**{**standard.record().model_dump(), "simulated": ""})


def test_a_plan_in_one_line():
    body = RolloutPlan(plan=Plan(steps=(Step(share=0.01, windows=1), Step(share=0.5, windows=20))), harm=3)
    assert described(body) == (
        "Canary, 1,000 requests a window; 1 % for 1 window and 50 % for 20 windows; failure rate 5.0 %; "
        "harm 3 times as bad; e-process, α .05, margin .25."
    )


def test_the_table_behind_the_picture(standard):
    table = standard.table
    assert list(table.columns) == [
        *("window", "share", "twice as bad: median", "twice as bad: low", "twice as bad: high"),
        *("as good: median", "as good: low", "as good: high"),
    ]
    assert table["window"].tolist() == list(range(1, 76))
    assert table["share"].iloc[[0, 29, 30, 74]].tolist() == [0.01, 0.01, 0.05, 0.5]


# --- the picture


def texts(chart, dark=False):
    drawn = vl_convert.vegalite_to_svg(themed(chart.properties(width=700), palette(dark)).to_json())
    return [node.text for node in ElementTree.fromstring(drawn).iter() if node.text], drawn


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_speaks_in_words(standard, dark):
    found, drawn = texts(evidence_chart(standard, palette(dark)), dark)
    for word in ("roll back", "no evidence", "promote", "traffic", "twice as bad", "as good as before", "1 %", "50 %"):
        assert word in found
    assert standard.stopped_after in found
    assert "window of 1,000 requests" in found
    assert palette(dark).failed in drawn
    assert palette(dark).model in drawn
    assert 'stroke-dasharray="5,4"' in drawn


def layers_of(chart, mark):
    return [layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == mark]


def test_the_marks_keep_to_the_grammar(standard):
    chart = evidence_chart(standard, palette())
    assert [layer["mark"]["strokeWidth"] for layer in layers_of(chart, "line")] == [3, 3]
    assert {layer["mark"]["opacity"] for layer in layers_of(chart, "area")} == {0.2}
    assert len(layers_of(chart, "point")) == 2
    domains = {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in chart.to_dict()["layer"] if "x" in layer["encoding"]}
    assert domains == {(0, 75)}


def test_nothing_is_marked_as_decided_that_was_not(blind):
    chart = evidence_chart(blind, palette())
    assert not layers_of(chart, "point")
    assert not any("windows [" in text for text in texts(chart)[0])


def test_one_run_is_drawn_on_top(standard):
    plain, with_run = (layers_of(evidence_chart(standard, palette(), log), "line") for log in (None, standard.harmful.log(0)))
    assert len(with_run) == len(plain) + 1
    texts(evidence_chart(standard, palette(), standard.harmful.log(0).head(1)))


def test_a_long_ramp_stays_light():
    long = rehearse(read_plan({"steps": [{"share": 0.02, "windows": 2000}], "requests_per_window": 100}), 1.2, runs=50)
    assert len(evidence_chart(long, palette()).to_json()) < 150_000
