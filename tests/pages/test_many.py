"""Long lists on the screen: a page at a time, found by their words, and nothing that somebody types into goes out of view."""

import pytest

from components.scoping.milestones import Milestone
from components.scoping.records import Problem, Solution
from components.ui.many import FEW, PAGE

BOARD = "scoping/problems_and_solutions"
MANY, WAYS = 60, 40


@pytest.fixture
def crowded(tab, installation):
    """A board of many problems, of which the first has many solutions."""
    store = installation.store()
    store.name_person("ana", "Ana")
    for number in range(MANY):
        store.save(tab.project_id, Problem(statement=f"Queue {number} waits at counter {number % 7}"), person="ana", id=f"p{number}")
    for number in range(WAYS):
        store.save(tab.project_id, Solution(problem="p0", title=f"Way {number}", approach="build"), person="ana", id=f"s{number}")
    return store


def problems(app):
    return [button.key.split(".")[1] for button in app.button if button.label == "Edit" and button.key.startswith("problems.")]


def solutions(app):
    return [button.key.split(".")[1] for button in app.button if button.label == "Edit" and button.key.startswith("solutions.")]


def test_a_page_at_a_time(tab, crowded):
    app = tab.open(BOARD)
    assert problems(app) == [f"p{number}" for number in range(PAGE)]
    app.session_state["board.page.3."] = 3
    app.run()
    tab.whole()
    assert problems(app) == [f"p{number}" for number in range(2 * PAGE, MANY)]


def test_every_word_that_is_asked_for_is_found_on_any_page(tab, crowded):
    app = tab.open(BOARD)
    app.text_input(key="board.find").set_value("COUNTER queue 59").run()
    assert problems(app) == ["p59"]
    assert f"1 problem of {MANY}" in tab.text
    app.text_input(key="board.find").set_value("way 31").run()
    assert problems(app) == ["p0"]
    app.text_input(key="board.find").set_value("nowhere").run()
    assert problems(app) == []
    assert "No problem has these words" in tab.text


def test_what_somebody_edits_stays_in_view_whatever_is_asked(tab, crowded):
    app = tab.open(BOARD)
    app.button(key="problems.p3.edit").click().run()
    app.text_input(key="board.find").set_value("Queue 59").run()
    tab.whole()
    assert problems(app) == ["p59"]
    assert any(area.value == "Queue 3 waits at counter 3" for area in app.text_area)


def test_the_first_of_many_solutions_and_the_others_when_asked(tab, crowded):
    app = tab.open(BOARD)
    assert solutions(app) == [f"s{number}" for number in range(FEW)]
    more = next(button for button in app.button if button.label == f"Show {WAYS - FEW} more solutions")
    more.click().run()
    assert len(solutions(app)) == WAYS


def test_a_list_that_fits_has_no_field_to_find_in(tab, installation):
    store = installation.store()
    for number in range(PAGE):
        store.save(tab.project_id, Milestone(title=f"Step {number}"), person="ana")
    app = tab.open("scoping/milestones")
    assert not [one for one in app.text_input if one.key == "milestones.find"]
    store.save(tab.project_id, Milestone(title="One more"), person="ana")
    app = tab.open("scoping/milestones")
    assert [one for one in app.text_input if one.key == "milestones.find"]
