"""The screen that a link or a QR code opens: a name, then what is asked, then what came of it."""

import pytest

from components.errors import BadInput
from components.project.rounds import Card, Question, Round
from components.scoping.lenses.declaration import FIVE

CARDS = [Card(kind="option", id=id_, title=title) for id_, title in (("a", "Recogniser"), ("b", "Online form"))]
WORTH = Question(name="worth", title="Worth", choices=FIVE)


def press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


@pytest.fixture
def begin(installation, project_id):
    def one(id_="r", **how):
        body = Round(**{"purpose": "vote", "title": "What is it worth?", "cards": CARDS, "questions": [WORTH], **how})
        return installation.store().save(project_id, body, person="ana", id=id_)

    return one


def joined(tab, name="Ana", round_id="r"):
    tab.app.query_params["round"] = round_id
    app = tab.open("scoping/join")
    app.text_input(key="join.name.Somebody").set_value(name)
    press(app, "Join")
    tab.whole()
    return app


def test_before_any_round_it_says_that_it_waits(tab):
    tab.open("scoping/join")
    assert tab.answer == "No round has begun yet."
    assert not [button for button in tab.app.button if button.key == "bar.me"], "nothing else is on the screen"


def test_somebody_without_a_name_is_told(tab, begin, installation):
    begin()
    app = tab.open("scoping/join")
    press(app, "Join")
    assert "A name needs at least one letter" in tab.text
    assert installation.store().ballots(tab.project_id, "r") == []


def test_an_answer_is_kept_the_moment_it_is_given(tab, begin, installation):
    begin()
    app = joined(tab)
    assert tab.answer == "Recogniser"
    [ballot] = installation.store().ballots(tab.project_id, "r")
    assert (ballot.name, ballot.done, ballot.by_proxy) == ("Ana", False, False)
    app.button_group(key=f"join.r.{ballot.voter}.a.worth").set_value(4.0).run()
    app.text_input(key=f"join.r.{ballot.voter}.a.note").set_value("They wait").run()
    tab.whole()
    [vote] = installation.store().votes(tab.project_id, "r", ballot.voter)
    assert (vote.card, vote.answers, vote.note) == ("a", {"worth": [4.0, 4.0, 4.0]}, "They wait")


def test_what_was_typed_just_before_the_next_card_or_the_end_is_kept(tab, begin, installation):
    begin(least=1)
    app = joined(tab)
    [ballot] = installation.store().ballots(tab.project_id, "r")
    app.text_input(key=f"join.r.{ballot.voter}.a.note").set_value("They wait")
    press(app, "Next")
    assert tab.answer == "Online form"
    app.button_group(key=f"join.r.{ballot.voter}.b.worth").set_value(5.0)
    press(app, "I'm done")
    assert tab.answer == "Revealed: look at it together."
    votes = {vote.card: (vote.answers, vote.note) for vote in installation.store().votes(tab.project_id, "r", ballot.voter)}
    assert votes == {"a": ({}, "They wait"), "b": ({"worth": [5.0, 5.0, 5.0]}, "")}


def test_an_answer_that_is_taken_back_is_gone_and_the_note_stays(tab, begin, installation):
    begin()
    app = joined(tab)
    [ballot] = installation.store().ballots(tab.project_id, "r")
    key = f"join.r.{ballot.voter}.a"
    app.text_input(key=f"{key}.note").set_value("Why").run()
    app.button_group(key=f"{key}.worth").set_value(4.0).run()
    app.button_group(key=f"{key}.worth").set_value(None).run()
    [vote] = installation.store().votes(tab.project_id, "r", ballot.voter)
    assert (vote.answers, vote.note) == ({"worth": [None, None, None]}, "Why")


def test_the_last_one_who_is_done_reveals_a_round_that_waits_for_all(tab, begin, installation):
    begin(least=1)
    app = joined(tab)
    press(app, "Next")
    assert tab.answer == "Online form"
    assert "Not complete yet: 1, 2." in tab.text
    press(app, "I'm done")
    tab.whole()
    assert tab.answer == "Revealed: look at it together."
    assert installation.store().get(tab.project_id, Round, "r").body.state == "revealed"


def test_somebody_who_is_done_can_change_their_mind_before_the_reveal(tab, begin, installation):
    begin()
    app = joined(tab)
    press(app, "Next")
    press(app, "I'm done")
    assert tab.answer == "You are done, thank you."
    assert "Done: 1 of 1 who joined" in tab.text
    press(app, "Change the answers")
    assert tab.answer == "Online form"
    assert [one.done for one in installation.store().ballots(tab.project_id, "r")] == [False]


def test_a_range_out_of_order_is_kept_and_said(tab, begin, installation):
    begin(questions=[Question(name="reach", title="Reach", low=0, spread=True)])
    app = joined(tab)
    [ballot] = installation.store().ballots(tab.project_id, "r")
    app.number_input(key=f"join.r.{ballot.voter}.a.reach.0").set_value(9.0).run()
    assert "likely value is missing" in tab.text
    app.number_input(key=f"join.r.{ballot.voter}.a.reach.1").set_value(5.0).run()
    assert "not in this order" in tab.text
    [vote] = installation.store().votes(tab.project_id, "r", ballot.voter)
    assert vote.answers == {"reach": [9.0, 5.0, None]}


def test_what_comes_after_the_reveal_is_not_saved_and_stays_in_its_field(tab, begin, installation, monkeypatch):
    begin()
    app = joined(tab)
    store = installation.store()
    [ballot] = store.ballots(tab.project_id, "r")

    def refuse(*_, **__):
        raise BadInput("The database can't be written.", "Try again in a moment.")

    monkeypatch.setattr(type(store), "cast", refuse)
    app.text_input(key=f"join.r.{ballot.voter}.a.note").set_value("A long thought").run()
    assert "Not saved yet." in tab.text
    assert app.text_input(key=f"join.r.{ballot.voter}.a.note").value == "A long thought"
    monkeypatch.undo()
    press(app, "Try again")
    tab.whole()
    assert "Not saved yet." not in tab.text
    assert [vote.note for vote in store.votes(tab.project_id, "r", ballot.voter)] == ["A long thought"]


def test_one_person_answers_for_another_who_has_no_screen(tab, begin, installation):
    begin()
    app = joined(tab)
    app.text_input(key="join.proxy_name.0").set_value("Eva")
    app.button_group(key="join.proxy_role.0").set_value("business")
    press(app, "Add them")
    tab.whole()
    me, eva = installation.store().ballots(tab.project_id, "r")
    assert (eva.name, eva.role, eva.by_proxy) == ("Eva", "business", True)
    app.button_group(key="join.whose.r").set_value(eva.voter).run()
    app.button_group(key=f"join.r.{eva.voter}.a.worth").set_value(2.0).run()
    assert {vote.voter: vote.answers["worth"][1] for vote in installation.store().votes(tab.project_id, "r", me.voter)} == {eva.voter: 2.0}


def test_a_link_to_a_round_that_is_over_leads_to_the_next(tab, begin, installation):
    begin()
    installation.store().reveal(tab.project_id, "r", "ana")
    begin("second", title="And now?", number=2, after="r")
    tab.app.query_params["round"] = "r"
    app = tab.open("scoping/join")
    assert tab.answer == "Revealed: look at it together."
    press(app, "Go on: And now?")
    tab.whole()
    assert tab.answer == "And now?"
