"""What one person answered so far: complete, odd, or missing."""

from datetime import UTC, datetime

import pytest

from components.project.rounds import Card, Question, Round, Vote
from components.scoping.answers import answer_of, answered, first_open, given, odd, whole

REACH = Question(name="reach", title="Reach", spread=True)
CARDS = [Card(kind="solution", id=id_, title=id_.upper()) for id_ in "abc"]
ROUND = Round(purpose="vote", title="Value", cards=CARDS, questions=[REACH])


def vote(card, low, likely, high):
    return Vote("ana", card, {"reach": [low, likely, high]}, "", datetime.now(UTC))


def test_an_answer_counts_once_it_has_a_likely_value():
    assert not answered(None, REACH)
    assert not answered(vote("a", 1, None, 3), REACH)
    assert answered(vote("a", None, 2, None), REACH)
    assert answer_of(Vote("ana", "a", {"reach": "nonsense"}, "", datetime.now(UTC)), REACH) == [None, None, None]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ((1, 2, 3), (1, 2, 3)),
        ((None, 2, None), (2, 2, 2)),
        ((5, 2, 1), (2, 2, 2)),
        ((0, 0, 0), (0, 0, 0)),
        ((1, None, 3), (None, None, None)),
    ],
)
def test_a_range_counts_only_where_it_is_in_order(said, counts):
    assert whole(said) == counts


def test_what_is_odd_is_said():
    assert odd([None, None, None]) == odd([1, 2, 3]) == odd([None, 2, 2]) == ""
    assert "likely value is missing" in odd([1, None, None])
    assert "not in this order" in odd([3, 2, None])
    assert "not in this order" in odd([None, 2, 1])


def test_somebody_who_comes_back_goes_on_where_they_were():
    assert first_open(ROUND, {}) == 0
    half = {"a": vote("a", None, 2, None), "b": vote("b", 1, None, None)}
    assert (first_open(ROUND, half), given(ROUND, half)) == (1, 1)
    full = {card.id: vote(card.id, None, 2, None) for card in CARDS}
    assert (first_open(ROUND, full), given(ROUND, full)) == (2, 3)
