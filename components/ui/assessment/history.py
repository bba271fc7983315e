"""The project's own error rate over time, and when it meets the target."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import ui, words
from components.project.records import Record
from components.project.target import Target
from components.scoping.assessment.charts import history_chart
from components.scoping.assessment.history import Projection, project, read, target_error
from components.scoping.assessment.records import ErrorMeasurement
from components.ui import bring

FIELDS = ["measured_on", "error_rate", "n", "note"]
EXAMPLE = "date\terror\tn\n2026-03-01\t4.1 %\t2000\n2026-06-01\t3.4 %\t2000\n2026-09-01\t2.9 %\t2000"
DEFAULT = 0.05


def history(project_id: str) -> None:
    """Draw the history with its projection, and the ways to add to it."""
    records = sorted(ui.store().all(project_id, ErrorMeasurement), key=lambda record: record.body.measured_on)
    target = ui.store().get(project_id, Target, "target")
    ui.section("The project's own history", "error rates of what runs today, projected to the target", about="error-projection")
    if records:
        wanted = target_error(target.body if target else None)
        if wanted is None:
            ui.note("The project's target is no error rate or accuracy, so say here which error rate to reach.")
            wanted = st.number_input("Error rate to reach", 0.0001, 0.9999, DEFAULT, format="%.4f", key="history.target", width=260)
        found = project([record.body for record in records], wanted)
        st.markdown(f"**{ui.escape(found.sentence)}**  \n:gray[{ui.escape(found.method)}]")
        seen = (project_id, ui.store().seq(project_id), wanted)
        ui.chart(lambda: history_chart(found, ui.palette()), alt=found.sentence, of=seen, table=_table(found), name="error history")
    else:
        ui.note("How fast the error fell so far is the best guide to how fast it will: three measurements on different days are a start.")
    with st.container(horizontal=True):
        with st.popover("Add a measurement", icon=":material/add:", key="history.add"):
            if ui.editor(ErrorMeasurement, "history.new", project_id=project_id, fields=FIELDS, columns=2, submit="Add it"):
                ui.say("Added.")
                st.rerun()
        bring.bring_in(
            "history",
            project_id,
            records,
            noun="measurement",
            kinds=["csv", "tsv", "txt"],
            placeholder=EXAMPLE,
            hint="Columns: date, error, n.",
            read=read,
            table=lambda fresh: pd.DataFrame([_row(one) for one in fresh]),
        )
    if records:
        _entries(project_id, records)


def _entries(project_id: str, records: Sequence[Record[ErrorMeasurement]]) -> None:
    with st.expander(f"The measurements, to edit ({len(records)})"):
        for record in records:
            body = record.body
            number = f", n = {words.count(body.n)}" if body.n else ""
            title = f"{body.measured_on:%-d %B %Y}: {words.percent(body.error_rate)}{number}"
            ui.card_of(record, "history", title, ui.escape(body.note), project_id=project_id, fields=FIELDS)


def _row(one: ErrorMeasurement) -> dict[str, object]:
    return {"date": one.measured_on.isoformat(), "error rate": words.percent(one.error_rate, 2), "n": one.n, "note": one.note}


def _table(found: Projection) -> pd.DataFrame:
    points = found.points
    limits = [
        "" if pd.isna(row.low) else f"[{words.bare_percent(row.low, 2)}, {words.bare_percent(row.high, 2)}]" for row in points.itertuples()
    ]
    return pd.DataFrame(
        {
            "date": [day.isoformat() for day in points["date"]],
            "error rate": [words.percent(error, 2) for error in points["error"]],
            "95 % interval": limits,
            "n": points["n"],
        }
    )
