"""Silent writing: what becomes of a line at the reveal."""

import pytest

from components.project.rounds import Card, Round
from components.scoping.board import items
from components.scoping.records import Problem, Solution
from components.scoping.writing import as_cards, of_problems, of_solutions, places, revealed, running, written


@pytest.fixture
def project(any_store):
    return any_store.create_project("Forms", "ana").id


def take_part(store, project, round_id, **lines):
    for person, texts in lines.items():
        store.join(project, round_id, person, person)
        for number, (text, place) in enumerate(texts):
            store.cast(project, round_id, person, f"{person}-{number}", written(text, place))


def test_lines_become_problems_of_those_who_wrote_them(any_store, project):
    round_id = any_store.save(project, of_problems(None, 5), person="ana").id
    take_part(any_store, project, round_id, ana=[("Forms  wait ", "")], ben=[("Forms wait", ""), ("   ", "")])
    any_store.reveal(project, round_id, "ana", as_cards)
    assert [(one.body.statement, one.updated_by) for one in any_store.all(project, Problem)] == [
        ("Forms wait", "ana"),
        ("Forms wait", "ben"),
    ]
    assert revealed(any_store.votes(project, round_id, "ana")) == "Revealed: 2 cards by 2 people."


def test_lines_become_solutions_under_their_problems_and_say_not_yet_how(any_store, project):
    for id_ in "pq":
        any_store.save(project, Problem(statement=id_), person="ana", id=id_)
    problems = items(any_store.all(project, Problem))
    round_id = any_store.save(project, of_solutions(problems, None, 0), person="ana").id
    take_part(any_store, project, round_id, ana=[("Online form", "q"), ("x" * 900, "p")])
    any_store.reveal(project, round_id, "ana", as_cards)
    found = {one.body.problem: one.body for one in any_store.all(project, Solution)}
    assert (found["q"].title, found["q"].approach) == ("Online form", "")
    assert len(found["p"].title) == 200


def test_a_line_that_is_taken_back_becomes_nothing_also_for_somebody_else(any_store, project):
    round_id = any_store.save(project, of_problems(None, 0), person="ana").id
    take_part(any_store, project, round_id, ana=[("Forms wait", "")])
    eva = any_store.join(project, round_id, "ana", "Eva", proxy_for="").voter
    any_store.cast(project, round_id, "ana", "e", written("Typos", ""), voter=eva)
    any_store.withdraw(project, round_id, "ana", "e", voter=eva)
    any_store.reveal(project, round_id, "ana", as_cards)
    assert [one.body.statement for one in any_store.all(project, Problem)] == ["Forms wait"]


def test_places_and_the_round_that_runs(any_store, project):
    vote = Round(purpose="vote", title="Value", cards=[Card(kind="solution", id="s", title="S")])
    for body in (of_problems(None, 0), of_problems(None, 0), vote):
        any_store.save(project, body, person="ana")
    found = running(any_store.all(project, Round))
    assert found.id == any_store.all(project, Round)[1].id
    assert places(found.body) == [("", "")]
    any_store.reveal(project, found.id, "ana", as_cards)
    assert running(any_store.all(project, Round)).id == any_store.all(project, Round)[0].id
