"""What is saved of human level, how it is drawn and worded, and the task that measures it."""

import json

import numpy as np
import pandas as pd
import pytest

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import human_level_work
from components.modelling.charts import people_chart
from components.modelling.human_level_run import human_level_run
from components.modelling.records import HumanLevelRun
from components.modelling.wording import people_method, people_note
from components.project.data_sets import LabelSet
from components.project.tables import put_table
from components.stats.estimate import Estimate
from components.theme import palette


def judgements(items=60):
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 4, items)
    rows = [(i, a, int((truth[i] + (rng.random() < 0.1)) % 4), truth[i]) for i in range(items) for a in ("Ana", "Ben", "Chi")]
    rows.append((0, "Dev", None, truth[0]))
    rows.append((999, "Eva", 1, None))
    return pd.DataFrame(rows, columns=["item", "annotator", "label", "gold"])


BODY = LabelSet(name="Round 1", table="x")


def test_what_is_saved_is_plain_json_and_comes_back():
    run = human_level_run("here", BODY, judgements())
    text = json.dumps(run.model_dump(mode="json"), allow_nan=False)
    assert HumanLevelRun(**json.loads(text)) == run
    assert run.per_annotator[-1] == {"annotator": "Eva", "labels": 0, "accuracy": None, "low": None, "high": None}


def test_gold_in_a_column_of_the_labels_is_used():
    run = human_level_run("here", BODY.model_copy(update={"gold": "gold"}), judgements())
    table = judgements().dropna(subset=["label", "gold"])
    assert run.against == "gold"
    assert run.accuracy["value"] == pytest.approx((table["label"] == table["gold"]).mean())
    assert "others tied" not in people_note(run)


def test_without_gold_the_ties_are_told():
    run = human_level_run("here", BODY, judgements())
    assert f"{run.ties} judgement" in people_note(run)
    assert "the majority of the others" in people_method(run, None)


def test_who_could_not_be_compared_is_not_drawn():
    run = human_level_run("here", BODY, judgements())
    drawn = json.dumps(
        people_chart(pd.DataFrame(run.per_annotator), palette(dark=False), team=Estimate(**run.accuracy), target=0.95).to_dict()
    )
    assert "Ana" in drawn
    assert "Eva" not in drawn
    assert "target" in drawn


def test_the_task_saves_under_the_labels_id(store, files, settings, project):
    body = BODY.model_copy(update={"table": put_table(files, judgements())})
    store.put(project.id, body, person="ana", id="here")
    human_level_work.measure(Work(store, files, settings, project.id, {"label_set": "here"}, "ana"))
    assert store.get(project.id, HumanLevelRun, "here").body.items == 60
    with pytest.raises(BadInput, match="aren't here"):
        human_level_work.measure(Work(store, files, settings, project.id, {"label_set": "gone"}, "ana"))


def test_the_task_refuses_structured_data_and_saves_nothing(store, files, settings, project):
    body = BODY.model_copy(update={"table": put_table(files, judgements()), "structured": True})
    store.put(project.id, body, person="ana", id="here")
    with pytest.raises(BadInput, match="no benchmark for structured data"):
        human_level_work.measure(Work(store, files, settings, project.id, {"label_set": "here"}, "ana"))
    assert store.get(project.id, HumanLevelRun, "here") is None
