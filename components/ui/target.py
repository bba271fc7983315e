"""Setting the project's target, which is a decision and is written down as one."""

import streamlit as st

from components.project.records import Record
from components.project.target import Target
from components.project.targets import decide_target
from components.ui import resources, state
from components.ui.forms import editor
from components.ui.session import person

FIELDS = ("metric", "value", "direction", "why")


def set_target(project_id: str, target: Record[Target] | None, key: str) -> None:
    """Draw the form for the project's target, and write down what it became, with who disagrees."""
    with st.popover("Change our target" if target else "Set our target", icon=":material/flag:", key=key):
        dissent = st.text_area("Who disagrees, and why", key=f"{key}.dissent", height=72, max_chars=4000)
        saved = editor(Target, f"{key}.form", project_id=project_id, record=target, id="target", fields=FIELDS)
        if saved:
            if target is None or saved.body != target.body:
                decide_target(resources.store(), project_id, person().id, saved.body, target.body if target else None, dissent)
            state.say("The target is set, and written down as a decision.")
            st.rerun()
