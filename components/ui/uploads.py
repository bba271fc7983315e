"""Bringing a file in: dropped here or taken from a folder that the server's owner allowed, kept, and read by a worker."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from components.errors import BadInput
from components.project.store import Job
from components.ui import resources, state
from components.ui.live import busy
from components.ui.patterns import bad_input
from components.ui.session import person

TABLES = ["csv", "tsv", "txt", "parquet", "jsonl", "ndjson"]
MOST_LISTED = 500


@dataclass(frozen=True)
class Brought:
    """A file that somebody brought: its name, and the SHA-256 under which it is kept."""

    name: str
    file: str


def file_drop(key: str, label: str, *, images: bool = False) -> Brought | None:
    """Draw a drop zone, and a list of the allowed folders' files where there are any; returns what was brought."""
    kinds = [*TABLES, "zip"] if images else TABLES
    uploaded = st.file_uploader(label, type=kinds, key=f"{key}.upload", label_visibility="collapsed")
    if uploaded is not None:
        return Brought(uploaded.name, resources.files().put(uploaded.getvalue()))
    offered = _offered(kinds)
    if not offered:
        return None
    chosen = st.selectbox("Or a file on the server", list(offered), index=None, placeholder="choose one", key=f"{key}.folder")
    return Brought(Path(chosen).name, resources.files().put_path(offered[chosen])) if chosen else None


def _offered(kinds: list[str]) -> dict[str, Path]:
    """Return the files in the allowed folders by their names there; links that lead out of a folder are left out."""
    found: dict[str, Path] = {}
    for folder in resources.settings().data_folders:
        for path in sorted(folder.rglob("*")):
            inside = path.resolve().is_relative_to(folder)
            if len(found) < MOST_LISTED and inside and path.is_file() and path.suffix.lstrip(".").lower() in kinds:
                found[str(path.relative_to(folder.parent))] = path.resolve()
    return found


def job_here(name: str) -> Job | None:
    """Return the job that a screen of this tab has started under `name`."""
    id_: str | None = state.value(f"{name}.job")
    return resources.store().job(id_) if id_ else None


def start_job(name: str, project_id: str, task: str, params: dict[str, Any], title: str) -> None:
    """Start a job and remember it under `name`."""
    state.remember(f"{name}.job", resources.runner().submit(project_id, task, params, title, person().id))


def watch(name: str, project_id: str, task: str) -> Job | None:
    """Draw the progress of a task, whoever started it, or how the one that this tab started failed; returns the newest job."""
    jobs = resources.store().jobs(project_id, task)
    running = next((job for job in jobs if job.living), None)
    if running is not None:
        busy(running.id)
        return running
    mine = job_here(name)
    if mine is not None and mine.state in {"failed", "lost"}:
        failure(mine, name)
    return mine


def failure(job: Job, name: str) -> None:
    """Draw why a job failed; a file in another encoding can be read again in the one that was detected."""
    found = job.result
    bad_input(BadInput(found.get("what", job.error), found.get("todo", ""), found.get("lines", [])), key=f"{name}.failed")
    encoding = found.get("encoding")
    if encoding and st.button(f"Read it as {encoding}", key=f"{name}.encoding"):
        start_job(name, job.project_id, job.task, {**job.params, "encoding": encoding}, job.title)
        st.rerun()
