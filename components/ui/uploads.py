"""Bringing a file in: dropped here or taken from a folder that the server's owner allowed, kept, and read by a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import demo
from components.data import places
from components.errors import BadInput
from components.project.store import Job
from components.ui import resources, state
from components.ui.live import busy
from components.ui.patterns import bad_input
from components.ui.session import person

TABLES = ["csv", "tsv", "txt", "parquet", "jsonl", "ndjson"]
MOST_LISTED = 500
LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Brought:
    """What somebody brought: its name, and the SHA-256 under which it is kept or, of what lies on the server, where it is."""

    name: str
    file: str = ""
    place: tuple[tuple[str, str], ...] = ()

    @property
    def params(self) -> dict[str, str]:
        """What a job is told that reads it."""
        return {"name": self.name, **(dict(self.place) if self.place else {"file": self.file})}


def file_drop(key: str, label: str, *, images: bool = False, more: Sequence[str] = ()) -> Brought | None:
    """Draw a drop zone, and a list of the allowed folders' files where there are any; returns what was brought."""
    kinds = [*TABLES, "zip"] if images else [*TABLES, *more]
    uploaded = st.file_uploader(label, type=kinds, key=f"{key}.upload", label_visibility="collapsed")
    if uploaded is not None:
        return Brought(uploaded.name, _kept(key, uploaded))
    offered = _offered(kinds)
    if not offered:
        return None
    chosen = st.selectbox("Or a file on the server", list(offered), index=None, placeholder="choose one", key=f"{key}.folder")
    return Brought(Path(chosen).name, resources.files().put_path(offered[chosen])) if chosen else None


def _kept(key: str, uploaded: UploadedFile) -> str:
    """Keep what was dropped, once and not in every run of the screen, and return its SHA-256."""
    name = f"{key}.kept"
    dropped, sha = state.value(name, ("", ""))
    if dropped != uploaded.file_id or not resources.files().has(sha):
        sha = resources.files().put(uploaded.getvalue())
        state.remember(name, (uploaded.file_id, sha))
    return str(sha)


def server_place(key: str) -> Brought | None:
    """Draw lists of the folders of Parquet and the databases' tables that the server's owner allowed; returns what was chosen."""
    folders, databases = _folders(), list(places.databases(resources.settings()))
    if folders:
        chosen = st.selectbox("Or a folder of Parquet", folders, index=None, placeholder="choose one", key=f"{key}.parquet")
        if chosen:
            return Brought(chosen, place=(("folder", chosen),))
    if databases:
        problem = st.container()
        with st.container(horizontal=True):
            database = st.selectbox("Or a database", databases, index=None, placeholder="choose one", key=f"{key}.database")
            try:
                offered = _tables(database) if database else []
            except BadInput as error:
                with problem:
                    bad_input(error, key=f"{key}.database_problem")
                return None
            table = st.selectbox("and its table", offered, index=None, placeholder="choose one", key=f"{key}.table") if offered else None
        if database and table:
            return Brought(f"{database} {table}", place=(("database", database), ("table", table)))
    return None


@st.cache_data(ttl=60, show_spinner=False)
def _folders() -> list[str]:
    return list(places.folders(resources.settings()))


@st.cache_data(ttl=60, show_spinner=False)
def _tables(database: str) -> list[str]:
    return places.tables(places.databases(resources.settings())[database])


def _offered(kinds: list[str]) -> dict[str, Path]:
    """Return the files in the allowed folders by their names there; links that lead out of a folder are left out."""
    found: dict[str, Path] = {}
    for folder in resources.settings().data_folders:
        for path in sorted(folder.rglob("*")):
            inside = path.resolve().is_relative_to(folder)
            if len(found) < MOST_LISTED and inside and path.is_file() and path.suffix.lstrip(".").lower() in kinds:
                found[str(path.relative_to(folder.parent))] = path.resolve()
    return found


def start_job(name: str, project_id: str, task: str, params: dict[str, Any], title: str) -> None:
    """Start a job for what a screen calls `name`."""
    put_away(name)
    state.remember(f"{name}.job", resources.runner().submit(project_id, task, params, title, person().id))


def begin(*asked: Any) -> None:
    """Start a job as the first thing that follows a click, before the screen is drawn; says what is in the way."""
    try:
        start_job(*asked)
    except BadInput as error:
        state.say(str(error))


def started_here(name: str) -> str:
    """Return the id of the job that this tab started under `name` last; empty where it started none."""
    return str(state.value(f"{name}.job", ""))


def watch(name: str, project_id: str, task: str) -> Job | None:
    """Draw the progress of a task, whoever started it, or why it ended badly; returns the newest job."""
    jobs = resources.store().jobs(project_id, task)
    running = next((job for job in jobs if job.living), None)
    if running is not None:
        busy(running.id)
        return running
    if jobs and concerns_me(name, jobs[0]):
        saved = "Nothing was saved." if "what" in jobs[0].result else "What it had found by then is kept."
        with bad_input(reason(jobs[0]), key=f"{name}.failed", saved=saved).container(horizontal=True):
            ways_on(name, jobs[0])
            st.button("Close", key=f"{name}.close", type="tertiary", on_click=put_away, args=(name, jobs[0].id))
    return jobs[0] if jobs else None


def concerns_me(name: str, job: Job) -> bool:
    """Whether a job ended badly lately and this person has to see to it.

    Who started it sees that after a refresh too; what a server lost concerns everybody. This tab can put it away.
    """
    ended = job.state in {"failed", "lost"} and job.finished_at is not None and datetime.now(UTC) - job.finished_at < LATELY
    mine = job.submitted_by in {person().id, demo.AUTHOR} or job.id == started_here(name)
    return ended and (mine or job.state == "lost") and job.id != state.value(f"{name}.put_away")


def put_away(name: str, job_id: str = "") -> None:
    """Show no more how a job ended."""
    state.remember(f"{name}.put_away", job_id)


def reason(job: Job) -> BadInput:
    """Return why a job ended badly."""
    return BadInput(job.result.get("what", job.error), job.result.get("todo", ""), job.result.get("lines", []))


def ways_on(name: str, job: Job, *, primary: bool = False) -> None:
    """Draw what helps after a job ended badly: another encoding that was detected, or once more what a server lost."""
    encoding = job.result.get("encoding")
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if encoding and st.button(f"Read it as {encoding}", type=kind, key=f"{name}.encoding"):
        start_job(name, job.project_id, job.task, {**job.params, "encoding": encoding}, job.title)
        st.rerun()
    again = job.state == "lost" or job.submitted_by == demo.AUTHOR
    if again and st.button("Start it again", type=kind, key=f"{name}.again", icon=":material/restart_alt:"):
        start_job(name, job.project_id, job.task, job.params, job.title)
        st.rerun()
