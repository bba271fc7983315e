"""Bringing published results in and handing them out."""

from collections.abc import Sequence

import streamlit as st

from components.project.records import Record
from components.scoping.prior_work import table
from components.scoping.prior_work_exchange import read, to_csv, to_json
from components.scoping.records import PriorWork
from components.ui import bring
from components.ui.patterns import note

EXAMPLE = "title\tscore\tmetric\tyear\tlink\nLeNet-5\t99.05 %\taccuracy\t1998\thttps://…"


def hand_out(records: Sequence[Record[PriorWork]]) -> None:
    """Offer all results as CSV and as JSON; both read back without loss."""
    bodies = [record.body for record in records]
    with st.popover("Export", icon=":material/download:", key="prior_work.export"):
        note("Both hold every field and can be brought in again, here or in another project.")
        for ending, mime, write in (("csv", "text/csv", to_csv), ("json", "application/json", to_json)):
            content = write(bodies).encode()
            st.download_button(ending.upper(), content, f"prior-work.{ending}", mime, on_click="ignore", key=f"prior_work.{ending}")


def bring_in(project_id: str, records: Sequence[Record[PriorWork]]) -> None:
    """Draw the place to paste a table or drop a file of results."""
    bring.bring_in(
        "prior_work",
        project_id,
        records,
        noun="result",
        kinds=["csv", "tsv", "txt", "json"],
        placeholder=EXAMPLE,
        hint="The first line names the columns: title and score at least.",
        read=read,
        table=lambda fresh: table(fresh, None),
    )
