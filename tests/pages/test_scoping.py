"""The scoping screens: writing down, ranking, and two people at once."""

from components.scoping.records import Problem, Solution


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def test_the_first_problem_is_written_down(tab, installation):
    app = tab.open("scoping/problems_and_solutions")
    app.text_area(key="problems.new.0.statement").set_value("Forms wait two days")
    press(app, "Add the problem")
    tab.whole()
    assert [one.body.statement for one in installation.store().all(tab.project_id, Problem)] == ["Forms wait two days"]


def test_a_problem_without_words_is_refused_and_said(tab, installation):
    app = tab.open("scoping/problems_and_solutions")
    press(app, "Add the problem")
    assert "is missing: fill it in" in tab.text
    assert installation.store().all(tab.project_id, Problem) == []


def test_words_of_ai_and_a_missing_plain_solution_are_pointed_out(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Problem(statement="We need a neural network"), person="ana", id="p")
    store.save(tab.project_id, Solution(problem="p", title="Train it", approach="build"), person="ana")
    tab.open("scoping/problems_and_solutions")
    assert "“neural network” is already a solution" in tab.text
    assert "What hurts today, whom, and how often?" in tab.text
    assert "No solution without ML yet" in tab.text
    assert tab.answer == "1 problem, 1 solution; “We need a neural network” has no solution without ML yet."


def test_two_people_editing_the_same_idea_the_second_is_told_and_both_texts_are_kept(open_tab, installation, project_id):
    store = installation.store()
    store.name_person("ben", "Ben")
    store.save(project_id, Problem(statement="Forms wait"), person="ana", id="p")
    tab = open_tab(project_id)
    app = tab.open("scoping/problems_and_solutions")
    app.button(key="problems.p.edit").click().run()
    app.text_area(key="problems.p.0.statement").set_value("Forms wait two days")
    store.save(project_id, Problem(statement="Forms wait a week"), person="ben", id="p", read=1)
    press(app, "Save")
    tab.whole()
    assert "Ben changed this while you were editing it." in tab.text
    assert "Forms wait two days" in tab.text
    assert "Forms wait a week" in tab.text
    assert store.get(project_id, Problem, "p").body.statement == "Forms wait a week"
    app.button(key="problems.p.keep_mine").click().run()
    tab.whole()
    assert store.get(project_id, Problem, "p").body.statement == "Forms wait two days"
    assert store.get(project_id, Problem, "p").version == 3


def test_changes_of_different_fields_are_both_kept_without_a_question(open_tab, installation, project_id):
    store = installation.store()
    store.save(project_id, Problem(statement="Forms wait"), person="ana", id="p")
    tab = open_tab(project_id)
    app = tab.open("scoping/problems_and_solutions")
    app.button(key="problems.p.edit").click().run()
    app.text_area(key="problems.p.0.statement").set_value("Forms wait two days")
    store.save(project_id, Problem(statement="Forms wait", owner="Ben"), person="ben", id="p", read=1)
    press(app, "Save")
    tab.whole()
    found = store.get(project_id, Problem, "p")
    assert (found.body.statement, found.body.owner, found.version) == ("Forms wait two days", "Ben", 3)


def test_keeping_theirs_leaves_their_text(open_tab, installation, project_id):
    store = installation.store()
    store.save(project_id, Problem(statement="Forms wait"), person="ana", id="p")
    tab = open_tab(project_id)
    app = tab.open("scoping/problems_and_solutions")
    app.button(key="problems.p.edit").click().run()
    app.text_area(key="problems.p.0.statement").set_value("mine")
    store.save(project_id, Problem(statement="theirs"), person="ben", id="p", read=1)
    press(app, "Save")
    app.button(key="problems.p.keep_theirs").click().run()
    tab.whole()
    assert store.get(project_id, Problem, "p").body.statement == "theirs"


def test_an_open_form_keeps_what_was_read_when_it_was_opened(open_tab, installation, project_id):
    store = installation.store()
    store.save(project_id, Problem(statement="Forms wait"), person="ana", id="p")
    tab = open_tab(project_id)
    app = tab.open("scoping/problems_and_solutions")
    app.button(key="problems.p.edit").click().run()
    store.save(project_id, Problem(statement="theirs"), person="ben", id="p", read=1)
    app.run()
    assert app.text_area(key="problems.p.0.statement").value == "Forms wait"


def test_the_ranking_shows_incomplete_ideas_apart(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Problem(statement="Forms wait"), person="ana", id="p")
    full = {"reach": 100, "impact": 2.0, "confidence": 0.8, "effort": 4}
    store.save(tab.project_id, Solution(problem="p", title="Recogniser", **full), person="ana")
    store.save(tab.project_id, Solution(problem="p", title="Online form", **{**full, "effort": None}), person="ana")
    tab.open("scoping/assessment")
    assert "“Recogniser”: the only idea that is complete." in tab.answer
    assert "Online form: incomplete, effort missing" in tab.text
