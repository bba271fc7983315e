"""Consensus by majority and by Dawid and Skene: published values, and what can't be estimated."""

import numpy as np
import pandas as pd
import pytest

from components.data import consensus
from components.data.consensus import dawid_skene, fitted, majority
from components.data.label_items import entropy, items, likely_wrong, right
from components.errors import BadInput
from components.stats.label_counts import label_counts


def crowd(items=300, skills=(0.95, 0.9, 0.3, 0.2, 0.2), labels=3, seed=0):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, labels, items)
    rows = [
        (i, f"p{p}", "xyz"[truth[i] if rng.random() < skill else rng.integers(0, labels)])
        for i in range(items)
        for p, skill in enumerate(skills)
    ]
    return pd.DataFrame(rows, columns=["item", "annotator", "label"]), np.array(list("xyz"))[truth]


def test_weighing_annotators_beats_counting_them():
    table, truth = crowd()
    by_majority, weighed = ((method(table)["label"] == truth).mean() for method in (majority, dawid_skene))
    assert weighed > by_majority + 0.03
    assert list(majority(table).columns) == ["item", "label", "probability"] == list(dawid_skene(table).columns)


def test_the_posterior_is_a_probability_that_means_what_it_says():
    table, truth = crowd(2000)
    found = dawid_skene(table)
    sure = found["probability"] > 0.9
    assert found["probability"].between(1 / 3, 1).all()
    assert (found["label"] == truth)[sure].mean() > 0.9


def test_single_precision_gives_the_same_consensus(monkeypatch):
    table, _ = crowd()
    exact = fitted(label_counts(table))
    monkeypatch.setattr(consensus, "MOST_DOUBLE", 10)
    single = fitted(label_counts(table))
    assert single.probabilities == pytest.approx(exact.probabilities, abs=1e-3)


def test_the_model_learns_who_mistakes_what_for_what():
    table, _ = crowd(1000)
    model = fitted(label_counts(table))
    assert model.converged
    assert model.confusion.sum(axis=2) == pytest.approx(np.ones((5, 3)))
    diagonal = np.trace(model.confusion, axis1=1, axis2=2) / 3
    assert list(np.argsort(-diagonal)[:2]) == [0, 1]


def test_too_many_classes_are_refused_with_the_way_out():
    rows = [(i, a, f"class {i % 4000}") for i in range(4000) for a in "abcd"]
    with pytest.raises(BadInput, match="Take the majority"):
        dawid_skene(pd.DataFrame(rows, columns=["item", "annotator", "label"]))


def test_one_annotator_and_one_label_have_a_consensus_too():
    alone = pd.DataFrame([(1, "a", "x"), (2, "a", "y")], columns=["item", "annotator", "label"])
    assert dawid_skene(alone)["label"].tolist() == ["x", "y"]
    same = pd.DataFrame([(i, a, "x") for i in range(3) for a in "ab"], columns=["item", "annotator", "label"])
    assert dawid_skene(same)["probability"].tolist() == [1, 1, 1]


def test_items_say_how_split_they_are():
    rows = [(1, "a", "x"), (1, "b", "y"), (2, "a", "x"), (2, "b", "x"), (3, "a", "y"), (3, "b", "y")]
    coded = label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    found = items(coded, None).set_index("item")
    assert found["entropy"].tolist() == [1, 0, 0]
    assert found["tied"].tolist() == [True, False, False]
    assert entropy(np.array([[3.0, 1.0]]))[0] == pytest.approx(0.8113, abs=1e-4)


def test_judgements_against_a_sure_consensus_are_named():
    rows = [(i, a, "xy"[i % 2]) for i in range(20) for a in "abcd"]
    rows[7] = (1, "d", "x")
    coded = label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    found = likely_wrong(coded, fitted(coded))
    assert found[["item", "annotator", "label", "consensus"]].to_numpy().tolist() == [["1", "d", "x", "y"]]
    gold = pd.Series({str(i): "xy"[i % 2] for i in range(10)})
    assert right(items(coded, fitted(coded)), "label", gold).value == 1
    assert right(items(coded, fitted(coded)), "label", gold).n == 10
