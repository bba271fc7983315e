"""Better data or more of them? The model stays, the version of the data changes."""

from functools import partial
from typing import Any

import streamlit as st

from components import words
from components.modelling.better_data import better_data_answer, gains_table
from components.modelling.growth_charts import gains_chart
from components.modelling.records import BetterDataRun, Leaderboard
from components.modelling.wording import score_text
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.figures import chart
from components.ui.patterns import answer, empty, note
from components.ui.session import link, palette
from components.ui.uploads import start_job, watch

QUESTION = "Better data, or more of them?"
TASK = "components.modelling.better_data_work:measure"
PAIR = 2
WHY = "Cleaner labels, fewer duplicates, better pictures: with the model held fixed, each shows what it is worth."


def draw(heading: Any, project_id: str) -> None:
    """Draw what each version of a data set buys, or the first step to it."""
    versions = {record.id: record for record in resources.store().all(project_id, DataVersion)}
    sets = {record.id: record for record in resources.store().all(project_id, DataSet)}
    several = {id_: [one for one in versions.values() if one.body.data_set == id_] for id_ in sets}
    several = {id_: found for id_, found in several.items() if len(found) >= PAIR}
    if not several:
        with heading, empty(QUESTION, WHY, "Make a better version of a data set first: its steps are kept."):
            link("data/data_sets", "Make a better version", icon=":material/arrow_forward:", view="versions")
        return
    runs = {id_: record for id_, record in _runs(project_id).items() if id_ in versions}
    chosen = _choose_set(several, sets)
    run = next((runs[one.id] for one in several[chosen] if one.id in runs), None)
    if run is None:
        why = "With the model held fixed, each version shows what it is worth: cleaner labels, fewer duplicates, better pictures."
        with (
            heading,
            empty(QUESTION, why, f"“{sets[chosen].body.name}” has {words.counted(len(several[chosen]), 'version')}: compare them."),
        ):
            _start(project_id, several[chosen])
        watch("experiments.better", project_id, TASK)
        return
    body = run.body
    with heading:
        base = versions[run.id].body.number
        against = f"{sets[chosen].body.name}, against version {base} ({score_text(body.score, body.metric)})"
        same = f"the same {words.counted(body.items, 'item')} in {body.folds} folds, the labels of version {body.judge} as the truth"
        method = f"{body.title} on {against}: {same}; paired 95 % intervals."
        answer(QUESTION, better_data_answer(body.gains, body.metric), method, simulated=body.simulated)
    watch("experiments.better", project_id, TASK)
    table = gains_table(body.gains, body.metric)
    if len(table):
        drawing = partial(gains_chart, table, palette(), body.metric)
        told = better_data_answer(body.gains, body.metric)
        chart(drawing, of=("gains", run.id, run.version), alt=told, table=table.drop(columns=["role", "text"]), name="better data")
    if not any(not one["data_version"] for one in body.gains):
        note("What twice the data would bring stands here too once the same model was measured on growing parts (Baselines, More data).")
    with st.expander("Compare again"):
        _start(project_id, several[chosen])


def _runs(project_id: str) -> dict[str, Record[BetterDataRun]]:
    return {record.id: record for record in resources.store().all(project_id, BetterDataRun)}


def _choose_set(several: dict[str, list[Record[DataVersion]]], sets: dict[str, Record[DataSet]]) -> str:
    if len(several) == 1:
        return next(iter(several))
    return str(
        st.selectbox("Data set", list(several), format_func=lambda id_: sets[id_].body.name, key="experiments.better.set", width=420)
    )


def _start(project_id: str, versions: list[Record[DataVersion]]) -> None:
    """Draw which versions are compared, on which model, and whose labels count."""
    if any(job.living for job in resources.store().jobs(project_id, TASK)):
        return
    numbers = {record.id: f"Version {record.body.number}" for record in versions}
    board = next((found.body for one in versions if (found := resources.store().get(project_id, Leaderboard, one.id))), None)
    learnt = [one for one in board.models if not one.trivial and one.estimate["value"] is not None] if board else []
    if not learnt:
        note("Run the quick models on one of the versions first.")
        link("modelling/baselines", "To the baselines", icon=":material/arrow_forward:")
        return
    titles = {one.name: one.title for one in sorted(learnt, key=lambda one: -one.estimate["value"])}
    base, model, judge = st.columns(3)
    against = base.selectbox("Held against", list(numbers), format_func=numbers.__getitem__, key="experiments.better.base")
    name = model.selectbox("Model", list(titles), format_func=titles.__getitem__, key="experiments.better.model")
    last = len(numbers) - 1
    truth = judge.selectbox("Labels that count", list(numbers), index=last, format_func=numbers.__getitem__, key="experiments.better.judge")
    if st.button("Compare the versions", type="primary", key="experiments.better.run", icon=":material/compare_arrows:"):
        others = [id_ for id_ in numbers if id_ != against]
        params = {"versions": [against, *others], "model": name, "judge": truth}
        start_job("experiments.better", project_id, TASK, params, "Comparing versions of the data")
        st.rerun()
