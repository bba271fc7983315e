"""What changes on the screen without a click: colleagues' saves, running jobs, a switch of theme."""

from datetime import UTC, datetime

import streamlit as st

from components.ui import resources
from components.ui.patterns import card
from components.ui.session import escape, palette, person

POLL = 2.0
JOB_POLL = 0.5


def live(project_id: str, screen: str = "") -> None:
    """Draw the screen again when somebody saved something in this project, or the theme was switched."""
    _poll(project_id, screen, resources.store().seq(project_id), palette().dark)


@st.fragment(run_every=POLL)
def _poll(project_id: str, screen: str, seen: int, dark: bool) -> None:
    store = resources.store()
    store.see(person().id, project_id, screen)
    if store.project(project_id) is None or store.seq(project_id) != seen or palette().dark != dark:
        st.rerun()


def busy(job_id: str, *, stop: str = "Stop") -> None:
    """Draw the progress of a job, with what it is doing, how long still, and a way to stop it; draws the screen again when it ends."""
    with card(f"busy_{job_id}"):
        _progress(job_id, stop)


@st.fragment(run_every=JOB_POLL)
def _progress(job_id: str, stop: str) -> None:
    job = resources.store().job(job_id)
    if job is None or job.state not in {"queued", "running"}:
        st.rerun()
    said = job.message or ("Waiting for a free worker" if job.state == "queued" else "Starting")
    st.progress(min(max(job.share, 0.0), 1.0), text=escape(f"{said}. {time_left(job.share, job.started_at)}".strip()))
    if st.button(stop, key=f"busy.stop.{job_id}", icon=":material/stop_circle:"):
        resources.runner().cancel(job_id)


def time_left(share: float, started_at: datetime | None) -> str:
    """Say how long a job will still take, from how long its share took so far; nothing while nobody can know.

    >>> time_left(.0, None)
    ''
    """
    if started_at is None or share < 0.05:
        return ""
    seconds = (datetime.now(UTC) - started_at).total_seconds()
    left = seconds * (1 - share) / share
    return f"About {round(left)} s left." if left < 90 else f"About {round(left / 60)} min left."
