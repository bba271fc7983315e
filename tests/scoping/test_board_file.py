"""The board as CSV: nothing lost on the way out and in; lists; columns that nobody knows."""

import pytest

from components.errors import BadInput
from components.scoping.board_file import bring, read, to_csv
from components.scoping.records import Basis, Problem, Solution

ODD = '=cmd(), "quoted"\nsecond line; \'=tab\t手書き'


def everything(store, project):
    return {(one.kind, one.id): one.body for kind in (Problem, Solution) for one in store.all(project, kind)}


def csv_of(store, project):
    return to_csv([*store.all(project, Problem), *store.all(project, Solution)])


def test_every_field_comes_back_as_it_was_in_another_project(any_store):
    here, there = (any_store.create_project(name, "ana").id for name in ("Here", "There"))
    any_store.save(
        here, Problem(statement=ODD, who="'=x", cost=" 90 hours ", group="Mail", evidence="https://a.b/?c=d"), person="ana", id="p"
    )
    any_store.save(here, Problem(statement="Typos", merged_into="p"), person="ana", id="q")
    basis = {"reach": Basis(kind="link", ref="https://a.b")}
    rated = {"reach": 0.1, "impact": 2.0, "confidence": 0.8, "effort": 1e-7, "ratings": {"own-x": 3.5}, "basis": basis}
    any_store.save(here, Solution(problem="p", title="-1", approach="", automates="augment", **rated), person="ana", id="s")
    found = read("board.csv", csv_of(any_store, here))
    assert (found.unknown, found.refused) == ([], [])
    assert bring(any_store, there, found, "ben") == 3
    assert everything(any_store, there) == everything(any_store, here)
    assert bring(any_store, there, found, "ben") == 0, "again changes nothing"
    assert csv_of(any_store, there) == csv_of(any_store, here)


def test_a_table_of_somebody_else_names_what_is_unknown_and_what_is_wrong(any_store):
    project = any_store.create_project("Forms", "ana").id
    text = "card;statement;title;problem;prio;mood\nproblem;Forms wait;;;1;\nsolution;;Online form;Forms wait;2;\nidea;;x;;;\nproblem;;;;;"
    found = read("board.csv", text)
    assert "“prio” and “mood” are unknown here and left out." in found.sentence
    assert [line.split(":")[0] for line in found.refused] == ["Line 4", "Line 5"]
    bring(any_store, project, found, "ana")
    [problem], [solution] = any_store.all(project, Problem), any_store.all(project, Solution)
    assert (solution.body.problem, solution.body.title) == (problem.id, "Online form")


def test_a_list_is_one_problem_a_line_without_its_bullets(any_store):
    project = any_store.create_project("Forms", "ana").id
    any_store.save(project, Problem(statement="Typos"), person="ana")
    found = read("The text", f"- Forms wait, and wait\n\n2. Typos\n• Forms wait, and wait\n{'x' * 501}\n")
    assert [body.statement for _, body in found.cards] == ["Forms wait, and wait", "Typos"]
    assert found.refused == ["Line 5: it has 501 signs; a problem has at most 500."]
    assert bring(any_store, project, found, "ana") == 1
    assert len(any_store.all(project, Problem)) == 2


@pytest.mark.parametrize("text", ["", "  \n ", "statement,who\n", 'statement,who\n"open,x'])
def test_what_holds_no_card_is_refused_with_a_sentence(text):
    with pytest.raises(BadInput):
        read("The text", text)
