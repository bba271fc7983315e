"""Whether one can train on the data, what to fix first, and the rows concerned."""

import pandas as pd
import streamlit as st

from components import ui, words
from components.data.charts import severity_chart
from components.data.checks.report import STATUSES, badge, sentence
from components.data.checks.wording import figure_text, headline
from components.data.records import CheckRun

QUESTION = "Can we train on this?"
TASK = "components.data.work:check"
ICONS = {"failed": ":red[:material/error:]", "error": ":red[:material/help:]", "warned": ":orange[:material/warning:]"}
project = ui.project()
heading = st.container()
chosen = ui.choose_version(project.id, "checks")
if chosen is None:
    with heading, ui.empty(QUESTION, "Duplicates, leaks and conflicting labels spoil a model before it is trained.", "Bring a file first."):
        ui.link("data/data_sets", "To the data sets", icon=":material/arrow_forward:")
    st.stop()
version, data_set = chosen
run = ui.store().get(project.id, CheckRun, version.id)
running = ui.watch("checks", project.id, TASK)
if run is None:
    with heading, ui.empty(QUESTION, f"{data_set.body.name} has not been checked yet.", "Check it: it takes seconds."):
        if st.button("Check it", type="primary", key="checks.run", icon=":material/done_all:"):
            ui.start_job("checks", project.id, TASK, {"data_version": version.id}, "Checking")
            st.rerun()
    st.stop()

counts = {status: run.body.count(status) for status in STATUSES}
with heading:
    ui.answer(
        QUESTION,
        sentence(counts),
        f"{version.body.source}, version {version.body.number}: {words.counted(run.body.rows, 'row')} × "
        f"{words.counted(run.body.columns, 'column')}, {words.counted(len(run.body.results), 'result')} in {run.body.seconds:.1f} s.",
        badge=badge(counts),
        simulated=run.body.simulated,
    )
    alt = ", ".join(f"{number} {status}" for status, number in counts.items())
    ui.chart(severity_chart(counts, ui.palette()), alt=f"Results of the checks: {alt}")

firing = run.body.firing()
shown = ui.rows_shown(run.body.results, firing)
left, right = st.columns([7, 5], gap="large")
with left:
    ui.section("Fix first" if counts["failed"] else "Look at", "each says what to do")
    for group in firing:
        code = group[0]["code"]
        with ui.card(f"check{code}"), st.container(horizontal=True, vertical_alignment="center"):
            with st.container():
                st.markdown(f"{ICONS[group[0]['status']]} **{ui.escape(headline(group))}** :gray[{code}]")
                st.markdown(f":small[{ui.escape(figure_text(group))} {ui.escape(group[0]['advice'])}]")
            with st.container(width="content"):
                ui.rows_buttons(group)
    if not firing:
        ui.done_line("Nothing to fix and nothing to look at.")
    with st.expander("All results, with their thresholds"):
        table = pd.DataFrame(run.body.results)[["code", "title", "column", "status", "figure", "threshold", "rows", "note"]]
        st.dataframe(table, hide_index=True, width="stretch")
        ui.download(table, f"checks {data_set.body.name}")
    if st.button("Check again", key="checks.again", icon=":material/refresh:"):
        ui.start_job("checks", project.id, TASK, {"data_version": version.id}, "Checking")
        st.rerun()
with right:
    ui.section("The rows concerned", f"{shown[0]} {shown[1]}" if shown else "")
    if shown:
        ui.rows_of_check(project.id, version.id, run.version, *shown)
    else:
        ui.note("No row is concerned.")
