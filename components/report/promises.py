"""What the report says of milestones and decisions."""

from datetime import UTC, datetime

import pandas as pd

from components import words
from components.project.decisions import Decision, log
from components.project.shelf import Shelf
from components.readiness import promises
from components.readiness.decision_charts import decisions_chart, decisions_table
from components.readiness.figures import readings
from components.readiness.milestone_charts import dated, milestones_chart
from components.readiness.triggers import triggers
from components.report.drawing import svg
from components.report.parts import Part, Section, Source
from components.theme import LIGHT


def milestones(source: Source) -> Section:
    """Return what is promised against what was measured."""
    today, shelf = datetime.now(UTC).date(), Shelf(source.store, source.project_id)
    found = promises.courses(shelf, readings(shelf), today)
    section = Section("milestones", "Milestones", "What do we promise, and are we keeping it?", "", "Nothing is promised yet.")
    if not found:
        return section
    section.answer = promises.answer(found)
    held = [one.measured for course in found for one in course.promises if one.measured]
    simulated = next((one.simulated for one in held if one.simulated), "")
    part = Part("Promised against measured", section.answer, promises.method(found), simulated)
    if dated(found):
        part.pictures.append(svg(milestones_chart(found, LIGHT, today), f"Milestones by their days. {section.answer}"))
    part.tables.append(promises.promises_table(found))
    part.notes += [
        f"“{course.milestone.title}”: stop if {course.kill_text} ({course.kill or 'in words only'})."
        for course in found
        if course.kill_text
    ]
    section.parts.append(part)
    takes = [
        {"milestone": course.milestone.title, **{field: getattr(course.milestone, field) for field in ("data", "people", "help")}}
        for course in found
        if course.milestone.data or course.milestone.people or course.milestone.help
    ]
    if takes:
        section.parts.append(Part("What it takes", tables=[pd.DataFrame(takes)]))
    return section


def decisions(source: Source) -> Section:
    """Return the log of decisions, with the dissent that is open and the triggers that came true."""
    today, shelf = datetime.now(UTC).date(), Shelf(source.store, source.project_id)
    entries = log(shelf.all(Decision))
    section = Section("decisions", "Decisions", "What did we decide, and does it still hold?", "", "Nothing is decided yet.")
    if not entries:
        return section
    watched = triggers(entries, readings(shelf), today)
    fired = [one for one in watched if one.fired]
    holding = sum(entry.holds for entry in entries)
    again = f"; it is time to look at {len(fired)} again" if fired else ""
    section.answer = f"{holding} of {words.counted(len(entries), 'decision')} {'is' if holding == 1 else 'are'} in force{again}."
    log_part = Part("The log", section.answer, "A row a chain, a dot a decision; hollow where another stands in its place.")
    log_part.pictures.append(svg(decisions_chart(entries, LIGHT, [one.entry.id for one in fired]), section.answer))
    log_part.tables.append(decisions_table(entries))
    section.parts.append(log_part)
    open_dissent = [entry for entry in entries if entry.open_dissent]
    if open_dissent:
        rows = [
            {
                "number": entry.number,
                "decision": entry.body.title,
                "dissent": entry.body.dissent or words.MISSING,
                "against": words.listed(f"{voice.who} ({voice.said})" if voice.said else voice.who for voice in entry.body.disagreeing)
                or words.MISSING,
            }
            for entry in open_dissent
        ]
        said = f"{words.counted(len(rows), 'decision')} with open dissent."
        section.parts.append(Part("Open dissent", said, tables=[pd.DataFrame(rows)]))
    if watched:
        rows = [
            {"number": one.entry.number, "decision": one.entry.body.title, "look again": one.why, "state": one.state} for one in watched
        ]
        section.parts.append(Part("What would make us look again", tables=[pd.DataFrame(rows)]))
    return section
