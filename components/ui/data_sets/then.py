"""Where one goes on from a data set: what its checks found, and what must be beaten on it."""

import streamlit as st

from components.data.checks.report import STATUSES, sentence
from components.data.records import CheckRun
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.patterns import section
from components.ui.session import escape, link


def go_on(version: Record[DataVersion]) -> None:
    """Draw what the checks of a version found, and the links to what comes next; nothing before it was checked."""
    run = resources.store().get(version.project_id, CheckRun, version.id)
    if run is None:
        return
    section("Can we train on this?")
    st.markdown(escape(sentence({status: run.body.count(status) for status in STATUSES}, run.body.rows)))
    link("data/checks", "What the checks found", icon=":material/arrow_forward:")
    link("modelling/baselines", "What must be beaten", icon=":material/arrow_forward:")
