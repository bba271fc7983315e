"""Feasibility: each cell of the 2 × 2 asks its own question, and a verdict says what it rests on."""

import pytest

from components.scoping.assessment.charts import feasibility_strip
from components.scoping.assessment.feasibility import ASPECTS, BY_CODE, assessed, evidence_table, feasibility_table, questions
from components.scoping.assessment.records import Feasibility, FeasibilityAnswer
from components.theme import LIGHT


def answer(code, says="for", **more):
    return FeasibilityAnswer(solution="s", code=code, says=says, **more)


@pytest.mark.parametrize(
    ("data", "project", "codes"),
    [
        ("unstructured", "new", ["human-level"]),
        ("structured", "new", ["features"]),
        ("unstructured", "existing", ["human-level", "history"]),
        ("structured", "existing", ["new-features", "history"]),
        ("", "", []),
        ("structured", "", []),
    ],
)
def test_each_cell_asks_its_own_question(data, project, codes):
    asked = questions(Feasibility(data=data, project=project))
    assert [one.code for one in asked[: len(codes)]] == codes
    assert asked[len(codes) :] == ASPECTS
    assert len(ASPECTS) == 8
    assert all(one.code in BY_CODE for one in asked)


def test_a_verdict_says_what_it_rests_on():
    given = {
        "human-level": answer("human-level", figure="human_level_run:l"),
        "benchmark": answer("benchmark", link="https://a.org"),
        "legal": answer("legal", "doubtful", text="We asked."),
        "scale": answer("scale", ""),
    }
    found = assessed("Recogniser", Feasibility(data="unstructured", project="new", verdict="feasible"), given)
    assert found.sentence == "“Recogniser” can be done: it rests on 1 measurement, 1 link and 1 opinion."
    assert found.method == "3 of 9 questions answered: 2 speak for it, 1 is doubtful."
    assert [one.code for one in found.open][:2] == ["volume", "labelling"]
    assert found.warnings == []
    table = evidence_table(found, {"human_level_run:l": "Human level: 98 %"})
    assert table["measured"].tolist()[0] == "Human level: 98 %"
    assert feasibility_table([found])["rests on link"].tolist() == [1]
    feasibility_strip(found, LIGHT).to_dict()


def test_an_answer_to_a_question_that_is_no_longer_asked_counts_no_more():
    given = {"human-level": answer("human-level", figure="x")}
    assert assessed("x", Feasibility(data="structured", project="new"), given).rests_on["measurement"] == 0


@pytest.mark.parametrize(
    ("given", "warning"),
    [
        ({}, "rests on no answer at all"),
        ({"legal": answer("legal", text="I think so")}, "rests on opinions alone"),
        ({"legal": answer("legal", "against", link="https://a.org")}, "though something speaks against it: legal"),
    ],
)
def test_what_does_not_fit_together_is_said(given, warning):
    assert warning in " ".join(assessed("x", Feasibility(verdict="feasible"), given).warnings)


def test_nobody_has_looked_yet():
    assert assessed("x", None, {}).sentence == "Nobody has looked yet whether “x” can be done."
    assert "Say first what its data are" in assessed("x", None, {}).method
