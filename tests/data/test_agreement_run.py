"""What is saved of an agreement, how it is drawn and worded, and the task that measures labels."""

import json

import numpy as np
import pandas as pd
import pytest

from components.data import label_work
from components.data.agreement import agreement
from components.data.agreement_run import agreement_run
from components.data.label_charts import agreement_chart, agreement_table, annotators_chart, confusion_chart, labels_chart
from components.data.labellers import by_rule
from components.data.records import AgreementRun
from components.data.wording import agreement_answer, agreement_badge, agreement_method, confusion_sentence
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import LabelSet
from components.project.tables import put_table
from components.theme import palette, themed


def judgements(noise=0.3, items=50, label="xyz"):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, len(label), items)
    rows = [
        (i, a, label[rng.integers(0, len(label)) if rng.random() < noise else truth[i]])
        for i in range(items)
        for a in ("Ana", "Ben", "Chi")
    ]
    return pd.DataFrame(rows, columns=["image", "worker", "answer"])


BODY = LabelSet(name="Round 1", table="x", item="image", annotator="worker", label="answer", simulated="Drawn with seed 0.")


@pytest.fixture
def run():
    return agreement_run("here", BODY, judgements())


def test_what_is_saved_is_plain_json_and_comes_back(run):
    text = json.dumps(run.model_dump(mode="json"), allow_nan=False)
    assert AgreementRun(**json.loads(text)) == run
    assert run.simulated == "Drawn with seed 0."
    assert [row["annotator"] for row in run.per_annotator] != []
    assert sum(row["share"] for row in run.confusion) == pytest.approx(1)


def test_what_is_saved_is_what_was_measured(run):
    found = agreement(judgements().set_axis(["item", "annotator", "label"], axis=1))
    pd.testing.assert_frame_equal(pd.DataFrame(run.per_pair), found.per_pair)
    pd.testing.assert_frame_equal(pd.DataFrame(run.per_annotator), found.per_annotator)
    assert (run.shared, run.disputed) == (found.shared, found.disputed)
    assert run.weighted["alpha"] == found.weighted.alpha.to_dict()
    assert run.per_rule == []


def test_the_level_and_the_rule_that_was_cited_are_heeded():
    table = judgements(label="123").assign(because=lambda labels: np.where(labels["image"] < 25, "first", "second"))
    run = agreement_run("here", BODY.model_copy(update={"level": "ordinal", "rule": "because"}), table)
    names = {"image": "item", "worker": "annotator", "answer": "label", "because": "rule"}
    assert (
        run.alpha
        == agreement(table.rename(columns=names), "ordinal").alpha.to_dict()
        != agreement(table.rename(columns=names)).alpha.to_dict()
    )
    assert run.per_rule == by_rule(table.rename(columns=names)).to_dict("records") != []


def test_who_gave_votes_that_were_only_counted_is_not_saved():
    run = agreement_run("here", BODY.model_copy(update={"anonymous": True}), judgements())
    assert (run.per_annotator, run.per_pair) == ([], [])
    assert run.per_label != []


def test_labels_without_any_disagreement_save_and_draw_too():
    run = agreement_run("here", BODY, judgements(label="x"))
    json.dumps(run.model_dump(mode="json"), allow_nan=False)
    assert run.band is None
    assert agreement_badge(run) == ("no verdict", "note")
    drawn = themed(agreement_chart(run, palette(dark=False)), palette(dark=False)).to_dict()
    assert "chance included" in json.dumps(drawn)


@pytest.mark.parametrize("dark", [False, True])
def test_the_charts_name_what_they_show(run, dark):
    colours = palette(dark=dark)
    said = json.dumps(themed(agreement_chart(run, colours), colours).to_dict(), ensure_ascii=False)
    for word in ("Krippendorff's α", "Gwet's AC1", "Fleiss' κ", "tentative", "good"):
        assert word in said
    assert "Ana" in json.dumps(annotators_chart(pd.DataFrame(run.per_annotator), colours).to_dict())
    assert "“x”" in json.dumps(labels_chart(pd.DataFrame(run.per_label), colours).to_dict(), ensure_ascii=False)
    drawn = confusion_chart(pd.DataFrame(run.confusion), colours).to_dict()
    cells = next(iter(drawn["datasets"].values()))
    assert len(cells) == 9
    top = run.confusion[0]
    shown = {(cell["label"], cell["other"]): cell["text"] for cell in cells}
    assert shown[top["label"], top["other"]] == shown[top["other"], top["label"]] == f"{100 * top['share']:.0f}"
    assert shown["x", "x"] == ""


def test_the_table_behind_the_chart_holds_every_measure(run):
    table = agreement_table(run).set_index("name")
    assert table.loc["Krippendorff's α", "value"] == run.alpha["value"]
    assert np.isnan(table.loc["Cohen's κ", "value"])
    assert "two annotators" in table.loc["Cohen's κ", "why"]


@pytest.mark.parametrize(("noise", "verdict", "kind"), [(0.0, "good enough to train on", "pass"), (0.7, "not good enough", "fail")])
def test_the_verdict_is_read_from_the_interval(noise, verdict, kind):
    run = agreement_run("here", BODY, judgements(noise))
    assert agreement_answer(run).endswith(f"{verdict}.")
    assert agreement_badge(run)[1] == kind
    assert "3 annotators, 50 items, 150 judgements" in agreement_method(run)


def test_the_sentence_on_confusion_names_the_two_labels(run):
    top = run.confusion[0]
    assert f"“{top['label']}” and “{top['other']}”" in confusion_sentence(run)


@pytest.fixture
def work(store, files, settings, project):
    def made(**params):
        return Work(store, files, settings, project.id, params, "ana")

    return made


COLUMNS = {"item": "image", "annotator": "worker", "label": "answer"}


def test_a_file_of_labels_is_read_measured_and_saved(work, store, files, project):
    file = files.put(judgements().to_csv(index=False).encode())
    found = label_work.measure(work(name="round.csv", file=file, **COLUMNS, data_set="digits", structured=True))
    body = store.get(project.id, LabelSet, found["label_set"]).body
    assert (body.name, body.source, body.data_set, body.structured) == ("round", "round.csv", "digits", True)
    run = store.get(project.id, AgreementRun, found["label_set"]).body
    assert (run.items, run.annotators, run.labels) == (50, 3, 150)


@pytest.mark.parametrize(
    ("columns", "said"),
    [({**COLUMNS, "label": "verdict"}, "no column “verdict”"), ({**COLUMNS, "gold": "answer"}, "two things at once")],
)
def test_wrong_columns_are_said_and_nothing_is_saved(work, store, files, project, columns, said):
    file = files.put(judgements().to_csv(index=False).encode())
    with pytest.raises(BadInput, match=said):
        label_work.measure(work(name="round.csv", file=file, **columns))
    assert store.all(project.id, LabelSet) == []


def test_labels_that_are_here_are_measured_again(work, store, files, project):
    body = BODY.model_copy(update={"table": put_table(files, judgements())})
    store.put(project.id, body, person="ana", id="here")
    label_work.again(work(label_set="here"))
    assert store.get(project.id, AgreementRun, "here").body.labels == 150
    with pytest.raises(BadInput, match="aren't here"):
        label_work.again(work(label_set="gone"))
