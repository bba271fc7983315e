"""What is downloaded of a report: each of its forms."""

import streamlit as st

from components import words
from components.project.records import Record
from components.project.store import Project
from components.report.records import Report
from components.report.work import FORMS
from components.ui import resources
from components.ui.patterns import note

WHAT = {
    "html": "opens offline, prints well",
    "pdf": "the same on paper",
    "markdown": "for a wiki or a repository; charts in words",
    "brief": "for stakeholders",
    "card": "metadata as Hugging Face reads it",
    "charts": "each as SVG and PNG",
}


def choose_forms() -> list[str]:
    """Let somebody choose the forms that are made beside the HTML."""
    also = [name for name in FORMS if name != "html"]
    chosen = st.multiselect("Also as", also, ["pdf", "brief"], lambda name: f"{FORMS[name][0]}: {WHAT[name]}", key="report.forms")
    return chosen


def downloads(project: Project, made: Record[Report], content: bytes) -> None:
    """Draw a button for each form that was made, and why one could not be."""
    files = resources.files()
    for name, sha in {"html": made.body.file, **made.body.also}.items():
        title, ending, kind = FORMS[name]
        first = name == "html"
        if not first and not files.has(sha):
            continue
        st.download_button(
            "Download the report" if first else title,
            content if first else files.read(sha),
            file_name=f"{words.slug(project.name)}-{made.body.made_on}.{ending}",
            mime=kind,
            icon=":material/download:",
            help=WHAT[name],
            on_click="ignore",
            type="secondary" if first else "tertiary",
            key="report.download" if first else f"report.download.{name}",
        )
    for said in made.body.notes:
        note(said)
