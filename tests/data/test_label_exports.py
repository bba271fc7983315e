"""Exports of labelling tools as they write them, and tables in every shape, read as one row a judgement."""

import io
import json
import zipfile

import numpy as np
import pandas as pd
import pytest

from components.data.label_exports import read
from components.data.label_shapes import from_votes, from_wide, settle_repeats, shape_of
from components.errors import BadInput


def choice(value, who, name="sentiment", **more):
    result = [{"type": "choices", "from_name": name, "to_name": "text", "value": {"choices": value}}]
    return {"id": 1, "completed_by": who, "result": result, "was_cancelled": False, "lead_time": 3.5, **more}


LABEL_STUDIO = [
    {
        "id": 7,
        "data": {"text": "It works.", "image": "/data/7.png"},
        "annotations": [
            choice(["Positive"], {"id": 1, "email": "ana@example.com"}),
            choice(["Negative"], 2),
            choice(["Neutral"], 3, was_cancelled=True),
            choice(["Positive"], 9, ground_truth=True),
        ],
        "predictions": [],
    },
    {"id": 8, "data": {"text": "It broke."}, "annotations": [choice(["Negative", "Angry"], 2)]},
    {"id": 9, "data": {"text": "?"}, "annotations": []},
]


def rows(frame, *columns):
    return frame[list(columns)].to_numpy().tolist()


def encoded(value):
    return json.dumps(value).encode()


def test_label_studio():
    found = read("export.json", encoded(LABEL_STUDIO))
    assert rows(found, "item", "annotator", "label") == [
        [7, "ana@example.com", "Positive"],
        [7, "2", "Negative"],
        [8, "2", "Angry + Negative"],
    ]
    assert found["seconds"].tolist() == [3.5] * 3
    assert found["gold"].iloc[0] == "Positive"
    assert found["text"].iloc[0] == "It works."


def test_label_studio_with_two_questions_has_a_column_for_each():
    annotation = choice(["Good"], 1)
    annotation["result"].append({"type": "rating", "from_name": "stars", "value": {"rating": 4}})
    found = read("export.json", encoded([{"id": 1, "data": {}, "annotations": [annotation]}]))
    assert rows(found, "sentiment", "stars") == [["Good", "4"]]


def test_label_studio_short_form():
    found = read("min.json", encoded([{"id": 1, "image": "a.png", "annotator": 4, "annotation_id": 2, "lead_time": 1.0, "quality": "bad"}]))
    assert rows(found, "item", "annotator", "quality", "seconds") == [[1, "4", "bad", 1.0]]


def test_boxes_are_no_labels_of_an_item():
    box = {"type": "rectanglelabels", "from_name": "b", "value": {"x": 1, "y": 2, "rectanglelabels": ["Car"]}}
    tasks = [{"id": 1, "data": {}, "annotations": [{"completed_by": 1, "result": [box]}]}]
    with pytest.raises(BadInput, match="mark parts of an item"):
        read("boxes.json", encoded(tasks))


def test_doccano_in_a_zip_of_one_file_an_annotator():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for who, label in (("ana", "pos"), ("ben", "neg")):
            lines = [{"id": 1, "text": "one", "label": [label]}, {"id": 2, "text": "two", "label": []}]
            packed.writestr(f"{who}.jsonl", "\n".join(map(json.dumps, lines)))
    found = read("doccano.zip", target.getvalue())
    assert rows(found, "item", "annotator", "label") == [[1, "ana", "pos"], [1, "ben", "neg"]]


def test_doccano_with_users_and_with_spans():
    line = {"id": 5, "text": "one", "annotations": [{"label": 3, "user": 1}, {"label": 4, "user": 2}]}
    assert rows(read("all.jsonl", encoded(line)), "item", "annotator", "label") == [[5, "1", "3"], [5, "2", "4"]]
    with pytest.raises(BadInput, match="mark parts"):
        read("spans.jsonl", encoded({"id": 1, "text": "one", "label": [[0, 3, "NUM"]]}))


@pytest.mark.parametrize(
    "responses",
    [
        {"label": [{"value": "pos", "user_id": "u1", "status": "submitted"}, {"value": "neg", "user_id": "u2"}]},
        [
            {"user_id": "u1", "values": {"label": {"value": "pos"}}, "status": "submitted"},
            {"user_id": "u2", "values": {"label": {"value": "neg"}}, "status": "submitted"},
            {"user_id": "u3", "values": {"label": {"value": "neg"}}, "status": "discarded"},
        ],
    ],
)
def test_argilla_by_question_and_by_user(responses):
    record = {"id": "r1", "fields": {"text": "one"}, "responses": responses}
    found = read("argilla.json", encoded([record, {**record, "id": "r2", "responses": {}}]))
    assert rows(found, "item", "annotator", "label") == [["r1", "u1", "pos"], ["r1", "u2", "neg"]]


def test_json_that_is_no_export_is_a_table():
    found = read("plain.json", encoded([{"item": 1, "annotator": "a", "label": "x"}]))
    assert rows(found, "item", "annotator", "label") == [[1, "a", "x"]]
    assert list(read("labels.csv", b"item,annotator,label\n1,a,x\n").columns) == ["item", "annotator", "label"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.json", b"", "is empty"),
        ("a.json", b"{broken", "line 1 isn't JSON"),
        ("a.json", b"[1, 2]", "isn't a list of labelled items"),
        ("a.json", encoded([{"id": 1, "data": {}, "annotations": []}]), "no finished annotations"),
        ("a.zip", b"no zip", "isn't a zip"),
        ("a.jsonl", b"nonsense\n", "isn't JSON"),
    ],
)
def test_what_cannot_be_read_is_said(name, data, said):
    with pytest.raises(BadInput, match=said):
        read(name, data)


def test_a_wide_table_and_a_table_of_votes_are_told_from_a_long_one():
    wide = pd.DataFrame({"image": [1, 2, 3], "Ana": ["x", "y", None], "Ben": ["x", "x", "y"], "Chi": ["y", "x", "x"]})
    votes = pd.DataFrame({"image": [1, 2, 3], "cat": [3, 0, 1], "dog": [0, 3, 2]})
    long = pd.DataFrame({"image": [1, 1, 2], "worker": ["a", "b", "a"], "answer": ["x", "y", "x"]})
    assert [shape_of(frame, "image", "") for frame in (wide, votes, long)] == ["wide", "votes", "long"]
    assert shape_of(wide, "image", "Ana") == "long"
    found = from_wide(wide, "image", ["Ana", "Ben", "Chi"])
    assert len(found) == 8
    counted = from_votes(votes, "image", ["cat", "dog"])
    assert counted.groupby(["item", "label"]).size().to_dict() == {(1, "cat"): 3, (2, "dog"): 3, (3, "cat"): 1, (3, "dog"): 2}
    assert not counted.duplicated(["item", "annotator"]).any()


@pytest.mark.parametrize(
    ("votes", "said"),
    [([[1, -2]], "has “-2” votes"), ([[1, 0.5]], "votes for"), ([["many", 1]], "has “many” votes"), ([[0, 0]], "Nobody voted")],
)
def test_counts_that_are_no_votes_are_said(votes, said):
    frame = pd.DataFrame(votes, columns=["cat", "dog"]).assign(image=1)
    with pytest.raises(BadInput, match=said):
        from_votes(frame, "image", ["cat", "dog"])


def test_an_item_twice_has_no_place_in_a_wide_table():
    frame = pd.DataFrame({"image": [1, 1], "a": ["x", "y"], "b": ["x", "y"]})
    with pytest.raises(BadInput, match="again"):
        from_wide(frame, "image", ["a", "b"])


def test_repeated_answers_are_settled_and_kept_for_agreement_with_oneself():
    frame = pd.DataFrame(
        [(1, "a", "x", "2024-01-02"), (1, "a", "y", "2024-01-01"), (1, "b", "x", "2024-01-01"), (1, "b", np.nan, "2024-01-03")],
        columns=["item", "annotator", "label", "at"],
    )
    first, repeated = settle_repeats(frame, "item", "annotator", "label", "first")
    assert first["label"].tolist() == ["x", "x"]
    assert repeated["label"].tolist() == ["x", "y"]
    assert settle_repeats(frame, "item", "annotator", "label", "last", "at")[0]["label"].tolist() == ["x", "x"]
    assert settle_repeats(frame, "item", "annotator", "label", "last")[0]["label"].tolist() == ["y", "x"]
    assert settle_repeats(frame.tail(2), "item", "annotator", "label", "refuse")[1] is None
