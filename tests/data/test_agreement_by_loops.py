"""Agreement as its definitions say it, item by item; how its intervals come about; and every sentence, whole."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from components.data.agreement import agreement
from components.errors import BadInput
from components.stats.intervals import relative_risk, rule_of_three
from components.stats.label_counts import label_counts, require_columns
from components.stats.resampling import Resampled, jackknife_interval


def table(*rows):
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def crowd(seed, items=40, people="abcd"):
    """Labels of which some are missing, so that items have from none to four."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 4, items)
    rows = [
        (item, who, "wxyz"[truth[item] if rng.random() < 0.7 else rng.integers(0, 4)])
        for item in range(items)
        for who in people
        if rng.random() < 0.6
    ]
    return table(*rows)


def by_hand(frame):
    """Share of pairs that agree, Fleiss' κ and AC1, as the notes of `agreement` define them."""
    agreeing, shares = [], []
    for _, labels in frame.groupby("item")["label"]:
        counts = labels.value_counts()
        total = counts.sum()
        shares.append({name: count / total for name, count in counts.items()})
        if total >= 2:
            agreeing.append(sum(count * (count - 1) for count in counts) / (total * (total - 1)))
    names = frame["label"].unique()
    prevalence = [sum(share.get(name, 0) for share in shares) / len(shares) for name in names]
    agreed = sum(agreeing) / len(agreeing)
    same, other = sum(p * p for p in prevalence), sum(p * (1 - p) for p in prevalence) / (len(names) - 1)
    return agreed, (agreed - same) / (1 - same), (agreed - other) / (1 - other), len(agreeing)


@pytest.mark.parametrize("seed", range(12))
def test_the_measures_are_those_that_their_definitions_give(seed):
    frame = crowd(seed)
    found = agreement(frame)
    agreed, fleiss, ac1, n = by_hand(frame)
    assert (found.percent.value, found.fleiss.value, found.ac1.value) == pytest.approx((agreed, fleiss, ac1), abs=1e-12)
    assert found.percent.n == found.fleiss.n == found.ac1.n == n
    for estimate, least in ((found.percent, 0), (found.fleiss, -1), (found.ac1, -1)):
        assert least <= estimate.low < estimate.value < estimate.high <= 1


def test_the_seed_says_how_items_are_drawn():
    frame = crowd(3, items=400)  # so many that items are drawn
    found, again, other = agreement(frame, seed=5), agreement(frame, seed=5), agreement(frame, seed=6)
    assert found.seed == 5
    assert found.percent == again.percent
    assert found.fleiss == again.fleiss
    assert found.percent.low != other.percent.low
    assert found.percent.value == other.percent.value
    two = crowd(3, items=1200, people="ab")
    assert agreement(two, seed=5).cohen == agreement(two, seed=5).cohen != agreement(two, seed=6).cohen


def test_one_label_throughout_is_whole_agreement_without_what_corrects_for_chance():
    found = agreement(table(*[(item, who, "x") for item in range(20) for who in "ab"]))
    assert (found.percent.value, found.percent.high, found.percent.n, found.seed) == (1, 1, 20, 0)
    assert found.percent.low == pytest.approx(1 - rule_of_three(20))
    assert found.percent.why == "All 20 items with two labels are unanimous; the lower limit is the rule of three's."
    why = "Everybody gave the same label throughout, so chance-corrected agreement is not defined."
    for estimate in (found.cohen, found.fleiss, found.alpha, found.ac1):
        assert (estimate.value, estimate.why) == (None, why)
    assert found.fleiss.n == 20


def test_where_no_two_labels_are_the_same_the_upper_limit_is_the_rule_of_threes():
    found = agreement(table(*[(item, who, who) for item in range(20) for who in "ab"]))
    assert (found.percent.value, found.percent.low) == (0, 0)
    assert found.percent.high == pytest.approx(rule_of_three(20))
    assert found.percent.why == "No two labels of an item are the same; the upper limit is the rule of three's."


def test_alpha_that_is_not_defined_says_why():
    found = agreement(table((1, "a", "x"), (1, "b", "x"), (2, "a", "y")))
    assert (found.alpha.value, found.alpha.why) == (None, "Items with two labels hold one label throughout, so α is not defined.")
    three = agreement(table((1, "a", "x"), (1, "b", "x"), (2, "a", "y"), (2, "c", "x")))
    assert three.cohen.why == "Cohen's κ compares two annotators; see the pairs."


ROWS = ((1, "ann", "x"), (2, "ann", "y"))


@pytest.mark.parametrize(
    ("refused", "what", "todo"),
    [
        (
            lambda: agreement(table(*ROWS)),
            "All labels are by one annotator (ann), so there is nothing to compare.",
            "Have at least one other person label the same items.",
        ),
        (
            lambda: agreement(table((1, "a", "x"), (2, "b", "y"))),
            "No item was labelled by two annotators, so nobody can be compared.",
            "Have people label some items in common.",
        ),
        (lambda: require_columns(table(*ROWS), ["item", "gold"]), "There is no column “gold”.", "The columns are: item, annotator, label."),
        (lambda: require_columns(pd.DataFrame(), ["gold"]), "There is no column “gold”.", "The columns are: none."),
        (
            lambda: label_counts(table((1, "a", None))),
            "There are no labels in this table.",
            "Each row needs an item, an annotator and a label.",
        ),
        (
            lambda: label_counts(table((1, "a", "x"), (2, None, "x"))),
            "Row 2 has a label but no annotator.",
            "Fill in the annotator or leave the row out.",
        ),
        (
            lambda: label_counts(table((1, "x", 1.0), (1, "y", np.inf))),
            "A cell holds infinity, which is neither a name nor a label.",
            "Correct it, or leave it empty.",
        ),
        (
            lambda: label_counts(table((1, "a", "2"), (1, "b", "cat")), numeric=True),
            "The label “cat” is not a number.",
            "Ordinal, interval and ratio agreement need numbers: code the labels as 1, 2, 3 …, or choose nominal.",
        ),
        (
            lambda: label_counts(table((1, "a", "x"), (1, "a", "y"))),
            "One item has two different labels by one annotator, 1 time; first a on item 1.",
            "Say whether the first or the last answer counts, or give repeated judgements an annotator name of their own.",
        ),
    ],
)
def test_what_is_wrong_and_what_to_do_are_said_whole(refused, what, todo):
    with pytest.raises(BadInput) as error:
        refused()
    assert (error.value.what, error.value.todo) == (what, todo)


def test_a_level_that_there_is_not_names_those_there_are():
    with pytest.raises(ValueError, match="level must be one of nominal, ordinal, interval, ratio, not royal"):
        agreement(crowd(0), "royal")


def test_ten_is_after_nine_where_labels_are_numbers():
    rows = [(item, who, label) for item, label in enumerate(("10", "9", "2")) for who in "ab"]
    assert label_counts(table(*rows), numeric=True).labels.tolist() == ["2", "9", "10"]


@pytest.mark.parametrize(("ends", "value"), [((0.0, 1.0), 0.7), ((-1.0, 1.0), 0.2), ((-3.0, 1.0), -0.4)])
def test_the_jackknifes_interval_is_that_of_its_formula(ends, value):
    rng = np.random.default_rng(7)
    without, times = value + rng.normal(0, 0.01, 6), np.array([5, 3, 1, 4, 2, 6])
    low, high = jackknife_interval(value, without, times, ends)
    everyone = np.repeat(without, times)
    n, width = len(everyone), (ends[1] - ends[0]) / 2
    error = np.sqrt((n - 1) / n * ((everyone - everyone.mean()) ** 2).sum()) / width
    place = (value - (ends[0] + ends[1]) / 2) / width
    ways = np.arctanh(place) + np.array([-1, 1]) * student.ppf(0.975, n - 1) * error / (1 - place**2)
    assert (low, high) == pytest.approx(tuple((ends[0] + ends[1]) / 2 + width * np.tanh(ways)), abs=1e-7)
    assert jackknife_interval(value, np.full(3, value), np.array([1, 1, 1]), ends) is None


def test_few_items_have_the_jackknifes_interval():
    rows = np.array([[1.0, 1.0], [0.0, 1.0]])

    def share(sums):
        return sums[:, 0] / sums[:, 1]

    few = Resampled(rows, np.array([6, 14]))
    without = share(few.total - few.rows)
    assert (few.estimate(share, (0.0, 1.0)).low, few.estimate(share, (0.0, 1.0)).high) == jackknife_interval(
        0.3, without, few.times, (0.0, 1.0)
    )
    assert few.estimate(share).low != few.estimate(share, (0.0, 1.0)).low


def test_ratios_without_a_count_keep_their_n_and_level():
    none = relative_risk(1, 10, 0, 20, 0.9)
    assert (none.value, none.n, none.level, none.why) == (None, 30, 0.9, "There is nothing to be a multiple of.")
    nothing = relative_risk(0, 10, 4, 20, 0.9)
    assert (nothing.value, nothing.n, nothing.level, nothing.why) == (0, 30, 0.9, "Without any there is no interval.")
    assert relative_risk(2, 10, 4, 20, 0.9).level == 0.9
