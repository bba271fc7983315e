"""One item of a data set as itself: the image, the sound, the text or the row that people judged."""

import zipfile

import pandas as pd
import streamlit as st

from components.project.data_sets import DataSet, DataVersion
from components.ui import resources
from components.ui.choose import table
from components.ui.patterns import note
from components.ui.session import escape

WIDTH = 260
MOST_CELLS, LONGEST = 40, 4000


def shown(project_id: str, data_set_id: str | None, item: str) -> None:
    """Draw an item as itself where its data set is here, else by its name."""
    st.markdown(f"**{escape(item[:300])}**")
    store = resources.store()
    data_set = store.get(project_id, DataSet, data_set_id) if data_set_id else None
    versions = [one for one in store.all(project_id, DataVersion) if one.body.data_set == data_set_id]
    if data_set is None or not versions:
        note("The items themselves are shown where the labels name one of our data sets.")
        return
    version = versions[-1].body
    frame = table(version.table)
    row = _row(frame, data_set.body, item)
    if row is None:
        note("It isn't in the newest version of the data set.")
    elif version.archive:
        _media(version, str(row["path"]))
    else:
        hidden = {data_set.body.target, data_set.body.split_column}
        cells = {name: str(value)[:LONGEST] for name, value in row.items() if name not in hidden}
        longest = max(cells.values(), key=len, default="")
        if data_set.body.structured is False and len(longest) > 0:
            st.markdown(f"> {escape(longest)}")
        else:
            st.dataframe(pd.DataFrame(list(cells.items())[:MOST_CELLS], columns=["column", "value"]), hide_index=True, width="stretch")


def _row(frame: pd.DataFrame, data_set: DataSet, item: str) -> pd.Series | None:
    """Return the row of an item by its key or its path, or by its place counted from 1 where rows have neither."""
    keys = [column for column in (data_set.id_column, "path") if column in frame.columns]
    for column in keys:
        found = frame[frame[column].astype(str) == item]
        if len(found):
            return found.iloc[0]
    return frame.iloc[int(item) - 1] if not keys and item.isdecimal() and 1 <= int(item) <= len(frame) else None


def _media(version: DataVersion, path: str) -> None:
    try:
        with zipfile.ZipFile(resources.files().path(str(version.archive))) as archive:
            content = archive.read(path)
    except (OSError, KeyError, zipfile.BadZipFile):
        note("Its file isn't here: bring the data in again.")
        return
    if version.media == "audio":
        st.audio(content)
    else:
        st.image(content, width=WIDTH, output_format="PNG")
