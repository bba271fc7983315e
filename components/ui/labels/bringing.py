"""Bringing labels in: choosing the columns of a long table, with good guesses."""

from typing import Any

import pandas as pd
import streamlit as st

from components.data import label_exports, sources
from components.data.disagreement import LEVELS
from components.data.label_shapes import LOOKED_AT, MOST_COLUMNS, SHAPES, Repeats, Shape, shape_of
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
    "time": ("seconds", "lead_time", "duration", "time", "timestamp", "created_at", "submitted_at"),
    "rule": ("rule", "rule_id", "guideline"),
}
TITLES = {
    "item": "Item",
    "annotator": "Annotator",
    "label": "Label",
    "gold": "Expert's label (if any)",
    "time": "Seconds, or when (if any)",
    "rule": "Rule cited (if any)",
}
NEEDED = ("item", "annotator", "label")
REPEATS: dict[Repeats, str] = {"refuse": "tell me", "first": "the first counts", "last": "the last counts"}
EXPORTS = ("json", "zip")
NO_SET = "None of ours"
PEEK = 256 * 1024


def bring_labels(project_id: str) -> None:
    """Draw the drop zone and, for a dropped file, which of its columns is what; a worker reads and measures it."""
    brought = file_drop("labels", "Labels", more=EXPORTS)
    if brought is None:
        note(
            f"{', '.join(TABLES)}: one row a judgement, one column an annotator, or counted votes; or what Label Studio (json), "
            "Doccano (jsonl, or a zip of one file an annotator) or Argilla (json) export. Up to 200 MB."
        )
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
        start = _first_rows(brought.name, brought.file)
    except BadInput as error:
        bad_input(error, key="labels_unread")
        return
    names = [str(column) for column in start.columns]
    guessed, key = guesses(names), brought.file[:8]
    by_name = guessed["annotator"] if guessed["annotator"].strip().lower() in GUESSES["annotator"] else ""
    offered = list(SHAPES)
    likely = offered.index(shape_of(start, guessed["item"], by_name))
    shape: Shape = st.selectbox("The table has", offered, likely, SHAPES.__getitem__, key=f"labels.shape.{key}", width=420)
    sets = {record.id: record.body for record in resources.store().all(project_id, DataSet)}
    with st.form("labels.columns", border=False):
        chosen = _long_roles(names, guessed, key) if shape == "long" else _other_roles(shape, names, guessed, key)
        level = st.segmented_control("What differences between labels mean", LEVELS, default="nominal", key="labels.level") or "nominal"
        ours = st.selectbox(
            "The items are from", ["", *sets], format_func=lambda id_: sets[id_].name if id_ else NO_SET, key="labels.data_set", width=420
        )
        structured = st.checkbox("The items are rows of a table (structured data)", key="labels.structured")
        asked = st.form_submit_button("Measure the agreement", type="primary")
    if asked:
        structured = structured or bool(ours and sets[ours].structured)
        about = {"shape": shape, "level": level, "structured": structured, "data_set": ours or None}
        start_job("labels", project_id, TASK, {"name": brought.name, "file": brought.file, **chosen, **about}, f"Measuring {brought.name}")
        st.rerun()


def _long_roles(names: list[str], guessed: dict[str, str], key: str) -> dict[str, Any]:
    """Ask which column of a long table is what."""
    chosen: dict[str, Any] = {}
    places = [*st.columns(3), *st.columns(3)]
    for column, role in zip(places, GUESSES, strict=True):
        options = names if role in NEEDED else ["", *names]
        chosen[role] = column.selectbox(TITLES[role], options, options.index(guessed[role]), key=f"labels.{role}.{key}") or None
    chosen["repeats"] = st.segmented_control(
        "Where somebody judged an item twice, differently",
        list(REPEATS),
        default="refuse",
        format_func=REPEATS.__getitem__,
        key=f"labels.repeats.{key}",
        required=True,
    )
    return chosen


def _other_roles(shape: Shape, names: list[str], guessed: dict[str, str], key: str) -> dict[str, Any]:
    """Ask which columns of a wide table, or of counted votes, hold what."""
    left, right = st.columns(2)
    item = left.selectbox(TITLES["item"], names, names.index(guessed["item"]), key=f"labels.item.{key}.{shape}")
    gold = right.selectbox(TITLES["gold"], ["", *names], ["", *names].index(guessed["gold"]), key=f"labels.gold.{key}.{shape}") or None
    rest = [name for name in names if name not in {guessed["item"], guessed["gold"]}]
    title = "Columns of the annotators" if shape == "wide" else "Columns of the classes"
    columns = st.multiselect(title, names, rest[:MOST_COLUMNS], key=f"labels.columns.{key}.{shape}")
    return {"item": item, "gold": gold, "columns": columns}


def guesses(names: list[str]) -> dict[str, str]:
    """Return which column most likely is what; each is guessed once as long as there are enough, the others only by their names.

    >>> guesses(["worker", "image", "answer"])
    {'item': 'image', 'annotator': 'worker', 'label': 'answer', 'gold': '', 'time': '', 'rule': ''}
    """
    found: dict[str, str] = {}
    for role, words_for in GUESSES.items():
        left = [name for name in names if name not in found.values()]
        by_name = next((name for word in words_for for name in left if name.strip().lower() == word), "")
        found[role] = by_name
    for role in NEEDED:
        left = [name for name in names if name not in found.values()]
        found[role] = found[role] or (left or names)[0]
    return found


def column_names(name: str, sha: str) -> list[str]:
    """Return the columns of a file that was brought."""
    return [str(column) for column in _first_rows(name, sha).columns]


@st.cache_data(max_entries=32, show_spinner=False)
def _first_rows(name: str, sha: str) -> pd.DataFrame:
    """Return the first rows of a file; of a text file, from its first lines alone."""
    path = resources.files().path(sha)
    if name.lower().endswith((".parquet", ".json", ".zip")):
        return label_exports.read(name, path).head(LOOKED_AT)
    with path.open("rb") as opened:
        start = opened.read(PEEK)
    if path.stat().st_size > PEEK and b"\n" in start:
        start = start[: start.rindex(b"\n") + 1]
    try:
        return label_exports.read(name, start)
    except sources.WrongEncoding as error:
        return label_exports.read(name, start, str(error.offer["encoding"]))
