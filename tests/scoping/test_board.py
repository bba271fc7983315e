"""The board: what stands where, merging and taking apart, groups, and what the answer says."""

import threading

import pytest

from components.project.comments import Comment
from components.scoping import board as boards
from components.scoping.board import board, cards, likely_pairs
from components.scoping.records import Problem, Solution


@pytest.fixture
def project(any_store):
    return any_store.create_project("Forms", "ana").id


def write(store, project, id, statement="", person="ana", **more):
    store.save(project, Problem(statement=statement or id, **more), person=person, id=id)


def solve(store, project, problem, id, approach="no ML", **more):
    store.save(project, Solution(problem=problem, title=id, approach=approach, **more), person="ben", id=id)


def drawn(store, project):
    return board(store.all(project, Problem), store.all(project, Solution))


def shape(store, project):
    return {
        column.problem.id if column.problem else None: [item.id for item in column.solutions] for column in drawn(store, project).columns
    }


def test_solutions_stand_under_their_problem(any_store, project):
    for id_ in ("p", "q"):
        write(any_store, project, id_)
    solve(any_store, project, "q", "s")
    solve(any_store, project, "p", "t")
    assert shape(any_store, project) == {"p": ["t"], "q": ["s"]}


def test_merging_keeps_both_texts_writers_and_comments_and_brings_solutions_together(any_store, project):
    write(any_store, project, "p", "Forms wait", who="Applicants")
    write(any_store, project, "q", "Forms wait long", person="ben", cost="90 hours")
    solve(any_store, project, "p", "s")
    solve(any_store, project, "q", "t")
    any_store.save(project, Comment(about_kind="problem", about_id="q", text="Indeed"), person="chi")
    before = any_store.get(project, Problem, "q").body
    boards.merge(any_store, project, Problem, "q", "p", "chi")
    [item] = drawn(any_store, project).problems
    assert (item.id, [one.body.statement for one in item.merged]) == ("p", ["Forms wait long"])
    assert item.body.who == "Applicants"
    assert any_store.writers(project, "problem") == {"p": "ana", "q": "ben"}
    assert item.ids == ["p", "q"], "whose comments and votes belong to it"
    assert shape(any_store, project) == {"p": ["s", "t"]}
    assert [one.id for one in cards(any_store, project, Problem)] == ["p"]
    boards.merge(any_store, project, Problem, "q", "", "chi")
    assert shape(any_store, project) == {"p": ["s"], "q": ["t"]}
    assert any_store.get(project, Problem, "q").body == before


def test_a_card_that_was_merged_takes_its_own_with_it(any_store, project):
    for id_ in "pqr":
        write(any_store, project, id_)
    boards.merge(any_store, project, Problem, "r", "q", "ana")
    boards.merge(any_store, project, Problem, "q", "p", "ana")
    [item] = drawn(any_store, project).problems
    assert item.ids == ["p", "q", "r"]
    boards.merge(any_store, project, Problem, "q", "", "ana")
    assert [one.ids for one in drawn(any_store, project).problems] == [["p"], ["q", "r"]]


def test_two_cards_merged_into_each_other_at_once_are_one(any_store, project):
    for id_ in "pqr":
        write(any_store, project, id_)
    boards.merge(any_store, project, Problem, "q", "p", "ana")
    boards.merge(any_store, project, Problem, "p", "q", "ben")
    boards.merge(any_store, project, Problem, "r", "q", "ben")
    [item] = drawn(any_store, project).problems
    assert sorted(item.ids) == ["p", "q", "r"]


def test_a_card_whose_other_half_was_deleted_stands_by_itself_again(any_store, project):
    write(any_store, project, "p")
    write(any_store, project, "q", merged_into="p")
    any_store.delete(project, Problem, "p", read=1, person="ana")
    assert shape(any_store, project) == {"q": []}


def test_merging_and_an_edit_at_the_same_time_lose_neither(any_store, project):
    write(any_store, project, "p")
    write(any_store, project, "q")
    begin = threading.Barrier(2)

    def group():
        begin.wait()
        boards.move(any_store, project, ["q"], "Typing", "ben")

    other = threading.Thread(target=group)
    other.start()
    begin.wait()
    boards.merge(any_store, project, Problem, "q", "p", "ana")
    other.join()
    found = any_store.get(project, Problem, "q").body
    assert (found.merged_into, found.group) == ("p", "Typing")


def test_solutions_of_a_deleted_problem_stand_apart_and_return_with_it(any_store, project):
    write(any_store, project, "p", cost="90 hours")
    write(any_store, project, "q")
    solve(any_store, project, "p", "s")
    any_store.delete(project, Problem, "p", read=1, person="ana")
    assert shape(any_store, project) == {"q": [], None: ["s"]}
    assert [one.record_id for one in any_store.deleted(project, "problem")] == ["p"]
    back = any_store.restore(project, Problem, "p", person="ben")
    assert (back.body.cost, back.version) == ("90 hours", 2)
    assert shape(any_store, project) == {"p": ["s"], "q": []}, "where it stood before"
    assert any_store.deleted(project, "problem") == []
    assert any_store.restore(project, Problem, "p", person="ben") == back, "again changes nothing"
    assert any_store.restore(project, Problem, "never", person="ben") is None


def test_groups_stand_together_and_what_is_in_none_comes_first(any_store, project):
    for id_, group in (("p", "Typing"), ("q", ""), ("r", "Mail"), ("s", "Typing")):
        write(any_store, project, id_, group=group)
    found = drawn(any_store, project)
    assert {name: [one.problem.id for one in columns] for name, columns in found.groups.items()} == {
        "": ["q"],
        "Typing": ["p", "s"],
        "Mail": ["r"],
    }
    assert found.names == ["Typing", "Mail"]
    boards.move(any_store, project, ["q", "r"], "  Letters   and mail ", "ben")
    assert drawn(any_store, project).names == ["Typing", "Letters and mail"]


def test_pairs_that_look_alike_are_proposed_among_problems_and_under_each(any_store, project):
    write(any_store, project, "p", "Forms wait for typing")
    write(any_store, project, "q", "Typing of forms: they wait")
    solve(any_store, project, "p", "Offer the form online")
    solve(any_store, project, "p", "Form offered online", approach="build")
    solve(any_store, project, "q", "An online form is offered")
    found = [{first.id, second.id} for first, second in likely_pairs(drawn(any_store, project), [])]
    assert found == [{"p", "q"}, {"Offer the form online", "Form offered online"}]
    boards.keep_apart(any_store, project, "p", "q", "ana")
    boards.keep_apart(any_store, project, "Form offered online", "Offer the form online", "ben")
    assert likely_pairs(drawn(any_store, project), boards.apart(any_store, project)) == []


@pytest.mark.parametrize(
    ("solutions", "answer"),
    [
        ([], "2 problems, and no solution yet."),
        ([("p", "build"), ("q", "no ML")], "2 problems, 2 solutions; “Forms are typed by hand” has no solution without ML yet."),
        ([("p", "build")], "2 problems, 1 solution; 2 problems have no solution without ML yet."),
        ([("p", "no ML"), ("q", "no ML")], "2 problems, 2 solutions; each problem has a solution without ML."),
    ],
)
def test_the_answer_says_what_is_missing(any_store, project, solutions, answer):
    write(any_store, project, "p", "Forms are typed by hand.")
    write(any_store, project, "q", "Typos")
    for number, (problem, approach) in enumerate(solutions):
        solve(any_store, project, problem, f"s{number}", approach)
    assert drawn(any_store, project).answer == answer
