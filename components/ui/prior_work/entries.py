"""The forms of prior work and of the target, and the entries with what one should mind."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from components.project.records import Record
from components.readiness.measured import measured_figures
from components.scoping.prior_work import flags, score_text
from components.scoping.records import PriorWork
from components.ui import resources, state
from components.ui.forms import editor
from components.ui.many import many
from components.ui.patterns import card
from components.ui.pieces import delete, source, unfolded
from components.ui.session import escape

FIRST = ["title", "score", "metric", "direction", "year", "link"]
MORE = [name for name in PriorWork.model_fields if name not in {*FIRST, "schema_version"}]


def runs(project_id: str) -> dict[str, str]:
    """Return our tracked runs, each with what it reached."""
    return {figure.run_id: figure.text for figure in measured_figures(resources.store(), project_id).values() if figure.run_id}


def add(project_id: str) -> None:
    """Draw the form for a new result."""
    with st.popover("Add a result", icon=":material/add:", type="primary", key="prior_work.add", on_change="rerun") as opened:
        if not unfolded(opened.open, "prior_work.add"):
            return
        form: dict[str, Any] = {"fields": FIRST, "more": MORE, "columns": 2, "choices": {"reproduced": runs(project_id)}}
        if editor(PriorWork, "prior_work.new", project_id=project_id, submit="Add it", **form):
            state.say("Added.")
            st.rerun()


def entries(project_id: str, records: Sequence[Record[PriorWork]]) -> None:
    """Draw the entries, each to edit or delete, with what one should mind."""
    known = runs(project_id)
    with many(records, "prior_work", "result", _searched, held=lambda one: state.editing(f"prior_work.{one.id}")) as shown:
        for record in shown:
            _entry(project_id, record, known)


def _searched(record: Record[PriorWork]) -> str:
    body = record.body
    return " ".join((body.title, body.task, body.data, body.model, body.paper, body.metric, str(body.year or ""), body.note))


def _entry(project_id: str, record: Record[PriorWork], known: dict[str, str]) -> None:
    name, body = f"prior_work.{record.id}", record.body
    with card(name):
        if state.editing(name):
            form: dict[str, Any] = {"fields": FIRST, "more": MORE, "columns": 2, "choices": {"reproduced": known}}
            if editor(PriorWork, name, project_id=project_id, record=record, cancel=True, **form):
                state.say("Saved.")
                st.rerun()
            return
        st.markdown(f"**{escape(body.title)}**  \n{escape(f'{score_text(body.score, body.metric)} {body.metric}')}")
        facts = [body.task, ", ".join(part for part in (body.data, body.split) if part), body.model, body.paper, str(body.year or "")]
        facts += [body.licence, body.hardware, f"retrieved {body.retrieved_on:%-d %B %Y}" if body.retrieved_on else ""]
        facts += [f"reproduced: {known.get(body.reproduced, body.reproduced)}" if body.reproduced else "", body.note]
        st.markdown(f":small[:gray[{escape(' · '.join(fact for fact in facts if fact))}]]")
        for flag in flags(body, date.today()):
            st.markdown(f":small[:orange[:material/warning:] {escape(flag)}]")
        with st.container(horizontal=True, vertical_alignment="center"):
            for label, address in (("source", body.link), ("code", body.code)):
                if address:
                    st.markdown(source(label, address), width="content")
            st.button("Edit", key=f"{name}.edit", type="tertiary", icon=":material/edit:", on_click=state.edit, args=(name,))
            st.button("Delete", key=f"{name}.delete", type="tertiary", icon=":material/delete:", on_click=delete, args=(project_id, record))
