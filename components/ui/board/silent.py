"""Silent writing on the board: begin it, write here or by link, see who is done, reveal together."""

from typing import Any

import streamlit as st

from components import words
from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Ballot, Round
from components.scoping.board import short
from components.scoping.writing import of_problems, of_solutions
from components.ui import resources
from components.ui.board.desk import Desk
from components.ui.live import countdown, live_round
from components.ui.patterns import answer, bad_input, card
from components.ui.rounds.inviting import invitation, lights, progress
from components.ui.rounds.revealing import reveal_if_all_are_done, revealed
from components.ui.rounds.sheet import sheet
from components.ui.session import NAMELESS, name_me, person

PROBLEMS, SOLUTIONS = "Problems", "Solutions"
MINUTES = {0: "no time limit", 3: "3 minutes", 5: "5 minutes", 10: "10 minutes"}
FEW = 3


def begin(desk: Desk, *, primary: bool = False) -> None:
    """Draw what silent writing needs, and begin it: everybody who has this screen or the link writes at once."""
    what = PROBLEMS
    if desk.board.problems:
        what = st.segmented_control("What does everybody write?", [PROBLEMS, SOLUTIONS], default=PROBLEMS, required=True, key="write.what")
    chosen: list[str] = []
    named = {item.id: item for item in desk.board.problems}
    if what == SOLUTIONS:
        chosen = st.multiselect(
            "Solutions to",
            list(named),
            default=list(named)[:FEW],
            format_func=lambda id_: short(named[id_].body.statement, 80),
            key="write.problems",
        )
    minutes = st.selectbox("Time", list(MINUTES), format_func=MINUTES.__getitem__, key="write.minutes")
    by_itself = st.checkbox("Reveal by itself once all are done", value=True, key="write.by_itself")
    here = max(2, len(resources.store().present(desk.project.id)))
    least = st.number_input("People who must have joined by then", 1, 500, here, key="write.least", disabled=not by_itself)
    if not st.button("Begin to write", type="primary" if primary else "secondary", icon=":material/edit_note:", key="write.begin"):
        return
    if what == SOLUTIONS and not chosen:
        bad_input(BadInput("There is no problem to write solutions for.", "Choose at least one."), key="write_not_begun")
        return
    ends = (int(least) if by_itself else None, int(minutes))
    body = of_solutions([named[id_] for id_ in chosen], *ends) if what == SOLUTIONS else of_problems(*ends)
    resources.store().save(desk.project.id, body, person=person().id)
    st.rerun()


def silent(question: str, found: Record[Round]) -> None:
    """Draw the writing that goes on: one's own lines, who is done, how others join, the reveal."""
    live_round(found.project_id, found.id)
    ballots = resources.store().ballots(found.project_id, found.id)
    reveal_if_all_are_done(found, ballots)
    me = person()
    mine = next((one for one in ballots if one.voter == me.id), None)
    answer(question, f"Write silently: {progress(ballots)}", found.body.title, badge=("silent", "running"))
    left, right = st.columns([7, 5], gap="large")
    with left, card("write"):
        if mine is None:
            _join(found)
        else:
            sheet(found, mine)
    with right:
        if found.body.ends_at:
            countdown(found.body.ends_at)
        lights(ballots)
        _reveal(found, ballots)
        with st.expander("Join by phone", icon=":material/qr_code_2:", key="write.invitation", expanded=mine is None):
            invitation(found)


def _join(found: Record[Round]) -> None:
    """Ask whoever opened the board whether they write too, and as whom."""
    me = person()
    st.markdown("**Everybody writes by themselves; all of it is revealed together.**")
    with st.form("write.join", border=False):
        name = st.text_input("Your name", value="" if me.name == NAMELESS else me.name, max_chars=80, key=f"write.name.{me.name}")
        asked = st.form_submit_button("Take part", type="primary", key="write.take_part")
    if not asked:
        return
    try:
        called = name_me(name)
        resources.store().join(found.project_id, found.id, called.id, called.name)
    except BadInput as error:
        bad_input(error, key="write_no_name")
    else:
        st.rerun()


def _reveal(found: Record[Round], ballots: list[Ballot]) -> None:
    waiting = sum(not one.done for one in ballots)
    label = f"Reveal now ({words.counted(waiting, 'person', 'people')} not done)" if waiting else "Reveal"
    how: dict[str, Any] = {"on_click": revealed, "args": (found,), "disabled": not ballots}
    st.button(label, icon=":material/visibility:", key="write.reveal", **how)
