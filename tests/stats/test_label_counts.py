"""Coding a long table of labels, and each judgement against the others."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.errors import BadInput
from components.stats.label_counts import label_counts, named_columns
from components.stats.leave_one_out import leave_one_out


def table(*rows):
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def test_counts_items_by_labels():
    coded = label_counts(table(("a", "x", "cat"), ("a", "y", "dog"), ("b", "x", "cat")))
    assert coded.counts.tolist() == [[1, 1], [1, 0]]
    assert coded.labels.tolist() == ["cat", "dog"]
    assert coded.judgements == 3


@pytest.mark.parametrize("missing", ["", "NA", "nan", "NULL", " None ", None, np.nan])
def test_a_missing_label_is_never_a_category(missing):
    coded = label_counts(table(("a", "x", "cat"), ("a", "y", missing), ("b", "y", "dog")))
    assert coded.labels.tolist() == ["cat", "dog"]
    assert coded.judgements == 2


def test_the_same_answer_twice_counts_once():
    assert label_counts(table(("a", "x", "cat"), ("a", "x", "cat"), ("a", "y", "cat"))).judgements == 2


def test_two_different_answers_are_refused_and_named():
    with pytest.raises(BadInput, match="x on item a"):
        label_counts(table(("a", "x", "cat"), ("a", "x", "dog")))


def test_numbers_are_ordered_as_numbers_and_float_and_whole_are_one():
    coded = label_counts(table((1, "x", 10.0), (1, "y", 9.0), (2, "x", 10.0)), numeric=True)
    assert coded.labels.tolist() == ["9", "10"]


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (table(), "no labels"),
        (table(("a", "x", None)), "no labels"),
        (table((None, "x", "cat")), "no item"),
        (table(("a", None, "cat")), "no annotator"),
        (pd.DataFrame({"item": [1], "label": [2]}), "no column “annotator”"),
    ],
)
def test_what_cannot_be_coded_is_said(frame, sentence):
    with pytest.raises(BadInput, match=sentence):
        label_counts(frame)


def test_words_cannot_be_ordinal():
    with pytest.raises(BadInput, match="not a number"):
        label_counts(table(("a", "x", "cat"), ("a", "y", "2")), numeric=True)


def slow_leave_one_out(frame):
    results = []
    for row in frame.itertuples():
        others = frame[(frame["item"] == row.item) & (frame["annotator"] != row.annotator)]["label"].value_counts()
        top = others[others == others.max()].index.tolist() if len(others) else []
        results.append("none" if not top else "tie" if len(top) > 1 else "right" if top[0] == row.label else "wrong")
    return results


@settings(max_examples=150)
@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 5)), st.sampled_from("abc"), min_size=1, max_size=24))
def test_leave_one_out_is_what_counting_by_hand_gives(answers):
    frame = table(*[(item, annotator, label) for (item, annotator), label in answers.items()]).astype(str)
    coded = label_counts(frame)
    found = leave_one_out(coded)
    names = np.where(found.tied, "tie", np.where(~found.judged, "none", np.where(found.correct, "right", "wrong")))
    assert names.tolist() == slow_leave_one_out(frame)


def test_contradictions_are_counted_and_listed():
    rows = [(item, "x", label) for item in range(9) for label in ("cat", "dog")]
    with pytest.raises(BadInput, match="9 times; first x on item 0") as error:
        label_counts(table(*rows))
    assert error.value.lines == [f"{item}: x" for item in range(6)]


def test_infinity_is_neither_a_name_nor_a_label():
    with pytest.raises(BadInput, match="infinity"):
        label_counts(table((1, "x", 1.0), (1, "y", np.inf)))


@pytest.mark.parametrize("as_type", ["object", "str", "category"])
def test_columns_of_any_type_give_the_same_counts(as_type):
    frame = table(*[(item, worker, label) for item in "ab" for worker, label in (("x", "1"), ("y", "2"))])
    coded = label_counts(frame.astype(as_type))
    assert coded.counts.tolist() == [[1, 1], [1, 1]]
    assert coded.annotators.tolist() == ["x", "y"]


def test_mixed_types_are_compared_as_text():
    frame = pd.DataFrame({"item": [1, "1", 2.0, " 2 "], "annotator": ["x", "y", "x", "y"], "label": [1, "1.0", "b", " b "]}, dtype=object)
    coded = label_counts(frame)
    assert coded.items.tolist() == ["1", "2"]
    assert coded.counts.tolist() == [[2, 0], [0, 2]]


def test_leading_zeros_are_kept_apart_as_names_and_are_one_as_numbers():
    rows = table((1, "x", "01"), (1, "y", "1"))
    assert len(label_counts(rows).labels) == 2
    assert len(label_counts(rows, numeric=True).labels) == 1


def test_names_that_only_unlabelled_rows_have_are_left_out():
    coded = label_counts(table((1, "x", "cat"), (2, "z", None), (1, "y", "cat")))
    assert coded.items.tolist() == ["1"]
    assert coded.annotators.tolist() == ["x", "y"]


def test_too_many_labels_on_too_many_items_are_refused_before_memory_runs_out(monkeypatch):
    monkeypatch.setattr("components.stats.label_counts.MOST_CELLS", 8)
    with pytest.raises(BadInput, match="too many to compare"):
        label_counts(table(*[(item, "x", f"label {item}") for item in range(3)]))


def test_columns_get_the_names_that_they_stand_for_and_one_is_not_two_things():
    frame = pd.DataFrame({"image": [1], "who": ["a"], "says": ["x"]})
    assert named_columns(frame, item="image", label="says").to_dict("list") == {"item": [1], "label": ["x"]}
    with pytest.raises(BadInput) as refused:
        named_columns(frame, item="image", label="image")
    assert str(refused.value) == "The column “image” can't be two things at once. Choose another column for one of them."
    with pytest.raises(BadInput):
        named_columns(frame, item="image", label="nowhere")
