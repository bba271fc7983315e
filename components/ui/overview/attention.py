"""What the overview points at: what came true, what is overdue, and what was decided last."""

from datetime import date
from functools import lru_cache

import streamlit as st

from components import words
from components.project.shelf import Shelf
from components.readiness.attention import Attention
from components.readiness.attention import attention as attention_of
from components.ui import resources
from components.ui.patterns import note, section
from components.ui.session import escape, link, today

MOST = 4


def attention(project_id: str) -> Attention:
    """Return what the team should look at today."""
    return _attention(project_id, resources.store().seq(project_id), today())


@lru_cache(maxsize=256)
def _attention(project_id: str, seq: int, day: date) -> Attention:
    return attention_of(Shelf(resources.store(), project_id), day)


def shout(found: Attention) -> None:
    """Say which kill criteria came true."""
    for course in found.killed:
        st.error(f"**Stop “{escape(course.milestone.title)}”, or decide why not.** {escape(course.kill_text)}", icon=":material/dangerous:")
        link("scoping/milestones", "To the milestone", icon=":material/arrow_forward:")


def again(found: Attention) -> None:
    """Draw which triggers fired and what is overdue."""
    if not (found.fired or found.actions or found.late):
        return
    section("Look at this")
    for trigger in found.fired[:MOST]:
        number, title = trigger.entry.number, trigger.entry.body.title
        st.markdown(
            f":orange[:material/notifications_active:] **Decide again: {number}. {escape(title)}**  \n:small[:gray[{escape(trigger.why)}]]"
        )
    for course in found.late[:MOST]:
        due = f"{course.milestone.due:%-d %B}" if course.milestone.due else ""
        st.markdown(f":orange[:material/event_busy:] **{escape(course.milestone.title)}** :small[:gray[was due on {due}, {course.word}]]")
    for item in found.actions[:MOST]:
        until = f"{item.body.due:%-d %B}" if item.body.due else ""
        who = escape(item.body.owner) or "nobody"
        st.markdown(f":orange[:material/alarm:] **{escape(item.body.what)}** :small[:gray[{who}, until {until}]]")
    more = sum(max(len(part) - MOST, 0) for part in (found.fired, found.late, found.actions))
    if more:
        note(f"And {more} more.")
    with st.container(horizontal=True):
        if found.fired:
            link("project/decisions", icon=":material/arrow_forward:")
        if found.late:
            link("scoping/milestones", icon=":material/arrow_forward:")
        if found.actions:
            link("project/meeting", "Actions", icon=":material/arrow_forward:")


def decided(found: Attention) -> None:
    """Draw the latest decisions that hold, with their triggers and dissent."""
    section("Latest decisions")
    for entry in found.latest:
        body, trigger = entry.body, found.trigger_of(entry)
        when = f"{body.on:%-d %B}" if body.on else ""
        who = words.listed(body.makers, most=2)
        dissent = " · :orange[with dissent]" if entry.open_dissent else ""
        revisit = f"  \n:small[:material/notifications: {escape(body.revisit)}]" if trigger and body.revisit else ""
        st.markdown(f"{escape(body.title)}  \n:small[:gray[{escape(', '.join(part for part in (who, when) if part))}]{dissent}]{revisit}")
    if not found.latest:
        note("None yet: write down what you decide, and who disagrees.")
    link("project/decisions", "The log", icon=":material/arrow_forward:")
