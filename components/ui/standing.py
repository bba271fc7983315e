"""Where a project stands, computed once for each state it was in."""

import streamlit as st

from components.readiness.standing import Standing
from components.readiness.standing import standing as standing_of
from components.ui import resources


def standing(project_id: str) -> Standing:
    """Return where the project stands now."""
    return _standing(project_id, resources.store().seq(project_id))


@st.cache_resource(max_entries=256, show_spinner=False)
def _standing(project_id: str, seq: int) -> Standing:
    return standing_of(resources.store(), project_id)
