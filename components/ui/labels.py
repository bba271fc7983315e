"""Bringing labels in: choosing the columns of a long table, with good guesses."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from components.data import sources
from components.data.agreement import Agreement
from components.data.disagreement import LEVELS
from components.errors import BadInput
from components.project.data_sets import LabelSet
from components.ui import resources
from components.ui.choose import table
from components.ui.patterns import bad_input, note
from components.ui.uploads import TABLES, Brought, file_drop, start_job, watch

TASK = "components.data.label_work:measure"
GUESSES = {
    "item": ("item", "item_id", "id", "image", "path", "task", "question"),
    "annotator": ("annotator", "annotator_id", "worker", "worker_id", "rater", "labeller", "labeler", "user", "person"),
    "label": ("label", "answer", "rating", "class", "judgement", "value"),
    "gold": ("gold", "truth", "expert", "correct"),
}
TITLES = {"item": "Item", "annotator": "Annotator", "label": "Label", "gold": "Expert's label (if any)"}
PEEK = 256 * 1024


def bring_labels(project_id: str) -> None:
    """Draw the drop zone and, for a dropped file, which of its columns is what; a worker reads and measures it."""
    brought = file_drop("labels", "Labels")
    if brought is None:
        note(f"{', '.join(TABLES)}; columns item, annotator, label, and if you have it the expert's label.")
    else:
        _columns(project_id, brought)
    watch("labels", project_id, TASK)


def _columns(project_id: str, brought: Brought) -> None:
    try:
        names = _column_names(brought.name, brought.file)
    except BadInput as error:
        bad_input(error, key="labels_unread")
        return
    with st.form("labels.columns", border=False):
        chosen: dict[str, Any] = {}
        for column, role in zip(st.columns(4), GUESSES, strict=True):
            options = names if role != "gold" else ["", *names]
            guess = next((name for name in options if name.lower() in GUESSES[role]), options[0])
            chosen[role] = (
                column.selectbox(TITLES[role], options, index=options.index(guess), key=f"labels.{role}.{brought.file[:8]}") or None
            )
        level = st.segmented_control("What differences between labels mean", LEVELS, default="nominal", key="labels.level") or "nominal"
        structured = st.checkbox("The items are rows of a table (structured data)", key="labels.structured")
        asked = st.form_submit_button("Measure the agreement", type="primary")
    if asked:
        params = {"name": brought.name, "file": brought.file, **chosen, "level": level, "structured": structured}
        start_job("labels", project_id, TASK, params, f"Measuring {brought.name}")
        st.rerun()


@st.cache_data(max_entries=32, show_spinner=False)
def _column_names(name: str, sha: str) -> list[str]:
    """Return the columns of a file; of a text file, from its first lines alone."""
    path = resources.files().path(sha)
    if name.lower().endswith(".parquet"):
        return [str(column) for column in sources.read(name, path).columns]
    with path.open("rb") as opened:
        start = opened.read(PEEK)
    if path.stat().st_size > PEEK and b"\n" in start:
        start = start[: start.rindex(b"\n") + 1]
    try:
        return [str(column) for column in sources.read(name, start).columns]
    except sources.WrongEncoding as error:
        return [str(column) for column in sources.read(name, start, str(error.offer["encoding"])).columns]


def cached_agreement(body: LabelSet, measure: Callable[[LabelSet, pd.DataFrame], Agreement]) -> Agreement:
    """Return the agreement of a set of labels with its details; measured once for each content."""
    return _agreement(body.model_dump_json(), body, measure)


@st.cache_resource(max_entries=16, show_spinner=False)
def _agreement(key: str, _body: LabelSet, _measure: Callable[[LabelSet, pd.DataFrame], Agreement]) -> Agreement:
    return _measure(_body, table(_body.table))
