"""Slices whose figures somebody typed in: from a paper, a report, or a count on the back of an envelope."""

from typing import Any

import streamlit as st

from components.modelling.slice_records import Slice
from components.modelling.slice_wording import certainty, typed_method, typed_table, where_answer
from components.modelling.slices import headroom
from components.ui import resources, state
from components.ui.forms import editor
from components.ui.patterns import answer, empty, note, section
from components.ui.slices.cards import TYPED, cards
from components.ui.slices.pictures import pictures

QUESTION = "Which slice pays off most?"


TRANSCRIPTS = "Of transcripts, accuracy is 1 − word error rate: Human level measures it for people and for machines, by speaker."


def draw(heading: Any, project_id: str) -> None:
    """Draw the view."""
    records = [one for one in resources.store().all(project_id, Slice) if not one.body.clauses]
    if not records:
        why = "A few numbers say whether work on a slice can pay: its share, how good the model is there, and how good people are."
        with heading, empty(QUESTION, why, "Type in a first slice, such as “clean speech”."):
            _add(project_id)
        return
    table = headroom(typed_table(one.body for one in records))
    with heading:
        answer(QUESTION, where_answer(table), typed_method(table))
    pictures(table, (project_id, resources.store().seq(project_id), "typed"))
    if said := certainty(table):
        note(said)
    note(TRANSCRIPTS)
    section("The slices", "weigh them by importance and ease; make one a task, or something to watch")
    rows = {one.id: table.iloc[place] for place, one in enumerate(records)}
    cards(sorted(records, key=lambda one: int(rows[one.id]["rank"])), rows, {})
    with st.expander("Another slice", icon=":material/add:"):
        _add(project_id)


def _add(project_id: str) -> None:
    if editor(Slice, "slice.new", project_id=project_id, fields=TYPED[:8], more=TYPED[8:], columns=2, submit="Add it", primary=True):
        state.say("Added.")
        st.rerun()
