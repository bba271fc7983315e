"""Preparing a meeting: its points with their time boxes and screens, from a template or one's own."""

import streamlit as st

from components import words
from components.errors import BadInput
from components.project import meetings
from components.project.meetings import SCOPING, Meeting, Point
from components.project.records import Record
from components.project.store import Conflict, Project
from components.ui import resources, screens, state
from components.ui.meeting.strip import change, join
from components.ui.patterns import bad_input, card
from components.ui.session import escape, person

SCREENS = {screen.path: screen.title for screen in screens.SCREENS if screen.needs_project and not screen.hidden}


def planned(project: Project) -> Record[Meeting] | None:
    """Return the meeting that is being prepared, the newest."""
    found = [record for record in resources.store().all(project.id, Meeting) if record.body.state == "planned"]
    return found[-1] if found else None


def new_meeting(project: Project) -> None:
    """Offer to begin preparing a meeting."""
    with st.container(horizontal=True):
        if st.button("Prepare a scoping meeting", type="primary", icon=":material/groups:", key="meeting.template"):
            _prepare(project, Meeting(points=list(SCOPING)))
        if st.button("With an agenda of our own", key="meeting.own", icon=":material/add:"):
            _prepare(project, Meeting(title="Meeting", points=[Point(title="What do we want to settle?")]))


def agenda(project: Project, meeting: Record[Meeting]) -> None:
    """Draw the agenda that is being prepared, with the way to change and to begin it."""
    body = meeting.body
    with card("agenda"):
        for number, point in enumerate(body.points):
            _point(meeting, number, point)
        with st.popover("Add a point", icon=":material/add:", type="tertiary", key="meeting.add"):
            added = _point_form("meeting.new", Point(title="…"), empty=True)
            if added:
                _save(meeting, [*body.points, added])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Begin", type="primary", icon=":material/play_arrow:", key="meeting.begin", on_click=_begin, args=(meeting,))
        with st.popover("Rename", type="tertiary", key="meeting.rename"), st.form("meeting.title", border=False):
            title = st.text_input("Meeting", body.title, max_chars=300, key=f"meeting.name.{meeting.version}")
            if st.form_submit_button("Rename it") and title.strip():
                _replace(meeting, title=title)
        if st.button("Drop it", type="tertiary", icon=":material/delete:", key="meeting.drop"):
            try:
                resources.store().delete(project.id, Meeting, meeting.id, read=meeting.version, person=person().id)
            except Conflict:
                state.say("Somebody else changed this in the meantime, so it was not deleted.")
            st.rerun()


def _begin(meeting: Record[Meeting]) -> None:
    try:
        join(meetings.begin(resources.store(), meeting, person().id))
    except BadInput as error:
        state.say(str(error))
    except Conflict:
        state.say("Somebody changed the agenda in the meantime: look at it again, then begin.")


def _prepare(project: Project, body: Meeting) -> None:
    resources.store().save(project.id, body, person=person().id)
    st.rerun()


def _point(meeting: Record[Meeting], number: int, point: Point) -> None:
    points = list(meeting.body.points)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"point_{number}"):
        where = f", on {SCREENS[point.screen]}" if point.screen in SCREENS else ""
        told = f"{number + 1}. **{escape(point.title)}** :small[:gray[{words.counted(point.minutes, 'minute')}{escape(where)}]]"
        st.markdown(told, width="stretch")
        if st.button("", icon=":material/arrow_upward:", type="tertiary", key=f"meeting.up.{number}", help="Earlier", disabled=number == 0):
            points[number - 1 : number + 1] = [point, points[number - 1]]
            _save(meeting, points)
        with st.popover("", icon=":material/edit:", type="tertiary", key=f"meeting.edit.{number}", help="Change it"):
            changed = _point_form(f"meeting.point.{number}.{meeting.version}", point)
            if changed:
                _save(meeting, [*points[:number], changed, *points[number + 1 :]])
        if st.button("", icon=":material/delete:", type="tertiary", key=f"meeting.out.{number}", help="Take it out"):
            _save(meeting, [*points[:number], *points[number + 1 :]])


def _point_form(key: str, point: Point, *, empty: bool = False) -> Point | None:
    paths = ["", *SCREENS]
    with st.form(f"{key}.form", border=False, clear_on_submit=empty):
        title = st.text_input("Point", "" if empty else point.title, max_chars=300, key=f"{key}.title")
        minutes = st.number_input("Minutes", 1, 480, point.minutes, key=f"{key}.minutes")
        at = paths.index(point.screen) if point.screen in paths else 0
        screen = st.selectbox("Screen", paths, at, lambda path: SCREENS.get(path, "the one that everybody is on"), key=f"{key}.screen")
        note = st.text_area("Note", point.note, max_chars=4000, height=72, key=f"{key}.note")
        asked = st.form_submit_button("Add it" if empty else "Save", key=f"{key}.save")
    if asked and not title.strip():
        bad_input(BadInput("This point has no title.", "Say what is to be settled."), key=f"{key}.none")
        return None
    return Point(title=title, minutes=int(minutes), screen=screen, note=note) if asked else None


def _save(meeting: Record[Meeting], points: list[Point]) -> None:
    _replace(meeting, points=points)


def _replace(meeting: Record[Meeting], **fields: object) -> None:
    body = Meeting.model_validate({**meeting.body.model_dump(), **fields})
    change(lambda store, one, person_id: store.save(one.project_id, body, person=person_id, id=one.id, read=one.version), meeting)
    st.rerun()
