"""Bringing predictions in: which column names the item, holds the truth, and is a model."""

import pandas as pd
import streamlit as st

from components.errors import BadInput
from components.modelling.predictions import guesses
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui.labels import column_names
from components.ui.patterns import bad_input, note
from components.ui.uploads import Brought, file_drop, start_job

TASK = "components.readiness.prediction_work:score"
AGAIN = "components.readiness.prediction_work:again"
FROM_DATA = "(from the data set)"
NONE = "(none)"


def bring(project_id: str, version: Record[DataVersion] | None, data_set: Record[DataSet] | None, *, primary: bool) -> None:
    """Draw the drop zone and, for a dropped file, which of its columns is what; a worker reads and scores it."""
    brought = file_drop("predictions", "Predictions")
    if brought is None:
        note("Up to 60 models. Without a column of the truth, it is taken from the data set by the items' names.")
        return
    try:
        names = column_names(brought.name, brought.file)
    except BadInput as error:
        bad_input(error, key="predictions_unread")
        return
    _columns(project_id, brought, names, version, data_set, primary=primary)


def _columns(
    project_id: str,
    brought: Brought,
    names: list[str],
    version: Record[DataVersion] | None,
    data_set: Record[DataSet] | None,
    *,
    primary: bool,
) -> None:
    item, truth, models = guesses(pd.DataFrame(columns=names))
    key = f"predictions.{brought.file[:8]}"
    ours = f"{data_set.body.name}, version {version.body.number}" if version and data_set else ""
    with st.form(f"{key}.columns", border=False):
        left, right = st.columns(2)
        truths = [*names, *([FROM_DATA] if ours else [])]
        at = truths.index(truth) if truth else len(truths) - 1
        true = left.selectbox("The truth", truths, at, key=f"{key}.truth")
        items = [NONE, *names]
        named = right.selectbox("The item", items, items.index(item) if item else 0, key=f"{key}.item", help="What names a row.")
        chosen = st.multiselect("The models", names, models, key=f"{key}.models")
        linked = bool(ours) and st.checkbox(f"The items are rows of {ours}", value=bool(item), key=f"{key}.linked")
        asked = st.form_submit_button("Score and compare", type="primary" if primary else "secondary")
    if not asked:
        return
    if not chosen:
        bad_input(BadInput("No model is chosen.", "Choose at least one column of predictions."), key="predictions_problem")
        return
    params = {
        **brought.params,
        "truth": "" if true == FROM_DATA else true,
        "item": "" if named == NONE else named,
        "models": chosen,
        "data_version": version.id if version and (linked or true == FROM_DATA) else None,
    }
    start_job("predictions", project_id, TASK, params, f"Comparing {brought.name}")
    st.rerun()
