"""Beginning rounds: on what, on which scale, and once more."""

from datetime import UTC, datetime, timedelta

import pytest

from components.scoping.lenses import RICE
from components.scoping.milestones import Milestone
from components.scoping.records import PriorWork, Problem, Solution
from components.scoping.voting import SCALES, VOTABLE, asked, begun, longer, one_question, repeated, typed_cards, votable


def test_everything_that_a_project_has_can_be_voted_on(store, project):
    assert votable(store, project.id) == {}
    store.save(project.id, Problem(statement="Forms wait"), person="ana", id="p")
    store.save(project.id, Solution(problem="p", title="Recogniser"), person="ana", id="s")
    store.save(project.id, PriorWork(title="LeNet", score=0.99), person="ana", id="w")
    store.save(project.id, Milestone(title="A pilot in one office"), person="ana", id="m")
    found = votable(store, project.id)
    assert set(found) == set(VOTABLE)
    assert {(card.kind, card.id, card.title) for cards in found.values() for card in cards} == {
        ("problem", "p", "Forms wait"),
        ("solution", "s", "Recogniser"),
        ("prior_work", "w", "LeNet"),
        ("milestone", "m", "A pilot in one office"),
    }


def test_a_long_statement_fits_on_a_card(store, project):
    store.save(project.id, Problem(statement="x" * 500), person="ana")
    [card] = votable(store, project.id)["Problems"]
    assert len(card.title) == 200


@pytest.mark.parametrize("scale", SCALES)
def test_each_scale_makes_a_question(scale):
    question = one_question("How much?", scale)
    assert [choice.value for choice in question.choices] == sorted(choice.value for choice in question.choices)
    assert bool(question.choices) != question.spread


def test_a_second_round_keeps_the_first():
    first = begun("RICE", typed_cards("A\nB"), RICE.factors, lens=RICE, least=3, minutes=5)
    assert first.lens == "rice"
    assert timedelta(minutes=4) < first.ends_at - datetime.now(UTC) <= timedelta(minutes=5)
    second = repeated(first.model_copy(update={"state": "revealed", "simulated": "made up"}), "one")
    assert second.simulated == ""
    assert (second.number, second.after, second.state, second.ends_at, second.cards) == (2, "one", "open", None, first.cards)
    assert "2 cards" in asked(second)
    assert "round 2" in asked(second)


def test_more_time_counts_from_now_where_it_was_over():
    late = begun("A", typed_cards("A"), [one_question("A?", "1 to 5")], lens=None, least=None, minutes=1)
    over = late.model_copy(update={"ends_at": datetime.now(UTC) - timedelta(minutes=10)})
    assert timedelta(seconds=100) < longer(over, 2).ends_at - datetime.now(UTC) <= timedelta(minutes=2)
    assert longer(late, 2).ends_at == late.ends_at + timedelta(minutes=2)
