"""What changed lately, in a line each."""

from datetime import UTC, datetime

import streamlit as st

from components.deployment.records import RolloutPlan
from components.project.store import Change
from components.ui import resources
from components.ui.session import escape

NAMES = {
    "target": "target",
    "problem": "problem",
    "solution": "solution",
    "prior_work": "prior work",
    "criteria": "criteria for the ranking",
    "feasibility": "feasibility",
    "feasibility_answer": "answer on feasibility",
    "error_measurement": "error rate",
    "ladder_step": "step of the metric ladder",
    "economics": "volume and costs",
    "outcome": "outcome of the cost matrix",
    "ethics_answer": "answer on ethics",
    "ethics_list": "list of questions",
    "data_set": "data set",
    "data_version": "version of the data",
    "check_run": "checks",
    "label_set": "labels",
    "agreement_run": "agreement",
    "consensus_run": "consensus",
    "adjudicated": "settled item",
    "leaderboard": "quick models",
    "human_level_run": "human level",
    "baseline": "baseline",
    "rollout_plan": "rollout",
    "rollout_run": "rehearsal of the rollout",
    "checklist_answer": "checklist line",
    "milestone": "milestone",
    "promise": "promise",
    "decision": "decision",
    "meeting": "meeting",
    "seat": "seat in a meeting",
    "action_item": "action",
    "report": "report",
    "comment": "comment",
    "round": "round",
    "project": "project",
    "failure_case": "failure case",
    "member": "role",
    "access": "access",
}


def name_of(kind: str) -> str:
    """Return how a kind of record is called in a sentence."""
    return NAMES.get(kind, kind.replace("_", " "))


TITLES = ("name", "statement", "title", "what", "text")


def changes(project_id: str, most: int) -> list[str]:
    """Return the latest changes as markdown, one line a kind of record and person, the newest first."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in resources.store().history(project_id, most=most * 20):
        groups.setdefault((change.kind, change.person), []).append(change)
    return [_line(kind, person, found) for (kind, person), found in list(groups.items())[:most]]


def _line(kind: str, person: str, found: list[Change]) -> str:
    known = resources.store().person(person)
    records = {change.record_id for change in found}
    newest = found[0]
    verb = "deleted" if newest.after is None else "added" if newest.before is None else "changed"
    title = _title(newest) if len(records) == 1 else f" ({len(records)})"
    what = f"{name_of(kind)} {verb}".capitalize()
    return f"{escape(what + title)}  \n:small[:gray[{escape(known.name if known else 'Somebody')}, {ago(newest.at)}]]"


def _title(change: Change) -> str:
    body = change.after or change.before or {}
    said = TITLES if change.kind != RolloutPlan.kind else ()  # where its failure rate comes from is no name of a plan
    title = next((str(body[name]) for name in said if body.get(name)), "")
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
