"""The board on the screen: comments, groups, merging, deleting and bringing back, a solution without ML."""

import pytest

from components.project.comments import Comment
from components.project.rounds import Round
from components.scoping.records import Problem, Solution
from components.scoping.writing import written

BOARD = "scoping/problems_and_solutions"


@pytest.fixture
def filled(tab, installation):
    """A board with two problems that look alike and a solution."""
    store = installation.store()
    store.name_person("ana", "Ana")
    store.save(tab.project_id, Problem(statement="Forms wait for typing", workaround="Typed at night"), person="ana", id="p")
    store.save(tab.project_id, Problem(statement="Typing of forms: they wait", group="Mail"), person="ana", id="q")
    store.save(tab.project_id, Solution(problem="p", title="Recogniser", approach="build"), person="ana", id="s")
    return store


def opened(tab, *popovers):
    app = tab.open(BOARD)
    for key in popovers:
        app.session_state[key] = True
    app.run()
    tab.whole()
    return app


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def test_a_comment_is_said_seen_with_its_author_and_deleted_by_nobody_else(tab, filled):
    app = opened(tab, "comments.problem.p")
    app.text_area(key="comments.problem.p.new.0.text").set_value("Two days on <b>Mondays</b>")
    press(app, "Say it")
    tab.whole()
    [record] = filled.all(tab.project_id, Comment)
    assert (record.body.about_kind, record.body.about_id, record.body.text) == ("problem", "p", "Two days on <b>Mondays</b>")
    filled.save(tab.project_id, Comment(about_kind="problem", about_id="p", text="Not on Fridays"), person="ana", id="theirs")
    app = opened(tab, "comments.problem.p")
    assert "Not on Fridays" in tab.text
    assert "Ana, just now" in tab.text
    keys = [button.key for button in app.button if (button.key or "").startswith("comments.delete")]
    assert keys == [f"comments.delete.{record.id}"]
    app.button(key=keys[0]).click().run()
    assert [one.id for one in filled.all(tab.project_id, Comment)] == ["theirs"]


def test_an_empty_comment_is_refused(tab, filled):
    app = opened(tab, "comments.problem.p")
    press(app, "Say it")
    assert "Comment is missing: fill it in." in tab.text
    assert filled.all(tab.project_id, Comment) == []


def test_cards_that_look_alike_are_merged_and_taken_apart(tab, filled):
    app = tab.open(BOARD)
    assert "Do these say the same?" in tab.text
    press(app, "Merge")
    assert filled.get(tab.project_id, Problem, "q").body.merged_into == "p"
    assert tab.answer.startswith("1 problem, 1 solution;")
    assert "Also “Typing of forms: they wait”, Ana" in tab.text
    app = opened(tab, "problems.p.menu")
    app.button(key="problems.p.apart.q").click().run()
    tab.whole()
    assert filled.get(tab.project_id, Problem, "q").body.merged_into == ""


def test_cards_that_are_not_the_same_are_not_proposed_again(tab, filled):
    app = tab.open(BOARD)
    press(app, "Keep both")
    assert "Do these say the same?" not in tab.text
    assert len(filled.all(tab.project_id, Problem)) == 2


def test_a_problem_is_moved_into_a_group_by_its_menu(tab, filled):
    app = opened(tab, "problems.p.menu")
    assert "Typed at night" in tab.text
    assert "Written by Ana." in tab.text
    app.selectbox(key="problems.p.group.1").set_value("Mail").run()
    tab.whole()
    assert filled.get(tab.project_id, Problem, "p").body.group == "Mail"
    assert "Mail" in tab.text
    assert "Not grouped" not in tab.text


def test_a_solution_is_moved_under_another_problem_and_merged_by_its_menu(tab, filled):
    filled.save(tab.project_id, Solution(problem="q", title="Online form", approach="no ML"), person="ana", id="t")
    app = opened(tab, "solutions.s.menu")
    app.selectbox(key="solutions.s.move.1").set_value("q").run()
    tab.whole()
    assert filled.get(tab.project_id, Solution, "s").body.problem == "q"
    app = opened(tab, "solutions.s.menu")
    app.selectbox(key="solutions.s.merge.2").set_value("t").run()
    tab.whole()
    assert filled.get(tab.project_id, Solution, "s").body.merged_into == "t"
    assert "Also “Recogniser”, Ana" in tab.text


def test_a_deleted_card_is_brought_back(tab, filled):
    app = opened(tab, "problems.p.menu")
    app.button(key="problems.p.delete").click().run()
    tab.whole()
    assert [one.id for one in filled.all(tab.project_id, Problem)] == ["q"]
    assert "“Forms wait for typing” is deleted." in tab.text
    assert "Without a problem" in tab.text
    app.button(key="board.undo").click().run()
    tab.whole()
    assert [one.id for one in filled.all(tab.project_id, Problem)] == ["p", "q"]
    assert "is deleted" not in tab.text


def test_the_last_card_that_was_deleted_is_brought_back_too(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Problem(statement="Forms wait"), person="ana", id="p")
    store.delete(tab.project_id, Problem, "p", read=1, person="ana")
    app = opened(tab, "board.bin")
    app.button(key="board.restore.problem.p").click().run()
    tab.whole()
    assert tab.answer.startswith("1 problem, and no solution yet.")


def test_one_click_makes_the_card_for_a_solution_without_ml(tab, filled):
    app = tab.open(BOARD)
    app.button(key="solutions.plain.p.write").click().run()
    app.text_input(key="solutions.plain.p.0.title").set_value("A clerk for Mondays")
    press(app, "Add it")
    tab.whole()
    made = [one.body for one in filled.all(tab.project_id, Solution) if one.id != "s"]
    assert [(one.problem, one.title, one.approach) for one in made] == [("p", "A clerk for Mondays", "no ML")]


def test_every_field_of_a_card_can_be_filled(tab, filled):
    asked = {"schema_version", "merged_into", "problem", "reach", "impact", "confidence", "effort", "ratings", "basis"}
    app = tab.open(BOARD)
    for kind, name in ((Problem, "problems.p"), (Solution, "solutions.s")):
        app.button(key=f"{name}.edit").click().run()
        drawn = {(one.key or "").removeprefix(f"{name}.0.") for group in ("text_input", "text_area", "selectbox") for one in app.get(group)}
        assert set(kind.model_fields) - asked <= drawn


def test_silent_writing_is_begun_written_and_revealed(tab, installation):
    store = installation.store()
    app = opened(tab, "write.open")
    app.number_input(key="write.least").set_value(1)
    press(app, "Begin to write")
    tab.whole()
    app.text_input(key="write.name.Somebody").set_value("Ana")
    press(app, "Take part")
    tab.whole()
    [found] = store.all(tab.project_id, Round)
    lines = [one.key for one in app.text_input if one.key.startswith(f"write.{found.id}")]
    assert len(lines) == 3
    app.text_input(key=lines[0]).set_value("We need an algorithm").run()
    assert "Which decision is slow, costly or often wrong today?" in tab.text
    assert store.all(tab.project_id, Problem) == []
    app.text_input(key=lines[1]).set_value("Typos").run()
    app.text_input(key=lines[1]).set_value("").run()
    assert len([one for one in app.text_input if one.key.startswith(f"write.{found.id}")]) == 5, "three empty ones below the two"
    press(app, "I'm done")
    tab.whole()
    assert [one.body.statement for one in store.all(tab.project_id, Problem)] == ["We need an algorithm"]
    assert tab.answer.startswith("1 problem, and no solution yet.")


def test_solutions_are_written_silently_under_chosen_problems(tab, filled):
    app = opened(tab, "write.open")
    app.segmented_control(key="write.what").set_value("Solutions").run()
    app.multiselect(key="write.problems").set_value(["q"])
    press(app, "Begin to write")
    [found] = filled.all(tab.project_id, Round)
    assert [card.id for card in found.body.cards] == ["q"]
    assert found.body.title == "How could this be solved: Typing of forms: they wait?"
    filled.join(tab.project_id, found.id, "ben", "Ben")
    filled.cast(tab.project_id, found.id, "ben", "b", written("Online form", "q"))
    app = tab.open(BOARD)
    assert "Online form" not in tab.text
    press(app, "Reveal now (1 person not done)")
    tab.whole()
    assert "Online form" in tab.text
    assert filled.get(tab.project_id, Solution, "b").body.approach == ""


def test_a_pasted_list_is_brought_in_and_unknown_columns_are_named(tab, filled):
    app = opened(tab, "board.exchange")
    app.text_area(key="board.paste.0").set_value("statement,prio\nTypos,1").run()
    assert "“prio” is unknown here and left out." in tab.text
    press(app, "Bring them in")
    tab.whole()
    assert [one.body.statement for one in filled.all(tab.project_id, Problem)][-1] == "Typos"
