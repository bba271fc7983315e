"""Experiments in the report: the version that works, and what came of running it again."""

from components.modelling.records import Reproduction, WorkingVersion
from components.modelling.wording import score_text
from components.report.parts import Part, Source


def experiments(source: Source) -> list[Part]:
    """Return the part on the version that works, where one is marked."""
    marked = source.by_id(WorkingVersion).get("working")
    if marked is None:
        return []
    score = f", {marked.metric} {score_text(marked.value, marked.metric)}" if marked.value is not None else ""
    commit = (
        f"commit {marked.commit[:12]}{' with changes that were not committed' if marked.dirty else ''}"
        if marked.commit
        else "no commit recorded"
    )
    part = Part(
        "The version that works", f"{marked.name}{score}.", f"{marked.data or 'Data not recorded'}, {commit}, run {marked.run_id[:12]}."
    )
    if marked.note:
        part.notes.append(marked.note)
    again = source.by_id(Reproduction).get(marked.run_id)
    if again is not None:
        then, now = (score_text(value, marked.metric) for value in (again.before, again.after))
        part.notes.append(f"{then} then, {now} when run again; {again.differing:,} of {again.rows:,} rows predicted otherwise.")
    return [part]
