"""What changed lately, in a line each."""

from datetime import UTC, datetime

import streamlit as st

from components.project.store import Change
from components.ui import resources
from components.ui.session import escape

NAMES = {
    "target": "target",
    "problem": "problem",
    "solution": "solution",
    "prior_work": "prior work",
    "data_set": "data set",
    "data_version": "version of the data",
    "check_run": "checks",
    "label_set": "labels",
    "agreement_run": "agreement",
    "leaderboard": "quick models",
    "human_level_run": "human level",
    "baseline": "baseline",
    "rollout_plan": "rollout",
    "rollout_run": "rehearsal of the rollout",
    "checklist_answer": "checklist line",
    "report": "report",
    "project": "project",
}
TITLES = ("name", "statement", "title", "metric", "source")


def changes(project_id: str, most: int) -> list[str]:
    """Return the latest changes as markdown, one line a record, the newest first."""
    lines: dict[tuple[str, str], str] = {}
    people: dict[str, str] = {}
    for change in resources.store().history(project_id, most=most * 12):
        if (change.kind, change.record_id) in lines:
            continue
        if change.person not in people:
            found = resources.store().person(change.person)
            people[change.person] = found.name if found else "Somebody"
        verb = "deleted" if change.after is None else "added" if change.before is None else "changed"
        what = f"{NAMES.get(change.kind, change.kind)} {verb}"
        lines[change.kind, change.record_id] = (
            f"{escape(what.capitalize())}{escape(_title(change))}  \n:small[:gray[{escape(people[change.person])}, {ago(change.at)}]]"
        )
        if len(lines) == most:
            break
    return list(lines.values())


def _title(change: Change) -> str:
    body = change.after or change.before or {}
    title = next((str(body[name]) for name in TITLES if body.get(name)), "")
    return f": {title[:80]}" if title else ""


def ago(at: datetime) -> str:
    """Say how long ago something was, or on which day, in the reader's time zone."""
    minutes = (datetime.now(UTC) - at).total_seconds() / 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes:.0f} min ago"
    if minutes < 24 * 60:
        return f"{minutes / 60:.0f} h ago"
    offset = st.context.timezone_offset
    local = at.timestamp() - (offset or 0) * 60
    return f"{datetime.fromtimestamp(local, UTC):%-d %B %Y}"
