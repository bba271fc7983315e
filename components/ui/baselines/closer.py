"""What a quick model gets wrong: classes that it mixes up, how honest its certainty is, and the examples that it misses most."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.data.archives import wall
from components.modelling import mistakes
from components.modelling.closer_charts import calibration_chart, confusion_chart, truth_chart
from components.modelling.records import Entry, Leaderboard
from components.modelling.wording import score_text
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.baselines.leaderboard import run_first
from components.ui.choose import table
from components.ui.figures import chart, download
from components.ui.patterns import answer, empty, note, section
from components.ui.session import escape, palette

QUESTION = "What does it get wrong?"
IMAGES, TILE = 24, 96
TEXTS = 12


def draw(heading: Any, version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the view for the model that somebody chose, the best at first."""
    found = resources.store().get(version.project_id, Leaderboard, version.id)
    entries = sorted((one for one in found.body.models if one.predictions), key=_score, reverse=True) if found else []
    if not found or not entries:
        with (
            heading,
            empty(QUESTION, "A score hides which examples are missed, and whether its certainty can be trusted.", "Run the quick models."),
        ):
            note("What each predicts for each row is kept, and shown here.")
            run_first(version, data_set)
        return
    board = found.body
    titles = {one.name: f"{one.title}, {score_text(one.estimate['value'], board.metric)}" for one in entries}
    name = st.selectbox("Model", list(titles), format_func=titles.__getitem__, key=f"baselines.closer.{version.id}", width=420)
    entry = next(one for one in entries if one.name == name)
    predictions = table(entry.predictions)
    method = f"{entry.title} on {data_set.body.name}, version {version.body.number}; each row predicted by a model that never saw it."
    with heading:
        answer(QUESTION, _answer(entry.predictions, entry.title, version.body.noun), method, simulated=board.simulated)
    left, right = st.columns([7, 5], gap="large")
    if board.task == "classification":
        with left:
            _confusion(entry)
        with right:
            _calibration(entry)
    else:
        told = _answer(entry.predictions, entry.title, version.body.noun)
        with left:
            section("Prediction against truth", "on the dashed line, it is right")
            drawing = partial(truth_chart, predictions, palette(), board.target)
            chart(drawing, of=("truth", entry.predictions), alt=told)
    _worst(version, board, entry)


def _score(entry: Entry) -> float:
    value = entry.estimate["value"]
    return float("-inf") if value is None else float(value)


@st.cache_data(max_entries=32, show_spinner=False)
def _looked_at(sha: str) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    predictions = table(sha)
    told = mistakes.calibration_sentence(mistakes.overconfidence(predictions))
    return mistakes.confusion(predictions), mistakes.calibration(predictions), told


@st.cache_data(max_entries=32, show_spinner=False)
def _answer(sha: str, title: str, noun: str) -> str:
    return mistakes.mistakes_answer(table(sha), title, noun)


def _confusion(entry: Entry) -> None:
    confusion, _, _ = _looked_at(entry.predictions)
    told = mistakes.confusion_sentence(confusion)
    section("What is taken for what", told)
    drawing = partial(confusion_chart, confusion, palette())
    chart(drawing, of=("confusion", entry.predictions), alt=told, table=confusion, name="confusion")


def _calibration(entry: Entry) -> None:
    _, calibration, told = _looked_at(entry.predictions)
    section("Can its certainty be taken at its word?", told)
    if entry.trivial or calibration["certainty"].nunique() < 2:  # noqa: PLR2004 - a curve needs two points
        note("It is as certain of every row, so there is no curve to draw.")
        return
    drawing = partial(calibration_chart, calibration, palette())
    chart(drawing, of=("calibration", entry.predictions), alt=told, table=calibration, name="calibration")


def _worst(version: Record[DataVersion], board: Leaderboard, entry: Entry) -> None:
    """Draw the examples that are missed most, as themselves."""
    predictions = table(entry.predictions)
    found = mistakes.worst(predictions, IMAGES)
    section("What it misses most", "where it held the truth least likely first" if "certainty" in found else "those farthest off first")
    if not len(found):
        return
    rows = table(version.body.table).iloc[found["row"].to_numpy() - 1].reset_index(drop=True)
    shown = pd.concat([found, rows.drop(columns=[name for name in found.columns if name in rows.columns])], axis=1)
    if version.body.archive and version.body.noun == "image" and "path" in rows.columns:
        pictures = _pictures(version.body.archive, tuple(rows["path"]))
        said = [_said(one) for one in found.to_dict("records")]
        st.image(pictures, caption=said, width=TILE, alt=said)
    else:
        texts = [name for name, kind in version.body.columns.items() if kind == "text" and name in rows.columns and name != board.target]
        for number, one in enumerate(found.head(TEXTS).to_dict("records") if texts and len(rows.columns) <= TEXTS else []):
            cells = " · ".join(str(rows[name].iloc[number])[:300] for name in texts)
            st.markdown(f"**{escape(_said(one))}**  \n{escape(cells)}")
        st.dataframe(shown, hide_index=True, width="stretch", height=min(38 * len(shown) + 40, 420))
    download(shown, f"missed by {entry.name}", label=f"Download {words.counted(len(shown), 'row')}")


def _said(one: dict[str, Any]) -> str:
    """Say what a row is and what it was taken for."""
    if "certainty" in one:
        return f"{one['truth']} taken for {one['prediction']}, {words.percent(one['certainty'], 0)} sure"
    return f"{one['truth']:g}, predicted {one['prediction']:.4g}"


@st.cache_data(max_entries=16, show_spinner=False)
def _pictures(archive: str, paths: tuple[str, ...]) -> list[Any]:
    return [wall(resources.files().path(archive), [path], columns=1, tile=TILE) for path in paths]
