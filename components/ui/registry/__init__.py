"""The registry of baselines: adding one, bringing in a table, taking over prior work, and the cards."""

import streamlit as st

from components import words
from components.modelling.records import FORM, FORM_MORE, Baseline
from components.project.records import Record
from components.readiness import baselines
from components.scoping.records import PriorWork
from components.ui import bring, resources, state
from components.ui.forms import editor
from components.ui.many import many
from components.ui.patterns import note
from components.ui.pieces import card_of, unfolded
from components.ui.session import escape, person


def add_result(project_id: str, known: list[Record[Baseline]]) -> None:
    """Draw the form for a result from elsewhere, the place to paste a table, and what scoping knows already."""
    added = state.value("baselines.added", 0)
    name = f"baselines.add.{added}"  # a new one is closed
    with st.popover("Add a result", icon=":material/add:", key=name, on_change="rerun") as opened:
        drawn = unfolded(opened.open, name)
        fields = {"fields": FORM, "more": FORM_MORE, "columns": 2}
        if drawn and editor(Baseline, "baselines.new", project_id=project_id, submit="Add it", **fields):  # type: ignore[arg-type]
            state.remember("baselines.added", added + 1)
            state.say("Added.")
            st.rerun()
    bring.bring_in(
        "baselines",
        project_id,
        known,
        noun="result",
        kinds=["csv", "tsv", "txt"],
        placeholder=baselines.EXAMPLE,
        hint="The first line names the columns: name and value at least.",
        read=baselines.read,
        table=baselines.table,
    )
    offered = baselines.offered(resources.store(), project_id)
    if offered:
        _offer(project_id, offered)


def _offer(project_id: str, offered: list[Record[PriorWork]]) -> None:
    with st.popover(f"From prior work ({len(offered)})", icon=":material/menu_book:", key="baselines.prior"):
        note("What scoping knows of others' results. It stands apart until somebody says that it is the same data, split and metric.")
        names = {one.id: one.body.title for one in offered}
        chosen = st.multiselect("Results", list(names), list(names), format_func=lambda one: names[one], key="baselines.prior.chosen")
        taken = [one for one in offered if one.id in chosen]
        label = f"Take {words.counted(len(taken), 'result')}"
        st.button(label, key="baselines.prior.take", disabled=not taken, on_click=_take, args=(project_id, taken))


def _take(project_id: str, records: list[Record[PriorWork]]) -> None:
    for record in records:
        resources.store().save(project_id, baselines.from_prior_work(record), person=person().id, read=0)
    state.say(f"{words.counted(len(records), 'result')} taken over.")


def entered(project_id: str, known: list[Record[Baseline]]) -> None:
    """Draw the results that the team entered as cards, folded."""
    if not known:
        return

    def searched(one: Record[Baseline]) -> str:
        return f"{one.body.name} {baselines.written(one.body)}"

    folded = st.expander(f"Results that the team entered ({words.count(len(known))})", key="baselines.entered", on_change="rerun")
    if not folded.open:
        return
    with folded, many(known, "baselines", "result", searched, held=lambda one: state.editing(f"baselines.{one.id}")) as shown:
        for one in shown:
            said = escape(baselines.written(one.body))
            card_of(one, "baselines", one.body.name, said, one.body.link, project_id=project_id, fields=[*FORM, *FORM_MORE])
