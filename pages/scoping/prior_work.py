"""What others have reached, against our target."""

import streamlit as st

from components import ui, words
from components.project.target import Target
from components.scoping.charts import prior_work_chart
from components.scoping.prior_work import attainable, score_text, table
from components.scoping.records import PriorWork
from components.ui.target import set_target

QUESTION = "What have others reached?"
FIRST = ["title", "score", "metric", "direction", "people", "link", "year", "data", "model", "licence", "similarity", "note"]
project = ui.project()
entries, target = ui.store().all(project.id, PriorWork), ui.store().get(project.id, Target, "target")


def add() -> None:
    """Draw the form for a new entry."""
    with st.popover("Add a result", icon=":material/add:", type="primary", key="prior_work.add"):
        if ui.editor(PriorWork, "prior_work.new", project_id=project.id, fields=FIRST, columns=2, submit="Add it"):
            ui.say("Added.")
            st.rerun()


if not entries:
    why = "Benchmark papers and open-source models say what accuracy is attainable, before anybody promises one."
    with ui.empty(QUESTION, why, "Add the first published result, with its source."), st.container(horizontal=True):
        add()
        set_target(project.id, target, "prior_work.target")
    st.stop()

bodies = [record.body for record in entries]
wanted = target.body if target else None
found = attainable(bodies, wanted)
badge = ("target beyond the best", "warn") if found.beyond_best else ("target beyond people", "warn") if found.beyond_people else None
median = (
    f"median {score_text(found.median_score, wanted.metric if wanted else bodies[0].metric)}, " if found.median_score is not None else ""
)
people = f"people {score_text(found.people_score, wanted.metric)}, " if found.people_score is not None and wanted else ""
ui.answer(
    QUESTION,
    found.sentence(wanted),
    f"{median}{people}{words.counted(found.used, 'result')} of {len(bodies)} in the target's metric; "
    "measured on other people's data, so a guide and no promise.",
    badge=badge,
)
ui.chart(prior_work_chart(bodies, wanted, ui.palette()), alt=found.sentence(wanted), table=table(bodies, wanted), name="prior work")
with st.container(horizontal=True):
    add()
    set_target(project.id, target, "prior_work.target")
with st.expander(f"The entries, to edit ({len(entries)})"):
    for record in entries:
        text = f"{score_text(record.body.score, record.body.metric)} {record.body.metric}, {record.body.data}".strip(", ")
        ui.card_of(record, "prior_work", record.body.title, ui.escape(text), record.body.link, project_id=project.id)
