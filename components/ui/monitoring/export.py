"""The monitoring plan as a file of Prometheus rules."""

import streamlit as st

from components.deployment.monitoring import rules_of
from components.ui.monitoring.plan import Desk
from components.ui.patterns import open_line


def export(desk: Desk) -> None:
    """Offer the rows in place as Prometheus rules."""
    with st.expander("Export as Prometheus rules", icon=":material/download:"):
        text, lost = rules_of([record.body for record in desk.records], desk.plan)
        st.code(text, language="yaml", height=320)
        file = f"{desk.plan.name}-monitoring.yaml"
        st.download_button(
            "Download the rules", text, file, "text/yaml", icon=":material/download:", key="monitoring.download", on_click="ignore"
        )
        for line in lost:
            open_line(line)
