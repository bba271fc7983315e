"""Versions of a data set: where each comes from, what changed, and deriving a better one by steps that are kept with it."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.data.steps import Augment, AugmentSound, AugmentText, Discard, Normalise, Relabel, RemoveDuplicates
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.records import Record
from components.ui import resources
from components.ui.choose import table
from components.ui.conditions import condition_input
from components.ui.figures import download
from components.ui.forms import editor
from components.ui.live import busy
from components.ui.patterns import answer, bad_input, card, note, section
from components.ui.session import escape
from components.ui.state import edit, editing, say
from components.ui.uploads import reason, start_job, started_here, watch

QUESTION = "What changed, and how is a better version made?"
DERIVE = "components.data.version_work:derive"
COMPARE = "components.data.version_work:compare"
SHOWN = 200


def draw(heading: Any, version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the view."""
    every = [one for one in resources.store().all(version.project_id, DataVersion) if one.body.data_set == data_set.id]
    by_id = {one.id: one for one in every}
    parent = by_id.get(version.body.derived_from or "")
    older = parent or next((one for one in reversed(every) if one.body.number < version.body.number), None)
    job = watch("versions", version.project_id, DERIVE)
    compared = _compared(version, older)
    with heading:
        where = f"version {parent.body.number} by {words.counted(len(version.body.steps), 'step')}" if parent else version.body.source
        if compared is None or older is None:
            title = "This is the first version."
        elif compared.living:
            title = f"Version {version.body.number} against {older.body.number}: comparing …"
        else:
            said = compared.result.get("sentence", "they could not be compared.")
            title = f"Version {version.body.number} against {older.body.number}: {said[:1].lower()}{said[1:]}"
        held = f"{words.counted(version.body.rows, 'row')}, content {version.body.table[:8]}, from {where}."
        answer(
            QUESTION,
            title,
            f"{data_set.body.name}, version {version.body.number} of {len(every)}: {held}",
            simulated=version.body.simulated,
        )
    if job and job.state == "done" and job.id == started_here("versions"):
        note(job.result["sentence"])
    left, right = st.columns([7, 5], gap="large")
    with left:
        section("Lineage", "every version, the newest first")
        for one in reversed(every):
            _version(one, by_id)
    with right:
        section("Make a better version", "the steps are kept with it, in this order")
        _derive(version, data_set)
    if older is not None:
        _difference(version, older, compared)


def _version(one: Record[DataVersion], by_id: dict[str, Record[DataVersion]]) -> None:
    body, key = one.body, f"data_sets.note.{one.id}"
    parent = by_id.get(body.derived_from or "")
    with card(f"version_{one.id}"):
        origin = f"from version {parent.body.number}" if parent else escape(body.source)
        st.markdown(
            f"**Version {body.number}** :gray[{words.counted(body.rows, 'row')}, {origin}, {body.table[:8]}, {one.updated_at:%-d %B %Y}]"
        )
        if body.steps:
            st.markdown("\n".join(f"- :small[{escape(step['sentence'])}: {words.count(step['changed'])}]" for step in body.steps))
        if editing(key):
            if editor(DataVersion, key, project_id=one.project_id, record=one, fields=["note"], cancel=True):
                say("Saved.")
                st.rerun()
            return
        if body.note:
            st.markdown(f":small[{escape(body.note)}]")
        st.button("Edit the note" if body.note else "Say what changed", key=f"{key}.edit", type="tertiary", on_click=edit, args=(key,))


def _derive(version: Record[DataVersion], data_set: Record[DataSet]) -> None:
    """Draw the steps that fit this kind of data, and the button that applies them."""
    key = f"data_sets.derive.{version.id}"
    columns, images = list(version.body.columns), version.body.archive is not None and version.body.media != "audio"
    steps: list[dict[str, Any]] = []
    try:
        if st.checkbox(Discard.title, key=f"{key}.discard", help=Discard.why):
            condition = condition_input(f"{key}.condition", columns)
            steps.append({"step": "discard", "condition": condition.model_dump()})
        labels = {
            one.id: one.body.name for one in resources.store().all(version.project_id, LabelSet) if one.body.data_set in {data_set.id, None}
        }
        if labels and st.checkbox(Relabel.title, key=f"{key}.relabel", help=Relabel.why):
            chosen = st.selectbox("Labels", list(labels), format_func=labels.__getitem__, key=f"{key}.labels", label_visibility="collapsed")
            steps.append({"step": "relabel", "label_set": chosen, "name": labels[chosen]})
        if st.checkbox(RemoveDuplicates.title, key=f"{key}.duplicates", help=RemoveDuplicates.why):
            steps.append({"step": "duplicates"})
        if images and st.checkbox(Normalise.title, key=f"{key}.normalise", help=Normalise.why):
            steps.append({"step": "normalise"})
        if not data_set.body.structured:
            steps += _augment(version, key)
    except BadInput as error:
        bad_input(error, key=f"{key}.problem")
        return
    if data_set.body.structured:
        note("No augmentation here: this is structured data, and a made-up row is no example. Look for more features or more rows.")
    why = st.text_input("What changes, and why", key=f"{key}.note", max_chars=500)
    if st.button("Make the next version", type="primary", key=f"{key}.run", icon=":material/fork_right:"):
        if not steps:
            bad_input(BadInput("No step was chosen.", "Tick at least one of those above."), key=f"{key}.problem")
            return
        params = {"data_version": version.id, "steps": steps, "note": why}
        start_job("versions", version.project_id, DERIVE, params, "Making a better version")
        st.rerun()


def _augment(version: Record[DataVersion], key: str) -> list[dict[str, Any]]:
    """Draw the augmentation that fits what the items are."""
    body = version.body
    texts = [name for name, kind in body.columns.items() if kind == "text"]
    one = (AugmentSound if body.media == "audio" else Augment) if body.archive else AugmentText
    if (not body.archive and not texts) or not st.checkbox(one.title, key=f"{key}.augment", help=one.why):
        return []
    step = one.model_fields["step"].default
    copies = int(st.number_input(str(one.model_fields["copies"].title), 1, 10, 1, key=f"{key}.copies"))
    if one is AugmentText:
        return [{"step": step, "copies": copies, "column": st.selectbox("Column of the text", texts, key=f"{key}.text")}]
    return [{"step": step, "copies": copies}]


def _compared(version: Record[DataVersion], older: Record[DataVersion] | None) -> Any:
    """Return the job that compares a version with an older one; the first who looks starts it, for everybody."""
    if older is None:
        return None
    params = {"before": older.id, "after": version.id}
    jobs = [job for job in resources.store().jobs(version.project_id, COMPARE) if job.params == params]
    if jobs:
        return jobs[0]
    start_job("versions.compare", version.project_id, COMPARE, params, "Comparing two versions")
    return resources.store().jobs(version.project_id, COMPARE)[0]


def _difference(version: Record[DataVersion], older: Record[DataVersion], job: Any) -> None:
    section("What changed", f"version {version.body.number} against version {older.body.number}")
    if job.living:
        busy(job.id)
    elif job.state != "done":
        with bad_input(reason(job), key="versions.difference"):
            if st.button("Compare again", key="versions.again", icon=":material/refresh:"):
                start_job("versions.compare", version.project_id, COMPARE, job.params, "Comparing two versions")
                st.rerun()
    else:
        found = job.result
        by = f"by the key “{found['key']}”" if found["key"] else "whole rows, since no key is named"
        note(f"Compared {by}: {found['sentence']}")
        if found["columns"]:
            changed = pd.DataFrame([{"column": name, "cells changed": n} for name, n in found["columns"].items()])
            st.dataframe(changed.sort_values("cells changed", ascending=False), hide_index=True, width="stretch")
        rows = table(found["table"])
        if len(rows):
            st.dataframe(rows.head(SHOWN), hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 420))
            download(rows, f"difference {older.body.number} {version.body.number}", label=f"Download {words.counted(len(rows), 'row')}")
