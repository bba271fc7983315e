"""What others have reached, against our target; errors and accuracies are one scale."""

from datetime import date

import pandas as pd
import pytest

from components.project.target import Target
from components.scoping.charts import LINE, prior_work_chart
from components.scoping.prior_work import Reached, attainable, flags, table
from components.scoping.records import PriorWork
from components.theme import LIGHT

LENET = PriorWork(title="LeNet-5", score=0.0095, metric="error", direction="lower")
NEAREST = PriorWork(title="1-NN", score=0.98, metric="accuracy")
PEOPLE = PriorWork(title="People", score=0.025, metric="error", direction="lower", people=True)
OTHER = PriorWork(title="Other", score=31.2, metric="BLEU")
TODAY = date(2026, 11, 24)


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
    assert len(found.warnings) == best + people
    assert not best or "above the best published result, 99.05 % (LeNet-5)" in found.warnings[0]
    assert not people or "above human level, 97.50 % as published" in found.warnings[-1]


def test_gaps_are_positive_where_a_score_is_better():
    found = attainable([LENET, NEAREST, PEOPLE], Target(value=0.985))
    assert found.gap(found.best_score) == pytest.approx(0.0055)
    assert found.gap(found.best_score, found.people_score) == pytest.approx(0.0155)
    lower = attainable([LENET], Target(metric="error", value=0.015, direction="lower"))
    assert lower.gap(lower.best_score) == pytest.approx(0.0055)
    assert attainable([LENET], None).gap(0.5) is None


def test_human_level_as_measured_stands_before_what_was_published():
    measured = Reached("Human level", 0.983, "accuracy", 0.975, 0.989)
    found = attainable([LENET, PEOPLE], Target(value=0.985), measured)
    assert (found.people_score, found.people_measured) == (0.983, True)
    assert found.beyond_people
    other = attainable([PEOPLE], Target(metric="BLEU", value=30), measured)
    assert (other.people_score, other.people_measured) == (None, False)


def test_lower_is_better_for_an_error():
    target = Target(metric="error", value=0.009, direction="lower")
    found = attainable([LENET, NEAREST], target)
    assert found.best == LENET
    assert found.beyond_best
    assert found.sentence.startswith("Best published: 0.95 %")


def test_nothing_comparable_is_said():
    assert attainable([OTHER], Target(value=0.9)).sentence == "Nobody knows yet what is attainable."
    assert attainable([], None).sentence == "Nobody knows yet what is attainable."


def test_the_table_says_how_far_each_is_from_the_target_and_from_people():
    rows = table([OTHER, NEAREST, LENET, PEOPLE], Target(value=0.985), today=TODAY).to_dict("records")
    assert [row["who and what"] for row in rows] == ["LeNet-5", "1-NN", "People", "Other"]
    assert (rows[0]["against our target"], rows[0]["against people"]) == ("+0.55 points", "+1.55 points")
    assert rows[-1]["against our target"] == "–"
    assert pd.isna(rows[-1]["as accuracy"])


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"licence": ""}, "licence missing"),
        ({"similarity": None}, "not said whether the data are like ours"),
        ({"similarity": 3}, "not the same data (partly alike)"),
        ({"year": 2022}, "older than three years (2022)"),
        ({"score": 98.0}, "accuracy beyond 0 to 1: write 97.2 % as .972"),
    ],
)
def test_what_one_should_mind_is_flagged(change, flag):
    fine = {"title": "x", "score": 0.98, "licence": "MIT", "similarity": 5, "year": 2023}
    assert flags(PriorWork(**fine), TODAY) == []
    assert flags(PriorWork(**{**fine, **change}), TODAY) == [flag]


def labels(drawn):
    """Texts of the label column with their heights in pixels."""
    found = []
    for layer in drawn["layer"]:
        if layer["mark"].get("type") == "text" and "stroke" not in layer["mark"]:
            row = drawn["datasets"][layer["data"]["name"]][0]
            low, high = layer["encoding"]["y"]["scale"]["domain"]
            found.append((drawn["height"] * (high - row["value"]) / (high - low), row["text"]))
    return sorted(found)


def test_labels_of_equal_scores_are_apart_and_lead_to_their_marks():
    same = [PriorWork(title=f"Method {n}", score=0.98 + n / 1e6, year=2020 + n % 3) for n in range(10)]
    reached = {"people": Reached("People", 0.98, "accuracy"), "ours": Reached("Ours", 0.98, "accuracy", 0.97, 0.99)}
    drawn = prior_work_chart(same, Target(value=0.98), LIGHT, this_year=2026, **reached).to_dict()
    places = [place for place, _ in labels(drawn)]
    assert len(places) == 13
    assert min(after - before for before, after in zip(places, places[1:], strict=False)) > LINE - 0.01
    assert places[0] >= 0
    assert places[-1] <= drawn["height"]


def test_only_what_is_comparable_is_drawn_and_a_result_without_a_year_too():
    drawn = prior_work_chart([LENET, OTHER], Target(value=0.985), LIGHT, this_year=2026).to_dict()
    assert [text for _, text in labels(drawn)] == ["99.05 % LeNet-5", "98.50 % our target"]
    assert "no year" in str(drawn)
    prior_work_chart([OTHER], Target(value=0.985), LIGHT).to_dict()
    prior_work_chart([PEOPLE], None, LIGHT).to_dict()
