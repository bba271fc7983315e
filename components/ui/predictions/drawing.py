"""Predictions of one or many models, scored and compared in pairs."""

from typing import Any

import pandas as pd
import streamlit as st

from components.modelling.comparison_wording import (
    comparison_answer,
    comparison_method,
    metric_in,
    models_chart,
    pair_of,
    pair_sentence,
    shown_models,
)
from components.modelling.metrics import BY_CODE
from components.modelling.records import ModelComparison, PredictionSet
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.project.target import Target
from components.ui import resources
from components.ui.figures import behind, chart
from components.ui.patterns import answer, empty, note, section
from components.ui.pieces import delete
from components.ui.predictions.bringing import AGAIN, TASK, bring
from components.ui.session import escape, palette
from components.ui.uploads import start_job, started_here, watch

QUESTION = "Which model is better, and is that sure?"


def draw(heading: Any, project_id: str, version: Record[DataVersion] | None, data_set: Record[DataSet] | None) -> None:
    """Draw the view."""
    watch("predictions", project_id, TASK)
    watch("predictions.again", project_id, AGAIN)
    sets = list(reversed(resources.store().all(project_id, PredictionSet)))
    runs = {one.id: one for one in resources.store().all(project_id, ModelComparison)}
    sets = [one for one in sets if one.id in runs]
    if not sets:
        why = "Two models a point apart on a few hundred items are the same model until somebody shows otherwise."
        with heading, empty(QUESTION, why, "Bring a table: one row an item, with the truth and a column for each model's predictions."):
            bring(project_id, version, data_set, primary=True)
        return
    chosen = _chosen(sets)
    run = runs[chosen.id]
    with heading:
        answer(QUESTION, comparison_answer(run.body), comparison_method(run.body), simulated=run.body.simulated)
    shown = shown_models(run.body)
    target = resources.store().get(project_id, Target, "target")
    wanted = target.body.value if target and target.body.metric.lower() == run.body.metric.lower() else None
    of = (run.id, run.version, wanted)
    chart(lambda: models_chart(run.body, palette(), target=wanted), of=of, alt=comparison_answer(run.body), table=shown, name="models")
    if run.body.pairs:
        _pair(run.body)
        behind(pd.DataFrame(run.body.pairs), "pairs of models", f"All pairs ({len(run.body.pairs)})")
    with st.expander("By another metric", icon=":material/straighten:"):
        _metric(chosen, run.body)
    with st.expander("Other predictions", icon=":material/add:"):
        bring(project_id, version, data_set, primary=False)
    with st.container(horizontal=True):
        key = f"predictions.delete.{chosen.id}"
        label = f"Delete “{escape(chosen.body.name)}”"
        st.button(label, key=key, type="tertiary", icon=":material/delete:", on_click=delete, args=(project_id, chosen))


def brought_for(project_id: str, version: Record[DataVersion] | None) -> list[ModelComparison]:
    """Return the comparisons of predictions that were brought for a version of the data."""
    store = resources.store()
    sets = {one.id for one in store.all(project_id, PredictionSet) if version and one.body.data_version == version.id}
    return [one.body for one in store.all(project_id, ModelComparison) if one.id in sets]


def _chosen(sets: list[Record[PredictionSet]]) -> Record[PredictionSet]:
    if len(sets) == 1:
        return sets[0]
    names = {one.id: one.body.name for one in sets}
    key = f"predictions.set.{started_here('predictions')}"
    picked = st.selectbox("Predictions", list(names), format_func=lambda one: names[one], key=key, width=420)
    return next(one for one in sets if one.id == picked)


def _pair(run: ModelComparison) -> None:
    """Draw the choice of two models, and what was found of them."""
    section("Two of them", "each pair was tested; choose one")
    names = [one["model"] for one in run.models]
    left, right = st.columns(2)
    first = left.selectbox("First", names, 0, key="predictions.first")
    second = right.selectbox("against", [name for name in names if name != first], 0, key="predictions.second")
    pair = pair_of(run, first, second)
    if pair is not None:
        said = pair_sentence(run, pair)
        verdict, rest = said.split(":", 1)
        st.markdown(f"**{escape(verdict)}:** {escape(rest.strip())}")


def _metric(chosen: Record[PredictionSet], run: ModelComparison) -> None:
    """Draw the choice of another metric, with its convention written out."""
    codes = list(BY_CODE)
    code = st.selectbox("Metric", codes, codes.index(run.metric), key="predictions.metric", width=420)
    metric = BY_CODE[code]
    positive = ""
    with st.form("predictions.again", border=False):
        note(metric.convention("the one you name"))
        if metric.needs_positive:
            positive = st.text_input("Positive class", run.positive, key="predictions.positive", max_chars=200, width=420)
        margin = st.number_input(
            "Differences below this don't matter",
            min_value=0.0,
            value=run.margin,
            step=0.005,
            format="%.3f",
            key="predictions.margin",
            placeholder=".01 (a point), or 2 % of a score with a unit",
            width=420,
        )
        asked = st.form_submit_button("Compare by this")
    if asked:
        params = {"prediction_set": chosen.id, "metric": code, "positive": positive, "margin": margin}
        start_job(
            "predictions.again", chosen.project_id, AGAIN, params, f"Comparing by {metric_in(run).code if code == run.metric else code}"
        )
        st.rerun()
