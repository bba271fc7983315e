"""Writing a decision down, and bringing decisions in and out as files."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import words
from components.errors import BadInput
from components.project.decisions import Decision, Entry, check_chain
from components.project.madr import bring_in, from_file, to_zip
from components.project.meetings import running
from components.project.records import Record
from components.project.store import Project
from components.readiness.figures import FIGURES
from components.ui import resources, state
from components.ui.forms import editor
from components.ui.patterns import bad_input
from components.ui.session import person, today

FIRST = ("title", "outcome", "makers", "dissent", "options", "supersedes")
TRIGGER = ("revisit", "revisit_figure", "revisit_comparison", "revisit_value", "revisit_on")
EVERYTHING = (
    *("title", "status", "on", "makers", "consulted", "informed", "context", "drivers", "options", "outcome", "confirmation"),
    *("dissent", *TRIGGER, "supersedes"),
)


def decision_form(
    project: Project, key: str, entries: Sequence[Entry], *, record: Record[Decision] | None = None, start: dict[str, Any] | None = None
) -> Record[Decision] | None:
    """Draw the form of a decision: the few fields that matter at first, all of them for one that is there."""
    records = [entry.record for entry in entries]
    here = record.id if record else ""
    people = [one.name for one in resources.store().people(project.id)]
    earlier = {entry.id: f"{entry.number}. {entry.body.title}" for entry in entries if entry.id != here}
    names = {name: name for name in dict.fromkeys([*people, person().name])}
    if record is None:
        meeting = running(resources.store(), project.id)
        start = {"on": today(), "makers": [person().name], "meeting": meeting.id if meeting else "", **(start or {})}
    return editor(
        Decision,
        key,
        project_id=project.id,
        record=record,
        fields=EVERYTHING if record else (*FIRST, *TRIGGER),
        start=start,
        choices={
            "makers": names,
            "consulted": names,
            "informed": names,
            "supersedes": earlier,
            "revisit_figure": {figure.code: figure.title for figure in FIGURES},
        },
        check=lambda body: check_chain(records, here, body.supersedes),
        submit="Save" if record else "Write it down",
        columns=2,
        cancel=record is not None or "supersedes" in (start or {}),
    )


def files(project: Project, entries: Sequence[Entry]) -> None:
    """Draw the download of all decisions and the upload of some."""
    if entries:
        st.download_button(
            "All as MADR (.zip)",
            lambda: to_zip(entries),
            file_name=f"{words.slug(project.name)}-decisions.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
            key="decisions.zip",
        )
    with st.popover("Bring decisions in", icon=":material/upload:", key="decisions.in"):
        uploaded = st.file_uploader("MADR files", type=["md", "zip"], accept_multiple_files=True, key="decisions.files")
        if uploaded and st.button("Bring them in", key="decisions.bring"):
            try:
                found = [one for file in uploaded for one in from_file(file.name, file.getvalue())]
                number = bring_in(resources.store(), project.id, found, person().id)
            except BadInput as error:
                bad_input(error, key="decisions_refused")
                return
            unknown = sorted({name for one in found for name in one.unknown})
            left = f" Not taken over, since a decision has no such part: {words.listed(unknown)}." if unknown else ""
            state.say(f"{words.counted(number, 'decision')} new or changed.{left}")
            st.rerun()
