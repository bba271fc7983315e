"""The team's own lines of the checklist: taken from YAML, and given back as such."""

import streamlit as st

from components.errors import BadInput
from components.project.records import Record
from components.readiness.own_lines import EXAMPLE, code_of, read_lines
from components.readiness.records import OwnLine
from components.ui import resources, state
from components.ui.patterns import bad_input, note
from components.ui.pieces import delete
from components.ui.session import escape, person


def own(project_id: str) -> None:
    """Draw the own lines with a way to remove each, and take more of them."""
    records: list[Record[OwnLine]] = resources.store().all(project_id, OwnLine)
    with st.expander(f"Own lines ({len(records)})" if records else "Own lines", icon=":material/playlist_add:"):
        for record in records:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{escape(record.body.title)} :gray[{record.body.section}]", width="content")
                st.button(
                    "Remove", key=f"own.{record.id}", type="tertiary", icon=":material/delete:", on_click=delete, args=(project_id, record)
                )
        note("In YAML, one line of the checklist each; it is priced as the others are, by what it puts in place and prevents.")
        text = st.text_area("Lines", EXAMPLE, height=220, max_chars=100_000, key="checklist.own", label_visibility="collapsed")
        if not st.button("Take these lines", key="checklist.take", icon=":material/check:"):
            return
        try:
            lines = read_lines(text)
        except BadInput as error:
            bad_input(error, key="own_lines")
            return
        for line in lines:
            resources.store().put(project_id, line, person=person().id, id=code_of(line))
        state.say("The lines are on the checklist.")
        st.rerun()
