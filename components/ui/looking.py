"""Looking at data: its first rows, the balance of its labels, and the rows that a check is about."""

from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import streamlit as st

from components import words
from components.data import description
from components.project.tables import read_table
from components.ui import resources, state
from components.ui.choose import table
from components.ui.figures import download
from components.ui.live import busy
from components.ui.patterns import note
from components.ui.session import escape, person

ROWS_TASK = "components.data.work:rows_concerned"
FIRST = 200
BUTTONS = 3
NAME = 22


@st.cache_data(max_entries=32, show_spinner=False)
def first_rows(sha: str) -> pd.DataFrame:
    """Return the first rows of a kept table, however many it has."""
    with pq.ParquetFile(resources.files().path(sha)) as opened:
        batch = next(opened.iter_batches(FIRST), None)
    frame: pd.DataFrame = batch.to_pandas() if batch is not None else pd.DataFrame()
    return frame


@st.cache_data(max_entries=64, show_spinner=False)
def label_balance(sha: str, label: str) -> pd.DataFrame:
    """Return how many rows of a kept table each label has."""
    return description.balance(read_table(resources.files(), sha, [label]), label)


def rows_buttons(group: list[dict[str, Any]]) -> None:
    """Draw a button for each column in which a check fired, the worst as buttons and the rest in a menu."""
    with_rows = [result for result in group if result["rows"]]
    for result in with_rows[:BUTTONS]:
        _rows_button(result, alone=len(group) == 1)
    if len(with_rows) > BUTTONS:
        with st.popover(f"{len(with_rows) - BUTTONS} more", key=f"checks.more.{group[0]['code']}"), st.container(height=320, border=False):
            for result in with_rows[BUTTONS:]:
                _rows_button(result, alone=False)


def _rows_button(result: dict[str, Any], alone: bool) -> None:
    rows, column = words.counted(result["rows"], "row"), result["column"]
    short = column if len(column) <= NAME else f"{column[:NAME]}…"
    label = rows if alone else f"{escape(short)}: {words.count(result['rows'])}"
    if st.button(label, key=f"checks.rows.{result['code']}.{column}", help=f"Look at {rows}"):
        state.remember("checks.shown", (result["code"], column))
        st.rerun()


def rows_shown(results: list[dict[str, Any]], firing: list[list[dict[str, Any]]]) -> tuple[str, str] | None:
    """Return the check and column whose rows are looked at: those that somebody chose, else the first that fired."""
    chosen: tuple[str, str] | None = state.value("checks.shown")
    if chosen in {(result["code"], result["column"]) for result in results if result["rows"]}:
        return chosen
    return next(((group[0]["code"], group[0]["column"]) for group in firing if group[0]["rows"]), None)


def rows_of_check(project_id: str, version_id: str, run: int, code: str, column: str) -> None:
    """Draw the rows that a result of a run of the checks is about; a worker finds them once, for everybody."""
    params = {"data_version": version_id, "run": run, "code": code, "column": column}
    store = resources.store()
    tried = f"checks.rows.{version_id}.{run}.{code}.{column}"
    job = next((job for job in store.jobs(project_id, ROWS_TASK) if job.params == params and (job.living or job.state == "done")), None)
    if job is None and not state.value(tried):
        state.remember(tried, resources.runner().submit(project_id, ROWS_TASK, params, "Finding the rows", person().id))
        st.rerun()
    mine = job or store.job(state.value(tried))
    if mine is None:
        note("The rows could not be found.")
    elif mine.living:
        busy(mine.id)
    elif mine.state != "done":
        note(mine.error)
    else:
        rows = table(mine.result["table"])
        st.dataframe(rows.head(FIRST), hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 420))
        download(rows, f"rows {code} {column}".strip(), label=f"Download {words.counted(len(rows), 'row')}")
