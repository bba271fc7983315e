"""The slices of the traffic on the rollout screen: typed as a table, and what became of each."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.deployment.blind_spots import hidden_slice
from components.deployment.plan import Plan
from components.deployment.rehearsal import Rehearsal
from components.deployment.world import World
from components.ui.figures import download
from components.ui.patterns import note, section
from components.ui.rollout.asking import share
from components.ui.session import escape

COLUMNS = {"name": "slice", "share": "share of requests, %", "failure_rate": "bad today, %", "risk_ratio": "times as bad"}


def slices(plan: Plan, key: str) -> tuple[dict[str, Any], ...]:
    """Ask what the traffic is made of: a table that begins with what the plan says."""
    note("One row for each kind of request; together they make 100 %. What is bad today follows from them where it is said for all.")
    begun = pd.DataFrame([one.model_dump() for one in plan.slices], columns=list(COLUMNS))
    begun = begun.astype({"name": object, "share": float, "failure_rate": float, "risk_ratio": float})
    begun[["share", "failure_rate"]] = (100 * begun[["share", "failure_rate"]]).round(9)
    columns = {
        "name": st.column_config.TextColumn(COLUMNS["name"], max_chars=120),
        "share": st.column_config.NumberColumn(COLUMNS["share"], min_value=0, max_value=100, format="%g"),
        "failure_rate": st.column_config.NumberColumn(
            COLUMNS["failure_rate"], min_value=0, max_value=100, format="%g", help="Empty in all rows: as the whole traffic."
        ),
        "risk_ratio": st.column_config.NumberColumn(
            COLUMNS["risk_ratio"], min_value=0, max_value=1000, format="%g", help="The new version there; empty: as elsewhere."
        ),
    }
    edited = st.data_editor(begun, num_rows="dynamic", hide_index=True, width="stretch", column_config=columns, key=key)
    rows = edited.astype(object).where(edited.notna(), None).to_dict("records")
    return tuple(_slice(row) for row in rows if any(value is not None for value in row.values()))


def _slice(row: dict[Any, Any]) -> dict[str, Any]:
    said = {name: None if row[name] is None else share(row[name]) for name in ("share", "failure_rate")}
    return {"name": (row["name"] or "").strip(), **said, "risk_ratio": 1.0 if row["risk_ratio"] is None else row["risk_ratio"]}


def by_slice(rehearsal: Rehearsal) -> None:
    """Show what became of each slice, and say where the average hides one."""
    outcome = rehearsal.harmful
    if not outcome.by_slice:
        return
    world = World(outcome.plan)
    section("By slice", f"simulated, {rehearsal.harm_name}; rates at their worst, bad decisions in a mean rollout")
    hidden = hidden_slice(outcome.plan)
    if hidden:
        st.markdown(f"**{escape(hidden)}.**")
    rows = [
        {
            "slice": one.name,
            "share": words.percent(part, 0),
            "today": words.percent(float(old.max())),
            "new version": words.percent(float(new.max())),
            "bad decisions": _count(found.bad_decisions),
            "in excess": _count(found.excess_bad_decisions),
        }
        for one, part, old, new, found in zip(
            outcome.plan.slices, world.shares.tolist(), world.old_by_slice, world.new_by_slice, outcome.by_slice, strict=True
        )
    ]
    total = {"slice": "all together", "share": "100 %", "today": words.percent(float(world.old.max()))}
    total |= {"new version": words.percent(float(world.new.max())), "bad decisions": _count(outcome.bad_decisions)}
    table = pd.DataFrame([*rows, {**total, "in excess": _count(outcome.excess_bad_decisions)}])
    st.dataframe(table, hide_index=True, width="stretch")
    download(table, "by slice")


def _count(estimate: Any) -> str:
    limits = "" if estimate.low is None else f" [{words.count(estimate.low)}, {words.count(estimate.high)}]"
    return f"{words.count(estimate.value)}{limits}"
