"""Bringing many records in at once: a table that is pasted or a file that is dropped, looked at before anything is taken."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from components import words
from components.errors import BadInput
from components.project.records import Body, Record
from components.scoping.pasted import Taken, decoded, new_ones
from components.ui import resources, state
from components.ui.patterns import bad_input, note
from components.ui.session import escape, person

B = TypeVar("B", bound=Body)
MOST_SHOWN = 12


def bring_in(
    key: str,
    project_id: str,
    known: Sequence[Record[B]],
    *,
    noun: str,
    kinds: Sequence[str],
    placeholder: str,
    hint: str,
    read: Callable[[str, str], Taken[B]],
    table: Callable[[Sequence[B]], pd.DataFrame],
) -> None:
    """Draw the place to paste a table or drop a file, and what it holds; only what isn't here yet is taken."""
    turn = state.value(f"{key}.turn", 0)
    with st.popover("Paste or import", icon=":material/content_paste:", key=f"{key}.bring"):
        text = st.text_area("Paste a table from a spreadsheet", key=f"{key}.paste.{turn}", height=150, placeholder=placeholder)
        dropped = st.file_uploader(f"Or a file: {words.listed(kinds)}", type=list(kinds), key=f"{key}.file.{turn}")
        note(f"{hint} Nothing is saved before you have seen it.")
        name = dropped.name if dropped is not None else "What you pasted"
        try:
            whole = decoded(name, dropped.getvalue()) if dropped is not None else text or ""
            if whole.strip():
                _offer(key, project_id, [record.body for record in known], read(name, whole), turn, noun, table)
        except BadInput as error:
            bad_input(error, key=f"{key}_unread")


def _offer(
    key: str, project_id: str, known: Sequence[B], taken: Taken[B], turn: int, noun: str, table: Callable[[Sequence[B]], Any]
) -> None:
    fresh = new_ones(taken.entries, known)
    here = len(taken.entries) - len(fresh)
    already = f" {words.counted(here, 'of these is', 'of these are')} here already." if here else ""
    st.markdown(f"**{words.counted(len(fresh), f'new {noun}')}.** {escape(taken.sentence(noun) + already)}")
    if taken.refused:
        st.code("\n".join(taken.refused[:MOST_SHOWN]), language=None, wrap_lines=True)
    if fresh:
        st.dataframe(table(fresh[:MOST_SHOWN]), hide_index=True, width="stretch")
    if len(fresh) > MOST_SHOWN:
        note(f"The first {MOST_SHOWN} are shown.")
    if st.button(f"Take {words.counted(len(fresh), noun)}", type="primary", disabled=not fresh, key=f"{key}.take"):
        for entry in fresh:
            resources.store().save(project_id, entry, person=person().id)
        state.remember(f"{key}.turn", turn + 1)
        state.say(f"{words.counted(len(fresh), noun)} taken.")
        st.rerun()
