"""The ranking on screen: by any lens, with votes or without, what would flip it, what it rests on, and accepting it."""

import pytest

from components.project.decisions import Decision
from components.project.rounds import Card, Round
from components.scoping.lenses import VALUE_FEASIBILITY
from components.scoping.records import Basis, Criteria, Problem, Solution

A = {"reach": 100.0, "impact": 1.0, "confidence": 0.8, "effort": 2.0}
B = {"reach": 60.0, "impact": 1.0, "confidence": 1.0, "effort": 2.0}


def press(app, start):
    next(button for button in app.button if button.label.startswith(start)).click().run()


def save(app):
    next(button for button in app.button if button.label == "Save").click().run()


@pytest.fixture
def ideas(installation, project_id):
    store = installation.store()
    store.save(project_id, Problem(statement="Forms wait"), person="ana", id="p")
    store.save(project_id, Solution(problem="p", title="Recogniser", **A), person="ana", id="a")
    store.save(project_id, Solution(problem="p", title="Online form", **B), person="ana", id="b")
    return store


@pytest.fixture
def voted(ideas, project_id):
    cards = [Card(kind="solution", id=id_, title=title) for id_, title in (("a", "Recogniser"), ("b", "Online form"))]
    lens = VALUE_FEASIBILITY
    body = Round(purpose="vote", title=lens.title, lens=lens.code, cards=cards, questions=list(lens.factors))
    ideas.save(project_id, body, person="ana", id="r")
    for name, role, a, b in (("Ana", "engineering", 5, 2), ("Ben", "", 4, 3), ("Chioma", "business", 2, 5)):
        ideas.join(project_id, "r", name.lower(), name, role)
        for card, value in (("a", a), ("b", b)):
            ideas.cast(project_id, "r", name.lower(), card, {"value": [value] * 3, "feasibility": [3] * 3})
    ideas.reveal(project_id, "r", "ana")
    return ideas


def test_what_would_flip_it_can_be_tried_on_a_slider(tab, ideas):
    app = tab.open("scoping/assessment")
    assert tab.answer == "“Recogniser”, 33 % ahead of “Online form”."
    assert "25 % less reach of “Recogniser” (100 → 75.00) would make the top two level." in tab.text
    slider = app.slider[0]
    assert slider.label == "now 100, level at 75.00"
    slider.set_value(60.0).run()
    tab.whole()
    assert "“Online form” would come first, with 30.00 before 24.00." in tab.text
    app.slider[0].set_value(90.0).run()
    assert "“Recogniser” would still come first, with 36.00 before 30.00." in tab.text


def test_votes_say_how_sure_it_is(tab, voted):
    tab.app.query_params["lens"] = "value-feasibility"
    app = tab.open("scoping/assessment")
    tab.app.query_params["lens"] = "value-feasibility"
    app.run()
    tab.whole()
    assert tab.answer.startswith("“Recogniser” comes first with ")
    assert "resamples of the votes of 3 people" in tab.text
    assert "Chance of being first" in tab.text


def test_a_lens_is_chosen_and_what_it_lacks_is_named(tab, ideas):
    app = tab.open("scoping/assessment")
    app.button_group(key="rank.lens.3").set_value("wsjf").run()
    tab.whole()
    assert tab.answer == "Nobody knows yet: every idea lacks a factor."
    assert "Recogniser: incomplete, user and business value, time criticality, risk reduction or opportunity, job size missing" in tab.text
    assert app.query_params["lens"] == "wsjf"


def test_no_effort_is_said_and_never_infinite(tab, ideas, project_id):
    body = ideas.get(project_id, Solution, "b").body
    ideas.save(project_id, body.rated("effort", 0.0, None), person="ana", id="b", read=1)
    tab.open("scoping/assessment")
    assert "Online form: incomplete, effort above zero missing" in tab.text
    assert tab.answer == "“Recogniser”: the only idea that is complete."


def test_a_factor_is_changed_with_what_it_rests_on(tab, ideas, project_id):
    app = tab.open("scoping/assessment")
    key = "rank.factors.rice.a.0.reach"
    app.number_input(key=f"{key}.value").set_value(50.0)
    app.selectbox(key=f"{key}.kind").set_value("link")
    save(app)
    assert "write the link as https://" in tab.text
    app.text_input(key=f"{key}.link").set_value("https://example.org/forms")
    save(app)
    tab.whole()
    saved = ideas.get(project_id, Solution, "a").body
    assert (saved.reach, saved.basis) == (50.0, {"reach": Basis(kind="link", ref="https://example.org/forms")})
    assert "Recogniser rests 75 % on opinion and 25 % on a link" in tab.text.replace("**", "")


def test_two_people_changing_different_factors_both_stay_and_the_same_one_is_asked(tab, ideas, project_id):
    app = tab.open("scoping/assessment")
    key = "rank.factors.rice.a.0"
    app.number_input(key=f"{key}.reach.value").set_value(50.0)
    body = ideas.get(project_id, Solution, "a").body
    theirs = body.rated("effort", 4.0, None).rated("reach", 70.0, None)
    ideas.save(project_id, theirs, person="ben", id="a", read=1)
    save(app)
    tab.whole()
    assert "Somebody else has set reach to 70.00, resting on an opinion, meanwhile: save again to set yours." in tab.text
    assert ideas.get(project_id, Solution, "a").body.reach == 70.0
    save(app)
    tab.whole()
    saved = ideas.get(project_id, Solution, "a").body
    assert (saved.reach, saved.effort) == (50.0, 4.0)


def test_own_criteria_become_a_way_of_ranking_and_keep_their_names(tab, ideas, project_id):
    app = tab.open("scoping/assessment")
    app.text_input(key="rank.criteria.0.0.title").set_value("Strategic fit")
    app.number_input(key="rank.criteria.0.0.weight").set_value(3.0)
    app.text_input(key="rank.criteria.0.1.title").set_value("Risk")
    app.checkbox(key="rank.criteria.0.1.against").set_value(True)
    press(app, "Save the criteria")
    tab.whole()
    items = ideas.get(project_id, Criteria, "criteria").body.items
    assert [(one.name, one.weight, one.against) for one in items] == [("own-strategic-fit", 3.0, False), ("own-risk", 1.0, True)]
    app.text_input(key="rank.criteria.1.0.title").set_value("Fits our strategy")
    app.number_input(key="rank.criteria.1.1.weight").set_value(0.0)
    press(app, "Save the criteria")
    assert "A weight is a number above 0" in tab.text
    app.number_input(key="rank.criteria.1.1.weight").set_value(2.0)
    press(app, "Save the criteria")
    tab.whole()
    items = ideas.get(project_id, Criteria, "criteria").body.items
    assert [(one.name, one.title) for one in items] == [("own-strategic-fit", "Fits our strategy"), ("own-risk", "Risk")]
    app.button_group(key="rank.lens.4").set_value("weighted").run()
    tab.whole()
    assert "60 % Fits our strategy + 40 % Risk (less is better)" in tab.text


def test_accepting_a_ranking_is_a_decision_with_votes_and_dissent(tab, voted, project_id):
    tab.app.query_params["lens"] = "value-feasibility"
    app = tab.open("scoping/assessment")
    tab.app.query_params["lens"] = "value-feasibility"
    app.run()
    app.text_area(key="rank.dissent").set_value("Chioma: half of the applicants are online already")
    app.text_input(key="rank.revisit").set_value("fewer than 2,000 forms a week")
    press(app, "Write it down as a decision")
    tab.whole()
    [decision] = [one.body for one in voted.all(project_id, Decision)]
    assert (decision.title, decision.about, decision.status) == ("First: Recogniser", "ranking:value-feasibility", "accepted")
    assert decision.options == ["Recogniser", "Online form"]
    assert [(voice.who, voice.said, voice.agrees) for voice in decision.votes] == [
        ("Ana", "Recogniser", True),
        ("Ben", "Recogniser", True),
        ("Chioma", "Online form", False),
    ]
    assert decision.dissent.startswith("Chioma")
    assert decision.revisit == "fewer than 2,000 forms a week"


def test_the_vote_is_one_click_away(tab, ideas):
    app = tab.open("scoping/assessment")
    press(app, "Vote, blind")
    tab.whole()
    assert tab.answer == "Nobody has voted yet."
    assert app.query_params["view"] == "vote"
