"""Would more data help, and what would they cost? A quick model on growing parts of what there is."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.modelling.growing import growing_answer
from components.modelling.growth_charts import growth_chart
from components.modelling.records import GrowthRun, GrowthStep, Leaderboard
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.baselines.leaderboard import run_first
from components.ui.figures import behind, chart
from components.ui.patterns import answer, empty, note, section
from components.ui.session import link, palette
from components.ui.uploads import start_job, watch

QUESTION = "Would more data help?"
TASK = "components.modelling.growing_work:measure"
TIMES = 2.0


def draw(heading: Any, version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the learning curve of a model with what it takes, or the first step to it."""
    found = resources.store().get(version.project_id, GrowthRun, version.id)
    if found is None:
        why = "A curve that is still falling says: collect. One that is flat says: mend labels and pictures instead."
        with heading, empty(QUESTION, why, "Measure a model on a sixteenth, an eighth, … and all of the data."):
            _start(version, data_set)
        watch("baselines.more", version.project_id, TASK)
        return
    run = found.body
    with heading:
        held = words.counted(int(run.steps[-1].error["n"] or 0), "row")
        where = f"{data_set.body.name}, version {version.body.number}"
        method = f"{run.title} on growing parts of {where}; {held} held back, the same at every step."
        answer(QUESTION, growing_answer(run.steps, TIMES, run.metric), method, simulated=run.simulated)
    watch("baselines.more", version.project_id, TASK)
    of = (version.id, found.version)
    chart(partial(growth_chart, run, palette()), of=("growth", *of), alt=growing_answer(run.steps, TIMES, run.metric))
    note("Dots: measured, with their 95 % interval. Dashed: a power law through them; the band is where a new run falls.")
    left, right = st.columns(2, gap="large")
    for column, what, title in ((left, "seconds", "The time it takes"), (right, "megabytes", "The memory it takes")):
        with column:
            section(title, "of one fit, beyond the program itself")
            chart(partial(growth_chart, run, palette(), what), of=("growth", what, *of), alt=f"{title} by rows")
    rows = [{"rows": one.rows, **_error(one), "seconds": one.seconds, "MB": one.megabytes} for one in run.steps]
    behind(pd.DataFrame(rows), "growing parts")
    with st.container(horizontal=True, vertical_alignment="center"):
        _start(version, data_set, again=True)
        link("modelling/experiments", "Is the compute enough?", icon=":material/arrow_forward:", view="compute")


def _error(step: GrowthStep) -> dict[str, Any]:
    return {"error": step.error["value"], "low": step.error["low"], "high": step.error["high"], "n": step.error["n"]}


def _start(version: Record[DataVersion], data_set: Record[DataSet], again: bool = False) -> None:
    """Draw the choice of the model and the button that measures it."""
    board = resources.store().get(version.project_id, Leaderboard, version.id)
    learnt = [one for one in board.body.models if not one.trivial and one.estimate["value"] is not None] if board else []
    if not learnt:
        note("Run the quick models first.")
        run_first(version, data_set)
        return
    if any(job.living for job in resources.store().jobs(version.project_id, TASK)):
        return
    learnt.sort(key=lambda one: -one.estimate["value"])
    titles = {one.name: one.title for one in learnt}
    name = st.selectbox("Model", list(titles), format_func=titles.__getitem__, key=f"baselines.more.model.{version.id}", width=320)
    label = "Measure again" if again else "Measure it"
    if st.button(label, key="baselines.more.run", type="secondary" if again else "primary", icon=":material/timeline:"):
        params = {"data_version": version.id, "model": name}
        start_job("baselines.more", version.project_id, TASK, params, f"{titles[name]} on growing parts")
        st.rerun()
