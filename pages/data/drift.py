"""How fast the data change: two versions, two splits, or along time; what drifts, and how often to retrain therefore."""

from functools import partial

import pandas as pd
import streamlit as st

from components import ui, words
from components.data.drift.charts import columns_chart, columns_table, moved_chart, pace_chart
from components.data.drift.declaration import BY_CODE
from components.data.drift.wording import cadence, columns_sentence, drift_answer, drift_badge, drift_method, jumps
from components.data.records import DriftRun
from components.ui import drift

QUESTION = "How fast does our world change?"
project = ui.project()
heading = st.container()
chosen = ui.choose_version(project.id, "drift")
if chosen is None:
    with heading, ui.empty(QUESTION, "A model learns yesterday's world; drift says how long that holds.", "Bring a file first."):
        ui.link("data/data_sets", "To the data sets", icon=":material/arrow_forward:")
    st.stop()
version, data_set = chosen
record = ui.store().get(project.id, DriftRun, version.id)
ui.watch("drift", project.id, drift.TASK)
if record is None:
    why = f"Nothing of {data_set.body.name} has been compared yet. It takes seconds."
    with heading, ui.empty(QUESTION, why, "Compare what the model learns from with what it will be used on."):
        drift.compare(version, data_set, primary=True)
    st.stop()
run, palette, shown = record.body, ui.palette(), (record.id, record.version)
with heading:
    ui.answer(QUESTION, drift_answer(run), drift_method(run), badge=drift_badge(run), simulated=run.simulated)
left, right = st.columns([7, 5], gap="large")
with left:
    if run.over_time:
        ui.section("How fast", "each dot two periods; line and band: the pace with its 95 % interval", about="pace")
        pairs = {"months apart": run.over_time["lags"], "share elsewhere beyond chance": run.over_time["shares"]}
        ui.chart(
            partial(pace_chart, run, palette),
            of=shown,
            alt=f"{drift_answer(run)} {drift_method(run)}",
            table=pd.DataFrame(pairs),
            name="pace of change",
        )
    if any(row["psi"] is not None for row in run.columns):
        ui.section("What moved", f"{run.before} against {run.after}; the grey bar is what chance reaches", about="permutation")
        ui.chart(partial(columns_chart, run, palette), of=shown, alt=columns_sentence(run), table=columns_table(run), name="drift")
    else:
        ui.behind(columns_table(run), "drift")
with right:
    lines = cadence(run)
    if lines:
        ui.section("How often, therefore")
        st.markdown("\n".join(f"- {ui.escape(line)}" for line in lines))
        if jumps(run):
            ui.note(jumps(run))
    for code, rows in drift.columns_by_code(run.drifting).items():
        check = BY_CODE[code]
        with ui.card(f"drift{code}"):
            st.markdown(f":orange[:material/warning:] **{ui.escape(check.title)}** :gray[{code}]")
            named = [f"{row['column']}: {row['note']}" if row["note"] else row["column"] for row in rows.to_dict("records")]
            st.markdown(f":small[{ui.escape(words.listed(named, 6))}. {ui.escape(check.advice)}]")
    if not run.drifting:
        ui.done_line("Nothing drifts: what was learnt still holds as far as the data go.")
    ui.note(
        f"Measured in {run.seconds:.1f} s. A column drifts where chance doesn't explain it and the difference is large enough to matter."
    )
if run.over_time:
    ui.section("Since the first period", "how many % of the values of each column lie elsewhere, sampling noise included")
    ui.chart(
        partial(moved_chart, run, palette),
        of=shown,
        alt="How far each column moved in each period",
        table=pd.DataFrame(run.over_time["moved"]),
        name="moved",
    )
with st.expander("Compare something else"):
    drift.compare(version, data_set, primary=False)
