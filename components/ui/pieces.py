"""Pieces of single screens that need more than arranging: walls of images, rows of a check, saving over what was read."""

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from components import words
from components.data.archives import item, wall
from components.modelling.records import HumanLevelRun
from components.project.data_sets import DataVersion, LabelSet
from components.project.records import Body, Record
from components.project.store import Conflict
from components.ui import resources, state
from components.ui.choose import table
from components.ui.forms import editor
from components.ui.patterns import card, note
from components.ui.session import escape, person

EACH = 12
PLAYERS = 6
SOUNDS = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "flac": "audio/flac"}


def image_wall(archive: str, sha: str, target: str) -> None:
    """Draw the first images of each label, a label a row."""
    st.image(_image_wall(archive, sha, target), width="stretch", alt="The first images of each label, a label a row")


@st.cache_data(max_entries=16, show_spinner=False)
def _image_wall(archive: str, sha: str, target: str) -> bytes:
    frame = table(sha)
    if target in frame.columns:
        frame = frame.sort_values(target, kind="stable").groupby(target, sort=True).head(EACH)
    picture = wall(resources.files().path(archive), list(frame["path"].head(20 * EACH)), columns=EACH)
    target_file = io.BytesIO()
    picture.save(target_file, "PNG")
    return target_file.getvalue()


def unfolded(is_open: bool | None, name: str) -> bool:
    """Whether a popover's form is to be drawn: from its first opening on, so that what is typed in it outlives closing it."""
    if is_open:
        state.remember(f"{name}.unfolded", True)
    return bool(state.value(f"{name}.unfolded", False))


def players(version: DataVersion, rows: pd.DataFrame) -> None:
    """Draw a player for each of the first recordings among rows of a version, with its name; nothing where it holds none."""
    if not version.archive or version.noun != "recording" or "path" not in rows.columns:
        return
    paths = list(rows["path"])
    for path in paths[:PLAYERS]:
        content = _recording(version.archive, path)
        if content is not None:
            st.caption(escape(path))
            st.audio(content, format=SOUNDS.get(path.rsplit(".", 1)[-1].lower(), "audio/wav"))
    if len(paths) > PLAYERS:
        note(f"The first {PLAYERS} of {words.counted(len(paths), 'recording')}.")


@st.cache_data(max_entries=64, show_spinner=False)
def _recording(archive: str, path: str) -> bytes | None:
    return item(resources.files().path(archive), path)


def save_over(project_id: str, body: Body, read: Record[Any]) -> bool:
    """Save over what was read; where somebody saved in between, say so and change nothing."""
    try:
        resources.store().save(project_id, body, person=person().id, id=read.id, read=read.version)
    except Conflict:
        state.say("Somebody else changed this in the meantime: look at it again, then save.")
        return False
    return True


def card_of(
    record: Record[Any], key: str, title: str, text: str, link: str = "", *, project_id: str, fields: Sequence[str] | None = None
) -> None:
    """Draw a record as a card that anybody can open for editing or delete; `text` is markdown."""
    name = f"{key}.{record.id}"
    with card(name):
        if state.editing(name):
            if editor(type(record.body), name, project_id=project_id, record=record, fields=fields, cancel=True):
                state.say("Saved.")
                st.rerun()
            return
        st.markdown(f"**{escape(title)}**")
        if text:
            st.markdown(f":gray[{text}]")
        if link:
            st.markdown(source("source", link))
        with st.container(horizontal=True):
            st.button("Edit", key=f"{name}.edit", type="tertiary", icon=":material/edit:", on_click=state.edit, args=(name,))
            st.button("Delete", key=f"{name}.delete", type="tertiary", icon=":material/delete:", on_click=delete, args=(project_id, record))


def source(label: str, address: str) -> str:
    """Return a web address as a small link, as markdown."""
    return f":small[[{label}]({quote(address, safe=':/?&=%#.,-_~+')})]"


def delete(project_id: str, record: Record[Any]) -> None:
    """Delete what this screen shows, unless somebody changed it in the meantime."""
    deleted(project_id, record)


def deleted(project_id: str, record: Record[Any]) -> bool:
    """Delete what this screen shows; returns whether it is gone, which it isn't where somebody changed it in the meantime."""
    try:
        resources.store().delete(project_id, type(record.body), record.id, read=record.version, person=person().id)
    except Conflict:
        state.say("Somebody else changed this in the meantime, so it was not deleted.")
        return False
    return True


def versions_of(project_id: str, data_set: str | None) -> set[str]:
    """Return the ids of the versions of a data set."""
    return {record.id for record in resources.store().all(project_id, DataVersion) if record.body.data_set == data_set}


def people_for(runs: list[Record[HumanLevelRun]], project_id: str, data_set: str | None) -> HumanLevelRun | None:
    """Return the newest human level that was measured on a data set, or on labels that name none; not where something else was asked."""
    sets = {record.id: record.body for record in resources.store().all(project_id, LabelSet) if not record.body.question}
    fitting = [run.body for run in runs if run.id in sets and sets[run.id].data_set in {data_set, None}]
    return fitting[-1] if fitting else None


def look(screen: str, name: str) -> None:
    """Show another of a screen's views; for what runs when a button is pressed."""
    state.set_widget(f"{screen}.view", name)
    st.query_params["view"] = words.slug(name)


def view(screen: str, names: Sequence[str]) -> str:
    """Let the person choose one of a screen's views, and keep it in the address; the first where nothing is asked for."""
    slugs = {words.slug(name): name for name in names}
    asked = st.query_params.get("view", "")
    start = slugs.get(asked, names[0])
    if len(names) < 2:
        return start
    chosen = st.segmented_control("View", names, default=start, required=True, key=f"{screen}.view", label_visibility="collapsed")
    if slugs.get(asked, names[0]) != chosen:
        st.query_params["view"] = words.slug(chosen)
    return str(chosen)
