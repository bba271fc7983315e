"""Whether the labels can be trusted: how far the labellers agree, on which labels they don't, and who differs."""

import streamlit as st

from components import ui, words
from components.data.agreement_run import agreement_of
from components.data.charts import agreement_chart, agreement_table, annotators_chart, labels_chart
from components.data.records import AgreementRun
from components.data.wording import agreement_answer, agreement_badge, agreement_method

QUESTION = "Can we trust the labels?"
project = ui.project()
heading = st.container()
labels = ui.choose_labels(project.id, "labels")
if labels is None:
    why = "Labels that people don't agree on can't be learnt by a model; three people and a few dozen items tell."
    with heading, ui.empty(QUESTION, why, "Bring a long table of labels: one row a judgement, with item, annotator and label."):
        ui.bring_labels(project.id)
    st.stop()

run = ui.store().get(project.id, AgreementRun, labels.id)
if run is None:
    with heading:
        ui.answer(QUESTION, "Nobody knows yet.", "These labels have not been measured.")
    st.stop()
with heading:
    ui.answer(
        QUESTION, agreement_answer(run.body), agreement_method(run.body), badge=agreement_badge(run.body), simulated=run.body.simulated
    )
found = ui.cached_agreement(labels.body, agreement_of)
left, right = st.columns([7, 5], gap="large")
with left:
    ui.section("Agreement beyond chance", "dot and 95 % interval over items; bands after Krippendorff")
    alt = f"{agreement_answer(run.body)} {agreement_method(run.body)}"
    ui.chart(agreement_chart(run.body, ui.palette()), alt=alt, table=agreement_table(run.body), name="agreement")
    if run.body.why:
        ui.note(run.body.why)
    ui.section("By label", "α of one label against all others, the least agreed on first")
    ui.chart(labels_chart(found, ui.palette()), alt="Agreement by label", table=found.per_label, name="agreement by label")
with right:
    ui.section("By annotator", "how often each gives the label that most of the others give")
    ui.chart(annotators_chart(found, ui.palette()), alt="Agreement by annotator", table=found.per_annotator, name="annotators")
    ui.section("By pair", "shared items, how often the same label, Cohen's κ")
    st.dataframe(found.per_pair.head(50), hide_index=True, width="stretch", height=250)
    ui.download(found.per_pair, "pairs of annotators")
    if run.body.simulated:
        ui.note(run.body.simulated)
with st.expander("Bring other labels"):
    ui.bring_labels(project.id)
    ui.note(f"{words.counted(run.body.labels, 'judgement')} from {labels.body.source or labels.body.name} are shown above.")
