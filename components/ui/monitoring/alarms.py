"""Monitors that fired: what was seen, whether it was real, and the next round of data or of modelling that it opens."""

import streamlit as st

from components import words
from components.deployment.iteration import SCREENS, fired, lately, still_open
from components.deployment.records import Alarm
from components.project.meetings import ActionItem
from components.project.records import Record
from components.ui import resources, state
from components.ui.forms import field_input, word_for
from components.ui.monitoring.plan import Desk
from components.ui.patterns import card, done_line, note, section
from components.ui.pieces import save_over
from components.ui.session import escape, link, person, today

ROUND = {"data": "the next round of data", "model": "the next round of modelling"}


def alarms(desk: Desk) -> None:
    """Draw the alarms that are still open, and the form for one that came."""
    names = {record.id: record.body.metric for record in desk.records}
    every = resources.store().all(desk.project_id, Alarm)
    number, false = lately([record.body for record in every], today())
    of_late = (
        f"{words.counted(number, 'alarm')} in 30 days, {false} of them false"
        if every
        else "each opens a question, and often the next round"
    )
    section("Monitors that fired", of_late)
    waiting = still_open(resources.store(), desk.project_id)
    for record, action in waiting:
        with card(f"alarm_{record.id}"):
            _alarm(record, names.get(record.body.metric, "a metric that is gone"), action)
    if every and not waiting:
        done_line("Every alarm is judged, and every round that it opened is done.")
    with st.expander("A monitor fired", icon=":material/notifications_active:", expanded=False):
        _form(desk)


def _alarm(record: Record[Alarm], name: str, action: ActionItem | None) -> None:
    body = record.body
    seen = f": {body.seen}" if body.seen else ""
    st.markdown(f"**{escape(name)}** :gray[{body.on:%-d %B %Y}{escape(seen)}]")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if body.verdict == "open":
            st.markdown(":orange[:material/help:] Was it real?", width="content")
            for verdict, label in (("real", "Yes"), ("false", "A false alarm")):
                st.button(label, key=f"alarm.{record.id}.{verdict}", type="tertiary", on_click=_judge, args=(record, verdict))
        if action is not None:
            until = f"until {action.due:%-d %B}" if action.due else ""
            who = ", ".join(part for part in (escape(action.owner), until) if part)
            st.markdown(f":orange[:material/radio_button_unchecked:] {escape(action.what)} :gray[{who}]", width="content")
            link(SCREENS[body.leads_to], f"To {ROUND[body.leads_to]}", icon=":material/arrow_forward:")
            st.button("It is done", key=f"alarm.{record.id}.done", type="tertiary", icon=":material/check:", on_click=_done, args=(record,))


def _judge(record: Record[Alarm], verdict: str) -> None:
    save_over(record.project_id, record.body.model_copy(update={"verdict": verdict}), record)


def _done(record: Record[Alarm]) -> None:
    action = resources.store().get(record.project_id, ActionItem, record.body.action)
    if action is not None:
        save_over(record.project_id, action.body.model_copy(update={"done": True}), action)


def _form(desk: Desk) -> None:
    """Ask what fired, what was seen, and what comes next."""
    watching = {record.id: record for record in desk.records if record.body.state != "retired"}
    with st.form("alarm.new", border=False, clear_on_submit=True):
        left, right = st.columns(2)
        with left:
            metric = st.selectbox("Which", list(watching), format_func=lambda id_: watching[id_].body.metric, key="alarm.metric")
            on = st.date_input("When", today(), key="alarm.on")
            seen = st.text_input(
                "What was seen", max_chars=300, key="alarm.seen", placeholder="4.1 % of the forms had no date; 1 % is normal"
            )
        with right:
            verdict = field_input("verdict", Alarm.model_fields["verdict"], "open", "alarm.verdict")
            leads_to = field_input("leads_to", Alarm.model_fields["leads_to"], "none", "alarm.leads_to")
            note("A round becomes an action of whoever owns the metric, due in two weeks; the overview shows it too.")
        asked = st.form_submit_button("Keep it", key="alarm.keep")
    if asked and metric:
        alarm = Alarm(metric=metric, on=on, seen=seen, verdict=verdict, leads_to=leads_to)
        fired(resources.store(), desk.project_id, person().id, alarm, watching[metric].body)
        opened = (
            f" It opened {ROUND[leads_to]}."
            if leads_to in ROUND
            else f" {word_for(Alarm, 'leads_to', leads_to).capitalize()} follows from it."
        )
        state.say(f"The alarm is kept.{opened}")
        st.rerun()
