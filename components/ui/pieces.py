"""Pieces of single screens that need more than arranging: walls of images, rows of a check, saving over what was read."""

import io

import pandas as pd
import streamlit as st

from components.data.archives import wall
from components.project.records import Body, Record
from components.project.store import Conflict
from components.ui import resources, state
from components.ui.choose import table
from components.ui.figures import download
from components.ui.live import busy
from components.ui.patterns import note
from components.ui.session import person

ROWS_TASK = "components.data.work:rows_concerned"
EACH = 12


@st.cache_data(max_entries=16, show_spinner=False)
def image_wall(archive: str, sha: str, target: str) -> bytes:
    """Return the first images of each label as one PNG, a label a row."""
    frame = table(sha)
    if target in frame.columns:
        frame = frame.sort_values(target, kind="stable").groupby(target, sort=True).head(EACH)
    picture = wall(resources.files().path(archive), list(frame["path"].head(20 * EACH)), columns=EACH)
    target_file = io.BytesIO()
    picture.save(target_file, "PNG")
    return target_file.getvalue()


def rows_of_check(project_id: str, version_id: str, code: str, column: str) -> None:
    """Draw the rows that a result is about; a worker finds them, once for each result."""
    name = f"checks.rows.{version_id}.{code}.{column}"
    job_id: str | None = state.value(name)
    job = resources.store().job(job_id) if job_id else None
    if job is None:
        params = {"data_version": version_id, "code": code, "column": column}
        state.remember(name, resources.runner().submit(project_id, ROWS_TASK, params, "Finding the rows", person().id))
        st.rerun()
    if job.living:
        busy(job.id)
    elif job.state != "done":
        note(job.error)
    else:
        rows = table(job.result["table"])
        st.dataframe(rows.head(200), hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 420))
        download(rows, f"rows {code} {column}".strip(), label=f"Download {len(rows):,} rows")


def save_over(project_id: str, body: Body, read: Record[Body]) -> bool:
    """Save over what was read; where somebody saved in between, say so and change nothing."""
    try:
        resources.store().save(project_id, body, person=person().id, id=read.id, read=read.version)
    except Conflict:
        state.say("Somebody else changed this in the meantime: look at it again, then save.")
        return False
    return True


def frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return rows as a table."""
    return pd.DataFrame(rows)
