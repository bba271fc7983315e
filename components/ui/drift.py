"""Choosing what the screen of drift compares: two versions, two splits, or the periods of a time column."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.data.drift.declaration import LEAST_VERSIONS
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.choose import table
from components.ui.patterns import note
from components.ui.uploads import start_job

TASK = "components.data.drift_work:measure"
MOST_VERSIONS = 12
WAYS = {"time": "Along a time column", "pace": "Along the versions", "versions": "Two versions", "splits": "Two splits"}


def ways(version: Record[DataVersion], data_set: Record[DataSet]) -> dict[str, Any]:
    """Return what can be compared: columns of times, other versions, splits."""
    body, set_id = version.body, version.body.data_set
    times = [name for name, kind in body.columns.items() if kind == "time"]
    others = [one for one in resources.store().all(version.project_id, DataVersion) if one.body.data_set == set_id and one.id != version.id]
    split = data_set.body.split_column
    splits = _splits(body.table, split) if split in body.columns else []
    brought = [one for one in [*others, version] if not one.body.derived_from]
    brought = sorted(brought, key=lambda one: one.body.number)[-MOST_VERSIONS:]
    pace = brought if len(brought) >= LEAST_VERSIONS else []
    found: dict[str, Any] = {"time": times, "pace": pace, "versions": list(reversed(others)), "splits": splits if len(splits) > 1 else []}
    return {way: offered for way, offered in found.items() if offered}


@st.cache_data(max_entries=64, show_spinner=False)
def _splits(sha: str, column: str) -> list[str]:
    counts = table(sha)[column].dropna().astype(str).value_counts()
    return [str(name) for name in counts.index[:50]]


def compare(version: Record[DataVersion], data_set: Record[DataSet], *, primary: bool) -> None:
    """Draw the form that starts a comparison; says what is missing where nothing can be compared."""
    offered = ways(version, data_set)
    if not offered:
        note("Nothing can be compared yet: bring a second version of this data set, name its split, or bring a column of times.")
        return
    names = {WAYS[way]: way for way in WAYS if way in offered}
    way = names[st.segmented_control("Compare", list(names), default=next(iter(names)), required=True, key=f"drift.how.{version.id}")]
    params: dict[str, Any] = {"data_version": version.id, "how": way}
    if way == "pace":
        note("When were the data of each version collected? The pace is told from these days.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if way == "pace":
            params["days"] = {one.id: _day(one).isoformat() for one in offered["pace"]}
        if way in {"time", "pace"}:
            if way == "time":
                params["column"] = st.selectbox("Column of times", offered["time"], key=f"drift.column.{version.id}", width=260)
            share = st.number_input(
                "Retrain once so many % moved",
                1,
                90,
                10,
                key=f"drift.tolerance.{version.id}",
                width=260,
                help="How much of the data may lie elsewhere than at training before the model is trained again. 10 % is a start.",
            )
            params["tolerance"] = share / 100
        elif way == "versions":
            by_id = {one.id: f"version {one.body.number}, {words.counted(one.body.rows, 'row')}" for one in offered["versions"]}
            params["before"] = st.selectbox("With", list(by_id), format_func=by_id.__getitem__, key=f"drift.before.{version.id}", width=320)
        else:
            for role, place in (("before", 0), ("after", 1)):
                title = "Learnt from" if role == "before" else "Used on"
                params[role] = st.selectbox(title, offered["splits"], index=place, key=f"drift.{role}.{version.id}", width=220)
        if st.button(
            "Compare", type="primary" if primary else "secondary", key=f"drift.run.{version.id}", icon=":material/compare_arrows:"
        ):
            start_job("drift", version.project_id, TASK, params, "Comparing")
            st.rerun()


def _day(version: Record[DataVersion]) -> date:
    """Draw the day on which a version was collected; until it is said, the day on which it came."""
    known = version.body.collected or version.updated_at.date()
    label, key = f"Version {version.body.number}", f"drift.day.{version.id}"
    day: date = st.date_input(label, known, format="YYYY-MM-DD", key=key, width=160, min_value=date(1900, 1, 1))
    return day


def columns_by_code(rows: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Return what fired by its code."""
    codes = sorted({code for row in rows for code in row["codes"]})
    return {code: pd.DataFrame([row for row in rows if code in row["codes"]]) for code in codes}
