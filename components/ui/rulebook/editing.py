"""Writing and changing a rule: its words, its condition, its examples."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from components.data.rulebook.records import Rule, Shown
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources, showing, state
from components.ui.conditions import condition_input
from components.ui.forms import editor
from components.ui.patterns import bad_input, note
from components.ui.pieces import save_over
from components.ui.session import escape

FIELDS = ("name", "definition", "label", "action", "owner", "data_set")
MOST_OFFERED = 5000
KINDS = {"examples": "Example", "counter_examples": "Counter-example"}


def write(project_id: str, *, primary: bool) -> None:
    """Draw the form of a new rule."""
    sets = _sets(project_id)
    start = {"data_set": next(reversed(sets), ""), "action": "discard"}
    told: dict[str, Any] = {"choices": {"data_set": sets}, "start": start, "fields": FIELDS}
    if editor(Rule, "rulebook.new", project_id=project_id, submit="Propose it", primary=primary, columns=2, **told):
        state.say("Proposed. Show an example and a counter-example next.")
        st.rerun()


def words_of(record: Record[Rule], key: str) -> None:
    """Draw the form of a rule that is there."""
    choices = {"data_set": _sets(record.project_id)}
    if editor(Rule, key, project_id=record.project_id, record=record, fields=FIELDS, choices=choices, columns=2, cancel=True):
        state.say("Saved.")
        st.rerun()


def _sets(project_id: str) -> dict[str, str]:
    return {one.id: one.body.name for one in resources.store().all(project_id, DataSet)}


def condition_of(record: Record[Rule], version: Record[DataVersion] | None, key: str) -> None:
    """Draw the lines of a rule's condition."""
    if version is None:
        note("A condition needs a data set: choose it with the rule's words.")
        return
    try:
        condition = condition_input(f"{key}.{record.version}", list(version.body.columns), record.body.condition)
    except BadInput as error:
        bad_input(error, key=f"{key}.problem")
        return
    note("All lines have to hold. Without a column in any line, people alone apply the rule.")
    with st.container(horizontal=True):
        st.button("Save the condition", key=f"{key}.save", on_click=_change, args=(record, {"condition": condition}, key))
        st.button("Cancel", key=f"{key}.cancel", type="tertiary", on_click=state.edit, args=(key, False))


def examples_of(record: Record[Rule], version: Record[DataVersion] | None, key: str) -> None:
    """Draw a rule's examples with ways to take one away, and the form of another."""
    for field, word in KINDS.items():
        listed: Sequence[Shown] = getattr(record.body, field)
        for place, one in enumerate(listed):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":small[{word}: {escape(one.item or one.text[:80])} :gray[{escape(one.why)}]]", width="stretch")
                kept = {field: (*listed[:place], *listed[place + 1 :])}
                away: dict[str, Any] = {"on_click": _change, "args": (record, kept)}
                st.button("", icon=":material/delete:", help="Take it away", type="tertiary", key=f"{key}.{field}.{place}", **away)
    made = f"{key}.{record.version}"
    with st.form(f"{made}.form", border=False):
        field = st.segmented_control(
            "It is", list(KINDS), default="examples", required=True, format_func=KINDS.__getitem__, key=f"{made}.kind"
        )
        item = None
        if version is not None:
            item = st.selectbox("An item", _offered(version), index=None, placeholder="type a part of its name", key=f"{made}.item")
        text = st.text_input("Or a text", max_chars=2000, key=f"{made}.text")
        why = st.text_input("What it shows", max_chars=500, key=f"{made}.why")
        asked = st.form_submit_button("Add it")
    st.button("Close", key=f"{key}.close", type="tertiary", on_click=state.edit, args=(key, False))
    if asked:
        try:
            new = Shown(item=item or "", text="" if item else text, why=why)
        except ValidationError:
            bad_input(BadInput("The example shows nothing yet.", "Choose an item, or write a text."), key=f"{key}.problem")
            return
        _change(record, {str(field): (*getattr(record.body, str(field)), new)})
        st.rerun()


def _offered(version: Record[DataVersion]) -> list[str]:
    rows = range(min(version.body.rows, MOST_OFFERED))
    return [item.key for item in showing.items_of(version, rows)]


def _change(record: Record[Rule], change: dict[str, Any], key: str = "") -> None:
    """Save a rule with some fields changed; in a callback, which draws nothing."""
    try:
        body = Rule.model_validate({**record.body.model_dump(), **change})
    except ValidationError:
        state.say("This is too much for one rule: at most 20 examples of each kind.")
        return
    if save_over(record.project_id, body, record):
        state.say("Saved.")
        if key:
            state.edit(key, on=False)


def change(record: Record[Rule], **fields: Any) -> None:
    """Save a rule with some fields changed, for what runs when a button is pressed."""
    _change(record, fields)
