"""Taking the board along as CSV, and bringing cards in: a file, a pasted table, or a list of problems."""

from typing import Any

import streamlit as st

from components.errors import BadInput
from components.project.records import Record
from components.project.store import Project
from components.scoping.board_file import bring, read, to_csv
from components.scoping.pasted import decoded
from components.scoping.records import Problem, Solution
from components.ui import resources, state
from components.ui.patterns import bad_input, note
from components.ui.session import person


def exchange(project: Project) -> None:
    """Draw both ways: out as CSV, in from a file or a paste."""
    with st.popover("Import, export", icon=":material/swap_vert:", type="tertiary", key="board.exchange", on_change="rerun") as opened:
        if not opened.open:
            return
        store = resources.store()
        records: list[Record[Any]] = [*store.all(project.id, Problem), *store.all(project.id, Solution)]
        if records:
            content = to_csv(records).encode()
            st.download_button("All cards as CSV", content, "board.csv", "text/csv", icon=":material/download:", on_click="ignore")
        made = state.value("board.brought", 0)
        pasted = st.text_area("Paste problems, one a line, or a table with a header", key=f"board.paste.{made}", height=110)
        dropped = st.file_uploader("Or a file", type=["csv", "tsv", "txt"], key=f"board.file.{made}")
        if dropped is None and not pasted.strip():
            return
        try:
            found = read(dropped.name, decoded(dropped.name, dropped.getvalue())) if dropped else read("The text", pasted)
        except BadInput as error:
            bad_input(error, key="board_refused")
            return
        note(found.sentence)
        if found.refused:
            st.code("\n".join(found.refused[:12]), language=None)
        if found.cards and st.button("Bring them in", key="board.bring", type="primary"):
            saved = bring(store, project.id, found, person().id)
            state.remember("board.brought", made + 1)
            state.say(f"{saved} new or changed; {len(found.cards) - saved} were here already.")
            st.rerun()
