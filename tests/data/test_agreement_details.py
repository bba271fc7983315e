"""Where agreement is lost, against counting by hand and scikit-learn; and what is said about the figures."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from components.data.agreement_details import by_annotator, by_label, by_pair, confusion, two_annotators
from components.data.agreement_notes import odd_labels, paradox, rests_on
from components.data.disagreement import alpha_estimate
from components.stats.estimate import Estimate
from components.stats.intervals import wilson
from components.stats.label_counts import label_counts

LABELS = np.array(["cat", "dog", "fox", "owl"])


def crowd(annotators=4, items=60, missing=0.25, seed=5):
    """A long table of labels: each annotator is wrong now and then, later ones more often, some cells are missing."""
    rng = np.random.default_rng(seed)
    truth, rows = rng.choice(4, items, p=[0.5, 0.3, 0.15, 0.05]), []
    for place in range(annotators):
        said = np.where(rng.random(items) < 0.1 + 0.1 * place, rng.integers(0, 4, items), truth)
        rows += [(f"i{item}", "abcdefgh"[place], LABELS[said[item]]) for item in range(items) if rng.random() >= missing * (place + 1) / 2]
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def wide(table):
    return table.pivot(index="item", columns="annotator", values="label")


def test_each_label_is_held_against_all_others_and_the_most_frequent_comes_first():
    table = crowd()
    found = by_label(label_counts(table), seed=3)
    counted = table["label"].value_counts()
    assert list(found.columns) == ["label", "labels", "share", "alpha", "low", "high"]
    assert dict(zip(found["label"], found["labels"], strict=True)) == counted.to_dict()
    assert found["labels"].is_monotonic_decreasing
    assert found["share"].to_numpy() == pytest.approx(found["labels"].to_numpy() / len(table))
    for row in found.itertuples():
        two = label_counts(table.assign(label=np.where(table["label"] == row.label, "this", "other")))
        alone = alpha_estimate(two.counts, np.array([0.0, 1.0]), "nominal", 3)
        assert row.alpha == pytest.approx(alone.value)
        assert row.low < row.alpha < row.high
    again = by_label(label_counts(table), seed=3)
    pd.testing.assert_frame_equal(found, again)


def test_each_annotator_is_held_against_the_majority_of_the_others_and_the_least_agreeing_comes_first():
    table = crowd(annotators=3, missing=0)
    found, answers = by_annotator(label_counts(table)), wide(table)
    assert list(found.columns) == ["annotator", "labels", "compared", "agrees", "low", "high"]
    assert found["agrees"].is_monotonic_increasing
    for row in found.itertuples():
        others = answers.drop(columns=row.annotator)
        decided = others.iloc[:, 0] == others.iloc[:, 1]  # of two others there is a majority where they agree
        right = int((answers[row.annotator] == others.iloc[:, 0])[decided].sum())
        assert (row.labels, row.compared) == (len(answers), int(decided.sum()))
        share = wilson(right, int(decided.sum()))
        assert (row.agrees, row.low, row.high) == pytest.approx((share.value, share.low, share.high))


def test_whoever_shares_no_item_is_listed_last():
    table = pd.concat([crowd(2, 10, 0), pd.DataFrame({"item": ["z"], "annotator": ["alone"], "label": ["cat"]})])
    found = by_annotator(label_counts(table))
    assert found["annotator"].iloc[-1] == "alone"
    assert np.isnan(found["agrees"].iloc[-1])
    assert list(found.index) == [0, 1, 2]


def test_pairs_are_those_of_scikit_learn_and_whoever_shares_most_comes_first():
    table = crowd()
    found, answers = by_pair(label_counts(table)), wide(table)
    assert list(found.columns) == ["first", "second", "items", "percent", "low", "high", "cohen"]
    assert len(found) == 6
    assert found["items"].is_monotonic_decreasing
    for row in found.itertuples():
        both = answers[[row.first, row.second]].dropna()
        same = wilson(int((both[row.first] == both[row.second]).sum()), len(both))
        assert row.items == len(both)
        assert (row.percent, row.low, row.high) == pytest.approx((same.value, same.low, same.high))
        assert row.cohen == pytest.approx(cohen_kappa_score(both[row.first], both[row.second]))


def test_labels_taken_for_one_another_are_counted_pair_by_pair():
    table = crowd()
    wanted: dict[frozenset[str], int] = {}
    for _, answers in table.groupby("item")["label"]:
        given = list(answers)
        for place, one in enumerate(given):
            for other in given[place + 1 :]:
                if one != other:
                    wanted[frozenset((one, other))] = wanted.get(frozenset((one, other)), 0) + 1
    found = confusion(label_counts(table))
    assert {frozenset((row.label, row.other)): row.pairs for row in found.itertuples()} == wanted
    assert found["pairs"].is_monotonic_decreasing
    assert found["share"].to_numpy() == pytest.approx(found["pairs"].to_numpy() / sum(wanted.values()))


def test_two_annotators_have_scikit_learns_kappa_on_the_items_that_both_labelled():
    table = crowd(annotators=2)
    answers = wide(table).dropna()
    found = two_annotators(label_counts(table), seed=1)
    kappa = cohen_kappa_score(answers["a"], answers["b"])
    assert found.value == pytest.approx(kappa)
    assert found.n == len(answers)
    rng = np.random.default_rng(9)
    drawn = [answers.iloc[rng.integers(0, len(answers), len(answers))] for _ in range(400)]
    low, high = np.quantile([cohen_kappa_score(one["a"], one["b"]) for one in drawn], [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.06)


def test_two_who_always_give_one_label_have_no_kappa():
    table = pd.DataFrame([(item, who, "cat") for item in range(9) for who in "ab"], columns=["item", "annotator", "label"])
    assert two_annotators(label_counts(table), seed=1).value is None


def note_of(percent, alpha, ac1, level="nominal", rare=1):
    table = pd.DataFrame(
        [(item, who, "dog" if item < rare else "cat") for item in range(20) for who in "ab"], columns=["item", "annotator", "label"]
    )
    return paradox(label_counts(table), level, Estimate(percent), Estimate(alpha), Estimate(ac1))


def test_why_two_figures_differ_is_said_only_where_they_do():
    told = note_of(0.95, 0.1, 0.94)
    assert told == (
        "Annotators give the same label 95.0 % of the time, yet α is only .10: “cat” is 95.0 % of all labels, so chance alone would agree "
        "nearly as often. AC1 (.94) corrects for that differently; look at both."
    )
    assert note_of(0.95, 0.1, 0.3) == ""
    assert note_of(0.95, 0.1, 0.31) != ""
    assert note_of(0.4, 0.1, 0.5) == ""
    assert note_of(0.5, 0.1, 0.5) != ""
    assert note_of(0.95, 0.9, 0.3) == ""
    assert [note_of(*figures) for figures in ((None, 0.1, 0.9), (0.9, None, 0.9), (0.9, 0.1, None))] == ["", "", ""]
    apart = "α (.90) weighs how far labels lie apart, AC1 (.30) only whether they are the same."
    assert note_of(0.95, 0.9, 0.3, "ordinal") == apart
    three = pd.DataFrame([(item, who, "123"[item % 3]) for item in range(21) for who in "ab"], columns=["item", "annotator", "label"])
    figures = Estimate(0.95), Estimate(0.1), Estimate(0.9)
    assert paradox(label_counts(three), "ordinal", *figures) == apart.replace("(.90)", "(.10)").replace("(.30)", "(.90)")
    assert "chance alone" in paradox(label_counts(three), "nominal", *figures)
    assert "chance alone" in note_of(0.95, 0.1, 0.9, "ordinal", rare=9)


def test_what_the_figures_rest_on_is_said_where_it_is_little():
    once = pd.DataFrame([(f"o{item}", "a", "cat") for item in range(41)], columns=["item", "annotator", "label"])
    table = crowd(2, 40, 0)
    assert rests_on(label_counts(table), Estimate(0.5, 0.4, 0.6)) == ""
    told = rests_on(label_counts(pd.concat([table, once])), Estimate(0.5, 0.4, 0.6))
    assert told == "Only 40 of 81 items have two labels; all figures rest on those."
    assert rests_on(label_counts(pd.concat([table, once[:40]])), Estimate(0.5, 0.4, 0.6)) == ""
    assert rests_on(label_counts(pd.concat([table, once])), Estimate(0.5)) == ""


@pytest.mark.parametrize(("rare", "said"), [(9, True), (10, False)])
def test_few_items_of_the_rarer_labels_make_intervals_that_promise_too_much(rare, said):
    rows = [(item, who, "dog" if item < rare else "cat") for item in range(50) for who in "ab"]
    coded = label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    told = rests_on(coded, Estimate(0.9, 0.8, 0.95))
    assert (f"Only {rare} items of 50 hold another label than “cat”" in told) == said
    assert rests_on(coded, Estimate(1.0, 0.9, 1.0)) == ""


def test_labels_that_may_be_one_are_named():
    def of(*labels, level="nominal"):
        rows = [(item, who, label) for item, label in enumerate(labels) for who in "ab"]
        return odd_labels(label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"])), level)

    assert of("cat", "dog", "cat") == ""
    assert of("Big  cat", "big cat") == "“Big  cat” and “big cat” count as two labels; write them alike if they mean the same."
    assert of("1", "two") == "Labels mix numbers and words (“1”, “two”); each is taken as a name."
    assert of("1", "two", level="ordinal") == ""
    assert of("1", "2") == ""
    many = [f"text {number}" for number in range(21)]
    assert of(*many) == ""
    once = pd.DataFrame([(number, "a", text) for number, text in enumerate(many)], columns=["item", "annotator", "label"])
    assert odd_labels(label_counts(once), "nominal") == "There are 21 different labels in 21 judgements: is that the column of labels?"
