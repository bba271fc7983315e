"""A project's ranking: its answer, what would flip it, what it rests on, and the votes it takes."""

import math

import pandas as pd
import pytest

from components.project.rounds import Card, Round
from components.scoping.flip import flips
from components.scoping.lenses import LENSES, RICE, VALUE_FEASIBILITY, WSJF
from components.scoping.opinions import newest_votes, ranking_of
from components.scoping.priority import COLUMNS
from components.scoping.ranking import evidence, rank, ranking_table, tried, tried_sentence
from components.scoping.ranking_charts import bubble_chart
from components.scoping.records import Basis, Solution
from components.theme import LIGHT

A = {"reach": 100.0, "impact": 1.0, "confidence": 0.8, "effort": 2.0}
B = {"reach": 60.0, "impact": 1.0, "confidence": 1.0, "effort": 2.0}


def solution(title, factors, **more):
    return Solution(problem="p", title=title, **factors, **more)


def test_the_flip_by_hand():
    # 100 × .8 ÷ 2 = 40 against 60 × 1 ÷ 2 = 30: a quarter less of a's reach, impact or confidence, a third more of b's reach or impact,
    # a third more of a's effort, a quarter less of b's; b's confidence is at its limit.
    found = flips({"a": A, "b": B}, "a", "b", RICE)
    by_factor = {(one.idea, one.factor): round(one.needed, 6) for one in found}
    assert by_factor == {
        ("a", "reach"): 75.0,
        ("a", "impact"): 0.75,
        ("a", "confidence"): 0.6,
        ("a", "effort"): round(8 / 3, 6),
        ("b", "reach"): 80.0,
        ("b", "impact"): round(4 / 3, 6),
        ("b", "effort"): 1.5,
    }
    assert found[0].change == pytest.approx(0.25)
    assert [one.change for one in found] == pytest.approx(sorted(one.change for one in found))
    assert found[0].sentence(RICE, {"a": "A", "b": "B"}).startswith("25 % less ")


def test_a_flip_of_a_sum_by_hand():
    # (8 + 5 + 2) ÷ 3 = 5 against (8 + 3 + 1) ÷ 3 = 4: three points off a's job of 15 points, or on b's.
    a = {"user_value": 8.0, "time_criticality": 5.0, "risk_reduction": 2.0, "job_size": 3.0}
    b = {"user_value": 8.0, "time_criticality": 3.0, "risk_reduction": 1.0, "job_size": 3.0}
    by_factor = {(one.idea, one.factor): round(one.needed, 6) for one in flips({"a": a, "b": b}, "a", "b", WSJF)}
    assert by_factor[("a", "user_value")] == 5.0
    assert by_factor[("b", "time_criticality")] == 6.0
    assert by_factor[("a", "job_size")] == 3.75
    assert ("a", "risk_reduction") not in by_factor, "a rating can't fall below 1"


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: lens.code)
def test_at_the_flip_the_two_are_level(lens):
    first = {name: 3.0 if factor.choices else 40.0 for name, factor in zip(lens.names, lens.factors, strict=True)}
    second = {**first, lens.names[0]: 2.0 if lens.factors[0].choices else 30.0}
    for flip in flips({"a": first, "b": second}, "a", "b", lens):
        changed = {"a": dict(first), "b": dict(second)}
        changed[flip.idea][flip.factor] = flip.needed
        one, other = (lens.score({k: pd.Series([v]) for k, v in values.items()})[0] for values in changed.values())
        assert one == pytest.approx(other, rel=1e-9)


def test_level_ideas_flip_by_nothing():
    assert all(one.change == pytest.approx(0, abs=1e-9) for one in flips({"a": A, "b": A}, "a", "b", RICE))


def votes(*values):
    rows = []
    for voter, (a, b) in enumerate(values):
        for idea, reach in (("a", a), ("b", b)):
            rows += [(f"p{voter}", idea, name, x, x, x) for name, x in (("reach", reach), ("impact", 1), ("confidence", 1), ("effort", 1))]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_no_clear_winner_below_ten_points_and_one_above():
    solutions = {"a": solution("A", A), "b": solution("B", B)}
    level = rank(solutions, votes((10, 20), (20, 10), (15, 15)))
    assert not level.clear
    assert level.answer.startswith("No clear winner: “")
    sure = rank(solutions, votes((30, 20), (40, 10)))
    assert sure.clear
    assert sure.answer == "“A” comes first with 100 %, before “B”."
    assert "2 people" in sure.method
    assert "Nobody has voted" in rank(solutions).method


def test_each_score_says_what_it_rests_on():
    rested = solution("A", A, basis={"reach": Basis(kind="link", ref="https://example.org"), "effort": Basis(kind="measurement", ref="m")})
    assert evidence(rested, RICE) == {"opinion": 0.5, "link": 0.25, "measurement": 0.25}
    assert evidence(solution("B", {}), RICE) == {"opinion": 0.0, "link": 0.0, "measurement": 0.0}
    assert evidence(solution("B", {}), RICE, voted={"reach"})["opinion"] == 1.0
    table = ranking_table(rank({"a": rested}))
    assert table[["rests on opinion", "rests on link", "rests on measurement"]].iloc[0].tolist() == [0.5, 0.25, 0.25]


def test_a_basis_is_a_web_address_or_a_measurement():
    with pytest.raises(ValueError, match="https://"):
        Basis(kind="link", ref="javascript:alert(1)")


def test_the_newest_revealed_round_of_each_idea_counts(store, project):
    for id_ in "ab":
        store.save(project.id, solution(id_.upper(), A), person="ana", id=id_)

    def vote(round_id, cards, reach, *, reveal=True):
        body = Round(purpose="vote", title="r", lens="rice", cards=[Card(kind="solution", id=c, title=c) for c in cards])
        store.save(project.id, body, person="ana", id=round_id)
        store.join(project.id, round_id, "ana", "Ana")
        for card in cards:
            store.cast(project.id, round_id, "ana", card, {"reach": [reach] * 3})
        if reveal:
            store.reveal(project.id, round_id, "ana")

    vote("one", "ab", 10)
    vote("two", "a", 20)
    vote("three", "b", 99, reveal=False)
    found = newest_votes(store, project.id, RICE).set_index("idea")["likely"]
    assert found.to_dict() == {"a": 20, "b": 10}
    assert ranking_of(store, project.id).factors["reach"].to_dict() == {"a": 20, "b": 10}
    assert ranking_of(store, project.id, WSJF).voters == 0


def test_a_vote_of_no_effort_counts_as_not_sized_and_nothing_becomes_infinite():
    solutions = {"a": solution("A", A), "b": solution("B", B)}
    known = votes((30, 20), (40, 10))
    known.loc[(known["voter"] == "p0") & (known["factor"] == "effort"), ["low", "likely", "high"]] = 0.0
    found = rank(solutions, known)
    assert found.ranked[["score", "low", "high"]].apply(lambda column: column.map(math.isfinite)).all(axis=None)
    assert found.factors["effort"].tolist() == [1.0, 1.0]
    known.loc[known["factor"] == "effort", ["low", "likely", "high"]] = 0.0
    bare = {id_: solution(id_, {**A, "effort": None}) for id_ in "ab"}
    assert rank(bare, known).incomplete["missing"].tolist() == ["effort", "effort"]


def test_trying_another_value_by_hand():
    # 60 × .8 ÷ 2 = 24 against 30; level at 75.
    found = rank({"a": solution("A", A), "b": solution("B", B)})
    table = tried(found, "a", "reach", 60.0)
    assert table[["idea", "score"]].to_numpy().tolist() == [["b", 30.0], ["a", 24.0]]
    assert tried_sentence(table, found) == "“B” would come first, with 30.00 before 24.00."
    assert tried_sentence(tried(found, "a", "reach", 75.0), found) == "“A” and “B” would be level."
    assert found.factors.loc["a", "reach"] == 100.0


def test_labels_of_neighbours_stand_apart():
    rows = {id_: {"value": 3.0, "feasibility": 3.0} for id_ in "abcd"}
    found = rank({id_: solution(id_.upper(), {}, ratings=one) for id_, one in rows.items()}, lens=VALUE_FEASIBILITY)
    drawn = bubble_chart(found, pd.DataFrame(columns=COLUMNS), LIGHT).to_dict()
    lifts = [layer["mark"]["dy"] for layer in drawn["layer"] if layer["mark"]["type"] == "text"]
    assert lifts[::2] == lifts[1::2], "each lies on its halo"
    assert len(set(lifts)) == 4
