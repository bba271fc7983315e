"""What labellers get: the rulebook as instructions to look at, print and mail."""

import streamlit as st

from components import words
from components.data import showing as data_showing
from components.data.rulebook.instructions import living, to_html, to_markdown
from components.data.rulebook.records import Shown
from components.data.rulebook.versions import Ruled
from components.errors import BadInput
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.project.store import Project
from components.ui import resources, showing
from components.ui.patterns import note, section
from components.ui.session import escape

MOST_BYTES = 400_000


def draw(project: Project, rules: list[Ruled], versions: dict[str, Record[DataVersion]]) -> None:
    """Draw the instructions, and hand them out as HTML and Markdown."""
    title = f"How to label: {project.name}"
    section("Labelling instructions", "printed from the rules as they stand; retired ones are left out")
    slug = words.slug(project.name)

    def picture(rule: Ruled, one: Shown) -> tuple[bytes, str] | None:
        version = versions.get(rule.body.data_set)
        row = showing.rows_of(version, [one.item]).get(one.item) if version else None
        if version is None or row is None or not version.body.archive:
            return None
        try:
            content, kind = data_showing.media(resources.files(), version.body, row)
        except BadInput:
            return None
        return (content, kind) if len(content) <= MOST_BYTES else None

    with st.container(horizontal=True):
        page = to_html(rules, title, picture)
        for label, text, ending, kind in (
            ("HTML", page, "html", "text/html"),
            ("Markdown", to_markdown(rules, title), "md", "text/markdown"),
        ):
            st.download_button(
                label,
                text.encode(),
                file_name=f"{slug}-labelling.{ending}",
                mime=kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"rulebook.download.{ending}",
            )
    for rule in living(rules):
        body = rule.body
        st.markdown(f"### {escape(rule.title)}\n{escape(body.definition)}  \nThen say **{escape(body.label)}**.")
        for head, listed in (("So", body.examples), ("Not so", body.counter_examples)):
            if listed:
                st.markdown(f":small[:gray[{head}]]")
                showing.examples(versions.get(body.data_set), listed)
    note("The HTML file holds its pictures, opens offline and prints well.")
