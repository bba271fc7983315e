"""How long an answer takes, as the rollout screen asks for it: without waiting, at most, and stage by stage."""

from typing import Any

import pandas as pd
import streamlit as st

from components.deployment.plan import Plan
from components.ui.rollout.asking import share


def answering(plan: Plan, key: str) -> dict[str, Any]:
    """Ask for the time of an answer, and which part of it each stage takes."""
    asked: dict[str, Any] = {}
    for label, name in (
        ("Time to answer without waiting, ms", "service_ms"),
        ("Slower than this counts as slow, ms", "latency_objective_ms"),
    ):
        start = float(getattr(plan, name))
        asked[name] = st.number_input(label, 0.1, 600_000.0, start, None, "%g", key=f"{key}.{name}", persist_state="session")
    begun = pd.DataFrame({"stage": list(plan.stage_shares), "part": [round(100 * part, 9) for part in plan.stage_shares.values()]})
    columns = {
        "stage": st.column_config.TextColumn("stage", disabled=True),
        "part": st.column_config.NumberColumn("part of that time, %", min_value=0, max_value=100, format="%g", required=True),
    }
    edited = st.data_editor(begun, hide_index=True, width="stretch", column_config=columns, key=f"{key}.stages")
    return {**asked, "stage_shares": {row["stage"]: share(row["part"]) for row in edited.to_dict("records")}}
