"""The ramp on the rollout screen: its steps as a table, and the person who lets it go on."""

from typing import Any

import pandas as pd
import streamlit as st

from components.deployment.parts import Approval, Step, Unit
from components.deployment.plan import Plan
from components.ui.rollout.asking import percent, share

NEXT = {"shadow": "a canary begins", "canary": "all of the traffic follows", "blue-green": "the switch"}
STICKS = {"request": "each request for itself", "session": "a session", "user": "a user"}
TYPICAL, ALIKE = 5, 0.1
"""Requests of a session or user, and how alike their outcomes are, until the person says otherwise."""
OTHERWISE = {"hold": "it stays undecided", "roll back": "it goes back", "go on": "it goes on"}


def ramp(plan: Plan, strategy: str, key: str) -> dict[str, Any]:
    """Ask for the steps, and for who lets the ramp go on."""
    steps = _steps(plan, f"{key}.ramp")
    limits = _limits(plan, strategy, key) | (_unit(plan.unit, key) if strategy == "canary" else {})
    asked = st.toggle(
        f"A person is asked before {NEXT[strategy]}",
        bool(plan.approval and plan.approval.promotion),
        key=f"{key}.promotion",
        persist_state="session",
        help="Between steps: tick them in the table. While somebody is asked the share stays, and the monitors look on.",
    )
    approval = _approval(plan.approval or Approval(), asked, key) if asked or any(step["approved"] for step in steps) else None
    return {"steps": steps, "approval": approval, **limits}


def _limits(plan: Plan, strategy: str, key: str) -> dict[str, Any]:
    """Ask for what holds for all steps."""
    warm_at, largest_at = st.columns(2)
    with warm_at:
        label = "First windows to warm up, not judged"
        asked: dict[str, Any] = {"warm_up": st.number_input(label, 0, 2000, plan.warm_up, key=f"{key}.warm_up", persist_state="session")}
    if strategy == "canary":
        with largest_at:
            asked["largest_share"] = percent(
                "No step may have more than, % of the traffic", plan.largest_share, (0.1, 100.0, 5.0), f"{key}.largest"
            )
    return asked


def _unit(start: Unit, key: str) -> dict[str, Any]:
    """Ask what sticks to a version."""
    kind_at, requests_at, alike_at = st.columns(3)
    with kind_at:
        kinds = list(STICKS)
        label, hint = (
            "What sticks to a version",
            "The gate counts what sticks. Whoever comes back in a later window counts as somebody else.",
        )
        kind = st.selectbox(
            label, kinds, kinds.index(start.kind), STICKS.__getitem__, help=hint, key=f"{key}.unit", persist_state="session"
        )
    if kind == "request":
        return {"unit": {}}
    with requests_at:
        begun = start.requests if start.kind != "request" else TYPICAL
        requests = st.number_input(f"Requests of a {kind} in a window", 1, 200, begun, key=f"{key}.unit_requests", persist_state="session")
    with alike_at:
        begun_alike = start.correlation if start.kind != "request" else ALIKE
        alike = percent("How alike they end, %", begun_alike, (0.0, 100.0, 5.0), f"{key}.alike")
    return {"unit": {"kind": kind, "requests": requests, "correlation": alike}}


def _steps(plan: Plan, key: str) -> list[dict[str, Any]]:
    """Draw the steps as a table to edit; what it began with stays the same until the controls begin anew."""
    begun = pd.DataFrame(
        [{**step.model_dump(), "share": round(100 * step.share, 9)} for step in plan.steps], columns=list(Step.model_fields)
    )
    columns = {
        "share": st.column_config.NumberColumn("share of traffic, %", min_value=0, max_value=100, format="%g", required=True),
        "windows": st.column_config.NumberColumn("windows", min_value=1, max_value=2000, step=1, required=True),
        "least_sample": st.column_config.NumberColumn(
            "least sample", min_value=0, max_value=10_000_000, step=1, default=0, help="Outcomes of the new version before the gate speaks."
        ),
        "approved": st.column_config.CheckboxColumn("a person lets it go on", default=False),
    }
    edited = st.data_editor(begun, num_rows="dynamic", hide_index=True, width="stretch", column_config=columns, key=key)
    rows = edited.astype(object).where(edited.notna(), None).to_dict("records")
    return [
        {
            **row,
            "share": None if row["share"] is None else share(row["share"]),
            "approved": bool(row["approved"]),
            "least_sample": row["least_sample"] or 0,
        }
        for row in rows
    ]


def _approval(start: Approval, promotion: bool, key: str) -> dict[str, Any]:
    """Ask who approves, how long that takes, and what happens without an answer."""
    who_at, windows_at, answered_at, otherwise_at = st.columns(4)
    with who_at:
        who = st.text_input("Who is asked", start.who, max_chars=120, placeholder="a person", key=f"{key}.who", persist_state="session")
    with windows_at:
        windows = st.number_input("Windows until the answer", 1, 2000, start.windows, key=f"{key}.answer_windows", persist_state="session")
    with answered_at:
        answered = percent("Answers in time, %", start.answered, (0.0, 100.0, 5.0), f"{key}.answered")
    with otherwise_at:
        ways = list(OTHERWISE)
        otherwise = st.selectbox(
            "Without an answer", ways, ways.index(start.otherwise), OTHERWISE.__getitem__, key=f"{key}.otherwise", persist_state="session"
        )
    return {"who": who, "windows": windows, "answered": answered, "otherwise": otherwise, "promotion": promotion}
