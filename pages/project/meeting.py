"""A meeting on the screens: prepare an agenda with time boxes, lead everybody through it, and close it with decisions and actions."""

import streamlit as st

from components import ui, words
from components.project.meetings import ActionItem, Meeting, overdue
from components.ui.meeting import agenda
from components.ui.meeting.closing import actions, end, outcome
from components.ui.meeting.here import meeting_now, seated, seats
from components.ui.meeting.strip import join

QUESTION = "What do we want to settle, and who does what?"
project = ui.project()
meeting, planned = meeting_now(project.id), agenda.planned(project)
late = overdue(ui.store().all(project.id, ActionItem), ui.today())
badge = (f"{words.counted(len(late), 'action')} overdue", "warn") if late else None
if meeting is not None:
    point, there = meeting.body.point, sorted(seats(meeting).values())
    ui.answer(
        QUESTION,
        f"{meeting.body.title}: {point.title}" if point else meeting.body.title,
        f"Point {meeting.body.at + 1} of {len(meeting.body.points)}; {words.counted(len(there), 'person', 'people')} in it"
        f"{': ' if there else ''}{words.listed(there, most=12)}.",
        badge=("running", "running"),
    )
    if not seated(meeting):
        with ui.card("join"):
            st.markdown("**Take part:** this browser follows to each point's screen, and shows how long it still lasts.")
            st.button("Join the meeting", type="primary", icon=":material/login:", key="meeting.join_here", on_click=join, args=(meeting,))
    outcome(project, meeting)
    if seated(meeting):
        end(meeting)
elif planned is not None:
    minutes = sum(one.minutes for one in planned.body.points)
    ui.answer(
        QUESTION,
        f"{planned.body.title}: {words.counted(len(planned.body.points), 'point')} in {words.counted(minutes, 'minute')}.",
        "Whoever begins it leads everybody from point to point; anybody can take over.",
        badge=badge,
    )
    agenda.agenda(project, planned)
    ui.section("Who does what", "still open from before")
    actions(project, None)
else:
    held = [record for record in ui.store().all(project.id, Meeting) if record.body.state == "closed"]
    why = "An agenda with time boxes leads everybody's screens; in the end it is written down who does what."
    if not held:
        with ui.empty(QUESTION, why, "Prepare the first one.", headline="No meeting yet."):
            agenda.new_meeting(project)
        st.stop()
    last = held[-1]
    ui.answer(
        QUESTION, last.body.summary or f"{last.body.title} is over.", f"{words.counted(len(held), 'meeting')} held. {why}", badge=badge
    )
    agenda.new_meeting(project)
    chosen = last
    if len(held) > 1:
        names = {record.id: f"{record.body.title}, {record.body.started_at or record.updated_at:%-d %B %Y}" for record in reversed(held)}
        picked = st.selectbox("Meeting", list(names), format_func=lambda id_: names[id_], key="meeting.held", width=420)
        chosen = next(record for record in held if record.id == picked)
    outcome(project, chosen)
