"""Whether the labels can be trusted: how far the labellers agree, who differs, what holds, and how many more are needed."""

import streamlit as st

from components import ui, words
from components.data.records import AgreementRun, ConsensusRun
from components.ui import labels as screen

QUESTION = "Can we trust the labels?"
AGAIN = "components.data.label_work:again"
PLAN = "Plan"
VIEWS = ("Agreement", "Annotators", "Consensus", "Adjudication", PLAN)
project = ui.project()
if ui.labels_refused(project.id, QUESTION):
    st.stop()
view = ui.view("labels", VIEWS)
heading = st.container()
labels = ui.choose_labels(project.id, "labels") if view != PLAN else None
if view == PLAN:
    runs = ui.store().all(project.id, AgreementRun)
    screen.planner(runs[-1].body if runs else None)
    st.stop()
if labels is None:
    why = "Labels that people don't agree on can't be learnt by a model; three people and a few dozen items tell."
    with heading, ui.empty(QUESTION, why, "Bring labels: one row a judgement, with item, annotator and label; other shapes are read too."):
        if not ui.watch_labels(project.id):
            ui.bring_labels(project.id)
    st.stop()
ui.watch_labels(project.id)


def measure(title: str, kind: str) -> None:
    """Draw the button that measures these labels, or how far that is."""
    job = ui.watch("labels.again", project.id, AGAIN)
    if not (job and job.living) and st.button(title, type=kind, key="labels.measure"):
        ui.start_job("labels.again", project.id, AGAIN, {"label_set": labels.id}, f"Measuring {labels.body.name}")
        st.rerun()


saved = ui.store().get(project.id, AgreementRun, labels.id)
consensus = ui.store().get(project.id, ConsensusRun, labels.id)
if saved is None or (consensus is None and view != "Agreement"):
    why = (
        f"“{labels.body.name}” has not been measured yet."
        if saved is None
        else f"The consensus of “{labels.body.name}” was not looked for yet."
    )
    with heading, ui.empty(QUESTION, why, "Measure how far its labellers agree." if saved is None else "Find the label of each item."):
        measure("Measure the agreement" if saved is None else "Find the consensus", "primary")
    st.stop()
with heading:
    if view == "Agreement":
        screen.agreement(saved, QUESTION)
    elif view == "Annotators":
        screen.annotators(saved, consensus and consensus.body, "Who differs from the others?")
    elif view == "Adjudication":
        screen.adjudication(labels, consensus, saved.body)
    else:
        screen.consensus(consensus, saved.body, "Which label holds for each item?")
if saved.body.simulated:
    ui.note(saved.body.simulated)
if view != "Agreement":
    st.stop()
measure("Measure again", "secondary")
with st.expander("Bring other labels"):
    ui.bring_labels(project.id)
    ui.note(f"{words.counted(saved.body.labels, 'judgement')} from {labels.body.source or labels.body.name} are shown above.")
