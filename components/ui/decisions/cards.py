"""A decision as a card: what was decided, where it stands, who disagrees, and what would make the team look again."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components import words
from components.project.decisions import Decision, Entry, Stands
from components.project.madr import file_name, to_madr
from components.project.store import Project
from components.readiness.triggers import Trigger
from components.ui import state
from components.ui.comments import comments
from components.ui.decisions.forms import decision_form
from components.ui.patterns import BADGES, card, note
from components.ui.pieces import delete
from components.ui.session import escape, link

CHIPS: dict[Stands, str] = {"accepted": "pass", "proposed": "running", "rejected": "fail", "deprecated": "note", "superseded": "note"}
WORDS: dict[Stands, str] = {"accepted": "in force"}
PARTS = {
    "context": "Context",
    "drivers": "Drivers",
    "options": "Options",
    "confirmation": "How we will see that it was done",
    "consulted": "Consulted",
    "informed": "Informed",
}


def chip(text: str, kind: str) -> None:
    """Draw a small word with its icon."""
    icon, colour = BADGES[kind]
    st.badge(escape(text), icon=icon, color=colour)


def decision_card(project: Project, entry: Entry, entries: Sequence[Entry], triggers: Mapping[str, Trigger]) -> None:
    """Draw a decision with what can be done with it."""
    key, body = f"decisions.{entry.id}", entry.body
    numbers = {one.id: one for one in entries}
    with card(key):
        if state.editing(key):
            if decision_form(project, key, entries, record=entry.record):
                state.say("Saved.")
                st.rerun()
            return
        _chips(entry, triggers.get(entry.id))
        st.markdown(f"**{entry.number}. {escape(body.title)}**")
        if body.outcome:
            st.markdown(escape(body.outcome))
        if body.dissent:
            st.markdown(f":orange[:material/record_voice_over:] **Dissent.** {escape(body.dissent)}")
        fired = triggers.get(entry.id)
        if fired:
            st.markdown(f":small[:gray[Look at it again {_when(body)}{escape(fired.why)}]]")
            if fired.fired and fired.screen:
                link(fired.screen, icon=":material/arrow_forward:")
        before = [numbers[id_] for id_ in body.supersedes if id_ in numbers]
        after = [numbers[id_] for id_ in entry.superseded_by if id_ in numbers]
        for word, others in (("Instead of", before), ("Superseded by", after)):
            if others:
                note(f"{word} {words.listed(f'{one.number}. {one.body.title}' for one in others)}")
        _more(body)
        _actions(project, entry, entries, key)


def searched(entry: Entry) -> str:
    """Return the text in which a decision is found."""
    body = entry.body
    return " ".join((body.title, body.outcome, body.context, body.dissent, *body.makers, *body.options, entry.stands))


def being_edited(entry: Entry) -> bool:
    """Whether somebody has a form of this decision open."""
    return state.editing(f"decisions.{entry.id}") or state.editing(f"decisions.{entry.id}.again")


def _when(body: Decision) -> str:
    return f"if {escape(body.revisit)}: " if body.revisit else "if: "


def _chips(entry: Entry, trigger: Trigger | None) -> None:
    body = entry.body
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        chip(WORDS.get(entry.stands, entry.stands), CHIPS[entry.stands])
        if trigger and trigger.state in {"fired", "perhaps"}:
            chip("look at it again" if trigger.fired else "perhaps time to look again", "warn")
        if entry.open_dissent:
            number = len(body.disagreeing)
            chip(f"{number} of {words.counted(len(body.votes), 'vote')} against" if number else "dissent", "warn")
        when = f"{body.on:%-d %B %Y}" if body.on else "no date"
        st.markdown(f":small[:gray[{when}{', ' if body.makers else ''}{escape(words.listed(body.makers))}]]", width="content")


def _more(body: Decision) -> None:
    shown = {title: getattr(body, field) for field, title in PARTS.items() if getattr(body, field)}
    if not shown and not body.votes:
        return
    said = f", {words.counted(len(body.votes), 'vote')}" if body.votes else ""
    with st.expander(f"{words.listed(title.lower() for title in shown).capitalize()}{said}".removeprefix(", ")):
        for title, value in shown.items():
            text = "\n".join(f"- {escape(one)}" for one in value) if isinstance(value, list) else escape(value)
            st.markdown(f"**{title}**\n\n{text}")
        if body.votes:
            rows = [
                {"who": one.who, "side": one.role, "wanted": one.said, "agrees": "yes" if one.agrees else "no", "why": one.why}
                for one in body.votes
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _actions(project: Project, entry: Entry, entries: Sequence[Entry], key: str) -> None:
    again = f"{key}.again"
    with st.container(horizontal=True):
        st.button("Edit", key=f"{key}.edit", type="tertiary", icon=":material/edit:", on_click=state.edit, args=(key,))
        if entry.holds:
            st.button("Supersede", key=f"{key}.supersede", type="tertiary", icon=":material/sync:", on_click=state.edit, args=(again,))
        st.download_button(
            "MADR",
            lambda: to_madr(entry.id, entry.body),
            file_name=file_name(entry),
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            type="tertiary",
            key=f"{key}.madr",
        )
        st.button(
            "Delete", key=f"{key}.delete", type="tertiary", icon=":material/delete:", on_click=delete, args=(project.id, entry.record)
        )
        comments(project.id, Decision.kind, entry.id)
    if state.editing(again):
        kept = {
            name: getattr(entry.body, name) for name in ("title", "options", "about", *("revisit", "revisit_figure", "revisit_comparison"))
        }
        start = {**kept, "revisit_value": entry.body.revisit_value, "supersedes": [entry.id]}
        if decision_form(project, again, entries, start=start):
            state.say("Written down; the one before stays in the log.")
            st.rerun()
