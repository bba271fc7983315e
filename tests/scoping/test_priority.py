"""RICE: incomplete where a factor is missing, never infinite, never zero for what is unknown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.scoping.lenses import lenses_of
from components.scoping.priority import ranking, rice, wsjf
from components.scoping.ranking import rank
from components.scoping.records import RICE_FACTORS, Criteria, Criterion, Solution
from components.scoping.wording import ai_words


def ideas(*rows):
    return pd.DataFrame(rows, columns=["name", *RICE_FACTORS])


def test_the_published_example_of_the_formula():
    table = rice(ideas(("one", 500, 3, 1.0, 2), ("two", 2000, 1, 0.8, 1), ("three", 150, 0.5, 0.5, 4)))
    assert list(table["name"]) == ["two", "one", "three"]
    assert list(table["score"]) == [1600.0, 750.0, 9.375]
    assert list(table["rank"]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (("x", 10, 1, 0.8, 0), "effort above zero"),
        (("x", 10, 1, 0.8, None), "effort"),
        (("x", 10, 1, None, 2), "confidence"),
        (("x", None, None, None, None), "reach, impact, confidence, effort"),
        (("x", 10, 1, 0.8, np.inf), "effort"),
    ],
)
def test_a_missing_factor_is_incomplete_and_named(row, missing):
    found = rice(ideas(row)).iloc[0]
    assert (found["status"], found["missing"]) == ("incomplete", missing)
    assert np.isnan(found["score"])


def test_a_negative_factor_is_an_error():
    with pytest.raises(ValueError, match="can't be negative"):
        rice(ideas(("x", -1, 1, 0.8, 2)))


def test_no_reach_is_a_score_of_zero_and_not_incomplete():
    assert rice(ideas(("x", 0, 1, 0.8, 2))).iloc[0][["score", "status"]].tolist() == [0.0, "ranked"]


factor = st.one_of(st.none(), st.floats(0, 1e6))


@given(st.lists(st.tuples(factor, factor, factor, factor), max_size=8))
def test_scores_are_finite_and_order_the_ranks(rows):
    table = rice(ideas(*[(f"idea {n}", *row) for n, row in enumerate(rows)]))
    ranked = table[table["status"] == "ranked"]
    assert np.isfinite(ranked["score"].astype(float)).all()
    assert ranked["score"].is_monotonic_decreasing
    assert len(table) == len(rows)


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([("a", 10, 1, 1, None)], "Nobody knows yet: every idea lacks a factor."),
        ([("a", 10, 1, 1, 1), ("b", 10, 1, 1, 1)], "“a” and “b” are level."),
        ([("a", 10, 1, 1, 1), ("b", 5, 1, 1, 1)], "“a”, 100 % ahead of “b”."),
        ([("a", 10, 1, 1, 1), ("b", 0, 1, 1, 1)], "“a”."),
        ([("a", 10, 1, 1, 1)], "“a”: the only idea that is complete."),
    ],
)
def test_the_answer_names_the_first_idea(rows, answer):
    solutions = {name: Solution(problem="p", title=name, **dict(zip(RICE_FACTORS, values, strict=True))) for name, *values in rows}
    assert rank(solutions).answer == answer


def test_wsjf_by_hand_and_without_a_job():
    jobs = pd.DataFrame(
        [("a", 8, 5, 2, 3), ("b", 13, 1, 1, 5), ("c", 1, 1, 1, 0)],
        columns=["name", "user_value", "time_criticality", "risk_reduction", "job_size"],
    )
    found = wsjf(jobs)
    assert found["name"].tolist() == ["a", "b", "c"]
    assert found["score"].tolist()[:2] == [5.0, 3.0]
    assert found["missing"].tolist() == ["", "", "job size above zero"]


def test_weighted_criteria_by_hand():
    criteria = Criteria(
        items=[
            Criterion(name="own-fit", title="Fit", weight=3),
            Criterion(name="own-risk", title="Risk", weight=1, against=True),
        ]
    )
    lens = lenses_of(criteria)["weighted"]
    found = ranking(pd.DataFrame({"name": ["a", "b"], "own-fit": [4, 5], "own-risk": [1, 5]}), lens)
    assert dict(zip(found["name"], found["score"], strict=True)) == {"a": (3 * 4 + 5) / 4, "b": (3 * 5 + 1) / 4}
    assert "weighted" not in lenses_of(None)
    assert "weighted" not in lenses_of(Criteria())


def test_the_scales_are_those_of_the_method():
    with pytest.raises(ValueError, match=r"use one of 0\.25, 0\.5, 1, 2, 3"):
        Solution(problem="p", title="x", impact=1.5)
    with pytest.raises(ValueError, match=r"use one of 0\.5, 0\.8, 1"):
        Solution(problem="p", title="x", confidence=0.9)


@pytest.mark.parametrize(
    "text", ["Build a chatbot", "Use GPT-5 for it", "train a model on tickets", "a neural net", "with machine-learning"]
)
def test_words_of_ai_are_found(text):
    assert ai_words(text)


@pytest.mark.parametrize("text", ["Trains are late", "The model railway club", "Mail is slow", "Said the aide", "HTML forms break"])
def test_other_words_are_left_alone(text):
    assert ai_words(text) == []
