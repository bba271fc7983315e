"""The ranking of the ideas."""

import streamlit as st

from components import ui
from components.project.store import Project
from components.scoping.board import cards
from components.scoping.opinions import lenses, ranking_of
from components.scoping.ranking import ranking_table
from components.scoping.ranking_charts import score_chart
from components.scoping.records import RICE_FACTORS, Solution

QUESTION = "Which idea first?"


def ranking(project: Project) -> None:
    """Draw the ranking of the ideas."""
    solutions = cards(ui.store(), project.id, Solution)
    if not solutions:
        why = "A ranking shows what the team assumes, and where it should find out more."
        with ui.empty(QUESTION, why, "Write down a problem and a few ways to solve it."):
            ui.link("scoping/problems_and_solutions", "To problems and solutions", icon=":material/arrow_forward:")
        return
    found = ranking_of(ui.store(), project.id, lenses(ui.store(), project.id)["rice"])
    ui.answer(QUESTION, found.answer, found.method)
    left, right = st.columns([7, 5], gap="large")
    with left:
        ui.section("The ranking")
        if len(found.ranked):
            ui.chart(score_chart(found, ui.palette()), alt=found.answer, table=ranking_table(found), name="ranking")
        for row in found.incomplete.itertuples():
            ui.open_line(f"{row.name}: incomplete, {row.missing} missing")
    with right:
        ui.section("The factors", "open an idea to change what it rests on")
        for record in solutions:
            key = f"assessment.{record.id}"
            with st.expander(ui.escape(record.body.title), expanded=ui.editing(key)):
                if ui.editor(Solution, key, project_id=project.id, record=record, fields=RICE_FACTORS, columns=2):
                    ui.say("Saved.")
                    st.rerun()
