"""Important cases: declared by the team, counted in the version, and what to collect next."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from components import words
from components.data.charts import coverage_chart
from components.data.coverage import coverage_answer, coverage_table, needed, next_batch, slices_table
from components.data.records import CoverageRun, ImportantCase
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.conditions import condition_input
from components.ui.figures import behind, chart
from components.ui.forms import sentence
from components.ui.many import many
from components.ui.patterns import answer, bad_input, card, empty, note, section
from components.ui.pieces import delete
from components.ui.session import escape, palette, person
from components.ui.state import remember, say, value
from components.ui.uploads import start_job, watch

QUESTION = "Do we have enough of the cases that matter?"
TASK = "components.data.coverage_work:measure"


def draw(heading: Any, version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the view."""
    store = resources.store()
    records = [one for one in store.all(version.project_id, ImportantCase) if one.body.data_set == data_set.id]
    if not records:
        why = "A model that is 95 % right can be wrong on every case that matters. A condition and a width say how many rows it takes."
        with heading, empty(QUESTION, why, "Declare a first case, such as “night” or “over 80”.", key="coverage_empty"):
            _declare(version, data_set, primary=True)
        return
    run = store.get(version.project_id, CoverageRun, version.id)
    cases = {one.id: one.body for one in records}
    job = watch("coverage", version.project_id, TASK)
    stale = run is None or run.body.counted != {one.id: one.version for one in records}
    if stale and not (job and (job.living or job.state == "failed")):
        start_job("coverage", version.project_id, TASK, {"data_version": version.id}, "Counting the important cases")
        st.rerun()
    table = coverage_table(cases, run.body) if run else pd.DataFrame(columns=["name", "rows", "counted", "need", "collect", "condition"])
    tested = run is not None and any(found["tested"] is not None for found in run.body.cases.values())
    with heading:
        part = "rows of the test part" if tested else "rows"
        method = f"{data_set.body.name}, version {version.body.number}: {part} against what the wanted 95 % interval takes (Wilson)."
        badge = ("more to collect", "warn") if (table["collect"] > 0).any() else ("covered", "pass")
        answer(QUESTION, coverage_answer(table), method, badge=badge, simulated=version.body.simulated)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if len(table):
            section("Have and need", f"bar: {part}; tick: what is needed", about="coverage")
            shown = (version.id, run.version if run else 0)
            drawing = partial(coverage_chart, table, palette())
            chart(drawing, of=shown, alt=coverage_answer(table), table=table, name="coverage")
    with right:
        section("Collect next", "the largest lack first; one row may serve several cases")
        for line in next_batch(table):
            st.markdown(f"- {escape(line)}")
        if not (table["collect"] > 0).any():
            note("Nothing is lacking for the widths that are wanted.")
    if run is not None and cases:
        slices = slices_table(cases, run.body)
        if slices.shape[1] > 1:
            behind(slices, "labels of the important cases", "How the labels are spread within each case")
    section("The cases", "column, operator, value; all lines of a case have to hold")
    with many(records, "coverage", "case", _searched) as some:
        for record in some:
            _case(record, run.body.refused.get(record.id, "") if run else "")
    with st.expander("Another case"):
        _declare(version, data_set, primary=False)


def _searched(record: Record[ImportantCase]) -> str:
    return f"{record.body.name} {record.body.condition.sentence} {record.body.why}"


def _case(record: Record[ImportantCase], refused: str) -> None:
    body = record.body
    with card(f"case_{record.id}"), st.container(horizontal=True, vertical_alignment="center"):
        rows = words.counted(needed(body.width, body.expected), "row")
        wide = f"interval {words.percent(body.width, 0)} wide at {words.percent(body.expected, 0)}: {rows}"
        why = f"  \n:small[{escape(body.why)}]" if body.why else ""
        wrong = f"  \n:orange[:material/warning: {escape(refused)}]" if refused else ""
        st.markdown(f"**{escape(body.name)}** :gray[{escape(body.condition.sentence)}]  \n:small[:gray[{wide}]]{why}{wrong}")
        st.space("stretch")
        key = f"coverage.delete.{record.id}"
        st.button("Delete", key=key, type="tertiary", icon=":material/delete:", on_click=delete, args=(record.project_id, record))


def _declare(version: Record[DataVersion], data_set: Record[DataSet], *, primary: bool) -> None:
    """Draw the form of a case."""
    made = value("coverage.made", 0)
    key = f"coverage.new.{made}"
    name = st.text_input("Name", key=f"{key}.name", max_chars=120, placeholder="such as night, or over 80")
    try:
        condition = condition_input(f"{key}.condition", list(version.body.columns))
    except BadInput as error:
        bad_input(error, key=f"{key}.problem")
        return
    left, middle, right = st.columns(3)
    width = left.number_input("Interval at most so wide, %", 1, 50, 10, key=f"{key}.width", help="Of the accuracy on this case, at 95 %.")
    expected = middle.number_input("Accuracy to expect, %", 50, 100, 90, key=f"{key}.expected")
    right.metric("Rows needed", words.count(needed(width / 100, expected / 100)))
    why = st.text_input("Why it matters", key=f"{key}.why", max_chars=1000)
    if st.button("Declare it", type="primary" if primary else "secondary", key=f"{key}.save", icon=":material/add:"):
        if not condition.clauses:
            bad_input(BadInput("The case has no condition.", "Choose a column, an operator and a value."), key=f"{key}.problem")
            return
        try:
            body = ImportantCase(
                data_set=data_set.id, name=name.strip(), condition=condition, width=width / 100, expected=expected / 100, why=why
            )
        except ValidationError as error:
            bad_input(BadInput(sentence(ImportantCase, error.errors()[0])), key=f"{key}.problem")
            return
        resources.store().save(version.project_id, body, person=person().id, read=0)
        remember("coverage.made", made + 1)
        say("Declared.")
        st.rerun()
