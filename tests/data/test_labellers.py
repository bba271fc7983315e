"""What each annotator leans to, how fast they are, whether they agree with themselves, and which rule costs most agreement."""

import numpy as np
import pandas as pd
import pytest

from components.data.labellers import by_rule, leaning, speed, with_themselves
from components.stats.label_counts import label_counts


def test_who_leans_to_a_label_is_named_and_nobody_else():
    rng = np.random.default_rng(1)
    rows = []
    for item in range(400):
        truth = rng.integers(0, 2)
        for who in "abc":
            flipped = rng.random() < 0.1
            rows.append((item, who, "xy"[truth ^ flipped]))
        rows.append((item, "lean", "y" if rng.random() < 0.4 else "xy"[truth]))
    found = leaning(label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"])))
    assert found["annotator"].iloc[0] == "lean"
    assert found["label"].iloc[0] in {"x", "y"}
    assert found["low"].iloc[0] * found["high"].iloc[0] > 0
    assert "a" not in set(found[found["more"].abs() > 0.12]["annotator"])


def test_a_crowd_of_one_kind_names_hardly_anybody():
    rng = np.random.default_rng(2)
    rows = [(i, f"p{p}", "xyz"[rng.integers(0, 3)]) for i in range(200) for p in range(8)]
    assert len(leaning(label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"])))) <= 1


def test_agreement_with_oneself_counts_items_judged_again():
    rows = [(i, "ana", "x") for i in range(10) for _ in range(2)] + [(i, "ben", "xy"[n]) for i in range(4) for n in range(2)]
    found = with_themselves(pd.DataFrame(rows, columns=["item", "annotator", "label"])).set_index("annotator")
    assert found.loc["ana", ["pairs", "agrees"]].tolist() == [10, 1.0]
    assert found.loc["ben", "agrees"] == 0
    assert found.loc["ana", "low"] < 1


def test_seconds_are_taken_as_they_are_and_moments_as_what_lies_between():
    seconds = pd.DataFrame({"annotator": ["a"] * 3 + ["b"] * 3, "time": [2.0, 4, 6, 10, 10, np.nan]})
    found = speed(seconds).set_index("annotator")
    assert found["seconds"].tolist() == [4, 10]
    assert found["answers"].tolist() == [3, 2]
    starts = pd.date_range("2024-01-01 10:00", periods=5, freq="7s").astype(str)
    moments = pd.DataFrame({"annotator": ["a"] * 6, "time": [*starts, "2024-01-02 09:00:00"]})
    assert speed(moments)["seconds"].tolist() == [7]
    assert len(speed(pd.DataFrame({"annotator": ["a"], "time": ["noon"]}))) == 0


def test_the_rule_behind_the_differences_costs_most():
    rows = []
    for item in range(40):
        for who in "abc":
            hard = item % 4 == 0
            label = "xy"["abc".index(who) % 2] if hard else "x"
            rows.append((item, who, label, "cropped" if hard else "clear"))
    found = by_rule(pd.DataFrame(rows, columns=["item", "annotator", "label", "rule"]))
    assert found["rule"].tolist() == ["cropped", "clear"]
    assert found["cost"].tolist() == [1.0, 0.0]
    assert found["pairs"].iloc[0] == 20
    assert found["share"].iloc[0] == pytest.approx(0.25)
