"""Iterations: collect, train, look, collect again; what each round cost and reached, and what another one is worth."""

from functools import partial
from typing import Any

import streamlit as st

from components import words
from components.data.charts import iterations_chart
from components.data.iterations import table, worth
from components.data.records import Iteration
from components.modelling.records import Leaderboard
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.figures import chart
from components.ui.forms import editor
from components.ui.patterns import answer, empty, note, section
from components.ui.pieces import card_of
from components.ui.session import escape, palette
from components.ui.state import say

QUESTION = "Is another round of collecting worth it?"
FIELDS = ("what", "size", "hours", "metric", "value", "direction", "learnt")


def draw(heading: Any, version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the view."""
    records = [one for one in resources.store().all(version.project_id, Iteration) if one.body.data_set == data_set.id]
    rounds = [one.body for one in records]
    found = worth(rounds)
    if found is None:
        why = "Collect a little, train, look, collect again: three short rounds teach more than one long one."
        with heading, empty(QUESTION, why, "Note the first round.", key="iterations_empty"):
            _note(version, data_set)
        return
    with heading:
        spent = sum(one.hours or 0 for one in rounds)
        hours = f", {words.counted(spent, 'hour')} spent" if spent else ""
        curve = ""
        if found.curve is not None:
            b = found.curve.b
            curve = f" Error falls as size to the power of −{words.decimal(b.value)} {words.interval(b)}.".replace("−-", "+")
        method = f"{words.counted(len(rounds), 'round')}{hours}.{curve} The interval is that of a single new round."
        answer(QUESTION, found.sentence, method)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if found.curve is not None:
            section("What size brings", "dots: rounds; line and band: the curve with the 95 % interval of a new round")
            shown = tuple((one.id, one.version) for one in records)
            chart(partial(iterations_chart, found, palette()), of=shown, alt=found.sentence, table=table(rounds), name="iterations")
    with right:
        section("The next round")
        _note(version, data_set)
    section("The rounds", "the newest first")
    for one in reversed(records):
        body = one.body
        price = f", {words.counted(body.hours, 'hour')}" if body.hours is not None else ""
        text = f"{words.counted(body.size, 'row')}{price}: {body.metric} {words.decimal(body.value, 3)}"
        card_of(one, "iterations", body.what, _escaped(text, body.learnt), project_id=version.project_id, fields=FIELDS)


def _escaped(*parts: str) -> str:
    return ". ".join(escape(part) for part in parts if part)


def _note(version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    board = resources.store().get(version.project_id, Leaderboard, version.id)
    if board is not None and board.body.best is not None:
        best = board.body.best
        note(f"Version {version.body.number}: {best.title} reaches {board.body.metric} {words.decimal(best.estimate['value'], 3)}.")
    key = f"iterations.new.{data_set.id}"
    fixed = {"data_set": data_set.id}
    if editor(Iteration, key, project_id=version.project_id, fields=FIELDS, fixed=fixed, submit="Note this round", columns=2, primary=True):
        say("Noted.")
        st.rerun()
