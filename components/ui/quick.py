"""A quick check: an unlisted project that expires unless somebody keeps it."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from components.project.store import Project
from components.ui import resources, screens, state
from components.ui.session import open_project, person
from components.ui.uploads import Brought, start_job

KEPT = timedelta(days=7)
TASK = "components.readiness.quick_check:run"


def start_quick_check(brought: Brought) -> None:
    """Begin a quick check of a file and show it."""
    resources.store().expire(datetime.now(UTC))
    expires = datetime.now(UTC) + KEPT
    project = resources.store().create_project(brought.name, person().id, unlisted=True, expires_at=expires)
    params = {"name": brought.name, "file": brought.file, "data_set": None}
    start_job("quick_check", project.id, TASK, params, f"Reading {brought.name}")
    open_project(project.id, "project/quick_check")


def keep_it(project: Project) -> None:
    """Draw the button that makes a quick check a project that stays."""
    if st.button("Keep it as a project", type="primary", key="quick_check.keep", icon=":material/bookmark:"):
        resources.store().keep_project(project.id, project.name.rsplit(".", 1)[0], person().id)
        open_project(project.id)


def link_anew(path: str, label: str) -> None:
    """Draw a button that leads to a screen without any project."""
    if st.button(label, key=f"anew.{path}", icon=":material/arrow_forward:"):
        state.open_project(None)
        st.switch_page(screens.page(screens.screen(path)), query_params={})
