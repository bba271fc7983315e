"""Choosing the idea that a view of the assessment is about."""

import streamlit as st

from components import ui
from components.project.records import Record
from components.scoping.board import cards
from components.scoping.records import Solution

CHOSEN = "assessment.idea"


def choose_idea(project_id: str, question: str, why: str) -> Record[Solution] | None:
    """Let the person choose an idea, and keep it in the address; where there is none, say so and offer the way to write one down."""
    ideas = cards(ui.store(), project_id, Solution)
    if not ideas:
        with ui.empty(question, why, "Write down a problem and a few ways to solve it."):
            ui.link("scoping/problems_and_solutions", "To problems and solutions", icon=":material/arrow_forward:")
        return None
    if len(ideas) == 1:
        return ideas[0]
    names = {record.id: record.body.title for record in ideas}
    start = st.query_params.get("idea") or ui.value(CHOSEN, ideas[0].id)
    index = list(names).index(start) if start in names else 0
    picked = st.selectbox("Idea", list(names), index, lambda id_: names[id_], key=CHOSEN, width=520, label_visibility="collapsed")
    ui.remember(CHOSEN, picked)
    st.query_params["idea"] = picked
    return next(record for record in ideas if record.id == picked)
