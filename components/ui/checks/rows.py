"""One check in detail: its figure as a picture, what to do and why, and the rows concerned to look at, filter and download."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.data.archives import wall
from components.data.charts import figures_chart
from components.data.checks import CHECKS
from components.data.records import CheckRun
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.ui import resources, state
from components.ui.choose import table
from components.ui.figures import chart, download
from components.ui.live import busy
from components.ui.patterns import note, section
from components.ui.pieces import players
from components.ui.session import palette, person

TASK = "components.data.work:rows_concerned"
FIRST = 200
IMAGES = 48
ACROSS = 8


def rows_concerned(version: Record[DataVersion], run: Record[CheckRun]) -> None:
    """Draw the check that somebody chose, or the first that fired, with the rows it is about."""
    shown = _chosen(run.body)
    if shown is None:
        section("The rows concerned")
        note("No row is concerned.")
        return
    code, column = shown
    results = [result for result in run.body.results if result["code"] == code]
    section(str(results[0]["title"]), f"{code} {column}".strip())
    if len([one for one in results if one["figure"] is not None]) > 1:
        picture = ("check", run.id, run.version, code)
        told = ", ".join(f"{one['column'] or 'all rows'} {one['figure']}" for one in results if one["figure"] is not None)
        chart(lambda: figures_chart(results, palette()), of=picture, alt=f"Figure of each column: {told[:400]}")
    note(next((check.why for check in CHECKS if check.code == code), ""))
    found = _found(run, version.id, code, column)
    if found is None:
        return
    total = next((one["rows"] for one in results if one["column"] == column), len(found))
    if version.body.archive and version.body.noun == "image" and "path" in found.columns:
        st.image(
            _wall(version.body.archive, tuple(found["path"].head(IMAGES))),
            width="stretch",
            alt=f"{results[0]['title']}: {words.counted(len(found), 'image')}",
        )
    players(version.body, found)
    asked = st.text_input("Filter", key=f"checks.filter.{code}.{column}", placeholder="rows that hold …", label_visibility="collapsed")
    kept = _filtered(found, asked)
    st.dataframe(kept.head(FIRST), hide_index=True, width="stretch", height=min(38 * len(kept.head(FIRST)) + 40, 420))
    parts = [f"{words.counted(len(kept), 'row')} of {words.count(len(found))}" if asked else ""]
    parts.append(f"the first {words.count(len(found))} of {words.count(total)} are kept" if total > len(found) else "")
    if any(parts):
        note("; ".join(part for part in parts if part).capitalize() + ".")
    download(kept, f"rows {code} {column}".strip(), label=f"Download {words.counted(len(kept), 'row')}")


def _chosen(run: CheckRun) -> tuple[str, str] | None:
    """Return the check and column that somebody chose, else the first that fired and has rows."""
    chosen: tuple[str, str] | None = state.value("checks.shown")
    if chosen in {(result["code"], result["column"]) for result in run.results if result["rows"]}:
        return chosen
    return next(((group[0]["code"], group[0]["column"]) for group in run.firing() if group[0]["rows"]), None)


def _found(run: Record[CheckRun], version_id: str, code: str, column: str) -> pd.DataFrame | None:
    """Return the rows that a result of a run is about; a worker finds them once, for everybody."""
    params = {"data_version": version_id, "run": run.version, "code": code, "column": column}
    store, project_id = resources.store(), run.project_id
    tried = f"checks.rows.{version_id}.{run.version}.{code}.{column}"
    job = next((job for job in store.jobs(project_id, TASK) if job.params == params and (job.living or job.state == "done")), None)
    if job is None and not state.value(tried):
        state.remember(tried, resources.runner().submit(project_id, TASK, params, "Finding the rows", person().id))
        st.rerun()
    mine = job or store.job(state.value(tried))
    if mine is None:
        note("The rows could not be found.")
    elif mine.living:
        busy(mine.id)
    elif mine.state != "done":
        note(mine.error)
    else:
        return table(mine.result["table"])
    return None


def _filtered(rows: pd.DataFrame, asked: str) -> pd.DataFrame:
    """Return the rows in which a cell holds what was asked for."""
    if not asked.strip():
        return rows
    holds: Any = False
    for name in rows.columns:
        holds |= rows[name].astype(str).str.contains(asked.strip(), case=False, regex=False, na=False)
    return rows[holds]


@st.cache_data(max_entries=16, show_spinner=False)
def _wall(archive: str, paths: tuple[str, ...]) -> Any:
    return wall(resources.files().path(archive), list(paths), columns=ACROSS)
