"""One page for stakeholders, and what changed since the last report."""

from datetime import UTC
from typing import Any

import pandas as pd

from components import words
from components.project.decisions import Decision, log
from components.project.shelf import Shelf
from components.readiness.standing import standing
from components.report.parts import Part, Section, Source
from components.report.records import Report

MOST = 6
MOST_CHANGES = 5000
UNSAID = {Report.kind, "seat", "project"}


def brief(source: Source, figures: list[dict[str, Any]]) -> Section:
    """Return one page: where it stands, what was measured, what was decided, what is open."""
    found = standing(source.store, source.project_id)
    section = Section("brief", "In one page", "Where do we stand?", found.sentence, "")
    simulated = "figures of which the table says so" if any("simulated" in str(row.get("measured on", "")) for row in figures) else ""
    if figures:
        section.parts.append(Part("What was measured", simulated=simulated, tables=[pd.DataFrame(figures)]))
    entries = [entry for entry in log(Shelf(source.store, source.project_id).all(Decision)) if entry.holds]
    if entries:
        rows = [
            {"decided": one.body.title, "on": str(one.body.on or ""), "open dissent": one.body.dissent or words.MISSING} for one in entries
        ]
        section.parts.append(Part("What was decided", tables=[pd.DataFrame(rows[-MOST:])]))
    steps = [{"phase": lane.phase, "next": step.what} for lane in found.lanes for step in lane.open]
    if steps:
        section.parts.append(Part("What is open", tables=[pd.DataFrame(steps[:MOST])]))
    return section


def since(source: Source, figures: list[dict[str, Any]]) -> Section:
    """Return what changed since the last report: the figures that moved, and how much was added, changed and deleted."""
    section = Section("changes", "Since the last report", "What changed?", "", "This is the first report.")
    last = source.store.get(source.project_id, Report, "report")
    if last is None:
        return section
    history = [
        one for one in source.store.history(source.project_id, most=MOST_CHANGES) if one.seq > last.body.seq and one.kind not in UNSAID
    ]
    section.answer = f"{words.counted(len(history), 'change')} since the report of {last.updated_at.astimezone(UTC):%-d %B %Y}."
    section.missing = section.answer
    before = {(row.get("phase"), row.get("figure")): row for row in last.body.figures}
    moved = []
    for row in figures:
        old = before.get((row["phase"], row["figure"]))
        if old is None or (old["value"], old["95 % interval"]) != (row["value"], row["95 % interval"]):
            was = f"{old['value']} {old['95 % interval']}" if old else words.MISSING
            moved.append(
                {"figure": row["figure"], "then": was, "now": f"{row['value']} {row['95 % interval']}", "measured on": row["measured on"]}
            )
    if moved:
        section.parts.append(Part("Figures that moved", tables=[pd.DataFrame(moved)]))
    kinds: dict[str, dict[str, int]] = {}
    for one in history:
        verb = "deleted" if one.after is None else "added" if one.before is None else "changed"
        counts = kinds.setdefault(one.kind.replace("_", " "), {"added": 0, "changed": 0, "deleted": 0})
        counts[verb] += 1
    if kinds:
        rows = [{"what": kind, **counts} for kind, counts in sorted(kinds.items())]
        section.parts.append(Part("What was edited", tables=[pd.DataFrame(rows)]))
    return section
