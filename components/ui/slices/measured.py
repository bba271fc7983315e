"""Slices measured on predictions: by column, by condition, or found by a search."""

from typing import Any

import streamlit as st

from components import words
from components.modelling.predicted import Source, sources
from components.modelling.records import Leaderboard
from components.modelling.slice_records import Slice, SliceRun
from components.modelling.slice_wording import certainty, found_text, measured_method, run_table, where_answer
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.records import Record
from components.ui import resources
from components.ui.choose import data_version
from components.ui.patterns import answer, card, empty, note, section
from components.ui.session import escape, link
from components.ui.slices.adding import add, keep
from components.ui.slices.cards import cards
from components.ui.slices.pictures import pictures
from components.ui.uploads import start_job, watch

QUESTION = "Which slice pays off most?"
TASK = "components.readiness.slice_work:measure"
TO_REACH = "In the unit of what is predicted. At 0, headroom is the share of the whole error that a slice holds."
NOBODY = "nobody: their accuracy is typed in"


def draw(heading: Any, project_id: str) -> None:
    """Draw the view."""
    chosen = data_version(project_id, "where_to_work")
    why = "An average hides where the work pays: a wide gap on a rare slice brings less than a small one on a common slice."
    if chosen is None:
        with heading, empty(QUESTION, why, "Bring data and predictions first, or type slices in."):
            link("data/data_sets", "To the data sets", icon=":material/arrow_forward:")
        return
    version, data_set = chosen
    there = sources(resources.store(), project_id, version.id, numbers=True)
    if not there:
        with heading, empty(QUESTION, why, "Nobody's predictions on these data are here: run the quick models, or bring yours."):
            link("modelling/baselines", "To the baselines", icon=":material/arrow_forward:")
        return
    slices = [one for one in resources.store().all(project_id, Slice) if one.body.data_set == data_set.id and one.body.clauses]
    saved = resources.store().get(project_id, SliceRun, version.id)
    job = watch("where_to_work", project_id, TASK)
    living = bool(job and job.living)
    if saved is None:
        with (
            heading,
            empty(QUESTION, why, "Measure how good model and people are, slice by slice, and search for slices that nobody named."),
        ):
            if not living:
                _measure(version, data_set, there, None, primary=True)
        section("Slices", "name them first, or let the search find some")
        add(version, data_set)
        cards(slices, {}, {})
        return
    run = saved.body
    table = run_table(run, {one.id: one.body.name for one in slices})
    by_id = {id_: table.loc[id_] for id_ in table.index}
    with heading:
        if len(table):
            answer(QUESTION, where_answer(table, run.metric), measured_method(run), simulated=run.simulated)
        else:
            answer(
                QUESTION,
                "No slice is measured yet.",
                f"{run.model} on {words.counted(run.n, 'item')}. Name slices, or keep one that was found.",
            )
    stale = run.counted != {one.id: one.version for one in slices} or _overtaken(saved)
    if stale and not living and not (job and job.state == "failed") and resources.store().may(project_id, "editor"):
        _start(version, run.predictions, run.labels, run.level)
    if len(table):
        pictures(table, (version.id, saved.version, ",".join(table["slice"])), run.metric)
        notes = [
            certainty(table),
            "A judgement of people is counted beside the model's on the same item." if run.judged else "",
            run.simulated,
        ]
        for line in filter(None, notes):
            note(line)
    _found(run, version, data_set, slices)
    if slices:
        section("The slices", "weigh them by importance and ease; make one a task, a coverage target or something to watch")
        order = {id_: int(row["rank"]) for id_, row in by_id.items()}
        cards(sorted(slices, key=lambda one: order.get(one.id, len(order) + 1)), by_id, run.refused, run.metric)
    with st.expander("Another slice", icon=":material/add:", expanded=not slices):
        add(version, data_set)
    if not living:
        with st.expander("Measure again, with another model or other people", icon=":material/refresh:"):
            _measure(version, data_set, there, run, primary=False)


def _overtaken(saved: Record[SliceRun]) -> bool:
    """Whether the quick models ran again since: their predictions are others, and nothing is noted yet with the runs."""
    board = resources.store().get(saved.project_id, Leaderboard, saved.id)
    return board is not None and bool(board.body.tracked) and board.seq > saved.seq


def _found(run: SliceRun, version: Record[DataVersion], data_set: Record[DataSet], slices: list[Record[Slice]]) -> None:
    known = [one.body.clauses for one in slices]
    fresh = [one for one in run.found if one["clauses"] not in known]
    section("Found by searching", "where the model is worse than elsewhere, and nobody had named it")
    if not fresh:
        note(f"{'What was found is among the slices below' if run.found else 'Nothing stands out beyond chance'}. {run.searched}")
        return
    for place, one in enumerate(fresh):
        body = Slice(name="x", clauses=one["clauses"])
        with card(f"found_{place}"), st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{escape(body.sentence)}**  \n:gray[{escape(found_text(one, run.metric))}]", width="stretch")
            args = (version.project_id, data_set.id, one["clauses"])
            st.button("Keep it as a slice", key=f"where_to_work.keep.{place}", on_click=keep, args=args)
    note(run.searched)


def _measure(version: Record[DataVersion], data_set: Record[DataSet], there: list[Source], run: SliceRun | None, *, primary: bool) -> None:
    """Draw which model and which people to measure by, and the button."""
    store = resources.store()
    labels = {
        one.id: one.body for one in store.all(version.project_id, LabelSet) if one.body.data_set == data_set.id and not one.body.structured
    }
    titles = {one.ref: one.title for one in there}
    now = run.predictions if run and run.predictions in titles else there[0].ref
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    ref = left.selectbox("Model", list(titles), list(titles).index(now), format_func=lambda one: titles[one], key="where_to_work.model")
    if next(one for one in there if one.ref == ref).numbers:
        aim = run.level if run and run.level and run.metric == "error" else 0.0
        wanted = middle.number_input("Mean absolute error to reach", 0.0, None, aim, key="where_to_work.error", help=TO_REACH)
        _button(version, ref, "", wanted, primary=primary)
        return
    offered = [*reversed(labels), ""]
    start = offered.index(run.labels) if run and run.labels in offered else 0
    people = middle.selectbox(
        "People", offered, start, format_func=lambda one: labels[one].name if one else NOBODY, key="where_to_work.people"
    )
    level = None
    if not people:
        typed = run.level if run and run.level and run.metric == "accuracy" else 1.0
        level = right.number_input("Accuracy to reach, 0 to 1", 0.0, 1.0, typed, step=0.01, key="where_to_work.level")
        if data_set.body.structured:
            right.caption("Structured data: what people reach is no benchmark; type in what the project needs.")
    _button(version, ref, people, level, primary=primary)


def _button(version: Record[DataVersion], ref: str, people: str, level: float | None, *, primary: bool) -> None:
    kind = "primary" if primary else "secondary"
    if st.button("Measure the slices", type=kind, key="where_to_work.measure", icon=":material/play_arrow:"):  # type: ignore[arg-type]
        _start(version, ref, people, level)


def _start(version: Record[DataVersion], ref: str, labels: str, level: float | None) -> None:
    params = {"data_version": version.id, "predictions": ref, "labels": labels or None, "level": level}
    start_job("where_to_work", version.project_id, TASK, params, "Measuring the slices")
    st.rerun()
