"""Likely label errors where it is known which labels are wrong: digits with changed labels, and digits that people judged again."""

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits

from components.data import checks
from components.data.label_errors import likely_errors

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")


def test_digits_with_labels_changed_at_random():
    digits = load_digits()
    rng = np.random.default_rng(0)
    changed = rng.choice(len(digits.target), 36, replace=False)
    labels = digits.target.copy()
    labels[changed] = (labels[changed] + rng.integers(1, 10, 36)) % 10
    frame = pd.DataFrame(digits.data).add_prefix("p").assign(label=[f"digit {label}" for label in labels])
    plan = checks.Plan(label="label", structured=False)
    named = set(checks.rows_concerned(frame, plan, "L04", "label")["row"] - 1)
    right = len(named & set(changed))
    assert (len(named), right) == (32, 29)
    assert f"{len(named)} labels called doubtful (L04), {right} of them changed ones" in DOCS


def test_digits_that_people_judged_again(reference_data):
    """Of the labels that the check names and five people looked at, how many do most of them not confirm?"""
    folder = reference_data / "mnist_human_review"
    predictions, votes = pd.read_csv(folder / "predictions.csv"), pd.read_csv(folder / "human_votes.csv")
    sure = predictions[[f"p{digit}" for digit in range(10)]].to_numpy()
    named = set(predictions["item_id"].to_numpy()[likely_errors(predictions["gold"].to_numpy(), sure / sure.sum(axis=1, keepdims=True))])
    given = votes.groupby("item_id")["votes_given"].sum()
    total = votes.filter(like="votes_").sum(axis=1).groupby(votes["item_id"]).sum()
    wrong = set(given.index[given <= total / 2])
    judged = named & set(given.index)
    assert (len(named), len(judged), len(judged & wrong)) == (15, 15, 7)
    assert len(wrong) == 28
    assert "15 labels called doubtful, 7 of which most of five people did not confirm" in DOCS
