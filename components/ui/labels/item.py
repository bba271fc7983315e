"""One item of a data set as itself: the image, the sound, the text or the row that people judged."""

import streamlit as st

from components.ui import showing
from components.ui.patterns import note
from components.ui.session import escape


def shown(project_id: str, data_set_id: str | None, item: str) -> None:
    """Draw an item as itself where its data set is here, else by its name."""
    st.markdown(f"**{escape(item[:300])}**")
    version = showing.newest(project_id).get(data_set_id or "")
    if version is None:
        note("The items themselves are shown where the labels name one of our data sets.")
        return
    row = showing.rows_of(version, [item]).get(item)
    if row is None:
        note("It isn't in the newest version of the data set.")
        return
    showing.wall(version, [(showing.items_of(version, [row])[0], "")], large=True)
