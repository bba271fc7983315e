"""One page for stakeholders, and what changed since the last report."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from components import words
from components.project.decisions import Decision, Entry, log
from components.project.shelf import Shelf
from components.readiness import promises
from components.readiness.figures import readings
from components.readiness.standing import standing
from components.report.parts import Part, Section, Source
from components.report.records import Report
from components.scoping.board import cards
from components.scoping.opinions import ranking_of
from components.scoping.records import Problem

MOST = 4
LONGEST = 90
MOST_CHANGES = 5000
UNSAID = {Report.kind, "seat", "project"}
MADE_UP = "Where it says “simulated”, nobody real and no real traffic stood behind the figure; the whole report says how it was made."


def brief(source: Source, figures: list[dict[str, Any]]) -> Section:
    """Return one page: what it is for, where it stands, what was measured, promised and decided, what is open."""
    found = standing(source.store, source.project_id)
    section = Section("brief", "", "", found.sentence, "")
    section.parts += _aim(source)
    if figures:
        notes = [MADE_UP] if any("simulated" in str(row.get("measured on", "")) for row in figures) else []
        section.parts.append(Part("What was measured", tables=[pd.DataFrame(figures)], notes=notes))
    section.parts += _promised(source)
    entries = sorted(
        (entry for entry in log(Shelf(source.store, source.project_id).all(Decision)) if entry.holds),
        key=lambda entry: entry.body.on or date.min,
        reverse=True,
    )
    if entries:
        rows = [
            {"decided": _short(one.body.title), "on": _day(one.body.on), "open dissent": _short(dissent(one)) or words.MISSING}
            for one in entries[:MOST]
        ]
        section.parts.append(Part("What was decided", tables=[pd.DataFrame(rows)], notes=_more(len(entries))))
    steps = [{"next": _short(step.what), "phase": lane.phase} for lane in found.lanes for step in lane.open]
    if steps:
        section.parts.append(Part("What is open", tables=[pd.DataFrame(steps[:MOST])], notes=_more(len(steps))))
    return section


def dissent(entry: Entry) -> str:
    """Return who disagrees with a decision that is in force, and why, as far as it was said."""
    if not entry.open_dissent:
        return ""
    against = words.listed(f"{voice.who} ({voice.said})" if voice.said else voice.who for voice in entry.body.disagreeing)
    return entry.body.dissent or f"against: {against}"


def _aim(source: Source) -> list[Part]:
    """Return the first problem, the idea that comes first, and the target; nothing where none of it is written down."""
    problem = next(iter(cards(source.store, source.project_id, Problem)), None)
    ranked, target = ranking_of(source.store, source.project_id).ranked, source.target
    rows = {
        "the problem": _short(problem.body.statement) if problem else "",
        "the idea that comes first": _short(str(ranked["name"].iloc[0])) if len(ranked) else "",
        "the target": f"{target.metric} {words.decimal(target.value, 3)}" if target else "",
    }
    return [Part(tables=[pd.DataFrame([rows])])] if any(rows.values()) else []


def _promised(source: Source) -> list[Part]:
    shelf = Shelf(source.store, source.project_id)
    courses = promises.courses(shelf, readings(shelf), datetime.now(UTC).date())
    rows = [
        {"milestone": _short(one.milestone.title), "due": _day(one.milestone.due), "owner": one.milestone.owner, "stands": one.word}
        for one in courses
    ]
    return [Part("What is promised", tables=[pd.DataFrame(rows[:MOST])], notes=_more(len(rows)))] if rows else []


def _short(text: str) -> str:
    return words.shortened(text, LONGEST)


def _day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else ""


def _more(number: int) -> list[str]:
    return [f"And {number - MOST} more."] if number > MOST else []


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
