"""What one can do here: look at the example, begin a project, drop a file for a quick check."""

import streamlit as st

from components import ui
from components.ui.bar import new_project
from components.ui.standing import standing

ui.answer(
    "What can I do here?",
    "Plan a machine-learning project, and measure every step of the plan.",
    "Agree on the problem, the labels, what to beat and how to roll out. What one step measures is evidence for the next.",
)
projects = ui.store().projects()
example = next((project for project in projects if project.demo), None)
st.space("small")
left, middle, right = st.columns(3, gap="medium")
with left, ui.card("example", stretch=True):
    st.markdown("## :primary[:material/play_circle:] Look at the example")
    st.markdown(
        "A team plans a handwriting recogniser on 1,797 real images: ideas ranked, labels measured, baselines run, a canary simulated."
    )
    if example and st.button("Open the example", type="primary", key="start.example"):
        ui.open_project(example.id)
    if not example:
        ui.note("The example was deleted here. Any project's screen “People and files” brings it back.")
with middle, ui.card("new", stretch=True):
    st.markdown("## :primary[:material/add_box:] Start a project")
    st.markdown("Name it, and the first question is asked: what do you wish worked better? A template brings checklists along.")
    new_project("start", templates=True)
with right, ui.card("quick", stretch=True):
    st.markdown("## :primary[:material/upload_file:] Drop a file for a quick check")
    st.markdown("A table, up to 200 MB. Within seconds you see whether one can train on it, and what must be beaten.")
    brought = ui.file_drop("start", "A table")
    if brought:
        ui.start_quick_check(brought)

st.space("small")
strips = (
    ("Scoping", "ideas, prior work, value"),
    ("Data", "checks, agreement"),
    ("Modelling", "baselines, people"),
    ("Deployment", "simulated rollout, readiness"),
)
for number, (column, (phase, holds)) in enumerate(zip(st.columns(4, gap="small"), strips, strict=True), start=1):
    with column, st.container(key=f"strip{number}"):
        st.markdown(f"**{phase}**")
        ui.note(holds)

if projects:
    st.space("small")
    ui.section("Recent projects")
    for project in projects[:8]:
        name, stands, changed = st.columns([3, 5, 2], vertical_alignment="center")
        if name.button(ui.escape(project.name), type="tertiary", key=f"start.open.{project.id}"):
            ui.open_project(project.id)
        stands.markdown(ui.escape(standing(project.id).sentence))
        changed.markdown(f":gray[{project.created_at:%-d %B %Y}]")

st.space("small")
ui.link("project/status", "Does everything run here?", icon=":material/monitor_heart:")
