"""Choosing what a screen shows: a version of a data set, or a set of labels."""

import pandas as pd
import streamlit as st

from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.records import Record
from components.project.tables import read_table
from components.ui import resources
from components.ui.uploads import started_here


def data_version(project_id: str, key: str) -> tuple[Record[DataVersion], Record[DataSet]] | None:
    """Let the person choose a version of a data set, the newest of the first set at first; None where there is none."""
    store = resources.store()
    sets = {record.id: record for record in store.all(project_id, DataSet)}
    versions = [record for record in store.all(project_id, DataVersion) if record.body.data_set in sets]
    newest = {record.body.data_set: record for record in versions}
    ordered = [newest[id_] for id_ in sets if id_ in newest]
    ordered += [record for record in reversed(versions) if record not in ordered]
    if not ordered:
        return None
    chosen = ordered[0]
    if len(ordered) > 1:
        names = {record.id: f"{sets[record.body.data_set].body.name}, version {record.body.number}" for record in ordered}
        asked = st.query_params.get("version")
        start = list(names).index(asked) if asked in names else 0
        picked = st.selectbox("Data set", list(names), index=start, format_func=lambda id_: names[id_], key=f"{key}.version", width=420)
        chosen = next(record for record in ordered if record.id == picked)
    return chosen, sets[chosen.body.data_set]


def label_set(project_id: str, key: str) -> Record[LabelSet] | None:
    """Let the person choose a set of labels, the newest at first; None where there is none."""
    sets = list(reversed(resources.store().all(project_id, LabelSet)))
    if len(sets) < 2:
        return sets[0] if sets else None
    names = {record.id: record.body.name for record in sets}
    brought = started_here("labels")  # after this tab brought labels, they are the newest and are shown
    picked = st.selectbox("Labels", list(names), format_func=lambda id_: names[id_], key=f"{key}.labels.{brought}", width=420)
    return next(record for record in sets if record.id == picked)


@st.cache_data(max_entries=16, show_spinner=False)
def table(sha: str) -> pd.DataFrame:
    """Return a kept table; by its content, so it never grows old."""
    return read_table(resources.files(), sha)
