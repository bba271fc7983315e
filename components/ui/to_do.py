"""What is to be done, in one list: every action with its day, and the comments in which somebody calls me."""

import streamlit as st

from components.project.comments import Comment, mentioned
from components.project.store import Project
from components.ui import resources
from components.ui.history import ago, name_of
from components.ui.meeting.closing import actions
from components.ui.patterns import note, section
from components.ui.session import NAMELESS, escape, link, person

MOST = 20
WHERE = {
    "problem": ("scoping/problems_and_solutions", ""),
    "solution": ("scoping/problems_and_solutions", ""),
    "milestone": ("scoping/milestones", ""),
    "decision": ("project/decisions", ""),
    "rule": ("data/rulebook", ""),
}
"""On which screen somebody finds a kind of record to answer a comment on it; every other kind in the history."""
ELSEWHERE = ("project/people_and_files", "history")


def to_do(project: Project) -> None:
    """Draw both lists."""
    left, right = st.columns(2, gap="large")
    with left:
        section("Who does what", "from every meeting, and added here")
        actions(project, None)
    with right:
        section("Who called me", "comments with @ and my name")
        _calls(project)


def _calls(project: Project) -> None:
    me, store = person(), resources.store()
    if me.name == NAMELESS:
        note("Say who you are at the top: then colleagues can call you by your name.")
        return
    people = {one.id: one.name for one in store.people(project.id)}
    names = {*people.values(), me.name}
    said = [one for one in reversed(store.all(project.id, Comment)) if me.name in mentioned(one.body.text, names)]
    for one in said[:MOST]:
        about = name_of(one.body.about_kind)
        who = escape(people.get(one.updated_by, NAMELESS))
        st.markdown(f"{escape(one.body.text)}  \n:small[:gray[{who} on a {about}, {ago(one.updated_at)}]]")
        screen, view = WHERE.get(one.body.about_kind, ELSEWHERE)
        link(screen, "Go there", icon=":material/arrow_forward:", **({"view": view} if view else {}))
    if not said:
        note("Nobody did yet.")
