"""Naming slices: every value of a column, every tag, or a condition."""

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from components import words
from components.errors import BadInput
from components.modelling.slice_records import Slice
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources, state
from components.ui.choose import table
from components.ui.conditions import condition_input
from components.ui.forms import sentence
from components.ui.patterns import bad_input, note
from components.ui.session import person

MOST = 12
FEWEST = 2
PARTS = 4
BY_COLUMN, BY_TAG, BY_CONDITION = "Each value of a column", "Each tag of a column", "A condition"


def add(version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the ways to name slices."""
    turn = state.value("where_to_work.added", 0)
    key = f"where_to_work.add.{turn}"
    way = st.segmented_control("How", [BY_COLUMN, BY_TAG, BY_CONDITION], default=BY_COLUMN, required=True, key=f"{key}.way")
    if way == BY_CONDITION:
        _condition(version, data_set, key, turn)
        return
    hidden = {data_set.body.id_column, "path"}
    columns = [name for name in version.body.columns if name not in hidden]
    start = columns.index(data_set.body.target) if data_set.body.target in columns else None
    column = st.selectbox("Column", columns, start, placeholder="choose", key=f"{key}.column", width=420)
    if column is None:
        return
    made = _of_tags(table(version.body.table)[column], column) if way == BY_TAG else _of_values(table(version.body.table)[column], column)
    if len(made) < FEWEST:
        note("This column has no values that part the data: choose another one, or write a condition.")
        return
    note(f"{words.counted(len(made), 'slice')}: {words.listed(list(made), most=MOST)}.")
    st.button(
        "Add these slices", key=f"{key}.take", icon=":material/add:", on_click=_take, args=(version.project_id, data_set.id, made, turn)
    )


def keep(project_id: str, data_set: str, clauses: list[dict[str, str]]) -> None:
    """Save a slice that was found."""
    body = Slice(name=Slice(name="x", clauses=clauses).sentence[:300], data_set=data_set, clauses=clauses, found=True)
    resources.store().save(project_id, body, person=person().id, read=0)
    state.say("Kept; it is measured now.")


def _of_values(column: pd.Series, name: str) -> dict[str, list[dict[str, str]]]:
    """Return the slices of a column: its commonest values, or the quarters of a number with many."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column) and column.nunique() > MOST:
        ends = sorted({float(end) for end in column.quantile([place / PARTS for place in range(1, PARTS)])})
        edges = [None, *ends, None]
        made = {}
        for low, high in zip(edges, edges[1:], strict=False):
            clauses = []
            if low is not None:
                clauses.append({"column": name, "operator": "above", "value": f"{low:.6g}"})
            if high is not None:
                clauses.append({"column": name, "operator": "at most", "value": f"{high:.6g}"})
            said = " and ".join(f"{one['operator']} {one['value']}" for one in clauses)
            made[f"{name} {said}"] = clauses
        return made
    values = column.dropna().value_counts().head(MOST).index
    return {f"{name} {_text(value)}": [{"column": name, "operator": "is", "value": _text(value)}] for value in sorted(values, key=str)}


def _of_tags(column: pd.Series, name: str) -> dict[str, list[dict[str, str]]]:
    """Return the slices of a column that holds tags, separated by commas: its commonest tags."""
    tags = column.dropna().astype(str).str.split(",").explode().str.strip()
    common = tags[tags != ""].value_counts().head(MOST).index
    return {f"tag {tag}": [{"column": name, "operator": "has the tag", "value": str(tag)}] for tag in common}


def _text(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _take(project_id: str, data_set: str, made: dict[str, list[dict[str, str]]], turn: int) -> None:
    known = [one.body.clauses for one in resources.store().all(project_id, Slice) if one.body.data_set == data_set]
    fresh = {name: clauses for name, clauses in made.items() if clauses not in known}
    for name, clauses in fresh.items():
        resources.store().save(project_id, Slice(name=name[:300], data_set=data_set, clauses=clauses), person=person().id, read=0)
    state.remember("where_to_work.added", turn + 1)
    state.say(f"{words.counted(len(fresh), 'slice')} added.")


def _condition(version: Record[DataVersion], data_set: Record[DataSet], key: str, turn: int) -> None:
    name = st.text_input("Name", key=f"{key}.name", max_chars=120, placeholder="such as night, or over 80")
    try:
        condition = condition_input(f"{key}.condition", list(version.body.columns))
    except BadInput as error:
        bad_input(error, key="slice_problem")
        return
    if not st.button("Add this slice", key=f"{key}.save", icon=":material/add:"):
        return
    if not condition.clauses:
        bad_input(BadInput("The slice has no condition.", "Choose a column, an operator and a value."), key="slice_problem")
        return
    clauses = [clause.model_dump() for clause in condition.clauses]
    try:
        body = Slice(name=name, data_set=data_set.id, clauses=clauses)
    except ValidationError as error:
        bad_input(BadInput(sentence(Slice, error.errors()[0])), key="slice_problem")
        return
    resources.store().save(version.project_id, body, person=person().id, read=0)
    state.remember("where_to_work.added", turn + 1)
    state.say("Added.")
    st.rerun()
