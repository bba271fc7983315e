"""What changed between two runs, and whether a run gives the same again."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.modelling.experiments import METRICS, difference_sentence, explain, explain_sentence, main_metric, score_difference
from components.modelling.records import Reproduction
from components.modelling.wording import score_text
from components.stats.estimate import Estimate
from components.ui import resources
from components.ui.choose import table
from components.ui.experiments.reading import index, names, nothing_yet, own_screen, runs_in
from components.ui.figures import download, figure
from components.ui.patterns import answer, done_line, note, open_line, section
from components.ui.session import escape
from components.ui.uploads import start_job, watch

QUESTION = "What changed between these runs?"
REPRODUCE = "components.modelling.reproducing:reproduce"
PAIR = 2


def draw(heading: Any, project_id: str) -> None:
    """Draw the difference of two runs that somebody chooses."""
    read = index(project_id)
    found = runs_in(read.body.file) if read else []
    if len(found) < PAIR:
        nothing_yet(heading, project_id, QUESTION)
        return
    by_id = {run["id"]: run for run in found}
    called = names(found)
    start = _a_pair(found)
    left, right = st.columns(PAIR, gap="large")
    first = left.selectbox("This run", list(called), index=start[0], format_func=called.__getitem__, key="experiments.first")
    second = right.selectbox("against this", list(called), index=start[1], format_func=called.__getitem__, key="experiments.second")
    before, after = by_id[first], by_id[second]
    changes = explain(before, after)
    metric = METRICS.get(main_metric(after)[0], main_metric(after)[0])
    gain = _gain(before, after)
    with heading:
        how = " Paired by row, 95 % by the bootstrap." if gain.value is not None else ""
        answer(QUESTION, explain_sentence(changes), f"{difference_sentence(gain, metric)}{how}")
    for column, run in ((left, before), (right, after)):
        with column:
            _one(run)
    section("What is not the same", "as both runs recorded it")
    if len(changes):
        st.dataframe(changes, hide_index=True, width="stretch", height=min(38 * len(changes) + 40, 420))
        download(changes, "what changed")
    else:
        note("Nothing that was recorded.")
    section("Run it again", "the same model on the same data and folds, with the code and packages of now")
    _again(project_id, after)


def _a_pair(found: list[dict[str, Any]]) -> tuple[int, int]:
    """Return two runs to begin with: the newest, and the one before of the same model where there is one."""
    newest = found[0]
    other = next((number for number, run in enumerate(found[1:], 1) if run["name"] == newest["name"]), 1)
    return other, 0


def _gain(before: dict[str, Any], after: dict[str, Any]) -> Estimate:
    kept = [run["tags"].get("groundwork.predictions", "") for run in (before, after)]
    if not all(kept):
        return Estimate(None, why="Not both runs kept what they predicted, so their scores can only be read side by side.")
    return score_difference(before, after, *(table(sha) for sha in kept))


def _one(run: dict[str, Any]) -> None:
    name, value = main_metric(run)
    metric = METRICS.get(name, name)
    estimate = Estimate(value, run["metrics"].get(f"{name}_low"), run["metrics"].get(f"{name}_high"))
    figure(metric or "score", estimate, as_percent=metric == "accuracy", note=run["experiment"])
    own_screen(run)


def _again(project_id: str, run: dict[str, Any]) -> None:
    """Draw what came of running a run again, and the button that does it."""
    done = resources.store().get(project_id, Reproduction, run["id"])
    if done is not None:
        body = done.body
        metric = METRICS.get(body.metric, body.metric)
        then, now = (score_text(value, metric) for value in (body.before, body.after))
        told = f"{body.name}: {then} then, {now} when run again, {done.updated_at:%-d %B}."
        otherwise = f"{words.count(body.differing)} of {words.counted(body.rows, 'row')} are predicted otherwise."
        told += f" {otherwise if body.differing else 'Every row is predicted alike.'}"
        (open_line if body.differing else done_line)(told)
        if body.changes:
            note(explain_sentence(pd.DataFrame(body.changes)))
    job = watch("experiments.again", project_id, REPRODUCE)
    if job and job.living:
        return
    if st.button("Reproduce", key="experiments.reproduce", icon=":material/replay:", help=escape(f"Runs {run['name']} again")):
        start_job("experiments.again", project_id, REPRODUCE, {"run_id": run["id"]}, f"Running {run['name']} again")
        st.rerun()
