"""Beginning a game: on this screen, or on everybody's."""

import secrets
from typing import Any

import streamlit as st

from components.deployment.game import game_plan
from components.deployment.records import Game, Metric
from components.project.rounds import Card, Round
from components.readiness.evidence import planned_rollout
from components.ui import resources, state
from components.ui.patterns import note
from components.ui.session import NAMELESS, person

TITLE = "Game day"


def begin(project_id: str, *, primary: bool) -> None:
    """Draw the two ways to begin."""
    with st.container(horizontal=True, gap="small", key="game_begin"):
        here: dict[str, Any] = {"on_click": _begin, "args": (project_id, True), "type": "primary" if primary else "secondary"}
        st.button("Play on this screen", icon=":material/casino:", key="game.here", **here)
        all_: dict[str, Any] = {"on_click": _begin, "args": (project_id, False)}
        st.button("Everybody on their own", icon=":material/groups:", key="game.everybody", **all_)
    note(
        "The rollout is the planned one, and the monitors those in place. Something may be wrong with the new version, or nothing: "
        "it may even be better."
    )


def _begin(project_id: str, alone: bool) -> None:
    store, me = resources.store(), person()
    watched = tuple(dict.fromkeys(one.body.monitor for one in store.all(project_id, Metric) if one.body.watching and one.body.monitor))
    plan = game_plan(planned_rollout(store, project_id).plan, watched)
    game = store.save(project_id, Game(plan=plan, secret=secrets.token_urlsafe(24)), person=me.id)
    number = 1 + sum(one.body.purpose == "play" for one in store.all(project_id, Round))
    body = Round(
        purpose="play", title=TITLE, cards=[Card(kind=Game.kind, id=game.id, title=TITLE)], number=number, least=1 if alone else None
    )
    found = store.save(project_id, body, person=me.id)
    if alone:
        store.join(project_id, found.id, me.id, "We" if me.name == NAMELESS else me.name)
    st.query_params["round"] = found.id
    state.say("The new version is out.")
