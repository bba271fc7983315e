"""Blind votes: begin a round, see who is done, reveal, and talk first about what people see most differently."""

import streamlit as st

from components import ui, words
from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Round
from components.project.store import Project
from components.scoping.opinions import rounds
from components.scoping.voting import asked, longer
from components.ui.assessment.round_over import over
from components.ui.live import countdown, live_round
from components.ui.rounds.inviting import invitation, lights, progress
from components.ui.rounds.revealing import reveal
from components.ui.rounds.starting import start
from components.ui.session import presenting

QUESTION = "What does each of us think?"
MORE = 2


def voting(project: Project) -> None:
    """Draw the round that the address names, or else the newest."""
    found = rounds(ui.store(), project.id)
    if not found:
        why = "Blind answers, revealed together: nobody follows the loudest voice, and the spread says what to talk about."
        with ui.empty(QUESTION, why, "Begin a round; colleagues join with their phones.", headline="Nobody has voted yet."):
            start(project, primary=True)
        return
    wanted = st.query_params.get("round", "")
    running = [one for one in found if one.body.state == "open"]
    shown = next((one for one in found if one.id == wanted), (running or found)[0])
    if shown.body.state == "open":
        _running(shown)
    else:
        over(project, shown, {one.id: one for one in found})
    if presenting():
        return
    _others(found, shown)
    with st.expander("Begin another round", icon=":material/how_to_vote:", key="vote.another"):
        start(project, primary=False)


def _running(found: Record[Round]) -> None:
    """Draw what the projector shows meanwhile: the question, how to join, who is done."""
    live_round(found.project_id, found.id)
    ballots = ui.store().ballots(found.project_id, found.id)
    ui.answer(found.body.title, progress(ballots), asked(found.body), badge=("blind", "running"))
    left, right = st.columns([7, 5], gap="large")
    with left:
        if found.body.ends_at:
            countdown(found.body.ends_at)
        lights(ballots)
        st.markdown("\n".join(f"- {ui.escape(card.title)}" for card in found.body.cards))
        with st.container(horizontal=True, vertical_alignment="center"):
            waiting = sum(not one.done for one in ballots)
            label = f"Reveal now ({words.counted(waiting, 'person', 'people')} not done)" if waiting else "Reveal"
            if st.button(label, type="primary", icon=":material/visibility:", key="vote.reveal", disabled=not ballots):
                _revealed(found)
            ui.link("scoping/join", "Answer here", icon=":material/edit:", round=found.id)
            if found.body.ends_at and st.button(f"{MORE} more minutes", key="vote.longer", type="tertiary", icon=":material/more_time:"):
                ui.save_over(found.project_id, longer(found.body, MORE), found)
                st.rerun()
    with right:
        invitation(found)


def _revealed(found: Record[Round]) -> None:
    try:
        reveal(found)
    except BadInput as error:
        ui.say(str(error))
    st.rerun()


def _others(found: list[Record[Round]], shown: Record[Round]) -> None:
    """Let the person look at another round."""
    if len(found) < 2:
        return
    names = {one.id: f"{one.body.title}, round {one.body.number}{', running' if one.body.state == 'open' else ''}" for one in found}
    at = list(names).index(shown.id)
    chosen = st.selectbox("Rounds", list(names), index=at, format_func=names.__getitem__, key=f"vote.rounds.{shown.id}", width=420)
    if chosen != shown.id:
        st.query_params["round"] = str(chosen)
        st.rerun()
