"""Whether the labels can be trusted: how far the labellers agree, on which labels they don't, and who differs."""

import pandas as pd
import streamlit as st

from components import ui, words
from components.data.label_charts import agreement_chart, agreement_table, annotators_chart, confusion_chart, labels_chart
from components.data.records import AgreementRun
from components.data.wording import agreement_answer, agreement_badge, agreement_method, confusion_sentence

QUESTION = "Can we trust the labels?"
AGAIN = "components.data.label_work:again"
project = ui.project()
if ui.labels_refused(project.id, QUESTION):
    st.stop()
heading = st.container()
labels = ui.choose_labels(project.id, "labels")
if labels is None:
    why = "Labels that people don't agree on can't be learnt by a model; three people and a few dozen items tell."
    with heading, ui.empty(QUESTION, why, "Bring a long table of labels: one row a judgement, with item, annotator and label."):
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
if saved is None:
    with heading, ui.empty(QUESTION, f"“{labels.body.name}” has not been measured yet.", "Measure how far its labellers agree."):
        measure("Measure the agreement", "primary")
    st.stop()
run, palette, of = saved.body, ui.palette(), (project.id, saved.id, saved.version)
with heading:
    ui.answer(QUESTION, agreement_answer(run), agreement_method(run), badge=agreement_badge(run), simulated=run.simulated)
per_label, per_annotator, per_pair, confusion = (
    pd.DataFrame(rows) for rows in (run.per_label, run.per_annotator, run.per_pair, run.confusion)
)
left, right = st.columns([7, 5], gap="large")
with left:
    ui.section("Agreement beyond chance", "dot and 95 % interval over items; bands after Krippendorff")
    alt = f"{agreement_answer(run)} {agreement_method(run)}"
    ui.chart(lambda: agreement_chart(run, palette), of=of, alt=alt, table=agreement_table(run), name="agreement")
    if run.why:
        ui.note(run.why)
    if len(per_label) and per_label["alpha"].notna().any():
        ui.section("By label", "α of one label against all others, the least agreed on first")
        alt = "Agreement by label, the lowest first"
        ui.chart(lambda: labels_chart(per_label, palette), of=of, alt=alt, table=per_label, name="agreement by label")
with right:
    if len(confusion):
        ui.section("Taken for one another", confusion_sentence(run))
        alt = f"Labels given to one item: {confusion_sentence(run)}"
        ui.chart(lambda: confusion_chart(confusion, palette), of=of, alt=alt, table=confusion, name="confused labels")
    if len(per_annotator) and per_annotator["agrees"].notna().any():
        ui.section("By annotator", "how often each gives the label that most of the others give, least first")
        ui.chart(
            lambda: annotators_chart(per_annotator, palette), of=of, alt="Agreement by annotator", table=per_annotator, name="annotators"
        )
    if len(per_pair):
        ui.section("By pair", "shared items, how often the same label, Cohen's κ")
        st.dataframe(per_pair.head(50).round(3), hide_index=True, width="stretch", height=250)
        ui.download(per_pair, "pairs of annotators")
if run.simulated:
    ui.note(run.simulated)
measure("Measure again", "secondary")
with st.expander("Bring other labels"):
    ui.bring_labels(project.id)
    ui.note(f"{words.counted(run.labels, 'judgement')} from {labels.body.source or labels.body.name} are shown above.")
