"""A quick check: an unlisted project that expires unless somebody keeps it."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from components.project.store import Project
from components.ui import resources, screens, state
from components.ui.live import busy
from components.ui.patterns import answer, bad_input
from components.ui.session import everyone, open_project, person
from components.ui.uploads import Brought, reason, start_job, ways_on

KEPT = timedelta(days=7)
TASK = "components.readiness.quick_check:run"
KEPT_NOW = "quick_check.kept"


def start_quick_check(brought: Brought) -> None:
    """Begin a quick check of a file and show it."""
    resources.store().expire(datetime.now(UTC))
    expires = datetime.now(UTC) + KEPT
    project = resources.store().create_project(brought.name, person().id, unlisted=True, expires_at=expires, everyone=everyone())
    params = {"name": brought.name, "file": brought.file, "data_set": None}
    start_job("quick_check", project.id, TASK, params, f"Reading {brought.name}")
    open_project(project.id, "project/quick_check")


def keep_it(project: Project) -> None:
    """Draw the button that makes a quick check a project that stays."""
    st.button("Keep it as a project", type="primary", key="quick_check.keep", icon=":material/bookmark:", on_click=_keep, args=(project,))


def _keep(project: Project) -> None:
    resources.store().keep_project(project.id, project.name.rsplit(".", 1)[0], person().id)
    state.remember(KEPT_NOW, project.id)


def lead_on(project: Project | None) -> None:
    """Go on to the overview of a quick check that this tab has just kept."""
    if project is not None and state.value(KEPT_NOW) == project.id:
        state.remember(KEPT_NOW, "")
        open_project(project.id)


def reading(project: Project, question: str) -> None:
    """Draw how far the reading of the file is or, for everybody who opens the address, why it can't be read and the ways on."""
    job = next(iter(resources.store().jobs(project.id, TASK)), None)
    if job is not None and job.living:
        answer(question, "Reading your file.", project.name, badge=("running", "running"))
        busy(job.id)
    elif job is not None and job.state != "cancelled":
        box = bad_input(reason(job), headline="This file can't be read yet.", question=question)
        with box, st.container(horizontal=True):
            ways_on("quick_check", job, primary=True)
            _choose_another()
    else:
        answer(question, "The reading was stopped.", project.name)
        _choose_another()


def _choose_another() -> None:
    if st.button("Choose another file", key="quick_check.another", icon=":material/upload_file:"):
        state.open_project(None)
        st.switch_page(screens.page(screens.screen("project/quick_check")), query_params={})
