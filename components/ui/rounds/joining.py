"""Joining a round by its link: who one is, then what is asked, and nothing else."""

from collections.abc import Callable

import streamlit as st

from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import ROLES, Ballot, Round
from components.project.store import Project
from components.ui import resources
from components.ui.game.play import play
from components.ui.live import live_round
from components.ui.patterns import answer, bad_input, note
from components.ui.rounds.ballot import ballot, late_answers
from components.ui.rounds.proxies import ROLE_WORDS, somebody_else, whose
from components.ui.rounds.sheet import late_lines, writing
from components.ui.screens import screen
from components.ui.session import NAMELESS, escape, link, name_me, person

ANSWERING: dict[str, Callable[[Record[Round], list[Ballot], Ballot], None]] = {"vote": ballot, "write": writing, "play": play}
"""How somebody answers, by the purpose of the round: given the round, all ballots, and the ballot that is being filled."""


def joining(project: Project) -> None:
    """Draw the round that the address names, or the newest one."""
    rounds = [one for one in reversed(resources.store().all(project.id, Round)) if _can_be_answered(one.body)]
    asked = st.query_params.get("round", "")
    running = [one for one in rounds if one.body.state == "open"]
    found = next((one for one in rounds if one.id == asked), next(iter(running or rounds), None))
    question = screen("scoping/join").question
    if found is None:
        answer(question, "No round has begun yet.", "This screen shows it as soon as somebody starts one.")
        return
    if found.body.state == "revealed":
        _over(found, [one for one in running if one.seq > found.seq])
        return
    live_round(project.id, found.id)
    ballots = resources.store().ballots(project.id, found.id)
    me = person()
    if all(one.voter != me.id for one in ballots):
        ask_name(found, method="Nobody sees what you say before it is revealed to all.")
    else:
        ANSWERING[found.body.purpose](found, ballots, whose(found, [one for one in ballots if one.entered_by == me.id]))
        somebody_else(found)


def _can_be_answered(body: Round) -> bool:
    return body.purpose in ANSWERING and (bool(body.cards) or body.purpose == "write")


def _over(found: Record[Round], later: list[Record[Round]]) -> None:
    """Say that a round is revealed, and lead on."""
    answer(screen("scoping/join").question, "Revealed: look at it together.", found.body.title)
    late = late_answers()
    if late:
        bad_input(BadInput("This came after the reveal.", "Say it to the others; a second round takes it.", late), key="join_late")
    if later:
        name = escape(f"Go on: {later[0].body.title}")
        st.button(name, key="join.next", type="primary", width="stretch", on_click=_turn_to, args=(later[0].id,))
    if not resources.store().may(found.project_id, "viewer"):
        note("Thank you. Whoever invited you sees the result; this screen shows the next round when there is one.")
        return
    if found.body.purpose == "write":
        late_lines(found.project_id)
        link("scoping/problems_and_solutions", "See all cards", icon=":material/arrow_forward:")
        return
    if found.body.purpose == "play":
        link("deployment/game_day", "See the truth and the scores", icon=":material/arrow_forward:", round=found.id)
        return
    if found.body.on_rules:
        link("data/rulebook", "See what came of it", icon=":material/arrow_forward:")
        return
    link("scoping/assessment", "See what came of it", icon=":material/arrow_forward:", view="vote", round=found.id)


def _turn_to(round_id: str) -> None:
    st.query_params["round"] = round_id


def ask_name(found: Record[Round], *, method: str, roles: bool = True) -> None:
    """Ask who somebody is; the cookie makes them the same person in every tab of this browser."""
    me = person()
    last = resources.store().last_role(found.project_id, me.id)
    project = resources.store().project(found.project_id)
    answer(f"You are invited to answer{f', for “{project.name}”' if project else ''}", found.body.title, method)
    role: str | None = last
    with st.form("join.who", border=False):
        name = st.text_input("Your name", value="" if me.name == NAMELESS else me.name, max_chars=80, key=f"join.name.{me.name}")
        if roles:
            role = st.segmented_control(
                "What you work on", ROLES, default=last or None, format_func=ROLE_WORDS.__getitem__, key="join.role"
            )
        asked = st.form_submit_button("Join", type="primary", width="stretch", key="join.join")
    if roles:
        note("Engineers' and business's answers are shown side by side afterwards.")
    if not asked:
        return
    try:
        called = name_me(name)
        resources.store().join(found.project_id, found.id, called.id, called.name, role or "")
    except BadInput as error:
        bad_input(error, key="join_name")
    else:
        st.rerun()
