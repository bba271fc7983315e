"""Votes on the assessment screen: begin a round, see who is done, reveal, talk, vote again; and the projector's view."""

from datetime import UTC, datetime

import pytest

from components.project.rounds import Card, Question, Round
from components.project.tables import to_csv
from components.scoping.lenses.declaration import FIVE
from components.scoping.records import Problem, Solution
from components.scoping.round_result import exported

CARDS = [Card(kind="solution", id=id_, title=title) for id_, title in (("a", "Recogniser"), ("b", "Online form"))]
WORTH = Question(name="worth", title="Worth", choices=FIVE)


def press(app, start):
    next(button for button in app.button if button.label.startswith(start)).click().run()


@pytest.fixture
def vote_tab(tab):
    tab.app.query_params["view"] = "vote"
    return tab


@pytest.fixture
def ideas(installation, project_id):
    store = installation.store()
    store.save(project_id, Problem(statement="Forms wait"), person="ana", id="p")
    for card in CARDS:
        store.save(project_id, Solution(problem="p", title=card.title), person="ana", id=card.id)


@pytest.fixture
def round_of(installation, project_id):
    """A round that some people have answered."""

    def one(*answers, id_="r", reveal=True, **how):
        store = installation.store()
        body = Round(**{"purpose": "vote", "title": "Worth", "cards": CARDS, "questions": [WORTH], **how})
        store.save(project_id, body, person="ana", id=id_)
        for name, role, a, b in answers:
            store.join(project_id, id_, name.lower(), name, role)
            for card, value in (("a", a), ("b", b)):
                store.cast(project_id, id_, name.lower(), card, {"worth": [value] * 3}, f"{name} thinks so")
            store.finish(project_id, id_, name.lower())
        if reveal:
            store.reveal(project_id, id_, "ana")

    return one


THREE = (("Ana", "engineering", 1, 3), ("Ben", "engineering", 2, 3), ("Chioma", "business", 5, 3))


def open_(tab):
    app = tab.open("scoping/assessment")
    tab.app.query_params["view"] = "vote"
    app.run()
    tab.whole()
    return app


def test_a_round_on_all_solutions_begins_with_one_click(vote_tab, installation, ideas):
    app = open_(vote_tab)
    assert vote_tab.answer == "Nobody has voted yet."
    press(app, "Begin the round")
    vote_tab.whole()
    [found] = installation.store().all(vote_tab.project_id, Round)
    assert [card.id for card in found.body.cards] == ["a", "b"]
    assert (found.body.lens, found.body.least) == ("rice", 2)
    assert vote_tab.answer == "Waiting for the first to join."
    assert f"/join?project={vote_tab.project_id}&round={found.id}" in vote_tab.text


def test_a_round_on_typed_options_by_one_question(vote_tab, installation):
    app = open_(vote_tab)
    press(app, "Begin the round")
    assert "The round has no question yet." in vote_tab.text
    app.text_input(key="vote.question").set_value("How sure are we?")
    press(app, "Begin the round")
    assert "There is nothing to vote on." in vote_tab.text
    app.text_area(key="vote.typed").set_value("A pilot\nNo pilot")
    app.selectbox(key="vote.scale").set_value("T-shirt sizes")
    app.selectbox(key="vote.minutes").set_value(5)
    press(app, "Begin the round")
    vote_tab.whole()
    [found] = installation.store().all(vote_tab.project_id, Round)
    assert [card.title for card in found.body.cards] == ["A pilot", "No pilot"]
    assert [choice.word for choice in found.body.questions[0].choices] == ["XS", "S", "M", "L", "XL"]
    assert found.body.ends_at is not None


def test_while_a_round_runs_only_lights_are_seen(vote_tab, round_of):
    round_of(*THREE, reveal=False)
    app = open_(vote_tab)
    assert vote_tab.answer == "All 3 are done."
    assert "thinks so" not in vote_tab.text
    assert not app.get("arrow_vega_lite_chart")
    assert "listens on this machine only" in vote_tab.text
    press(app, "Reveal")
    assert vote_tab.answer == "Talk first about “Recogniser”: from 1 very low to 5 very high."


def test_after_the_reveal_engineers_and_business_stand_side_by_side(vote_tab, round_of):
    round_of(*THREE)
    open_(vote_tab)
    assert "engineers 1.5, business 5 very high; 2 of 3 are near the median" in vote_tab.text
    assert "Chioma: Chioma thinks so" in vote_tab.text
    assert "Blind, round 1: 3 people on 2 cards." in vote_tab.text


def test_a_second_round_stands_beside_the_first(vote_tab, installation, round_of):
    round_of(*THREE)
    app = open_(vote_tab)
    press(app, "Vote again, blind")
    vote_tab.whole()
    second = next(one for one in installation.store().all(vote_tab.project_id, Round) if one.id != "r")
    assert (second.body.after, second.body.number) == ("r", 2)
    store = installation.store()
    store.join(vote_tab.project_id, second.id, "ana", "Ana")
    store.cast(vote_tab.project_id, second.id, "ana", "a", {"worth": [4, 4, 4]})
    store.reveal(vote_tab.project_id, second.id, "ana")
    app.run()
    vote_tab.whole()
    assert "median of the round before" in vote_tab.text
    assert "Blind, round 2: 1 person" in vote_tab.text


def test_more_time_is_given_without_touching_the_answers(vote_tab, installation, round_of):
    round_of(*THREE, reveal=False, ends_at=datetime.now(UTC))
    app = open_(vote_tab)
    press(app, "2 more minutes")
    vote_tab.whole()
    assert installation.store().get(vote_tab.project_id, Round, "r").body.ends_at > datetime.now(UTC)
    assert len(installation.store().votes(vote_tab.project_id, "r", "ana")) == 2


def test_the_file_has_names_and_notes(installation, project_id, round_of):
    round_of(*THREE)
    store = installation.store()
    body = store.get(project_id, Round, "r").body
    text = to_csv(exported(body, store.votes(project_id, "r", ""), store.ballots(project_id, "r")))
    assert "Worth,1,Chioma,business,False,Recogniser,Worth,5,5,5,Chioma thinks so" in text.replace("\r", "").split("\n")


def test_the_projector_shows_the_screen_alone_and_leads_back(vote_tab, round_of):
    round_of(*THREE)
    app = open_(vote_tab)
    assert app.button(key="bar.present").label == "Present"
    app.button(key="bar.present").click().run()
    vote_tab.whole()
    assert app.query_params["present"] == "1"
    assert not [button for button in app.button if button.key == "bar.present"]
    assert vote_tab.answer.startswith("Talk first about")
    app.button(key="present_out").click().run()
    assert "present" not in app.query_params
    assert app.button(key="bar.present")
