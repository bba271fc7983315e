"""The rules that the team sets for a data set: as sentences, with a form that adds one."""

from typing import Any, get_args

import streamlit as st
from pydantic import ValidationError

from components.data.condition import Condition
from components.data.records import ColumnType, Expectation
from components.data.rule_words import SORTS, sentence
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.project.store import Conflict
from components.ui import forms, resources, state
from components.ui.conditions import condition_input
from components.ui.many import many
from components.ui.patterns import note, section
from components.ui.pieces import delete
from components.ui.session import escape, person

BOUNDS = {
    "range": ("a number, or a day like 2024-12-31", "At least", "At most"),
    "length": ("characters", "At least", "At most"),
    "row_count": ("rows", "At least", "At most"),
}
SEVERAL = {"key", "determines"}


def rules(data_set: Record[DataSet], version: Record[DataVersion]) -> bool:
    """Draw the rules of a data set and a form that adds one; returns whether anything was changed."""
    section("Your own rules", "checked with everything else, and at every version")
    project_id = data_set.project_id
    changed = False
    there = [record for record in resources.store().all(project_id, Expectation) if record.body.data_set == data_set.id]
    with many(there, "checks.rules", "rule", lambda one: f"{sentence(one.body)} {one.body.why}") as shown:
        for record in shown:
            with st.container(horizontal=True, vertical_alignment="center"):
                allowed = f" In at most {record.body.allowed:.2%} of the rows it may be otherwise." if record.body.allowed else ""
                st.markdown(escape(f"{sentence(record.body)}.{allowed} {record.body.why}".strip()))
                if st.button("Delete", key=f"checks.rule.{record.id}.delete", type="tertiary", icon=":material/delete:"):
                    delete(project_id, record)
                    changed = True
    with st.popover("Add a rule", key="checks.rules", icon=":material/add:", width="content"):
        changed |= _form(data_set, list(version.body.columns))
    return changed


def _form(data_set: Record[DataSet], columns: list[str]) -> bool:
    sort = st.selectbox("What must hold", list(SORTS), format_func=lambda one: SORTS[one], key="checks.rule.sort")
    generation = state.value("checks.rule.generation", 0)
    key = f"checks.rule.{sort}.{generation}"
    condition = _condition(columns, key) if sort == "never" else {}
    with st.form(key, border=False):
        given = condition or _fields(sort, columns, data_set, key)
        left, right = st.columns(2)
        share = left.number_input("Percent of the rows that may break it", 0.0, 100.0, 0.0, key=f"{key}.allowed")
        severity = right.selectbox("If it is broken", ["failed", "warned"], format_func=_severity, key=f"{key}.severity")
        why = st.text_input("Why", key=f"{key}.why", max_chars=2000)
        if not st.form_submit_button("Add the rule"):
            return False
    try:
        rule = Expectation(data_set=data_set.id, rule=sort, allowed=share / 100, severity=severity, why=why, **given)
    except ValidationError as error:
        for one in error.errors():
            st.markdown(f":red[:material/error:] {escape(forms.sentence(Expectation, one))}")
        return False
    store = resources.store()
    there = store.get(data_set.project_id, Expectation, rule.id)
    try:
        store.save(data_set.project_id, rule, person=person().id, id=rule.id, read=there.version if there else 0)
    except Conflict:
        note("Somebody else changed this rule in the meantime: look at it again, then save.")
        return False
    state.remember("checks.rule.generation", generation + 1)
    return True


def _condition(columns: list[str], key: str) -> dict[str, Any]:
    """Draw the lines of what no row may be, and return it."""
    note("Each line may be right by itself; a row in which all of them hold breaks the rule.")
    try:
        return {"condition": condition_input(f"{key}.condition", columns)}
    except BadInput as error:
        note(str(error))
        return {"condition": Condition()}


def _fields(sort: str, columns: list[str], data_set: Record[DataSet], key: str) -> dict[str, Any]:
    """Draw what a sort of rule needs beside its limit, and return it."""
    given: dict[str, Any] = {}
    if sort in SEVERAL:
        given["columns"] = st.multiselect("Columns", columns, key=f"{key}.columns")
    elif sort != "row_count":
        column = st.selectbox("Column", columns, key=f"{key}.column")
        given["columns"] = [column] if column else []
    if sort in BOUNDS:
        hint, least, most = BOUNDS[sort]
        for place, (name, label) in zip(st.columns(2), (("low", least), ("high", most)), strict=True):
            given[name] = place.text_input(label, key=f"{key}.{name}", placeholder=hint).strip() or None
    if sort == "type":
        given["type"] = st.selectbox("Type", get_args(ColumnType), key=f"{key}.type")
    if sort == "pattern":
        given["pattern"] = st.text_input("Pattern", key=f"{key}.pattern", placeholder="a regular expression, such as [A-Z]{2}[0-9]+")
    if sort == "allowed_set":
        text = st.text_area("Allowed values, one a line", key=f"{key}.values", height=120)
        given["values"] = [line.strip() for line in text.splitlines() if line.strip()]
    if sort == "freshness":
        given["days"] = st.number_input("Days", min_value=0.0, value=None, key=f"{key}.days")
    if sort == "monotonic":
        given["descending"] = st.checkbox("Falls instead of rising", key=f"{key}.descending")
        given["strictly"] = st.checkbox("Never the same twice in a row", key=f"{key}.strictly")
    if sort == "determines":
        given["determined"] = st.selectbox("Column that they determine", columns, key=f"{key}.determined") or ""
    if sort == "foreign_key":
        given |= _reference(data_set, key)
    return given


def _reference(data_set: Record[DataSet], key: str) -> dict[str, str]:
    """Draw the choice of a column of another data set."""
    store = resources.store()
    sets = {record.id: record.body.name for record in store.all(data_set.project_id, DataSet) if record.id != data_set.id}
    newest = {record.body.data_set: record.body for record in store.all(data_set.project_id, DataVersion)}
    offered = [(id_, column) for id_ in sets if id_ in newest for column in newest[id_].columns]
    if not offered:
        note("There is no other data set in this project yet.")
    chosen = st.selectbox("Holds the values", offered, format_func=lambda one: f"{sets[one[0]]}: {one[1]}", key=f"{key}.reference")
    return {"reference": chosen[0], "reference_column": chosen[1]} if chosen else {}


def _severity(name: str) -> str:
    return {"failed": "it has to be fixed", "warned": "it is worth a look"}[name]
