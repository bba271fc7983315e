"""The game day: alone, and several people in one round; the truth is told only at the end."""

import pytest

from components.deployment.faults import FAULTS
from components.deployment.game import Game, Table
from components.deployment.records import Metric
from components.project.rounds import Round

PAGE = "deployment/game_day"


def press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


def told(tab):
    """Everything that was sent to the browser, in whatever form."""

    def sent(block):
        own = str(getattr(block, "proto", ""))
        return own + "".join(sent(child) for child in getattr(block, "children", {}).values())

    return sent(tab.app._tree)


def table_of(installation, project_id):
    return Table(installation.store().all(project_id, Game)[-1].body)


def test_empty_it_says_why_and_offers_both_ways(tab):
    app = tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."
    assert {"Play on this screen", "Everybody on their own"} <= {button.label for button in app.button}


def test_a_game_alone_is_held_rolled_back_and_told_at_the_end(tab, installation):
    installation.store().save(tab.project_id, Metric(metric="Shape", monitor="M01", state="in place"), person="ana", id="M01")
    app = tab.open(PAGE)
    press(app, "Play on this screen")
    tab.whole()
    table = table_of(installation, tab.project_id)
    assert table.game.plan.monitors == ("M01",)
    assert tab.answer == f"Window 1 of {table.windows}. 1 % of the requests go to the new version."
    press(app, "Hold")
    press(app, "Hold")
    assert tab.answer.startswith(f"Window 3 of {table.windows}.")
    assert table.was not in tab.text
    press(app, "Roll back")
    tab.whole()
    assert table.was in tab.text
    scores = table.board({"We": next(play for play in table.costs if (play.move, play.at) == ("roll back", 3))}).set_index("who")["score"]
    assert f"{scores['We']} of 100. The gate scored {scores['the gate']}." in tab.answer
    assert "Best possible" in tab.text


def test_before_the_end_nothing_that_is_drawn_tells_the_truth(tab, installation):
    app = tab.open(PAGE)
    press(app, "Everybody on their own")
    store = installation.store()
    [found] = store.all(tab.project_id, Round)
    game = store.all(tab.project_id, Game)[0]
    secret = next(
        word
        for word in (f"secret-of-the-game-{number}" for number in range(99))
        if Table(Game(plan=game.body.plan, secret=word)).truth.faults
    )
    store.save(tab.project_id, Game(plan=game.body.plan, secret=secret), person="ana", id=game.id, read=1)
    tab.app.query_params["round"] = found.id
    app = tab.open("scoping/join")
    app.text_input(key="join.name.Somebody").set_value("Ana")
    press(app, "Join")
    press(app, "Hold")
    table = table_of(installation, tab.project_id)
    drawn = told(tab)
    assert "Window 2 of" in drawn
    assert "vega" in drawn.lower()
    assert [fault.title for fault in FAULTS if fault.title in drawn or fault.happens in drawn] == []
    assert secret not in drawn
    press(app, "Promote")
    assert tab.answer == "You promoted after window 2. 1 of 1 are done."
    assert table.was not in told(tab)
    app = tab.open(PAGE)
    press(app, "Reveal")
    tab.whole()
    assert table.was in tab.text


def test_everybody_plays_the_same_rollout_and_sees_nobody_s_play_before_the_reveal(tab, installation):
    app = tab.open(PAGE)
    press(app, "Everybody on their own")
    assert tab.answer == "Waiting for the first to join."
    store = installation.store()
    [found] = store.all(tab.project_id, Round)
    card = found.body.cards[0].id
    for person, move, at in (("ben", "promote", 4), ("eva", "roll back", 9)):
        store.join(tab.project_id, found.id, person, "Ben")
        store.cast(tab.project_id, found.id, person, card, {"move": move, "at": at})
        store.finish(tab.project_id, found.id, person)
    app.run()
    assert "promoted" not in tab.text
    press(app, "Reveal")
    tab.whole()
    table = table_of(installation, tab.project_id)
    verdict = "promoted a good version" if table.good else "stopped a bad version"
    assert tab.answer.startswith(f"1 of 2 players {verdict}. The gate scored ")
    assert "Mean of 2 players" in tab.text
    with pytest.raises(ValueError, match="revealed in the meantime"):
        store.cast(tab.project_id, found.id, "ben", card, {"move": "hold", "at": 5})
