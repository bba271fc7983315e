"""Declaring a condition on the screen: column, operator, value, a line each, all of which have to hold."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st
from pydantic import ValidationError

from components.data.condition import ALONE, OPERATORS, Clause, Condition
from components.errors import BadInput
from components.ui import state

MOST = 6


def condition_input(key: str, columns: Sequence[str], start: Condition | None = None) -> Condition:
    """Draw the lines of a condition and return it.

    Raises
    ------
    BadInput
        A line is incomplete.
    """
    given = list(start.clauses) if start else []
    lines = state.value(f"{key}.lines", max(len(given), 1))
    clauses = []
    for line in range(lines):
        before = given[line] if line < len(given) else None
        with st.container(horizontal=True, vertical_alignment="bottom"):
            seen: Literal["visible", "collapsed"] = "visible" if line == 0 else "collapsed"
            index = list(columns).index(before.column) if before and before.column in columns else None
            column = st.selectbox(
                "Column", columns, index=index, placeholder="choose", key=f"{key}.{line}.column", width=240, label_visibility=seen
            )
            place = OPERATORS.index(before.operator) if before else 0
            operator = st.selectbox("Operator", OPERATORS, index=place, key=f"{key}.{line}.operator", width=160, label_visibility=seen)
            value = ""
            if operator not in ALONE:
                value = st.text_input(
                    "Value", before.value if before else "", key=f"{key}.{line}.value", width=200, max_chars=2000, label_visibility=seen
                )
        if column is not None:
            try:
                clauses.append(Clause(column=column, operator=operator, value=value))
            except ValidationError as error:
                raise BadInput(
                    f"{str(error.errors()[0]['msg']).removeprefix('Value error, ')}.", "Type it, or choose another operator."
                ) from None
    if lines < MOST:
        st.button(
            "And another",
            key=f"{key}.more",
            type="tertiary",
            icon=":material/add:",
            on_click=state.remember,
            args=(f"{key}.lines", lines + 1),
        )
    return Condition(clauses=tuple(clauses))
