"""The strip on top of every screen while a meeting runs: where it is, how long still, and the way to where it leads."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import words
from components.project import meetings
from components.project.meetings import Meeting, Point
from components.project.records import Record
from components.project.store import Conflict, Project
from components.ui import resources, screens, state
from components.ui.live import countdown
from components.ui.meeting.here import meeting_now, seated, seats
from components.ui.rounds.inviting import join_by
from components.ui.session import escape, go, link, person

FOLLOWED = "meeting.followed"
ARRIVE = "meeting.arrive"
"""Set by what was pressed, before the screen is drawn: a run that is interrupted by another would forget a button."""
MORE = 5


def strip(project: Project, screen: screens.Screen) -> None:
    """Draw the strip, and lead this tab to the screen of the point that the meeting is at."""
    meeting = meeting_now(project.id)
    if meeting is None:
        return
    if state.value(ARRIVE):
        _arrive(meeting)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="meeting"):
        if not seated(meeting):
            if screen.path != "project/meeting":
                _invite(meeting)
            return
        _where(meeting)
        st.space("stretch")
        _follow(meeting, screen)
        if meeting.body.led_by == person().id:
            _lead(meeting)
        _agenda(meeting)


def join(meeting: Record[Meeting]) -> None:
    """Take part in a meeting and go to where it is; for `on_click`."""
    meetings.sit(resources.store(), meeting, person().id, person().name)
    state.remember(ARRIVE, True)


def lead_to(meeting: Record[Meeting], at: int) -> None:
    """Lead everybody to a point; for `on_click`."""
    change(lambda store, one, person_id: meetings.go_to(store, one, at, person_id), meeting)
    state.remember(ARRIVE, True)


def change(made: Callable[..., Record[Meeting]], meeting: Record[Meeting], *args: Any) -> Record[Meeting] | None:
    """Change a meeting; where somebody did so in the meantime, say so and change nothing."""
    try:
        return made(resources.store(), meeting, *args, person().id)
    except Conflict:
        state.say("Somebody led the meeting on in the meantime.")
        return None


def _invite(meeting: Record[Meeting]) -> None:
    there = words.counted(len(seats(meeting)), "person", "people")
    st.markdown(f":material/groups: **{escape(meeting.body.title)}** is running, with {there}.", width="content")
    st.button("Join it", key="meeting.join", type="tertiary", icon=":material/login:", on_click=join, args=(meeting,))


def _where(meeting: Record[Meeting]) -> None:
    body, point = meeting.body, meeting.body.point
    if point is None:
        return
    place = f":small[:gray[{body.at + 1} of {len(body.points)}]]"
    st.markdown(f":material/groups: {place} **{escape(point.title)}**", width="content", help=point.note or None)
    if body.ends_at:
        countdown(body.ends_at)


def _follow(meeting: Record[Meeting], screen: screens.Screen) -> None:
    """Lead this tab on when the meeting has moved: live.js presses the hidden button, unless somebody is typing here."""
    point, now = meeting.body.point, (meeting.id, meeting.body.at)
    led_to = _screen(point)
    if state.value(FOLLOWED) is None or led_to is None or led_to.path == screen.path:
        state.remember(FOLLOWED, now)
    if led_to is None or led_to.path == screen.path:
        return
    there: dict[str, Any] = {"on_click": state.remember, "args": (ARRIVE, True)}
    st.button(f"Go to {led_to.title}", key="meeting.go", type="tertiary", icon=":material/arrow_forward:", **there)
    if state.value(FOLLOWED) != now:
        with st.container(key="live_follow"):
            st.button(f"follow {meeting.id} {meeting.body.at} {meeting.version}", key="live.follow", **there)


def _lead(meeting: Record[Meeting]) -> None:
    at, last = meeting.body.at, len(meeting.body.points) - 1
    back: dict[str, Any] = {"on_click": lead_to, "args": (meeting, at - 1), "disabled": at == 0}
    st.button("", key="meeting.previous", icon=":material/arrow_back:", help="Previous point", **back)
    if at < last:
        on: dict[str, Any] = {"on_click": lead_to, "args": (meeting, at + 1)}
        st.button("Next", key="meeting.next", icon=":material/arrow_forward:", help="Lead everybody to the next point", **on)
    if at == last:
        link("project/meeting", "Close", icon=":material/flag:")


def _arrive(meeting: Record[Meeting]) -> None:
    """Show the screen of the point that a meeting is at."""
    state.remember(ARRIVE, False)
    state.remember(FOLLOWED, (meeting.id, meeting.body.at))
    led_to = _screen(meeting.body.point)
    if led_to is None:
        st.rerun()
    else:
        go(led_to.path)


def _screen(point: Point | None) -> screens.Screen | None:
    return next((one for one in screens.SCREENS if point and one.path == point.screen), None)


def _agenda(meeting: Record[Meeting]) -> None:
    body, leads = meeting.body, meeting.body.led_by == person().id
    with st.popover("Agenda", type="tertiary", icon=":material/list:", key="meeting.agenda"):
        for number, point in enumerate(body.points):
            here = number == body.at
            label = f"{'▸ ' if here else ''}{number + 1}. {escape(point.title)}, {point.minutes} min"
            if leads and not here:
                st.button(label, key=f"meeting.to.{number}", type="tertiary", on_click=lead_to, args=(meeting, number))
            else:
                st.markdown(f"**{label}**" if here else label)
        if leads:
            st.button(f"{MORE} more minutes", key="meeting.more", icon=":material/more_time:", on_click=_more, args=(meeting,))
        else:
            leader = resources.store().person(body.led_by)
            st.markdown(f":small[:gray[{escape(leader.name) if leader else 'Somebody'} leads.]]")
            st.button("Take over", key="meeting.lead", icon=":material/swap_horiz:", on_click=_take, args=(meeting,))
        st.markdown(f":small[:gray[Here: {escape(words.listed(sorted(seats(meeting).values()), most=12))}]]")
        join_by("project/meeting", project=meeting.project_id, meeting=meeting.id)
        link("project/meeting", "Decisions and actions", icon=":material/flag:")
        st.button("Leave the meeting", key="meeting.leave", type="tertiary", icon=":material/logout:", on_click=_leave, args=(meeting,))


def _more(meeting: Record[Meeting]) -> None:
    change(lambda store, one, person_id: meetings.more_time(store, one, MORE, person_id), meeting)


def _take(meeting: Record[Meeting]) -> None:
    change(meetings.lead, meeting)


def _leave(meeting: Record[Meeting]) -> None:
    meetings.sit(resources.store(), meeting, person().id, person().name, here=False)
    state.remember(FOLLOWED, None)
