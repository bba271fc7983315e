"""What have we tried, and what came of it? Every tracked run as a dot and as a row."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.modelling.experiment_charts import runs_chart
from components.modelling.experiments import METRICS, runs_answer, runs_table
from components.ui.experiments.reading import REFRESH, index, nothing_yet, own_screen, read_again, runs_in
from components.ui.figures import chart, download
from components.ui.patterns import answer, note, section
from components.ui.session import palette
from components.ui.uploads import watch

QUESTION = "What have we tried, and what came of it?"
ACROSS = {"fit_seconds": "time to fit, s", "memory_megabytes": "memory, MB", "started": "when (UTC)", "data": "data"}
FEW = 2


def draw(heading: Any, project_id: str) -> None:
    """Draw all runs that were read."""
    read = index(project_id)
    if read is None or not read.body.runs:
        nothing_yet(heading, project_id, QUESTION)
        return
    found = runs_in(read.body.file)
    table = runs_table(found)
    with heading:
        when = f"{read.body.read_at:%-d %B, %H:%M} UTC"
        simulated = next((run["tags"]["simulated"] for run in found if run["tags"].get("simulated")), "")
        answer(
            QUESTION, runs_answer(table), f"Read from {read.body.store}, {when}. Scores with the interval of each run.", simulated=simulated
        )
    watch("experiments", project_id, REFRESH)
    known = sorted({name for name in table["metric"] if name in METRICS.values()})
    if known:
        _picture(read.body.file, found, table, known)
    section("Every run", f"{words.counted(len(table), 'run')}, the newest first")
    shown = _with_parameters(found, table)
    st.dataframe(shown, hide_index=True, width="stretch", height=min(38 * len(shown) + 40, 460), column_config=_columns())
    with st.container(horizontal=True, vertical_alignment="center"):
        read_again(project_id)
        own_screen()
        download(shown, "runs")


def _picture(file: str, found: list[dict[str, Any]], table: pd.DataFrame, known: list[str]) -> None:
    with st.container(horizontal=True):
        metric = (
            st.segmented_control("Score", known, default=known[0], required=True, key="experiments.metric") if len(known) > 1 else known[0]
        )
        settings = _settings(found)
        across = st.selectbox(
            "against", [*ACROSS, *settings], format_func=lambda one: ACROSS.get(one, one), key="experiments.across", width=320
        )
    guesses = {run["id"] for run in found if run["tags"].get("groundwork.model", "").startswith("dummy_")}
    of = table[table["metric"] == metric].copy()
    of = of[~of["id"].isin(guesses)] if not of["id"].isin(guesses).all() else of
    if across in settings:
        of[across] = of["id"].map({run["id"]: run["params"].get(across, "not set") for run in found})
    best = of["value"].idxmax()
    of["role"] = ["highlight" if number == best else "other" for number in of.index]
    title = ACROSS.get(across, across)
    drawing = partial(runs_chart, of, palette(), metric=metric, across=across, title=title)
    chart(drawing, of=("runs", file, metric, across), alt=f"{metric} of {words.counted(len(of), 'run')} against {title}")
    if guesses:
        note("Dots: runs, with their 95 % interval; a shape a version of the data. What only guesses stands in the table.")


def _settings(found: list[dict[str, Any]]) -> list[str]:
    """Return the parameters of the models in which runs differ."""
    values: dict[str, set[str]] = {}
    for run in found:
        for name, value in run["params"].items():
            values.setdefault(name, set()).add(value)
    return sorted(name for name, seen in values.items() if len(seen) > 1 and all(len(one) <= 20 for one in seen))  # noqa: PLR2004 - shown as labels


def _with_parameters(found: list[dict[str, Any]], table: pd.DataFrame) -> pd.DataFrame:
    """Return the runs with the parameters in which runs of the same model differ."""
    names: set[str] = set()
    by_model: dict[str, list[dict[str, Any]]] = {}
    for run in found:
        by_model.setdefault(run["name"], []).append(run)
    for same in by_model.values():
        names |= set(_settings(same))
    more = pd.DataFrame([{name: run["params"].get(name) for name in sorted(names)} for run in found], index=table.index)
    return pd.concat([table, more], axis=1) if names else table


def _columns() -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        "value": number("score", format="%.4f"),
        "low": number(format="%.4f"),
        "high": number(format="%.4f"),
        "fit_seconds": number("fit, s", format="%.2f"),
        "memory_megabytes": number("memory, MB", format="%.0f"),
        "started": st.column_config.DatetimeColumn("started (UTC)", format="D MMM, HH:mm"),
    }
