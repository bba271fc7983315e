"""A game day: the team plays its own rollout window by window, with a fault that may or may not be there."""

import streamlit as st

from components import ui
from components.ui import game
from components.ui.live import live_round
from components.ui.rounds.inviting import invitation, lights, progress
from components.ui.rounds.revealing import revealed

QUESTION = "Would we have noticed?"
project = ui.project()
found = game.games(project.id)
wanted = st.query_params.get("round", "")
shown = next((one for one in found if one.id == wanted), next(iter(found), None))
if shown is None:
    why = (
        "Play the planned rollout as if it were real: hold, promote or roll back. Whoever has played it once reads a dashboard differently."
    )
    with ui.empty(QUESTION, why, "A game takes five minutes, alone, on the projector, or everybody on a phone."):
        game.begin(project.id, primary=True)
    st.stop()
if shown.body.state == "revealed":
    game.over(shown)
    game.begin(project.id, primary=True)
    st.stop()
live_round(project.id, shown.id)
ballots, me = ui.store().ballots(project.id, shown.id), game.mine(shown)
if me is not None:
    game.play(shown, ballots, me)
if shown.body.least is None:
    if me is None:
        ui.answer(QUESTION, progress(ballots), "Everybody plays the same rollout on their own screen; truth and scores come at the end.")
    left, right = st.columns([7, 5], gap="large")
    with left:
        lights(ballots)
        with st.container(horizontal=True, vertical_alignment="center"):
            waiting = sum(not one.done for one in ballots)
            label = f"Reveal now ({waiting} still playing)" if waiting else "Reveal"
            kind = "secondary" if me and not me.done else "primary"
            st.button(
                label, type=kind, icon=":material/visibility:", key="game.reveal", disabled=not ballots, on_click=revealed, args=(shown,)
            )
            if me is None:
                ui.link("scoping/join", "Play here", icon=":material/casino:", round=shown.id)
    with right:
        invitation(shown)
elif me is None:
    ui.answer(QUESTION, "Somebody is playing on their own screen.", "Truth and scores stand here when they are done.")
    game.begin(project.id, primary=False)
