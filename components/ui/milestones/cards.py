"""A milestone as a card: what it promises against what was measured, what it takes, and when to stop instead."""

from collections.abc import Sequence

import streamlit as st

from components import words
from components.project.store import Conflict, Project
from components.readiness.promises import Course, Held, State
from components.scoping.milestones import AREAS, Milestone
from components.ui import resources, state
from components.ui.comments import comments
from components.ui.figures import glyph
from components.ui.milestones.forms import milestone_form, promise_form
from components.ui.patterns import BADGES, card, note
from components.ui.pieces import delete, unfolded
from components.ui.session import escape, link, person

MARKS: dict[State, str] = {
    "kept": ":green[:material/check: kept]",
    "missed": ":red[:material/error: missed]",
    "undecided": ":orange[:material/warning: undecided]",
    "not measured yet": ":gray[:material/radio_button_unchecked: not measured yet]",
}
TAKES = {"data": "Data", "people": "People", "help": "Help"}


def milestone_card(project: Project, course: Course, found: Sequence[Course]) -> None:
    """Draw a milestone with what can be done with it."""
    key, body = f"milestones.{course.id}", course.milestone
    with card(key):
        if state.editing(key):
            if milestone_form(project, key, found, course.record):
                state.say("Saved.")
                st.rerun()
            return
        _head(course)
        if course.kill == "came true":
            st.error(f"**Stop, or decide why not.** {escape(course.kill_text)}", icon=":material/dangerous:")
        if body.why:
            st.markdown(escape(body.why))
        for held in course.promises:
            _promise(project, held)
        if not course.promises or body.unsure:
            _unsure(project, course)
        _rest(course, found)
        _actions(project, course, key)


def searched(course: Course) -> str:
    """Return the text in which a milestone is found."""
    body = course.milestone
    return " ".join((body.title, body.owner, body.why, course.word, *(held.promised_text for held in course.promises)))


def being_edited(course: Course) -> bool:
    """Whether somebody has a form of this milestone open."""
    keys = [f"milestones.{course.id}", *(f"milestones.promise.{held.id}" for held in course.promises)]
    return any(state.editing(key) for key in keys)


def _head(course: Course) -> None:
    body = course.milestone
    icon, colour = BADGES[course.mood]
    days = " – ".join(f"{day:%-d %B %Y}" for day in (body.start, body.due) if day)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.badge(escape(course.word), icon=icon, color=colour)
        st.markdown(f":small[:gray[{days or 'no day yet'}, {escape(body.owner) or 'nobody owns it yet'}]]", width="content")
    st.markdown(f"**{escape(body.title)}**")


def _promise(project: Project, held: Held) -> None:
    key = f"milestones.promise.{held.id}"
    if state.editing(key):
        if promise_form(project, key, held.promise.milestone, held.record):
            state.say("Saved.")
            st.rerun()
        return
    with st.container(key=f"promise_{held.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            kind = f":small[:gray[{AREAS[held.promise.area]}]]"
            st.markdown(f"{MARKS[held.state]}  {escape(held.promised_text)} {kind}", width="stretch")
            st.button("", key=f"{key}.edit", type="tertiary", icon=":material/edit:", help="Change it", on_click=state.edit, args=(key,))
            args = (project.id, held.record)
            st.button("", key=f"{key}.delete", type="tertiary", icon=":material/delete:", help="Delete it", on_click=delete, args=args)
        note(f"measured: {held.measured_text}" if held.measured else "nobody has measured it yet")
        if held.estimate is not None and held.estimate.low is not None:
            glyph(f"{held.promised_text}: {held.measured_text}", held.estimate, target=held.promise.value)
        if held.screen:
            link(held.screen, icon=":material/arrow_forward:")


def _unsure(project: Project, course: Course) -> None:
    """Offer a way for a team that can't tell what to promise."""
    if not course.promises:
        note("Nothing is promised yet. Where the team can't tell: benchmark against other projects, or do a proof of concept first.")
    with st.container(horizontal=True):
        if course.milestone.unsure != "proof of concept":
            link("scoping/prior_work", "Benchmark against other projects", icon=":material/leaderboard:")
        if course.milestone.unsure != "benchmark":
            st.button(
                "A proof of concept first",
                key=f"milestones.{course.id}.proof",
                icon=":material/science:",
                type="tertiary",
                on_click=_proof_first,
                args=(project.id, course),
            )


def _proof_first(project_id: str, course: Course) -> None:
    """Add a proof of concept that a milestone waits for."""
    store, body = resources.store(), course.milestone
    why = f"We know what “{body.title}” can promise."[:4000]
    due = body.start or body.due
    proof = store.save(project_id, Milestone(title=f"Proof of concept: {body.title}"[:300], why=why, due=due), person=person().id)
    try:
        waits = body.model_copy(update={"depends_on": [*body.depends_on, proof.id], "unsure": ""})
        store.save(project_id, waits, person=person().id, id=course.id, read=course.record.version)
    except Conflict:
        state.say("The proof of concept is there; somebody changed the milestone meanwhile, so let it wait for it by hand.")


def _rest(course: Course, found: Sequence[Course]) -> None:
    body, titles = course.milestone, {one.id: one.milestone.title for one in found}
    before = [titles[id_] for id_ in body.depends_on if id_ in titles]
    if before:
        note(f"Waits for {words.listed(before)}.")
    if course.early:
        is_due = "is" if len(course.early) == 1 else "are"
        st.markdown(f":small[:orange[:material/warning: Begins before {escape(words.listed(course.early))} {is_due} due.]]")
    takes = [f"{title}: {getattr(body, field)}" for field, title in TAKES.items() if getattr(body, field)]
    if takes:
        note("  \n".join(takes))
    if course.kill_text and course.kill != "came true":
        warns = {"perhaps": "may have come true", "early": "true already, though its day has not come"}.get(course.kill)
        colour = "orange" if warns else "gray"
        st.markdown(f":small[:{colour}[:material/block: Stop if {escape(course.kill_text)}{f' – {warns}' if warns else ''}]]")


def _actions(project: Project, course: Course, key: str) -> None:
    with st.container(horizontal=True):
        promising = f"{key}.promise"
        with st.popover("Promise something", icon=":material/add:", type="tertiary", key=promising, on_change="rerun") as opened:
            if unfolded(opened.open, promising) and promise_form(project, f"{promising}.new", course.id):
                state.say("Promised.")
                st.rerun()
        st.button("Edit", key=f"{key}.edit", type="tertiary", icon=":material/edit:", on_click=state.edit, args=(key,))
        st.button("Delete", key=f"{key}.delete", type="tertiary", icon=":material/delete:", on_click=_delete, args=(project.id, course))
        comments(project.id, Milestone.kind, course.id)


def _delete(project_id: str, course: Course) -> None:
    """Delete a milestone with what it promises."""
    delete(project_id, course.record)
    if resources.store().get(project_id, Milestone, course.id) is None:
        for held in course.promises:
            delete(project_id, held.record)
