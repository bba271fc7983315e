"""The switch of a blue-green rollout, as the screen asks for it: its steps, its limit, and how long the old version stays up."""

from typing import Any

import pandas as pd
import streamlit as st

from components.deployment.parts import Move, Switch
from components.deployment.plan import Plan
from components.ui.patterns import note
from components.ui.rollout.asking import percent, share

LIMIT, STAYS, RESTART = 0.1, 30, 5
"""A limit, and windows until the old version is taken down and is up again, until the person says otherwise."""


def switch(plan: Plan, key: str) -> dict[str, Any]:
    """Ask for the steps of the switch, for how long is watched after it, and for what holds meanwhile."""
    start, name = plan.switch, f"{key}.switch"
    note("No row: all of the traffic moves at once. With rows it moves by these steps, and then as a whole.")
    migration = _moves(start, f"{name}.migration")
    watched_at, drain_at = st.columns(2)
    with watched_at:
        hint = "With all of the traffic on the new version. Harm that is found later isn't rehearsed."
        label, at = "Windows watched after promotion", f"{key}.windows_after"
        after = st.number_input(label, 0, 2000, plan.windows_after, help=hint, key=at, persist_state="session")
    with drain_at:
        hint = "A session ends where it began: the traffic follows that much later, and so it goes back."
        drain = st.number_input(
            "Windows until open sessions have ended", 0, 100, start.drain, help=hint, key=f"{name}.drain", persist_state="session"
        )
    limit_at, strikes_at = st.columns(2, vertical_alignment="bottom")
    hint = "Nothing is left to compare with: a window in which more of the known decisions are bad is a strike."
    with limit_at:
        limited = st.toggle("A limit brings it back", start.limit is not None, help=hint, key=f"{name}.limited", persist_state="session")
        limit = (
            percent("Limit of a window's bad decisions, %", start.limit or LIMIT, (0.1, 99.0, 1.0), f"{name}.limit") if limited else None
        )
    with strikes_at:
        strikes = start.strikes
        if limited or any(move["limit"] for move in migration):
            strikes = st.number_input("Strikes that bring it back", 1, 1000, start.strikes, key=f"{name}.strikes", persist_state="session")
    said = {"migration": migration, "drain": drain, "limit": limit, "strikes": strikes, **_old_version(start, name)}
    return {"windows_after": after, "switch": said}


def _old_version(start: Switch, key: str) -> dict[str, Any]:
    """Ask how long the old version stays up."""
    hint = "Harm that is found later waits until it is up again."
    if not st.toggle("The old version is taken down", start.blue_stays is not None, help=hint, key=f"{key}.down", persist_state="session"):
        return {"blue_stays": None, "restart": 0}
    stays_at, restart_at = st.columns(2)
    begun = start.blue_stays is not None
    with stays_at:
        label, at = "So many windows after the switch", start.blue_stays if start.blue_stays is not None else STAYS
        stays = st.number_input(label, 0, 2000, at, key=f"{key}.stays", persist_state="session")
    with restart_at:
        label, at = "Windows until it is up again", start.restart if begun else RESTART
        restart = st.number_input(label, 0, 2000, at, key=f"{key}.restart", persist_state="session")
    return {"blue_stays": stays, "restart": restart}


def _moves(start: Switch, key: str) -> list[dict[str, Any]]:
    """Draw the steps as a table to edit."""
    begun = pd.DataFrame([move.model_dump() for move in start.migration], columns=list(Move.model_fields)).astype(float)
    begun[["share", "limit"]] = (100 * begun[["share", "limit"]]).round(9)
    columns = {
        "share": st.column_config.NumberColumn("share of traffic, %", min_value=0, max_value=100, format="%g", required=True),
        "windows": st.column_config.NumberColumn("windows", min_value=1, max_value=2000, step=1, required=True),
        "limit": st.column_config.NumberColumn(
            "limit of bad decisions, %", min_value=0, max_value=100, format="%g", help="In this step; empty: as after the switch."
        ),
    }
    edited = st.data_editor(begun, num_rows="dynamic", hide_index=True, width="stretch", column_config=columns, key=key)
    rows = edited.astype(object).where(edited.notna(), None).to_dict("records")
    return [
        {
            "share": None if row["share"] is None else share(row["share"]),
            "windows": None if row["windows"] is None else int(row["windows"]),
            "limit": None if row["limit"] is None else share(row["limit"]),
        }
        for row in rows
        if any(value is not None for value in row.values())
    ]
