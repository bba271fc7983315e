"""How ready the system is: every line answered by whoever knows, or ticked by what was measured; each gap with its price."""

import streamlit as st

from components import ui
from components.readiness.charts import ml_test_score_chart
from components.readiness.lines import LINES
from components.readiness.ml_test_score import score, written
from components.readiness.ticks import measured_ticks, states_of
from components.ui import checklist

QUESTION = "Are we ready, and what does each gap cost?"
project = ui.project()
answers, ticks = checklist.answers(project.id), measured_ticks(ui.store(), project.id)
states = states_of({code: record.body for code, record in answers.items()}, ticks)
gaps = checklist.gaps_of(project.id, states)
scored = score({line.code: states[line.code] for line in LINES if line.code in states})
how = f"{gaps.method} ML Test Score {written(scored.score)}: {scored.band}."
if states:
    ui.answer(QUESTION, gaps.answer, how, simulated=gaps.method)
else:
    why = "What tells a production system from an experiment (Breck et al. 2017), and what a pilot needs. A line takes ten seconds."
    with ui.empty(QUESTION, why, "Begin with the line that saves most, or with the section you know best."):
        ui.note("Answers are saved one by one, so several people can answer at the same time.")
left, right = st.columns([8, 4], gap="large")
with left:
    checklist.costs(project.id, gaps)
with right:
    ui.section("ML Test Score", f"the lowest of the four counts: {written(scored.score)}, {scored.band}", about="ml-test-score")
    sections = ", ".join(f"{name} {written(points)}" for name, points in scored.sections.items())
    ui.chart(
        lambda: ml_test_score_chart(scored, ui.palette()),
        of=tuple(scored.sections.values()),
        alt=f"Points of 7 in each section: {sections}. The lowest is the score.",
        table=checklist.table(answers, gaps),
        name="checklist",
    )
    checklist.signing(project.id, gaps)
section = checklist.choose_section(scored)
checklist.lines(project.id, section, answers, ticks, gaps)
checklist.own(project.id)
checklist.matrix(gaps)
ui.link("deployment/monitoring", "What can go wrong, and how it is handled: to the failure cases", icon=":material/arrow_forward:")
