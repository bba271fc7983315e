"""A file, thirty seconds, an answer: the checks and the quick models on one screen, without a project."""

from functools import partial

import streamlit as st

from components import ui, words
from components.data.charts import severity_chart
from components.data.checks.report import STATUSES, badge, sentence
from components.data.checks.wording import figure_text, headline
from components.data.records import CheckRun
from components.modelling.baselines import comparison
from components.modelling.charts import baselines_chart
from components.modelling.records import Leaderboard
from components.modelling.wording import baselines_answer, baselines_method, board_notes
from components.project.data_sets import DataSet, DataVersion

QUESTION = "Can we train on this file, and what must be beaten?"
QUICK, BASELINES = "components.readiness.quick_check:run", "components.modelling.work:baselines"
project = ui.current()
ui.lead_on(project)
versions = ui.store().all(project.id, DataVersion) if project else []
heading = st.container()

if project is None or not (project.unlisted or versions):
    why = "Nothing is kept unless you say so: a quick check is forgotten after a week."
    what = "Drop a table (CSV, TSV, Parquet, JSON lines) or a zip of images, up to 200 MB."
    with (
        heading,
        ui.empty(QUESTION, why, what, headline="Drop a file to find out."),
    ):
        brought = ui.file_drop("quick_check", "A table, or a zip of images", images=True)
        if brought:
            ui.start_quick_check(brought)
    st.stop()
if not versions:
    with heading:
        ui.reading(project, QUESTION)
    st.stop()

version = versions[-1]
data_set = ui.store().get(project.id, DataSet, version.body.data_set)
checked = ui.store().get(project.id, CheckRun, version.id)
found = ui.store().get(project.id, Leaderboard, version.id)
board = found.body if found else None
counts = {status: checked.body.count(status) for status in STATUSES} if checked else {}
with heading:
    method = f"{version.body.source}: {words.counted(version.body.rows, 'row')} × {words.counted(len(version.body.columns), 'column')}."
    told = (sentence(counts, checked.body.rows), badge(counts, checked.body.rows)) if checked else ("Checking.", ("running", "running"))
    ui.answer(QUESTION, told[0], method, badge=told[1])
left, right = st.columns(2, gap="large")
with left:
    ui.section("The data", "what to fix, and what to look at")
    if checked:
        ui.chart(lambda: severity_chart(counts, ui.palette()), of=("severity", *counts.items()), alt=told[0])
        for group in checked.body.firing()[:8]:
            with ui.card(f"quick{group[0]['code']}"):
                mark = ":red[:material/error:]" if group[0]["status"] == "failed" else ":orange[:material/warning:]"
                st.markdown(f"{mark} **{ui.escape(headline(group))}** :gray[{group[0]['code']}]")
                st.markdown(f":small[{ui.escape(figure_text(group))} {ui.escape(group[0]['advice'])}]")
with right:
    ui.section("What must be beaten", "quick models on the same folds", about="folds")
    columns = list(version.body.columns)
    target = data_set.body.target if data_set else None
    index = columns.index(target) if target in columns else None
    picked = st.selectbox("What is to be predicted?", columns, index=index, key="quick_check.target", placeholder="choose a column")
    params = {"data_version": version.id, "target": picked}
    if picked and data_set and picked != target:
        ui.save_over(project.id, data_set.body.model_copy(update={"target": picked}), data_set)
        ui.start_job("quick_check.check", project.id, "components.data.work:check", {"data_version": version.id}, "Checking")
        ui.start_job("quick_check.models", project.id, BASELINES, params, "Quick models")
        st.rerun()
    jobs = [ui.watch("quick_check", project.id, QUICK), ui.watch("quick_check.models", project.id, BASELINES)]
    if picked and picked == target and jobs[1] is None:
        ui.note("Guessed from the columns; choose another one if something else is to be predicted.")
    if not any(job and job.living for job in jobs) and (board is None or not board.finished):
        ui.note(next((job.result["no_models"] for job in jobs if job and "no_models" in job.result), ""))
        if picked and st.button("Run quick models", key="quick_check.run", icon=":material/play_arrow:"):
            ui.start_job("quick_check.models", project.id, BASELINES, params, "Quick models")
            st.rerun()
    if board and board.models:
        table = comparison(board)
        best = board.best
        answer = baselines_answer(board, best.title if best else "", best.estimate["value"] if best else None, None)
        st.markdown(f"**{ui.escape(answer)}**")
        if len(table):
            drawing = partial(baselines_chart, table, ui.palette(), metric=board.metric)
            ui.chart(drawing, of=(table.to_json(), board.metric), alt=answer, table=table, name="baselines")
        ui.note(baselines_method(board))
        for line in board_notes(board, any(job and job.living for job in jobs)):
            ui.note(line)
if project.unlisted:
    with st.container(horizontal=True, vertical_alignment="center"):
        ui.keep_it(project)
        ui.note("Otherwise it is forgotten after a week. The address of this page shows it to a colleague.")
