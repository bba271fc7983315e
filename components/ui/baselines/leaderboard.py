"""The quick models on the screen of baselines: starting them with their settings, and what the checks say beside their scores."""

from typing import Any

import streamlit as st

from components.modelling.records import Leaderboard
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.readiness.leaks import leaks
from components.ui import resources, state
from components.ui.patterns import note
from components.ui.session import escape, link
from components.ui.uploads import start_job, watch

TASK = "components.modelling.work:baselines"
DEFAULT_FOLDS, DEFAULT_SECONDS = 5, 60


def run_models(version: Record[DataVersion] | None, data_set: Record[DataSet] | None, *, running: bool, primary: bool = True) -> None:
    """Draw the button that starts the quick models, for a data set that says what is to be predicted."""
    if version is None or data_set is None or running:
        return
    if data_set.body.target is None:
        note(f"“{data_set.body.name}” doesn't say which column is to be predicted.")
        link("data/data_sets", "Say what is predicted", icon=":material/arrow_forward:")
        return
    kind = "primary" if primary else "secondary"
    if st.button("Run quick models", type=kind, key="baselines.run", icon=":material/play_arrow:"):  # type: ignore[arg-type]
        start_job("baselines", version.project_id, TASK, {"data_version": version.id, **_wanted(version)}, "Quick models")
        st.rerun()
    with st.popover("How", icon=":material/tune:"):
        _settings(version, data_set)


def run_first(version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the button that starts the quick models where a view can show nothing without them, and how far they are."""
    running = any(job.living for job in resources.store().jobs(version.project_id, TASK))
    with st.container(horizontal=True, vertical_alignment="center"):
        run_models(version, data_set, running=running)
    watch("baselines", version.project_id, TASK)


def _settings(version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw folds, seed and limits; the last run's stand there."""
    found = resources.store().get(version.project_id, Leaderboard, version.id)
    last = found.body if found else None
    group, time = data_set.body.group_column, data_set.body.time_column
    order = f"in time, by “{time}”" if time else f"with the groups of “{group}” kept together" if group else "stratified by class"
    note(f"Folds {order}. Groups and time are named under Data sets, “What the columns mean”.")
    st.number_input("Folds", 2, 20, last.folds if last else DEFAULT_FOLDS, key=f"baselines.folds.{version.id}")
    st.number_input("Seed", 0, 2**31 - 1, last.seed if last else 0, key=f"baselines.seed.{version.id}")
    st.number_input("Seconds for each model", 1, 3600, DEFAULT_SECONDS, key=f"baselines.seconds.{version.id}")
    st.number_input(
        "Megabytes for each model",
        50,
        10**6,
        None,
        key=f"baselines.megabytes.{version.id}",
        placeholder="four fifths of what is free",
        help="A model that takes more is cut off; the others go on.",
    )


def _wanted(version: Record[DataVersion]) -> dict[str, Any]:
    """Return what the settings say that differs from the defaults."""
    names = {"folds": "folds", "seed": "seed", "seconds": "time_limit", "megabytes": "memory_limit"}
    given = {name: state.widget(f"baselines.{field}.{version.id}") for field, name in names.items()}
    return {name: value for name, value in given.items() if value is not None}


def leak_notes(version: Record[DataVersion]) -> None:
    """Say beside the scores what the checks found that may flatter them."""
    found = leaks(resources.store(), version.project_id, version.id)
    for one in found:
        st.markdown(f":orange[:material/warning:] **These scores may flatter.** {escape(one)}")
    if found:
        link("data/checks", "See the rows", icon=":material/arrow_forward:")
