"""Human level: leave-one-out by hand, gold against Wilson, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from components.errors import BadInput
from components.modelling.human_level import human_level
from components.modelling.human_level_run import human_level_of
from components.project.data_sets import LabelSet
from components.stats.intervals import wilson


def table(rows):
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def crowd(items, error, annotators=5, seed=0):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 10, items)
    rows = []
    for name in "abcdefgh"[:annotators]:
        wrong = rng.random(items) < error
        rows += [(item, name, str((truth[item] + int(wrong[item])) % 10)) for item in range(items)]
    return table(rows), pd.DataFrame({"item": range(items), "gold": truth.astype(str)})


def test_leave_one_out_by_hand():
    # item 1: a, b say x and c says y: a and b face a tie of the others (x, y); c is wrong. Item 2: all say x: three right
    rows = [(1, "a", "x"), (1, "b", "x"), (1, "c", "y"), (2, "a", "x"), (2, "b", "x"), (2, "c", "x")]
    found = human_level(table(rows))
    assert (found.accuracy.value, found.ties, found.judgements) == (0.75, 2, 4)
    assert found.per_annotator.set_index("annotator")["accuracy"].to_dict() == {"a": 1.0, "b": 1.0, "c": 0.5}


def test_against_gold_it_is_the_share_that_is_right():
    labels, gold = crowd(400, 0.1)
    found = human_level(labels, gold)
    merged = labels.merge(gold, on="item")
    assert found.accuracy.value == pytest.approx((merged["label"] == merged["gold"]).mean(), abs=1e-12)
    assert found.accuracy.low < 0.9 < found.accuracy.high
    assert found.against == "gold"


def test_one_judgement_an_item_against_gold_has_wilsons_interval():
    labels, gold = crowd(200, 0.1, annotators=1)
    found = human_level(labels, gold).accuracy
    expected = wilson(round(found.value * 200), 200)
    assert (found.low, found.high) == (expected.low, expected.high)


def test_when_every_judgement_is_right_the_limit_is_the_rule_of_threes():
    labels, gold = crowd(100, 0.0)
    found = human_level(labels, gold).accuracy
    assert found.value == 1
    assert found.low == pytest.approx(1 - 0.0295, abs=1e-3)
    assert "rule of three" in found.why


def test_the_interval_covers_the_accuracy_of_the_crowd():
    covered = 0
    for seed in range(100):
        labels, gold = crowd(120, 0.08, seed=seed)
        estimate = human_level(labels, gold, seed=seed).accuracy
        covered += estimate.low <= 0.92 <= estimate.high
    assert 89 <= covered <= 100


@pytest.mark.parametrize(
    ("annotators", "gold", "sentence"),
    [
        (1, None, "1 annotator can't be held"),
        (2, None, "2 annotators can't be held"),
        (3, pd.DataFrame({"item": ["zz"], "gold": ["1"]}), "None of"),
    ],
)
def test_what_cannot_be_measured_is_said(annotators, gold, sentence):
    labels, _ = crowd(10, 0.1, annotators=annotators)
    with pytest.raises(BadInput, match=sentence):
        human_level(labels, gold)


def test_gold_that_contradicts_itself_is_refused():
    labels, _ = crowd(10, 0.1)
    with pytest.raises(BadInput, match="two different gold labels"):
        human_level(labels, pd.DataFrame({"item": [1, 1], "gold": ["1", "2"]}))


def test_structured_data_is_refused_with_the_reason():
    labels, _ = crowd(10, 0.1)
    with pytest.raises(BadInput, match="no benchmark for structured data"):
        human_level_of(LabelSet(name="table", table="x", structured=True), labels)
