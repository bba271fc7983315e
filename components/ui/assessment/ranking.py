"""The ranking of the ideas."""

import streamlit as st

from components import ui, words
from components.project.store import Project
from components.scoping.charts import rice_chart
from components.scoping.priority import FACTORS, rice_answer, rice_of
from components.scoping.records import Solution

QUESTION = "Which idea first?"


def ranking(project: Project) -> None:
    """Draw the ranking of the ideas."""
    solutions = ui.store().all(project.id, Solution)
    if not solutions:
        why = "A ranking shows what the team assumes, and where it should find out more."
        with ui.empty(QUESTION, why, "Write down a problem and a few ways to solve it."):
            ui.link("scoping/problems_and_solutions", "To problems and solutions", icon=":material/arrow_forward:")
        return
    ranking = rice_of([record.body for record in solutions])
    incomplete = ranking[ranking["status"] == "incomplete"]
    ui.answer(
        QUESTION,
        rice_answer(ranking),
        f"RICE: reach × impact × confidence ÷ effort. {words.counted(len(ranking) - len(incomplete), 'idea')} ranked, "
        f"{len(incomplete)} incomplete. These are the team's assumptions, not measurements.",
    )
    left, right = st.columns([7, 5], gap="large")
    with left:
        ui.section("The ranking")
        if len(incomplete) < len(ranking):
            ui.chart(rice_chart(ranking, ui.palette()), alt=rice_answer(ranking), table=ranking, name="ranking")
        for name, missing in zip(incomplete["name"], incomplete["missing"], strict=True):
            ui.open_line(f"{name}: incomplete, {missing} missing")
    with right:
        ui.section("The factors", "open an idea to change what it rests on")
        for record in solutions:
            key = f"assessment.{record.id}"
            with st.expander(ui.escape(record.body.title), expanded=ui.editing(key)):
                if ui.editor(Solution, key, project_id=project.id, record=record, fields=FACTORS, columns=2):
                    ui.say("Saved.")
                    st.rerun()
