"""Judging by a link: who one is, then one item after the other, and nothing else."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from components import words
from components.data.rulebook.records import Calibration
from components.data.rulebook.rounds import judging_rounds
from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Ballot, Round
from components.project.store import Project
from components.server import changes
from components.ui import identity, resources, state
from components.ui.live import live_round
from components.ui.patterns import answer, note
from components.ui.rounds.inviting import lights, so_far
from components.ui.rounds.joining import ask_name
from components.ui.rounds.judge_style import JUDGE
from components.ui.rounds.revealing import reveal_if_all_are_done
from components.ui.screens import screen
from components.ui.session import escape, link, person

SCRIPT = '<script src="/judge.js"></script>'


def judging(project: Project) -> None:
    """Draw the round that the address names, or the newest one that runs."""
    rounds = judging_rounds(resources.store(), project.id)
    asked = st.query_params.get("round", "")
    running = [one for one in rounds if one.body.state == "open"]
    found = next((one for one in rounds if one.id == asked), next(iter(running or rounds), None))
    if found is None:
        answer(screen("data/judge").question, "No round has begun yet.", "This screen shows it as soon as somebody starts one.")
        link("data/rulebook", "To the rulebook", icon=":material/arrow_forward:")
    elif found.body.state == "revealed":
        _over(found, [one for one in running if one.seq > found.seq])
    else:
        live_round(project.id, found.id)
        _open(found)


def _open(found: Record[Round]) -> None:
    ballots, me = resources.store().ballots(found.project_id, found.id), person()
    mine = next((one for one in ballots if one.voter == me.id), None)
    if mine is None:
        how_many = words.counted(len(found.body.cards), "item")
        ask_name(found, method=f"{how_many}, judged blind: nobody sees what you say before all are revealed.", roles=False)
    elif mine.done:
        reveal_if_all_are_done(found, ballots)
        _done(found, ballots)
    else:
        # The script fills it; what it says is the same in every run, so that Streamlit leaves it alone.
        asker = changes.asker(me.id, identity.session_id() or "")
        who = " ".join(f'data-{name}="{quote(value)}"' for name, value in asker.items())
        place = f'<div id="judge" data-project="{quote(found.project_id)}" data-round="{quote(found.id)}" {who}></div>'
        st.html(JUDGE)
        st.html(place)
        with st.container(key="live_judge"):
            st.html(SCRIPT, unsafe_allow_javascript=True)


def _done(found: Record[Round], ballots: Sequence[Ballot]) -> None:
    answer(
        found.body.title,
        "You are done, thank you.",
        f"{so_far(found, ballots)} What everybody said is revealed together, on this screen too.",
    )
    lights(ballots)
    st.button("Change my judgements", key="judge.change", icon=":material/undo:", on_click=_again, args=(found,), width="stretch")


def _again(found: Record[Round]) -> None:
    try:
        resources.store().finish(found.project_id, found.id, person().id, done=False)
    except BadInput as error:
        state.say(str(error))


def _over(found: Record[Round], later: list[Record[Round]]) -> None:
    member = resources.store().may(found.project_id, "viewer")
    about = resources.store().get(found.project_id, Calibration, found.id) if member else None
    answer(screen("data/judge").question, "Revealed: look at it together.", about.body.question if about else found.body.title)
    if later:
        name = escape(f"Go on: round {later[0].body.number}")
        st.button(name, key="judge.next", type="primary", width="stretch", on_click=_turn_to, args=(later[0].id,))
    if member:
        link("data/round_result", "See where you differ", icon=":material/arrow_forward:", round=found.id)
    note("Your judgements are kept; nothing more can be changed in this round.")


def _turn_to(round_id: str) -> None:
    st.query_params["round"] = round_id
