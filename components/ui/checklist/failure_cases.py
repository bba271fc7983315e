"""The register of failure cases: what can go wrong, and what is done about it."""

import streamlit as st

from components import words
from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.monitors import BY_CODE as MONITORS
from components.deployment.records import FailureCase, Metric
from components.project.records import Record
from components.readiness.gaps import Gaps
from components.ui import resources, state
from components.ui.forms import editor, word_for
from components.ui.many import many
from components.ui.patterns import note, section
from components.ui.pieces import card_of
from components.ui.session import escape


def failure_cases(project_id: str, gaps: Gaps) -> None:
    """Draw the register, each case with how it is handled and whether anything in place would notice it."""
    records = resources.store().all(project_id, FailureCase)
    watched = {record.body.monitor for record in resources.store().all(project_id, Metric) if record.body.watching}
    there = watched | set(gaps.in_place)
    still = sum(not record.body.handled for record in records)
    stands = (
        f"{words.counted(len(records), 'case')}, {still} without a tested handling"
        if records
        else "what can go wrong, and what is done then"
    )
    section("Failure cases", stands)
    if not records:
        note("A case that was thought through beforehand costs minutes; one that wasn't costs a night. Begin with what worries you most.")

    def searched(record: Record[FailureCase]) -> str:
        body = record.body
        return " ".join((body.what, body.effect, body.owner, body.handling, body.likelihood))

    with many(records, "failure_cases", "case", searched, held=lambda one: state.editing(f"failure_case.{one.id}")) as shown:
        for record in shown:
            card_of(record, "failure_case", record.body.what, _said(record.body, gaps, there), project_id=project_id)
    with st.expander("Add a failure case", icon=":material/add:", expanded=False):
        if editor(FailureCase, "failure_case.new", project_id=project_id, columns=2, submit="Add it"):
            state.say("The failure case is kept.")
            st.rerun()


def _said(case: FailureCase, gaps: Gaps, in_place: set[str]) -> str:
    """Say how a case is handled and noticed, as markdown."""
    parts = [f"{case.likelihood.capitalize()}.", case.effect]
    handling = word_for(FailureCase, "handling", case.handling)
    parts.append(f"Handled: {handling}{f', proved by {case.test}' if case.test else ', no test yet'}.")
    if case.owner:
        parts.append(f"Owner: {case.owner}.")
    if case.monitor in MONITORS:
        there = "in place" if case.monitor in in_place else "not in place yet"
        parts.append(f"Monitor: {MONITORS[case.monitor].title.lower()}, {there}.")
    if case.fault in FAULTS:
        row = gaps.coverage.set_index("fault").loc[case.fault]
        noticed = words.percent(float(row["noticed"]), 0)
        parts.append(f"As “{FAULTS[case.fault].title}” it is noticed in time, or prevented, in {noticed} of the runs (simulated).")
    return escape(" ".join(part for part in parts if part))
