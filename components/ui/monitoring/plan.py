"""The rows of the monitoring plan: by stage, each with its limit, its false alarms and what it notices."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.deployment.charts import stages_chart
from components.deployment.monitoring_plan import Watching, false_alarms, per_month, requests_in, start_from, table
from components.deployment.plan import Plan
from components.deployment.records import WATCHED, Metric, Watched
from components.errors import BadInput
from components.project.records import Record
from components.readiness.evidence import planned_rollout
from components.readiness.gaps import Gaps
from components.readiness.watching import finds, measured_usual
from components.ui import resources, state
from components.ui.figures import chart, download
from components.ui.forms import editor, word_for
from components.ui.many import many
from components.ui.monitoring.quiet import quiet_time
from components.ui.patterns import bad_input, card, note, section
from components.ui.pieces import save_over, source
from components.ui.session import escape, palette, person, today

STAGE = "monitoring.stage"
FIELDS = ("metric", "stage", "state", "because", "definition", "unit", "baseline", "direction", "threshold", "owner", "channel", "review")
MORE = (
    "slice",
    "method",
    "baseline_n",
    "baseline_from",
    "window_minutes",
    "least_sample",
    "every_minutes",
    "severity",
    "runbook",
    "action",
    "monitor",
)


@dataclass(frozen=True)
class Desk:
    """What the screen shows: the rows as records, the rollout that they watch, and what each monitor notices."""

    project_id: str
    records: list[Record[Metric]]
    plan: Plan
    gaps: Gaps

    @classmethod
    def of(cls, project_id: str, gaps: Gaps) -> "Desk":
        """Read the plan of a project."""
        plan = planned_rollout(resources.store(), project_id).plan
        return cls(project_id, resources.store().all(project_id, Metric), plan, gaps)

    @property
    def watching(self) -> Watching:
        """The plan as it stands."""
        return Watching({record.id: record.body for record in self.records}, self.plan)


def begin(project_id: str, gaps: Gaps) -> None:
    """Draw the button that writes a row for every monitor of the rehearsal."""
    label = "Begin with the monitors of the checklist"
    st.button(label, type="primary", icon=":material/monitor_heart:", key="monitoring.begin", on_click=_begin, args=(project_id, gaps))


def _begin(project_id: str, gaps: Gaps) -> None:
    store = resources.store()
    there = {record.id for record in store.all(project_id, Metric)}
    plan = planned_rollout(store, project_id).plan
    for code, row in start_from(plan, gaps.in_place, measured_usual(store, project_id), today()).items():
        if code not in there:
            store.put(project_id, row, person=person().id, id=code)


def coverage(desk: Desk) -> None:
    """Draw how many metrics watch each stage of a request's way."""
    section("What is watched at each stage", "metrics in place; a stage that nothing watches stands in red")
    watching, frame = desk.watching, desk.watching.coverage
    text = "; ".join(f"{row['stage']}: {row['in place']} in place, {row['planned']} planned" for _, row in frame.iterrows())
    of = ("stages", *(record.id + str(record.version) for record in desk.records))
    whole = table(desk.records, desk.plan, finds(desk.gaps))
    chart(lambda: stages_chart(watching.coverage, palette()), of=of, alt=f"Metrics by stage. {text}.", table=whole, name="monitoring plan")


def rows(desk: Desk) -> None:
    """Let the person choose a stage, and draw its rows."""
    watching = desk.watching
    start = state.value(STAGE, next((stage for stage in WATCHED if watching.of(stage)), WATCHED[0]))
    chosen = st.segmented_control(
        "Stage",
        WATCHED,
        default=start,
        required=True,
        format_func=lambda stage: f"{stage.capitalize()} {len(watching.of(stage))}",
        key=f"{STAGE}.{start}",
        wrap=True,
        label_visibility="collapsed",
    )
    stage: Watched = chosen or start
    state.remember(STAGE, stage)
    known = finds(desk.gaps)
    there = [record for record in desk.records if record.body.stage == stage and record.body.state != "retired"]
    if not there:
        note(f"Nothing is planned for {stage} yet.")
    with many(there, f"monitoring.{stage}", "metric", _searched, held=_being_edited) as shown:
        for record in shown:
            with card(f"metric_{record.id}"):
                _row(desk, record, known.get(record.body.monitor, ""))
    add(desk, stage)


def changes(desk: Desk) -> None:
    """List the metrics that were adopted and retired, each with its whole reason."""
    frame = desk.watching.changes
    if not len(frame):
        return
    section("Metrics adopted and retired", "metrics are expected to change; the reasons stay")
    every = [{str(name): str(value) for name, value in row.items()} for row in frame.to_dict("records")]
    with many(every, "monitoring.changes", "change", lambda row: " ".join(row.values())) as shown:
        rows = pd.DataFrame([{name: escape(value) for name, value in row.items()} for row in shown], columns=frame.columns)
        st.table(rows, border="horizontal", hide_index=True)
    download(frame, "metrics adopted and retired")


def _searched(record: Record[Metric]) -> str:
    row = record.body
    return " ".join((row.metric, row.definition, row.slice, row.owner, row.action, row.channel))


def _being_edited(record: Record[Metric]) -> bool:
    return any(state.editing(f"metric.{record.id}{form}") for form in ("", ".retire", ".quiet"))


def add(desk: Desk, stage: Watched) -> None:
    """Draw the form for a metric of the team's own."""
    with st.expander("Add a metric", icon=":material/add:"):
        key = f"monitoring.new.{stage}"
        start = {"stage": stage, "window_minutes": desk.plan.window_minutes, "every_minutes": desk.plan.window_minutes, "since": today()}
        if editor(
            Metric,
            key,
            project_id=desk.project_id,
            fields=FIELDS,
            more=MORE,
            start=start,
            fixed={"since": today()},
            columns=2,
            submit="Add it",
        ):
            state.say("The metric is kept.")
            st.rerun()


def _row(desk: Desk, record: Record[Metric], notices: str) -> None:
    """Draw one row: what it is in words, and what one can do about it."""
    key, row = f"metric.{record.id}", record.body
    if state.editing(key):
        if editor(Metric, key, project_id=desk.project_id, record=record, fields=FIELDS, more=MORE, columns=2, cancel=True):
            state.say("Saved.")
            st.rerun()
        return
    if state.editing(f"{key}.retire"):
        _retire(desk, record)
        return
    if state.editing(f"{key}.quiet"):
        quiet_time(record)
        return
    text, figure = st.columns([8, 4], gap="large")
    with text:
        status = ":green[:material/check:] in place" if row.watching else ":orange[:material/radio_button_unchecked:] planned"
        of = f" · {escape(row.slice)}" if row.slice else ""
        st.markdown(f"**{escape(row.metric)}**{of} &nbsp; :small[{status}]  \n:gray[{escape(' '.join(_said(row)))}]")
        if notices:
            note(f"Notices {notices}; median, simulated.")
        if row.runbook:
            st.markdown(source("runbook", row.runbook))
    with figure:
        _expected(row, desk.plan)
    with st.container(horizontal=True, gap="small"):
        if not row.watching:
            st.button("It is in place", key=f"{key}.place", type="tertiary", icon=":material/check:", on_click=_place, args=(record,))
        st.button("Edit", key=f"{key}.edit", type="tertiary", icon=":material/edit:", on_click=state.edit, args=(key,))
        label = "Count a quiet time"
        st.button(label, key=f"{key}.count", type="tertiary", icon=":material/bedtime:", on_click=state.edit, args=(f"{key}.quiet",))
        retire: dict[str, Any] = {"on_click": state.edit, "args": (f"{key}.retire",)}
        st.button("Retire", key=f"{key}.retire", type="tertiary", icon=":material/archive:", **retire)


def _said(row: Metric) -> list[str]:
    """Say what a row is, in sentences."""
    number = words.percent if row.unit == "share" else words.decimal
    said = [row.definition] if row.definition else []
    if row.baseline is not None:
        measured = f" (n = {words.count(row.baseline_n)})" if row.baseline_n else ""
        said.append(f"Normal is {number(row.baseline)}{measured}{f', {row.baseline_from}' if row.baseline_from else ''}.")
    if row.threshold is not None:
        every = _minutes(row.every_minutes)
        said.append(f"Alarm {row.direction} {number(row.threshold)} ({row.method}), looked at every {every}.")
    else:
        said.append("It has no limit yet.")
    who = ", ".join(part for part in (row.owner, row.channel) if part) or "nobody yet"
    said.append(f"Then: {word_for(Metric, 'severity', row.severity)}; {who}{f'; {row.action}' if row.action else ''}.")
    return said


def _expected(row: Metric, plan: Plan) -> None:
    """Draw how many false alarms a row raises."""
    expected = false_alarms(row, plan)
    if expected.value is None:
        note(f"False alarms: not known. {expected.why}")
        return
    limits = words.interval(expected, digits=1)
    how = (
        f"counted in {row.counted_from}"
        if row.counted
        else expected.why or f"from the baseline, {words.counted(requests_in(row, plan), 'request')} a window"
    )
    st.markdown(f"**{per_month(expected)}** about nothing{f' {limits}' if limits else ''}")
    note(how[:1].upper() + how[1:])


def _minutes(number: int) -> str:
    """Write how often something is looked at."""
    for size, noun in ((60 * 24, "day"), (60, "hour")):
        if number >= size and number % size == 0:
            return noun if number == size else words.counted(number // size, noun)
    return "minute" if number == 1 else words.counted(number, "minute")


def _place(record: Record[Metric]) -> None:
    save_over(record.project_id, record.body.model_copy(update={"state": "in place", "since": record.body.since or today()}), record)


def _retire(desk: Desk, record: Record[Metric]) -> None:
    """Ask why a metric is retired, and what takes its place."""
    key, rest = f"metric.{record.id}", {other.id: other.body.metric for other in desk.records if other.id != record.id}
    with st.form(f"{key}.retiring", border=False):
        st.markdown(f"**Retire “{escape(record.body.metric)}”.** Metrics are expected to change; the reason is kept.")
        why = st.text_input("Why is it retired?", max_chars=200, key=f"{key}.why", placeholder="nobody acted on its alarms for a year")
        instead = st.selectbox("What takes its place?", ["", *rest], format_func=lambda id_: rest.get(id_, "nothing"), key=f"{key}.instead")
        with st.container(horizontal=True):
            asked = st.form_submit_button("Retire it", key=f"{key}.retired")
            close: dict[str, Any] = {"on_click": state.edit, "args": (f"{key}.retire", False)}
            st.form_submit_button("Cancel", type="tertiary", key=f"{key}.stays", **close)
    if not asked:
        return
    if not why.strip():
        bad_input(BadInput("A reason is missing.", "Write one line: whoever asks in a year will thank you."), key=f"{key}.problem")
        return
    reason = why.strip() + (f" {rest[instead]} takes its place." if instead else "")
    if save_over(desk.project_id, _retired(record.body, reason, today()), record):
        state.edit(f"{key}.retire", on=False)
        state.say("Retired; the reason is kept.")
    st.rerun()


def _retired(row: Metric, why: str, on: date) -> Metric:
    return Metric.model_validate({**row.model_dump(), "state": "retired", "until": on, "retired_because": why})
