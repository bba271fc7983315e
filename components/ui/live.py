"""What changes on the screen without a click: colleagues' saves, running jobs, a switch of theme."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from components.errors import BadInput
from components.server import changes
from components.ui import identity, resources, state
from components.ui.patterns import card
from components.ui.session import escape, palette

JOB_POLL = 0.5
LEAST_SHARE = 0.15
"""Of a smaller part nothing can be foretold: what comes first, reading a file, has a pace of its own."""
SCRIPT = '<script src="/live.js"></script>'


def live(project_id: str, seen: int, screen: str = "") -> None:
    """Draw the screen again when somebody saved something in this project after its change `seen`, or the theme was switched."""
    _watch("project", project=project_id, seen=seen, screen=screen, dark=int(palette().dark))
    with st.container(key="live_script"):
        st.html(SCRIPT, unsafe_allow_javascript=True)


def live_round(project_id: str, round_id: str) -> None:
    """Draw the fragment that calls this again when somebody joins a round or is done."""
    _watch(f"round_{round_id}", project=project_id, round=round_id, seen=resources.store().lights(project_id, round_id))


def countdown(ends_at: datetime) -> None:
    """Draw how long something still lasts; the browser counts."""
    now = 1000 * datetime.now(UTC).timestamp()
    st.html(f'<time class="countdown" datetime="{ends_at.isoformat()}" data-now="{now:.0f}">until {ends_at:%H:%M} UTC</time>')


def _watch(name: str, **drawn: str | int) -> None:
    """Draw the hidden button that live.js presses when what was drawn is no longer so."""
    asker = changes.asker(identity.me().id, identity.session_id() or "")
    with st.container(key=f"live_{name}"):
        st.button(f"/changes?{urlencode({**drawn, **asker})}", key=f"live.{name}")


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
    st.button(stop, key=f"busy.stop.{job_id}", icon=":material/stop_circle:", on_click=_stop, args=(job_id, job.title))


def _stop(job_id: str, title: str) -> None:
    """End a job, and say so."""
    try:
        resources.runner().cancel(job_id)
    except BadInput as error:
        state.say(str(error))
    else:
        state.say(f"Stopped: {escape(title)}. Nothing unfinished was saved.")


def time_left(share: float, started_at: datetime | None) -> str:
    """Say how long a job will still take, from how long its share took so far; nothing while nobody can know.

    >>> time_left(.0, None)
    ''
    """
    if started_at is None or share < LEAST_SHARE:
        return ""
    seconds = (datetime.now(UTC) - started_at).total_seconds()
    left = max(seconds, 0.0) * (1 - share) / share
    return f"About {round(left)} s left." if left < 90 else f"About {round(left / 60)} min left."
