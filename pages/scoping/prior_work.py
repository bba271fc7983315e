"""What others have reached, against our target."""

import streamlit as st

from components import ui, words
from components.project.target import Target
from components.scoping.charts import prior_work_chart
from components.scoping.prior_work import attainable, table
from components.scoping.records import PriorWork
from components.ui import prior_work
from components.ui.target import set_target

QUESTION = "What have others reached?"
project = ui.project()
records, target = ui.store().all(project.id, PriorWork), ui.store().get(project.id, Target, "target")

if not records:
    why = "Benchmark papers and open-source models say what accuracy is attainable, before anybody promises one."
    with ui.empty(QUESTION, why, "Add the first published result, with its source."), st.container(horizontal=True):
        prior_work.add(project.id)
        prior_work.bring_in(project.id, records)
        set_target(project.id, target, "prior_work.target")
    st.stop()

bodies, wanted = [record.body for record in records], target.body if target else None
people, ours = prior_work.measured(project.id)
found = attainable(bodies, wanted, people)
badge = ("target beyond the best", "warn") if found.beyond_best else ("target beyond people", "warn") if found.beyond_people else None
ui.answer(
    QUESTION,
    found.sentence,
    f"{words.counted(found.used, 'result')} of {len(bodies)} can be compared as {found.metric}; "
    "measured on other people's data, so a guide and no promise.",
    badge=badge,
)
prior_work.figures(found, people, ours)
ui.section("Score against year", "each label leads to its mark")
ui.chart(
    lambda: prior_work_chart(bodies, wanted, ui.palette(), people=people, ours=ours),
    alt=found.sentence,
    of=(project.id, ui.store().seq(project.id)),
    table=table(bodies, wanted, people),
    name="prior work",
)
with st.container(horizontal=True):
    prior_work.add(project.id)
    prior_work.bring_in(project.id, records)
    prior_work.hand_out(records)
    set_target(project.id, target, "prior_work.target")
with st.expander(f"The entries, to edit ({len(records)})", key="prior_work.entries", on_change="rerun") as unfolded:
    if unfolded.open:
        prior_work.entries(project.id, records)
