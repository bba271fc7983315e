"""Do we have the compute that it takes? What is planned against hours, memory and money."""

from typing import Any

import pandas as pd
import streamlit as st

from components.modelling.compute import TAKES, TITLES, Required, all_required, amount, compute_answer, required, verdicts
from components.modelling.records import ComputeMeans, ComputeNeed, GrowthRun
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.figures import behind
from components.ui.forms import editor
from components.ui.patterns import answer, card, empty, note, section
from components.ui.pieces import card_of
from components.ui.session import escape, link
from components.ui.state import remember, say, value

QUESTION = "Do we have the compute that it takes?"
ICONS = {
    "pass": ":green[:material/check:]",
    "warn": ":orange[:material/warning:]",
    "fail": ":red[:material/error:]",
    "note": ":gray[:material/info:]",
}
CITED = ["name", "hours", "devices", "memory", "runs", "speed", "price", "link", "note"]
OURS = ["name", "rows", "runs", "speed", "price", "note"]


def draw(heading: Any, project_id: str) -> None:
    """Draw what is planned against what there is."""
    needs = resources.store().all(project_id, ComputeNeed)
    means = resources.store().get(project_id, ComputeMeans, "means")
    grown = {record.id: record.body for record in resources.store().all(project_id, GrowthRun)}
    if not needs:
        why = "A result that takes 2,000 GPU-hours can't be repeated on one card by Friday; better to know before."
        with heading, empty(QUESTION, why, "Say what is to be run: a published result to repeat, or our model on more rows."):
            _add(project_id, grown)
        return
    each = [required(one.body, grown.get(one.body.data_version)) for one in needs]
    total = all_required(each)
    with heading:
        method = (
            "Cited figures as their authors give them; measured ones by a power law through growing parts, with the interval of a new run."
        )
        answer(QUESTION, compute_answer(total, means.body if means else None), method)
    left, right = st.columns([7, 5], gap="large")
    with left:
        section("In all", "hours and money add up, of memory the largest counts")
        for kind, said in verdicts(total, means.body if means else None):
            st.markdown(f"{ICONS[kind]} {escape(said)}")
        behind(_table(needs, each), "compute")
    with right:
        section("What there is")
        with card("means"):
            if editor(ComputeMeans, "experiments.means", project_id=project_id, record=means, id="means", submit="Save"):
                say("Saved.")
                st.rerun()
    section("What is planned")
    for record, found in zip(needs, each, strict=True):
        text = ", ".join(
            f"{amount(getattr(found, what).value, what)} {TAKES[what]}" for what in TAKES if getattr(found, what).value is not None
        )
        fields = CITED if record.body.how == "cited" else OURS
        said = escape(text or found.hours.why)
        card_of(record, "compute", record.body.name, said, record.body.link, project_id=project_id, fields=fields)
    _add(project_id, grown)


def _table(needs: list[Record[ComputeNeed]], each: list[Required]) -> pd.DataFrame:
    rows = []
    for record, found in zip(needs, each, strict=True):
        row: dict[str, Any] = {"what": record.body.name, "how": record.body.how, "runs": record.body.runs}
        for what in TITLES:
            estimate = getattr(found, what)
            row |= {what: estimate.value, f"{what}, low": estimate.low, f"{what}, high": estimate.high}
        rows.append(row)
    return pd.DataFrame(rows)


def _add(project_id: str, grown: dict[str, GrowthRun]) -> None:
    """Draw the forms for a cited result and for our own model."""
    added = value("experiments.compute.added", 0)
    with st.container(horizontal=True):
        with st.popover("A published result", icon=":material/add:", key=f"experiments.cited.{added}"):
            _form(project_id, f"experiments.cited.form.{added}", CITED, {"how": "cited"}, added)
        if not grown:
            link("modelling/baselines", "Measure our model on growing parts", icon=":material/timeline:", view="more-data")
            return
        with st.popover("Our model on more rows", icon=":material/add:", key=f"experiments.ours.{added}"):
            names = _names(project_id, grown)
            chosen = st.selectbox("Measured on", list(names), format_func=names.__getitem__, key="experiments.compute.version")
            note("One run is one fit. Runs in all: settings × folds × seeds.")
            _form(project_id, f"experiments.ours.form.{added}.{chosen}", OURS, {"how": "measured here", "data_version": chosen}, added)


def _form(project_id: str, key: str, fields: list[str], fixed: dict[str, Any], added: int) -> None:
    if editor(ComputeNeed, key, project_id=project_id, fields=fields, fixed=fixed, submit="Add it"):
        remember("experiments.compute.added", added + 1)
        say("Added.")
        st.rerun()


def _names(project_id: str, grown: dict[str, GrowthRun]) -> dict[str, str]:
    sets = {record.id: record.body.name for record in resources.store().all(project_id, DataSet)}
    versions = {record.id: record.body for record in resources.store().all(project_id, DataVersion)}
    return {
        id_: f"{run.title} on {sets.get(versions[id_].data_set, 'data')}, version {versions[id_].number}"
        for id_, run in grown.items()
        if id_ in versions
    }
