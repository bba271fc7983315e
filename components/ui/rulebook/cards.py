"""The rules as cards: what each means, shown by its examples, how far people agree on it, and what can be done with it."""

from typing import Any

import streamlit as st

from components import words
from components.data.rulebook.records import CalibrationRun, Rule
from components.data.rulebook.versions import Ruled
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.stats.estimate import Estimate
from components.ui import showing
from components.ui.comments import comments
from components.ui.figures import glyph
from components.ui.patterns import card
from components.ui.rulebook.agreeing import settle
from components.ui.rulebook.editing import change, condition_of, examples_of, words_of
from components.ui.rulebook.history import versions
from components.ui.session import escape
from components.ui.state import edit, editing

DOES = {"discard": "discard it", "flag": "flag it", "relabel": "relabel it"}


def rule_card(rule: Ruled, version: Record[DataVersion] | None, run: CalibrationRun | None, said: Any, known: Any) -> None:
    """Draw one rule."""
    body, key = rule.body, f"rulebook.{rule.id}"
    with card(f"rule_{rule.id}"):
        if editing(f"{key}.words"):
            words_of(rule.record, f"{key}.words")
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{escape(rule.title)}**", width="content")
            _status(rule)
        st.markdown(escape(body.definition))
        where = f", where {body.condition.sentence}" if body.condition.clauses else ""
        owner = f" Owner: {body.owner}." if body.owner else ""
        st.markdown(f":small[:gray[Then it is “{escape(body.label)}”: {DOES[body.action]}{escape(where)}.{escape(owner)}]]")
        if body.examples or body.counter_examples:
            _examples(body, version)
        if run is not None:
            _agreement(rule, run)
        settle(rule, said)
        if editing(f"{key}.condition"):
            condition_of(rule.record, version, f"{key}.condition")
        if editing(f"{key}.examples"):
            examples_of(rule.record, version, f"{key}.examples")
        _tools(rule, key, known)


def _status(rule: Ruled) -> None:
    body = rule.body
    if body.status == "retired":
        st.badge("retired", icon=":material/archive:", color="gray")
    elif body.holds:
        st.badge("agreed", icon=":material/check:", color="green")
    elif body.status == "agreed":
        st.badge("changed since it was agreed", icon=":material/warning:", color="orange")
    else:
        st.badge("proposed", icon=":material/radio_button_unchecked:", color="gray")


def _examples(body: Rule, version: Record[DataVersion] | None) -> None:
    left, right = st.columns(2)
    for place, word, listed in ((left, "So", body.examples), (right, "Not so", body.counter_examples)):
        if listed:
            with place:
                st.markdown(f":small[:gray[{word}]]")
                showing.examples(version, listed)


def _agreement(rule: Ruled, run: CalibrationRun) -> None:
    found = next((one for one in run.rules if one["rule"] == rule.id), None)
    if found is None:
        return
    alpha = Estimate(**found["alpha"])
    older = "" if found["content"] == rule.body.content else f", under version {found['version']}"
    if alpha.value is None:
        return
    text = f"α {words.decimal(alpha.value)} {words.interval(alpha)} in the last round{older}, n = {alpha.n}"
    st.markdown(f":small[{escape(text)}{' (simulated)' if run.simulated else ''}]")
    if alpha.low is not None:
        glyph(text, alpha, domain=(min(0.0, alpha.low), 1.0), target=0.667, role="people")


def _tools(rule: Ruled, key: str, known: Any) -> None:
    with st.container(horizontal=True, key=f"tools_{rule.id}"):
        for what, label, icon in (("words", "Edit", "edit"), ("condition", "Condition", "rule"), ("examples", "Examples", "image")):
            st.button(label, key=f"{key}.{what}.edit", type="tertiary", icon=f":material/{icon}:", on_click=edit, args=(f"{key}.{what}",))
        versions(rule)
        comments(rule.record.project_id, Rule.kind, rule.id, known=known)
        retired = rule.body.status == "retired"
        label, icon, status = ("Take it back up", "unarchive", "proposed") if retired else ("Retire", "archive", "retired")
        how: dict[str, Any] = {"on_click": change, "args": (rule.record,), "kwargs": {"status": status}}
        st.button(label, key=f"{key}.retire", type="tertiary", icon=f":material/{icon}:", **how)
