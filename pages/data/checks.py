"""Whether one can train on the data, what to fix first, and the rows concerned."""

import pandas as pd
import streamlit as st

from components import ui, words
from components.data.charts import severity_chart
from components.data.checks.fixes import LEAKS
from components.data.checks.report import STATUSES, badge, sentence
from components.data.checks.wording import leak_sentence
from components.data.records import CheckRun
from components.ui.checks import fix_cards, rows_concerned, rules, thresholds
from components.ui.contract import exchange

QUESTION = "Can we train on this?"
TASK = "components.data.work:check"
project = ui.project()
heading = st.container()
chosen = ui.choose_version(project.id, "checks")
if chosen is None:
    with heading, ui.empty(QUESTION, "Duplicates, leaks and conflicting labels spoil a model before it is trained.", "Bring a file first."):
        ui.link("data/data_sets", "To the data sets", icon=":material/arrow_forward:")
    st.stop()
version, data_set = chosen
run = ui.store().get(project.id, CheckRun, version.id)
check = ("checks", project.id, TASK, {"data_version": version.id}, "Checking")
job = ui.watch("checks", project.id, TASK)
running = job is not None and job.living
if run is None:
    with heading, ui.empty(QUESTION, f"{data_set.body.name} has not been checked yet.", "Check it: it takes seconds."):
        st.button("Check it", type="primary", key="checks.run", icon=":material/done_all:", disabled=running, on_click=ui.begin, args=check)
    st.stop()

counts = {status: run.body.count(status) for status in STATUSES}
with heading:
    ui.answer(
        QUESTION,
        sentence(counts, run.body.rows),
        f"{version.body.source}, version {version.body.number}: {words.counted(run.body.rows, 'row')} × "
        f"{words.counted(run.body.columns, 'column')}, {'' if data_set.body.structured else 'un'}structured, "
        f"{words.counted(len({one['code'] for one in run.body.results}), 'check')} in {run.body.seconds:.1f} s.",
        badge=badge(counts, run.body.rows),
        simulated=run.body.simulated,
    )
    alt = ", ".join(f"{number} {status}" for status, number in counts.items())
    ui.chart(lambda: severity_chart(counts, ui.palette()), of=("severity", *counts.items()), alt=f"Results of the checks: {alt}")

    leaks = [group[0]["title"] for group in run.body.firing() if group[0]["code"] in LEAKS]
    if leaks:
        st.markdown(f":red[:material/water_drop:] **{ui.escape(leak_sentence(leaks))}**")
left, right = st.columns([7, 5], gap="large")
with left:
    fix_cards(run.body.firing())
    with st.expander("All results, with their thresholds"):
        table = pd.DataFrame(run.body.results)[["code", "title", "column", "status", "figure", "threshold", "rows", "note"]]
        st.dataframe(table, hide_index=True, width="stretch")
        ui.download(table, f"checks {data_set.body.name}")
    st.button("Check again", key="checks.again", icon=":material/refresh:", disabled=running, on_click=ui.begin, args=check)
with right:
    rows_concerned(version, run)
    changed = thresholds(project.id, run.body)
    changed |= rules(data_set, version)
    changed |= exchange(data_set, version)
if changed:
    ui.start_job(*check)
    st.rerun()
