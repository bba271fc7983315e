"""What others have reached, against our target; errors and accuracies are one scale."""

import pandas as pd
import pytest

from components.project.target import Target
from components.scoping.prior_work import attainable, table
from components.scoping.records import PriorWork

LENET = PriorWork(title="LeNet-5", score=0.0095, metric="error", direction="lower")
NEAREST = PriorWork(title="1-NN", score=0.98, metric="accuracy")
PEOPLE = PriorWork(title="People", score=0.025, metric="error", direction="lower", people=True)
OTHER = PriorWork(title="Other", score=31.2, metric="BLEU")


def test_best_median_and_people_are_in_the_targets_metric():
    found = attainable([LENET, NEAREST, PEOPLE, OTHER], Target(value=0.985))
    assert found.best == LENET
    assert found.best_score == pytest.approx(0.9905)
    assert found.median_score == pytest.approx((0.9905 + 0.98) / 2)
    assert found.people_score == pytest.approx(0.975)
    assert found.used == 3


@pytest.mark.parametrize(
    ("value", "best", "people"), [(0.97, False, False), (0.985, False, True), (0.995, True, True), (0.9905, False, True)]
)
def test_a_target_beyond_the_best_or_beyond_people_is_flagged(value, best, people):
    found = attainable([LENET, NEAREST, PEOPLE], Target(value=value))
    assert (found.beyond_best, found.beyond_people) == (best, people)


def test_lower_is_better_for_an_error():
    found = attainable([LENET, NEAREST], Target(metric="error", value=0.009, direction="lower"))
    assert found.best == LENET
    assert found.beyond_best
    assert found.sentence(Target(metric="error", value=0.009, direction="lower")).startswith("Best published: 0.95 %")


def test_nothing_comparable_is_said():
    assert attainable([OTHER], Target(value=0.9)).sentence(Target(value=0.9)) == "Nobody knows yet what is attainable."
    assert attainable([], None).sentence(None) == "Nobody knows yet what is attainable."


def test_the_table_says_how_far_each_is_from_the_target():
    rows = table([LENET, OTHER], Target(value=0.985)).to_dict("records")
    assert rows[0]["against our target"] == "+0.55 %"
    assert pd.isna(rows[1]["against our target"])
