"""Bringing labels in: choosing the columns of a long table, with good guesses."""

from typing import Any

import streamlit as st

from components.data import sources
from components.data.disagreement import LEVELS
from components.errors import BadInput
from components.project.data_sets import DataSet
from components.ui import resources
from components.ui.patterns import bad_input, note
from components.ui.uploads import TABLES, Brought, concerns_me, file_drop, put_away, reason, start_job, watch, ways_on

TASK = "components.data.label_work:measure"
GUESSES = {
    "item": ("item", "item_id", "itemid", "id", "image", "path", "file", "task", "question", "unit", "units"),
    "annotator": ("annotator", "annotator_id", "annotatorid", "worker", "worker_id", "rater", "labeller", "labeler", "user", "person"),
    "label": ("label", "answer", "rating", "class", "judgement", "judgment", "vote", "value"),
    "gold": ("gold", "truth", "expert", "correct", "gold_label"),
}
TITLES = {"item": "Item", "annotator": "Annotator", "label": "Label", "gold": "Expert's label (if any)"}
NO_SET = "None of ours"
PEEK = 256 * 1024


def bring_labels(project_id: str) -> None:
    """Draw the drop zone and, for a dropped file, which of its columns is what; a worker reads and measures it."""
    brought = file_drop("labels", "Labels")
    if brought is None:
        note(f"{', '.join(TABLES)}; columns item, annotator, label, and if you have it the expert's label. Up to 200 MB.")
    else:
        _columns(project_id, brought)


def watch_labels(project_id: str) -> bool:
    """Draw the progress of labels that are being measured; says whether there are any."""
    job = watch("labels", project_id, TASK)
    return bool(job and job.living)


def labels_refused(project_id: str, question: str) -> bool:
    """Draw why the file that was brought last was not measured, what to do, and the way on; says whether that is so."""
    job = next(iter(resources.store().jobs(project_id, TASK)), None)
    if job is None or not concerns_me("labels", job):
        return False
    box = bad_input(reason(job), headline=f"{job.params['name']} was not measured.", question=question)
    with box, st.container(horizontal=True):
        ways_on("labels", job, primary=True)
        st.button("Bring another file", key="labels.forget", on_click=put_away, args=("labels", job.id))
    return True


def _columns(project_id: str, brought: Brought) -> None:
    try:
        names = column_names(brought.name, brought.file)
    except BadInput as error:
        bad_input(error, key="labels_unread")
        return
    sets = {record.id: record.body for record in resources.store().all(project_id, DataSet)}
    with st.form("labels.columns", border=False):
        chosen: dict[str, Any] = {}
        guessed = guesses(names)
        for column, role in zip(st.columns(4), GUESSES, strict=True):
            options = names if role != "gold" else ["", *names]
            key = f"labels.{role}.{brought.file[:8]}"
            chosen[role] = column.selectbox(TITLES[role], options, index=options.index(guessed[role]), key=key) or None
        level = st.segmented_control("What differences between labels mean", LEVELS, default="nominal", key="labels.level") or "nominal"
        ours = st.selectbox(
            "The items are from", ["", *sets], format_func=lambda id_: sets[id_].name if id_ else NO_SET, key="labels.data_set", width=420
        )
        structured = st.checkbox("The items are rows of a table (structured data)", key="labels.structured")
        asked = st.form_submit_button("Measure the agreement", type="primary")
    if asked:
        structured = structured or bool(ours and sets[ours].structured)
        params = {"name": brought.name, "file": brought.file, **chosen, "level": level, "structured": structured, "data_set": ours or None}
        start_job("labels", project_id, TASK, params, f"Measuring {brought.name}")
        st.rerun()


def guesses(names: list[str]) -> dict[str, str]:
    """Return which column most likely is what; each is guessed once as long as there are enough, gold only by its name.

    >>> guesses(["worker", "image", "answer"])
    {'item': 'image', 'annotator': 'worker', 'label': 'answer', 'gold': ''}
    """
    found: dict[str, str] = {}
    for role, words_for in GUESSES.items():
        left = [name for name in names if name not in found.values()]
        by_name = next((name for word in words_for for name in left if name.strip().lower() == word), "")
        found[role] = by_name
    for role in ("item", "annotator", "label"):
        left = [name for name in names if name not in found.values()]
        found[role] = found[role] or (left or names)[0]
    return found


@st.cache_data(max_entries=32, show_spinner=False)
def column_names(name: str, sha: str) -> list[str]:
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
