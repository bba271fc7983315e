"""What we have, and what its kind means for us."""

import streamlit as st

from components import ui, words
from components.data import description
from components.data.charts import balance_chart
from components.project.data_sets import DataSet, DataVersion
from components.ui.data_sets import DRAW, go_on

QUESTION = "What do we have, and what does its kind mean for us?"
TASK = "components.data.work:ingest"
HERE = "What we have"
project = ui.project()


def bring(data_set: str | None, label: str) -> None:
    """Draw the drop zone; a file becomes a new data set, or the next version of one."""
    key = f"data_sets.{data_set or 'new'}"
    brought = ui.file_drop(key, label, images=True) or ui.server_place(key)
    if brought:
        asked = ("data_sets", project.id, TASK, {**brought.params, "data_set": data_set}, f"Reading {brought.name}")
        st.button("Read and check it", key=f"{key}.read", icon=":material/done_all:", on_click=ui.begin, args=asked)
    ui.note("CSV, TSV, Parquet, JSON lines, or a zip of images or recordings with a manifest (path, label, any columns); up to 200 MB.")


versions = ui.store().all(project.id, DataVersion)
if not versions:
    with ui.empty(QUESTION, "A file is enough: its kind decides which advice, checks and baselines fit.", "Bring a first file."):
        bring(None, "A first file")
    ui.watch("data_sets", project.id, TASK)
    st.stop()

heading = st.container()
chosen = ui.choose_version(project.id, "data_sets")
if chosen is None:
    st.stop()
version, data_set = chosen
view = ui.view("data_sets", [HERE, *DRAW])
if view in DRAW:
    DRAW[view](heading, version, data_set)
    st.stop()
kind = "structured" if data_set.body.structured else "unstructured"
means = "more features or rows, no augmentation" if data_set.body.structured else "augmentation fine, human level applies"
with heading:
    ui.answer(
        QUESTION,
        f"{words.counted(version.body.rows, version.body.noun)}, {kind}: {means}.",
        f"{data_set.body.name}, version {version.body.number}, {words.counted(len(version.body.columns), 'column')}, "
        f"content {version.body.table[:8]}, from {version.body.source}.",
        simulated=version.body.simulated,
    )
job = ui.watch("data_sets", project.id, TASK)
if job and job.result.get("unchanged"):
    ui.note(job.result["sentence"])
left, right = st.columns([8, 4], gap="large")
with left:
    if version.body.archive and version.body.noun == "image":
        ui.section("A look at it", "the first images of each label, as they are")
        ui.image_wall(version.body.archive, version.body.table, data_set.body.target or "")
    else:
        ui.section("A look at it", "the first rows")
        st.dataframe(ui.first_rows(version.body.table), hide_index=True, width="stretch", height=330)
        ui.players(version.body, ui.first_rows(version.body.table))
    with st.expander("All columns and their types"):
        st.dataframe([{"column": name, "type": kind} for name, kind in version.body.columns.items()], hide_index=True, width="stretch")
with right:
    ui.section("What its kind means", kind, about="structured")
    st.markdown(description.advice(bool(data_set.body.structured)))
    go_on(version)
    if data_set.body.target in version.body.columns and version.body.columns[data_set.body.target] != "text":
        balance = ui.label_balance(version.body.table, data_set.body.target)
        ui.section("Balance of the labels", f"column “{data_set.body.target}”")
        of, alt = (version.body.table, data_set.body.target), "How many rows each label has"
        ui.chart(lambda: balance_chart(balance, ui.palette()), of=of, alt=alt, table=balance, name="label balance")

columns = ["", *version.body.columns]
unsaid = data_set.version == 1 and not data_set.body.target
meaning = st.expander("What the columns mean: what is predicted, what identifies a row, the split", expanded=unsaid)
with meaning, st.form("data_sets.roles", border=False):
    given = data_set.body
    structured = st.segmented_control(
        "Kind of data", ["structured", "unstructured"], default=kind, key=f"data_sets.kind.{data_set.id}.{data_set.version}"
    )
    roles = {}
    labels = {"target": "Predict", "id_column": "Key of a row", "split_column": "Split"}
    labels |= {"group_column": "Belongs together", "time_column": "Time"}
    for column, (role, label) in zip(st.columns(len(labels)), labels.items(), strict=True):
        now = getattr(given, role) or ""
        key = f"data_sets.{role}.{data_set.id}.{data_set.version}"
        roles[role] = column.selectbox(label, columns, index=columns.index(now) if now in columns else 0, key=key) or None
    if st.form_submit_button("Save and check again"):
        body = DataSet(**{**given.model_dump(), **roles, "structured": structured == "structured"})
        ui.save_over(project.id, body, data_set)
        ui.start_job("data_sets", project.id, "components.data.work:check", {"data_version": version.id}, "Checking")
        st.rerun()
with st.expander("The next version of this data set"):
    bring(data_set.id, "The next version")
with st.expander("Another data set"):
    bring(None, "Another data set")
