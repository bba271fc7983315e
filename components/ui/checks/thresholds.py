"""The thresholds of a project: what was changed and why, and a form that changes one."""

from typing import Any

import streamlit as st

from components import words
from components.data.records import CheckRun, CheckThreshold
from components.ui import resources
from components.ui.forms import editor
from components.ui.patterns import note, section
from components.ui.pieces import delete
from components.ui.session import escape

SET_BY_THE_TEAM = ("T2", "T3", "L05", "L06")
"""Codes, or how they begin, of what has a bound of its own in each rule or case."""


def thresholds(project_id: str, run: CheckRun) -> bool:
    """Draw the thresholds that differ from the defaults, and a form; returns whether one was saved."""
    changed = {record.id: record for record in resources.store().all(project_id, CheckThreshold)}
    titles = {one["code"]: one for one in run.results if not one["code"].startswith(SET_BY_THE_TEAM)}
    section("Thresholds", "the defaults, unless you say why not")
    saved = False
    for code, record in changed.items():
        result = titles.get(code)
        name = result["title"] if result else code
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{escape(str(name))} :gray[{escape(code)}]: **{_written(record.body.threshold, result)}**. {escape(record.body.reason)}"
            )
            if st.button("Default", key=f"checks.default.{code}", type="tertiary", icon=":material/undo:"):
                delete(project_id, record)
                saved = True
    with st.popover("Change a threshold", key="checks.thresholds", icon=":material/tune:"):
        code = st.selectbox(
            "Check", list(titles), format_func=lambda code: f"{titles[code]['title']} ({code})", key="checks.threshold.code"
        )
        if code:
            one = titles[code]
            kind = {"share": "a share, such as .05 for 5 %", "count": "a number of rows or values", "number": "a number"}[one["unit"]]
            side = "least" if one["at_least"] else "largest"
            note(f"The {side} figure that passes, {kind}; it was {_written(one['threshold'], one)} when last checked.")
            fields, key = ["threshold", "reason"], f"checks.threshold.{code}"
            old = changed.get(code)
            if editor(CheckThreshold, key, project_id=project_id, record=old, id=code, fields=fields, fixed={"code": code}):
                saved = True
    return saved


def _written(value: float, result: dict[str, Any] | None) -> str:
    unit = result["unit"] if result else "number"
    return words.percent(value) if unit == "share" else words.count(value) if unit == "count" else words.decimal(value)
