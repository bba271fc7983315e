"""Bringing results in by a file or by pasting a table, looked at before they are taken; and handing them out."""

from collections.abc import Sequence

import streamlit as st

from components import words
from components.errors import BadInput
from components.project.records import Record
from components.scoping.pasted import Taken, decoded
from components.scoping.prior_work import table
from components.scoping.prior_work_exchange import new_ones, read, to_csv, to_json
from components.scoping.records import PriorWork
from components.ui import resources, state
from components.ui.patterns import bad_input, note
from components.ui.session import escape, person

MOST_SHOWN = 12


def hand_out(records: Sequence[Record[PriorWork]]) -> None:
    """Offer all results as CSV and as JSON; both read back without loss."""
    bodies = [record.body for record in records]
    with st.popover("Export", icon=":material/download:", key="prior_work.export"):
        note("Both hold every field and can be brought in again, here or in another project.")
        for ending, mime, write in (("csv", "text/csv", to_csv), ("json", "application/json", to_json)):
            content = write(bodies).encode()
            st.download_button(ending.upper(), content, f"prior-work.{ending}", mime, on_click="ignore", key=f"prior_work.{ending}")


def bring_in(project_id: str, records: Sequence[Record[PriorWork]]) -> None:
    """Draw the place to paste a table or drop a file, and what it holds, before anything is taken."""
    turn = state.value("prior_work.turn", 0)
    with st.popover("Paste or import", icon=":material/content_paste:", key="prior_work.bring"):
        text = st.text_area(
            "Paste a table from a spreadsheet",
            key=f"prior_work.paste.{turn}",
            height=150,
            placeholder="title\tscore\tmetric\tyear\tlink\nLeNet-5\t99.05 %\taccuracy\t1998\thttps://…",
        )
        dropped = st.file_uploader("Or a CSV or JSON file", type=["csv", "tsv", "txt", "json"], key=f"prior_work.file.{turn}")
        note("The first line names the columns: title and score at least. Nothing is saved before you have seen it.")
        name = dropped.name if dropped is not None else "What you pasted"
        try:
            whole = decoded(name, dropped.getvalue()) if dropped is not None else text
            if whole and whole.strip():
                _offer(project_id, records, read(name, whole), turn)
        except BadInput as error:
            bad_input(error, key="prior_work_unread")


def _offer(project_id: str, records: Sequence[Record[PriorWork]], taken: Taken[PriorWork], turn: int) -> None:
    fresh = new_ones(taken.entries, [record.body for record in records])
    known = len(taken.entries) - len(fresh)
    already = f" {words.counted(known, 'of these is', 'of these are')} here already." if known else ""
    st.markdown(f"**{words.counted(len(fresh), 'new result')}.** " + escape(taken.sentence("result") + already))
    if taken.refused:
        st.code("\n".join(taken.refused[:MOST_SHOWN]), language=None, wrap_lines=True)
    if fresh:
        st.dataframe(table(fresh[:MOST_SHOWN], None), hide_index=True, width="stretch")
    if len(fresh) > MOST_SHOWN:
        note(f"The first {MOST_SHOWN} are shown.")
    if st.button(f"Take {words.counted(len(fresh), 'result')}", type="primary", disabled=not fresh, key="prior_work.take"):
        for entry in fresh:
            resources.store().save(project_id, entry, person=person().id)
        state.remember("prior_work.turn", turn + 1)
        state.say(f"{words.counted(len(fresh), 'result')} taken.")
        st.rerun()
