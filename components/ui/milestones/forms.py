"""The forms of a milestone and of what it promises, and the files they come in."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from components import words
from components.errors import BadInput
from components.project.records import Record
from components.project.store import Project
from components.readiness.figures import FIGURES
from components.readiness.promises import Course
from components.scoping.milestone_files import Plan, bring_in, from_file, plan, to_csv, to_json
from components.scoping.milestones import Milestone, Promise, check_order
from components.ui import resources, state
from components.ui.forms import editor
from components.ui.patterns import bad_input, note
from components.ui.session import person

FIRST = ("title", "owner", "start", "due", "depends_on", "unsure")
MORE = ("why", "data", "people", "help", "kill", "kill_figure", "kill_comparison", "kill_value", "kill_on")
PROMISED = ("area", "metric", "comparison", "value", "figure", "slice")
MEASURED = ("measured", "low", "high", "n", "measured_on", "source")


def milestone_form(
    project: Project, key: str, found: Sequence[Course], record: Record[Milestone] | None = None
) -> Record[Milestone] | None:
    """Draw the form of a milestone."""
    here = record.id if record else ""
    milestones = {course.id: course.milestone for course in found}
    return editor(
        Milestone,
        key,
        project_id=project.id,
        record=record,
        fields=(*FIRST, "reached_on") if record else FIRST,
        more=MORE,
        choices={
            "depends_on": {id_: body.title for id_, body in milestones.items() if id_ != here},
            "kill_figure": {figure.code: figure.title for figure in FIGURES},
        },
        check=lambda body: check_order({**milestones, here: body}, here, body),
        submit="Save" if record else "Add it",
        columns=2,
        cancel=record is not None,
    )


def promise_form(project: Project, key: str, milestone_id: str, record: Record[Promise] | None = None) -> Record[Promise] | None:
    """Draw the form of a promise."""
    return editor(
        Promise,
        key,
        project_id=project.id,
        record=record,
        fields=PROMISED,
        more=MEASURED,
        fixed={"milestone": milestone_id},
        choices={"figure": {figure.code: figure.title for figure in FIGURES}},
        submit="Save" if record else "Promise it",
        columns=2,
        cancel=record is not None,
    )


def add(project: Project, found: Sequence[Course], *, primary: bool = True) -> None:
    """Draw the form for a new milestone."""
    with st.popover("Add a milestone", icon=":material/add:", type="primary" if primary else "secondary", key="milestones.add"):
        if milestone_form(project, "milestones.new", found):
            state.say("Added: now say what it promises.")
            st.rerun()


def _written(write: Callable[[Plan], str], project_id: str) -> str:
    return write(plan(resources.store(), project_id))


def files(project: Project, found: Sequence[Course]) -> None:
    """Draw the downloads of all milestones and the upload of some."""
    if found:
        name = f"{words.slug(project.name)}-milestones"
        for ending, label, write, mime in (("csv", "CSV", to_csv, "text/csv"), ("json", "JSON", to_json, "application/json")):
            st.download_button(
                label,
                partial(_written, write, project.id),
                file_name=f"{name}.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"milestones.{ending}",
            )
    with st.popover("Bring milestones in", icon=":material/upload:", key="milestones.in"):
        note("A CSV has a row a promise; its first line names the columns, as in the CSV that one downloads here.")
        uploaded = st.file_uploader("Milestones", type=["csv", "json"], key="milestones.file", label_visibility="collapsed")
        if uploaded is None or not st.button("Bring them in", key="milestones.bring"):
            return
        try:
            read = from_file(uploaded.name, uploaded.getvalue())
            number = bring_in(resources.store(), project.id, read, person().id)
        except BadInput as error:
            bad_input(error, key="milestones_refused")
            return
        left = f" Not taken over, since nothing here is called so: {words.listed(read.unknown, most=12)}." if read.unknown else ""
        state.say(f"{words.counted(number, 'milestone or promise', 'milestones and promises')} new or changed.{left}")
        st.rerun()
