"""The slices as cards: weigh, edit, delete, and make something of them elsewhere."""

import pandas as pd
import streamlit as st

from components.modelling.slice_records import WEIGHTS, Slice
from components.modelling.slice_wording import gain_text
from components.project.records import Record
from components.readiness.slice_use import USES, put_to_use, used
from components.ui import resources, state
from components.ui.forms import editor
from components.ui.many import many
from components.ui.patterns import card
from components.ui.pieces import delete
from components.ui.session import escape, link, person

TYPED = ("name", "share", "share_from", "model", "n", "human", "people_n", "importance", "ease", "note")
MEASURED = ("name", "importance", "ease", "share_from", "share", "note")


def cards(records: list[Record[Slice]], rows: dict[str, pd.Series], refused: dict[str, str], metric: str = "accuracy") -> None:
    """Draw a card for each slice, in the order given; `rows` holds what is known of it, `refused` why it doesn't fit."""
    with many(records, "slices", "slice", _searched, held=lambda one: state.editing(f"slice.{one.id}")) as shown:
        for record in shown:
            name = f"slice.{record.id}"
            with card(name):
                if state.editing(name):
                    fields = MEASURED if record.body.clauses else TYPED
                    if editor(Slice, name, project_id=record.project_id, record=record, fields=fields, columns=2, cancel=True):
                        state.say("Saved.")
                        st.rerun()
                    continue
                _card(record, rows.get(record.id), refused.get(record.id, ""), name, metric)


def _searched(record: Record[Slice]) -> str:
    return f"{record.body.name} {record.body.sentence if record.body.clauses else record.body.share_from} {record.body.note}"


def _card(record: Record[Slice], row: pd.Series | None, refused: str, name: str, metric: str) -> None:
    body = record.body
    gain = gain_text(row, metric) if row is not None else ""
    weighed = [f"{what} {WEIGHTS[str(value)]}" for what, value in (("importance", body.importance), ("ease", body.ease)) if value != 3]  # noqa: PLR2004
    about = "; ".join([*([body.sentence] if body.clauses else [f"share from {body.share_from}"]), *weighed])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{escape(body.name)}** :small[:gray[{escape(about)}]]  \n:gray[{escape(gain or refused)}]", width="stretch")
        done = used(resources.store(), record.project_id, record.id)
        with st.popover("Make it …", key=f"{name}.use"):
            for what, use in USES.items():
                if use.needs_condition and not body.clauses:
                    continue
                if what in done:
                    link(use.screen, f"It {use.done}", icon=":material/check:", **({"view": use.view} if use.view else {}))
                else:
                    st.button(use.button, key=f"{name}.{what}", on_click=_use, args=(record, what, gain), width="stretch")
        st.button("Edit", key=f"{name}.edit", type="tertiary", icon=":material/edit:", on_click=state.edit, args=(name,))
        st.button(
            "Delete", key=f"{name}.delete", type="tertiary", icon=":material/delete:", on_click=delete, args=(record.project_id, record)
        )


def _use(record: Record[Slice], what: str, gain: str) -> None:
    put_to_use(resources.store(), record, what, gain, person().id)
    state.say(f"“{record.body.name}” {USES[what].done}.")
