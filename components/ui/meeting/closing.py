"""What came out of a meeting: decisions that fell in it, who does what until when, and the end."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import words
from components.project import meetings
from components.project.decisions import Decision, log
from components.project.meetings import ActionItem, Meeting
from components.project.records import Record
from components.project.store import Project
from components.ui import resources, state
from components.ui.decisions.cards import CHIPS, WORDS, chip
from components.ui.decisions.forms import decision_form
from components.ui.figures import download
from components.ui.forms import editor
from components.ui.many import many
from components.ui.meeting.strip import change
from components.ui.patterns import card, note, section
from components.ui.pieces import delete, save_over
from components.ui.session import escape, link, today

FIELDS = ("what", "owner", "due")


def outcome(project: Project, meeting: Record[Meeting] | None) -> None:
    """Draw the decisions and the actions of a meeting; without one, all open actions."""
    left, right = st.columns(2, gap="large")
    with left:
        section("Decisions", "made in this meeting" if meeting else "the latest")
        _decisions(project, meeting)
    with right:
        section("Who does what")
        actions(project, meeting)


def end(meeting: Record[Meeting]) -> None:
    """Draw how the meeting ends."""
    with card("end"), st.form("meeting.end", border=False):
        summary = st.text_area("In a sentence: what came out of it?", max_chars=4000, height=72, key="meeting.summary")
        if st.form_submit_button("Close the meeting for everybody", type="primary", icon=":material/flag:"):
            change(lambda store, one, person_id: meetings.close(store, one, person_id, summary), meeting)
            st.rerun()


def table(items: Sequence[Record[ActionItem]]) -> pd.DataFrame:
    """Return actions as a table."""
    rows = [
        {
            "what": one.body.what,
            "who": one.body.owner,
            "until": one.body.due.isoformat() if one.body.due else "",
            "done": "yes" if one.body.done else "no",
            "note": one.body.note,
        }
        for one in items
    ]
    return pd.DataFrame(rows, columns=["what", "who", "until", "done", "note"])


def _decisions(project: Project, meeting: Record[Meeting] | None) -> None:
    entries = log(resources.store().all(project.id, Decision))
    shown = [entry for entry in entries if meeting is None or entry.body.meeting == meeting.id]
    for entry in reversed(shown[-8:]):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            chip(WORDS.get(entry.stands, entry.stands), CHIPS[entry.stands])
            st.markdown(f"{entry.number}. {escape(entry.body.title)}", width="content")
        if entry.body.dissent:
            note(f"Dissent: {entry.body.dissent}")
    if not shown:
        note("None yet.")
    if meeting is None or meeting.body.state == "running":
        with st.popover("Write down a decision", icon=":material/add:", key="meeting.decide"):
            if decision_form(project, "meeting.decision", entries):
                state.say("Written down.")
                st.rerun()
    link("project/decisions", "The whole log", icon=":material/arrow_forward:")


def actions(project: Project, meeting: Record[Meeting] | None) -> None:
    """Draw the actions of a meeting, or all that are open, with the overdue ones first."""
    everything = resources.store().all(project.id, ActionItem)
    late = meetings.overdue(everything, today())
    items = [one for one in everything if (one.body.meeting == meeting.id if meeting else not one.body.done)]
    overdue = {one.id for one in late}
    ordered = sorted(items, key=lambda one: one.id not in overdue)

    def searched(item: Record[ActionItem]) -> str:
        return f"{item.body.what} {item.body.owner}"

    with many(ordered, "meeting.actions", "action", searched, held=lambda one: state.editing(f"meeting.actions.{one.id}")) as shown:
        for item in shown:
            _item(project, item, overdue=item.id in overdue)
    if not items:
        note("Nothing yet.")
    with st.container(horizontal=True):
        with st.popover("Add an action", icon=":material/add:", key="meeting.action"):
            fixed = {"meeting": meeting.id if meeting else ""}
            if editor(ActionItem, "meeting.actions.new", project_id=project.id, fields=FIELDS, fixed=fixed, submit="Add it"):
                st.rerun()
        if everything:
            download(table(items), f"{words.slug(project.name)} actions", label="Actions as CSV")


def _item(project: Project, item: Record[ActionItem], *, overdue: bool) -> None:
    key, body = f"meeting.actions.{item.id}", item.body
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"action_{item.id}"):
        if state.editing(key):
            if editor(ActionItem, key, project_id=project.id, record=item, fields=(*FIELDS, "note"), cancel=True):
                st.rerun()
            return
        done = st.checkbox("Done", value=body.done, key=f"{key}.done.{item.version}", label_visibility="collapsed")
        if done != body.done:
            save_over(project.id, body.model_copy(update={"done": done}), item)
            st.rerun()
        until = f"until {body.due:%-d %B}" if body.due else "no day"
        told = f"{escape(body.owner) or 'nobody'}, {until}"
        colour = ":orange[:material/warning: overdue: " if overdue else ":gray["
        struck = f"~~{escape(body.what)}~~" if body.done else escape(body.what)
        st.markdown(f"{struck}  \n:small[{colour}{told}]]", width="stretch")
        st.button("", key=f"{key}.edit", type="tertiary", icon=":material/edit:", help="Change it", on_click=state.edit, args=(key,))
        args = (project.id, item)
        st.button("", key=f"{key}.delete", type="tertiary", icon=":material/delete:", help="Delete it", on_click=delete, args=args)
