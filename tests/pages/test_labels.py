"""The labels screen: bring a table, read the verdict; what is wrong with a file is said, and nothing is saved."""

import numpy as np
import pandas as pd
import pytest

from components.data.records import AgreementRun
from components.project.data_sets import LabelSet
from components.project.tables import put_table
from tests.pages.conftest import finished

PAGE = "data/labels"


def press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


def judgements(noise, items=60, seed=0, names=("Ana", "Ben", "Chioma")):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, items)
    rows = [(i, a, "xyz"[rng.integers(0, 3) if rng.random() < noise else truth[i]]) for i in range(items) for a in names]
    return pd.DataFrame(rows, columns=["image", "worker", "answer"])


def bring(tab, name, content):
    tab.open(PAGE)
    tab.app.file_uploader(key="labels.upload").set_value((name, content, "text/csv")).run()
    tab.whole()


def measure(tab, installation):
    press(tab.app, "Measure the agreement")
    finished(installation.store(), tab.project_id)
    tab.app.run()
    tab.whole()


def test_empty_it_says_why_and_what_to_bring(tab):
    tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."
    assert "one row a judgement" in tab.text


def test_a_table_is_brought_its_columns_guessed_and_the_verdict_read(tab, installation):
    bring(tab, "round 1.csv", judgements(0.6).to_csv(index=False).encode())
    chosen = [box.value for box in tab.app.selectbox if box.key.startswith(("labels.item", "labels.annotator", "labels.label"))]
    assert chosen == ["image", "worker", "answer"]
    measure(tab, installation)
    run = installation.store().all(tab.project_id, AgreementRun)[0]
    assert run.body.band == "too low"
    assert tab.answer.startswith("α = .")
    assert "not good enough" in tab.answer
    assert "3 annotators, 60 items, 180 judgements" in tab.text
    assert "Too low to go on" in tab.text
    assert "mixed up most" in tab.text
    assert run.body.per_annotator[0]["annotator"] in {"Ana", "Ben", "Chioma"}


def test_the_labels_that_were_just_brought_are_shown(tab, installation):
    bring(tab, "first.csv", judgements(0.6).to_csv(index=False).encode())
    measure(tab, installation)
    bring(tab, "second.csv", judgements(0.0, seed=1).to_csv(index=False).encode())
    measure(tab, installation)
    assert "α = 1.00" in tab.answer
    assert "good enough to train on" in tab.answer
    assert "second.csv" in tab.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"item,annotator,label\n", "no rows"),
        (b"\x00\x01\x02\xff" * 99, "can't be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_once(tab, installation, content, said):
    bring(tab, "labels.csv", content)
    assert said in tab.text or "isn't" in tab.text
    assert not [button for button in tab.app.button if button.label == "Measure the agreement"]
    assert installation.store().all(tab.project_id, LabelSet) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,a,x\n2,a,y\n", "by one annotator"),
        ("1,a,x\n2,b,y\n", "No item was labelled by two annotators"),
        ("1,a,x\n1,a,y\n1,b,x\n", "two different labels"),
        ("1,a,\n1,b,NA\n", "no labels"),
    ],
)
def test_labels_that_cannot_be_measured_are_told_and_not_saved(tab, installation, rows, said):
    bring(tab, "labels.csv", f"item,annotator,label\n{rows}".encode())
    measure(tab, installation)
    assert tab.answer == "labels.csv was not measured."
    assert said in tab.text
    assert "Nothing was saved" in tab.text
    assert "What to do" in tab.text
    assert installation.store().all(tab.project_id, LabelSet) == []
    press(tab.app, "Bring another file")
    assert tab.answer == "Nobody knows yet."


def test_another_encoding_is_offered_and_read(tab, installation):
    table = judgements(0.2).assign(answer=lambda frame: frame["answer"].replace("x", "Käse"))
    bring(tab, "labels.csv", table.to_csv(index=False).encode("cp1252"))
    measure(tab, installation)
    assert tab.answer == "labels.csv was not measured."
    offered = next(button for button in tab.app.button if button.label.startswith("Read it as"))
    offered.click().run()
    finished(installation.store(), tab.project_id)
    tab.app.run()
    tab.whole()
    assert tab.answer.startswith("α = ")


def put_labels(installation, project_id, frame, **fields):
    table = put_table(installation.files(), frame)
    body = LabelSet(name="Here", table=table, item="image", annotator="worker", label="answer", source="here.csv", **fields)
    installation.store().put(project_id, body, person="ana", id="here")


def test_labels_that_are_not_measured_yet_are_measured_on_asking(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.1), simulated="Drawn with seed 0.")
    tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."
    measure(tab, installation)
    assert tab.answer.startswith("α = ")
    assert "Drawn with seed 0." in tab.text


def test_everybody_giving_one_label_has_no_verdict(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.1).assign(answer="x"))
    tab.open(PAGE)
    measure(tab, installation)
    assert tab.answer.startswith("The labellers give the same label 100 % of the time")
    assert "not defined" in tab.text


def test_hostile_names_are_shown_as_text(tab, installation):
    names = ("<script>alert(1)</script>", "**b** [x](javascript:alert(1))", "=cmd()")
    frame = judgements(0.4, names=names).assign(answer=lambda frame: frame["answer"].replace("x", "<img src=x onerror=alert(1)>"))
    put_labels(installation, tab.project_id, frame)
    tab.open(PAGE)
    measure(tab, installation)
    shown = "\n".join(one.value for one in tab.app.markdown)
    assert "<img" not in shown
    assert "<script>" not in shown
    assert "[x](" not in shown


def test_each_view_answers_its_own_question(tab, installation):
    bring(tab, "round.csv", judgements(0.3).to_csv(index=False).encode())
    measure(tab, installation)
    answers = {}
    for view in ("Annotators", "Consensus", "Plan"):
        tab.app.segmented_control(key="labels.view").set_value(view).run()
        tab.whole()
        answers[view] = tab.answer
    assert answers["Annotators"].endswith(("about equally often.", "like most of the others."))
    assert "a sure label" in answers["Consensus"]
    assert "give α an interval .10 wide" in answers["Plan"]


def test_a_wide_table_is_recognised_and_measured(tab, installation):
    wide = judgements(0.2).pivot_table(index="image", columns="worker", values="answer", aggfunc="first").reset_index()
    bring(tab, "wide.csv", wide.to_csv(index=False).encode())
    assert next(box for box in tab.app.selectbox if box.key.startswith("labels.shape")).value == "wide"
    measure(tab, installation)
    assert "3 annotators, 60 items, 180 judgements" in tab.text


def test_repeated_answers_are_refused_or_settled_as_is_said(tab, installation):
    frame = judgements(0.2)
    again = frame.head(6).assign(answer="x")
    bring(tab, "twice.csv", pd.concat([frame, again]).to_csv(index=False).encode())
    next(one for one in tab.app.segmented_control if one.key.startswith("labels.repeats")).set_value("first")
    measure(tab, installation)
    body = installation.store().all(tab.project_id, LabelSet)[0].body
    assert (body.repeats, body.repeated is None) == ("first", False)
    assert "180 judgements" in tab.text
