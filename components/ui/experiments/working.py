"""The version that works: the run, the data and the code that the team returns to."""

from typing import Any

import streamlit as st

from components.modelling.experiments import working_version
from components.modelling.records import Reproduction, WorkingVersion
from components.modelling.wording import score_text
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.project.store import Conflict
from components.ui import resources
from components.ui.experiments.difference import REPRODUCE
from components.ui.experiments.reading import index, names, nothing_yet, runs_in
from components.ui.patterns import answer, card, done_line, empty, note, open_line, section
from components.ui.session import escape, link, person
from components.ui.state import say
from components.ui.uploads import start_job, watch

QUESTION = "What do we return to when something breaks?"
ID = "working"


def draw(heading: Any, project_id: str) -> None:
    """Draw the marked version with the ways back to it, and the form that marks another."""
    read = index(project_id)
    marked = resources.store().get(project_id, WorkingVersion, ID)
    found = runs_in(read.body.file) if read else []
    if marked is None and not found:
        nothing_yet(heading, project_id, QUESTION)
        return
    if marked is None:
        why = "A change that makes things worse costs an hour when one knows what worked, and a week when one doesn't."
        with heading, empty(QUESTION, why, "Mark the run that works, with its data and its code.", headline="Nothing is marked yet."):
            _mark(project_id, found, None)
        return
    body = marked.body
    with heading:
        score = f": {score_text(body.value, body.metric)}" if body.value is not None else ""
        answer(
            QUESTION,
            f"{body.name}{score}.",
            f"{body.data or 'Data not recorded'}. Marked {marked.updated_at:%-d %B %Y}. {body.note}".strip(),
        )
    _ways_back(project_id, body)
    with st.expander("Mark another run"):
        _mark(project_id, found, marked)


def _ways_back(project_id: str, body: WorkingVersion) -> None:
    left, right = st.columns(2, gap="large")
    with left, card("working_data", stretch=True):
        st.markdown("**The data**")
        here = resources.store().get(project_id, DataVersion, body.data_version)
        if here is not None and here.body.table == body.data_sha:
            done_line(f"{body.data} is here, unchanged: its SHA-256 over all cells, types and names is {body.data_sha[:16]}…")
            link("modelling/baselines", "Show it", icon=":material/arrow_forward:", version=body.data_version)
        else:
            open_line(f"{body.data or 'Its data'} can't be found here: bring the file with this SHA-256 in again. {body.data_sha}")
    with right, card("working_code", stretch=True):
        st.markdown("**The code**")
        if body.commit:
            st.code(f"git checkout {body.commit}", language="sh")
            if body.dirty:
                open_line("It had changes that were not committed: what stands at this commit is not all of it.")
        else:
            open_line("The run recorded no commit.")
        if body.packages:
            st.code(
                "pip install " + " ".join(f"{name}=={version}" for name, version in body.packages.items()), language="sh", wrap_lines=True
            )
    section("Does it still work?", "run again with the code and packages of now")
    again = resources.store().get(project_id, Reproduction, body.run_id)
    if again is not None:
        same = again.body.differing == 0
        then, now = (score_text(value, body.metric) for value in (again.body.before, again.body.after))
        (done_line if same else open_line)(f"{then} then, {now} when run again on {again.updated_at:%-d %B}.")
    job = watch("experiments.again", project_id, REPRODUCE)
    if not (job and job.living) and st.button("Run it again", type="primary", key="experiments.return", icon=":material/replay:"):
        start_job("experiments.again", project_id, REPRODUCE, {"run_id": body.run_id}, f"Running {body.name} again")
        st.rerun()


def _mark(project_id: str, found: list[dict[str, Any]], marked: Record[WorkingVersion] | None) -> None:
    """Draw the form that marks a run as the one that works."""
    called = names(found)
    if not called:
        note("No run was read yet.")
        return
    with st.form(f"experiments.mark.{marked.version if marked else 0}", border=False):
        chosen = st.selectbox("Run", list(called), format_func=called.__getitem__, key="experiments.mark.run")
        why = st.text_input("Why this one", key="experiments.mark.why", max_chars=500)
        if not st.form_submit_button("Mark it as working", icon=":material/flag:"):
            return
    run = next(one for one in found if one["id"] == chosen)
    body = working_version(run, why)
    try:
        resources.store().save(project_id, body, person=person().id, id=ID, read=marked.version if marked else 0)
    except Conflict:
        say("Somebody else marked a run in the meantime: look at it, then mark yours.")
    else:
        say(f"{escape(run['name'])} is what you return to.")
    st.rerun()
