"""How good people are, and whether we are there."""

from functools import partial

import pandas as pd
import streamlit as st

from components import ui
from components.modelling.charts import people_chart
from components.modelling.records import HumanLevelRun, Leaderboard
from components.modelling.wording import best_on, model_beside, people_answer, people_method, people_note
from components.project.target import Target
from components.readiness.human_level_gate import why_no_human_level
from components.stats.estimate import Estimate
from components.ui.human import DRAW
from components.ui.human.labels import MEASURE, QUESTION, details, refused, start, type_it_in

project = ui.project()
heading = st.container()
view = ui.view("human_level", ["From labels", *DRAW])
if view in DRAW:
    DRAW[view](heading, project.id)
    st.stop()
labels = ui.choose_labels(project.id, "human_level")
if labels is None:
    why = "On images, sound and text people set the benchmark: what they can't tell, no model needs to."
    with heading, ui.empty(QUESTION, why, "Bring labels by three people or more, or with an expert's labels."):
        ui.link("data/labels", "To the labels", icon=":material/arrow_forward:")
        type_it_in(project.id)
    st.stop()
saved = ui.store().get(project.id, HumanLevelRun, labels.id)
job = ui.watch("human_level", project.id, MEASURE)
if labels.body.structured and not (saved and saved.body.override):
    with heading:
        refused(labels)
    st.stop()
why_not = why_no_human_level(ui.store(), project.id, labels.id) if saved is None else ""
if why_not:
    with heading:
        ui.answer(QUESTION, "These labels can't say yet.", f"{labels.body.name}: {why_not}", badge=("not measured", "warn"))
        ui.link("data/rulebook", "To the rulebook", icon=":material/arrow_forward:", view="rounds")
    st.stop()
if saved is None:
    with heading, ui.empty(QUESTION, f"“{labels.body.name}” has not been measured for this yet.", "Measure it: it takes a moment."):
        if not (job and job.living) and st.button("Measure human level", type="primary", key="human_level.measure"):
            start(labels)
    st.stop()

run = saved.body
boards = [record.body for record in ui.store().all(project.id, Leaderboard)]
target = ui.store().get(project.id, Target, "target")
ours = best_on(boards, ui.versions_of(project.id, labels.body.data_set))
team = Estimate(**run.accuracy)
wanted = target.body.value if target and target.body.metric.lower() == "accuracy" else None
with heading:
    ui.answer(QUESTION, people_answer(run, ours), people_method(run, ours), simulated=run.simulated)
people = pd.DataFrame(run.per_annotator)
model = model_beside(run, ours)
drawing = partial(people_chart, people, ui.palette(), team=team, model=model, target=wanted)
ui.chart(drawing, of=(project.id, ui.store().seq(project.id), labels.id), alt=people_answer(run, ours), table=people, name="human level")
ui.note(people_note(run))
if run.simulated:
    ui.note(run.simulated)
details(run)
with st.container(horizontal=True):
    if not (job and job.living) and st.button("Measure again", key="human_level.again", icon=":material/refresh:"):
        start(labels, run.override)
    type_it_in(project.id)
