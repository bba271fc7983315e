"""How ready the system is for production: 28 lines, each answered by whoever knows."""

import streamlit as st

from components import ui
from components.readiness.charts import ml_test_score_chart
from components.readiness.ml_test_score import next_line, score, written
from components.ui import checklist

QUESTION = "Are we ready, and what is still missing?"
project = ui.project()
answers = checklist.answers(project.id)
states = {code: record.body.state for code, record in answers.items()}
scored = score(states)
if answers:
    ui.answer(
        QUESTION,
        scored.answer,
        f"Half a point for a test by hand, a full point for an automated one; the lowest of four sections counts, here {scored.weakest}.",
    )
else:
    why = "28 tests tell a production system from an experiment (Breck et al. 2017). A line takes ten seconds to answer."
    with ui.empty(QUESTION, why, "Begin with the section you know best."):
        ui.note("Answers are saved one by one, so several people can answer at the same time.")
left, right = st.columns([8, 4], gap="large")
with left:
    section = checklist.choose_section(scored)
    checklist.lines(project.id, section, answers)
with right:
    ui.section("ML Test Score", f"the lowest of the four counts: {written(scored.score)}")
    sections = ", ".join(f"{name} {written(points)}" for name, points in scored.sections.items())
    ui.chart(
        lambda: ml_test_score_chart(scored, ui.palette()),
        of=tuple(scored.sections.values()),
        alt=f"Points of 7 in each section: {sections}. The lowest is the score.",
        table=checklist.table(answers),
        name="checklist",
    )
    ui.section("Worth closing next", "in the section that decides the score")
    checklist.next_step(project.id, next_line(states))
