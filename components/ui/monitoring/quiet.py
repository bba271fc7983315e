"""A quiet time: one value a window while nothing was wrong, from which false alarms are counted."""

from typing import Any

import pandas as pd
import streamlit as st

from components.data import sources
from components.deployment.monitoring_plan import counted_in
from components.deployment.records import Metric
from components.errors import BadInput
from components.project.records import Record
from components.ui import state
from components.ui.patterns import bad_input, note
from components.ui.pieces import save_over
from components.ui.session import escape

KINDS = ["csv", "tsv", "parquet", "jsonl"]


def quiet_time(record: Record[Metric]) -> None:
    """Take the values of a quiet time, count the false alarms in it, and keep what came out."""
    key = f"metric.{record.id}.quiet"
    st.markdown(f"**How often would “{escape(record.body.metric)}” have cried wolf?**")
    note("A file with one value a window, in order, from a time in which nothing was wrong. The first column of numbers is read.")
    given = st.file_uploader("Values", type=KINDS, key=f"{key}.file", label_visibility="collapsed")
    with st.container(horizontal=True):
        close: dict[str, Any] = {"on_click": state.edit, "args": (key, False)}
        st.button("Cancel", key=f"{key}.close", type="tertiary", **close)
    if given is None:
        return
    try:
        values = _values(sources.read(given.name, given.getvalue()))
        found = counted_in(record.body, values)
        if found.value is None:
            raise BadInput(found.why, "Edit the metric and give it a limit first.")
    except BadInput as error:
        bad_input(error, key=f"{record.id}_quiet")
        return
    counted = {"counted": found.to_dict(), "counted_from": f"{given.name[:80]}, {len(values):,} windows"}
    if save_over(record.project_id, record.body.model_copy(update=counted), record):
        state.edit(key, on=False)
        state.say("The false alarms are counted.")
    st.rerun()


def _values(frame: pd.DataFrame) -> list[float]:
    """Return the first column of numbers that isn't a time.

    Raises
    ------
    BadInput
        There is none, or a value is missing.
    """
    numbers = [name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name]) and str(name).lower() not in {"time", "window"}]
    if not numbers:
        raise BadInput("The file has no column of numbers.", "Give one value a window.")
    column = frame[numbers[0]]
    if column.isna().any():
        raise BadInput(f"The column {numbers[0]} has windows without a value.", "Leave those windows out.")
    return [float(value) for value in column]
