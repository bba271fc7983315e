"""What one does with a whole project: export, import, rename, reset, delete."""

import json
from typing import Any

import streamlit as st

from components import demo
from components.errors import BadInput
from components.project.exchange import duplicate, export_text, exported_name, import_, read_document, schema_of
from components.project.store import Project
from components.ui import resources, screens, state
from components.ui.patterns import bad_input
from components.ui.session import everyone, open_project, person


def export_project(project: Project) -> None:
    """Draw the download of a project; it is put together when somebody asks for it."""
    with_files = st.toggle("With its files", value=True, key="people_and_files.with_files")

    def content() -> str:
        return export_text(resources.store(), resources.files(), project.id, with_files)

    st.download_button(
        "Export as JSON",
        content,
        file_name=exported_name(project.name),
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="people_and_files.export",
    )
    how: dict[str, Any] = {"mime": "application/schema+json", "on_click": "ignore", "type": "tertiary", "key": "people_and_files.schema"}
    st.download_button("Its JSON Schema", _schema, file_name="project.schema.json", help="What an exported project holds.", **how)


def _schema() -> str:
    return json.dumps(schema_of(resources.store()), indent=1)


def import_project() -> None:
    """Draw the upload of an exported project; importing opens it."""
    uploaded = st.file_uploader("A project", type=["json"], key="people_and_files.import", label_visibility="collapsed")
    if uploaded is None or not st.button("Import it", key="people_and_files.import_it"):
        return
    try:
        me = person().id
        done = import_(resources.store(), resources.files(), read_document(uploaded.getvalue()), me, owner=me, everyone=everyone())
    except BadInput as error:
        bad_input(error, key="import_refused")
        return
    new = "It was here already, so this is a new project with the same content." if done.renamed else "Imported."
    state.say(f"{new} {len(done.missing_files)} of its files are missing." if done.missing_files else new)
    open_project(done.project_id)


def rename_project(project: Project) -> None:
    """Draw the form for another name."""
    with st.form("people_and_files.rename", border=False):
        name = st.text_input("Name", value=project.name, max_chars=120, key=f"people_and_files.name.{project.name}")
        asked = st.form_submit_button("Rename")
    if asked:
        try:
            resources.store().rename_project(project.id, name, person().id)
        except BadInput as error:
            bad_input(error, key="rename_refused")
            return
        state.say("Renamed.")
        st.rerun()


def reset_example(project: Project) -> None:
    """Draw the button that brings the example back as it was; in the example itself, and where there is none."""
    if not project.demo and any(one.demo for one in resources.store().projects()):
        return
    label = "Reset the example" if project.demo else "Bring the example back"
    if st.button(label, key="people_and_files.reset", icon=":material/restart_alt:"):
        open_project(demo.reset(resources.store(), resources.runner(), person().id).id)


def duplicate_project(project: Project) -> None:
    """Draw the button that begins a new project with the same content."""
    if st.button("Duplicate this project", key="people_and_files.duplicate", icon=":material/content_copy:", type="tertiary"):
        me, store = person().id, resources.store()
        try:
            id_ = duplicate(store, resources.files(), project.id, f"{project.name}, copy"[:120], me, owner=me, everyone=everyone())
        except BadInput as error:
            bad_input(error, key="duplicate_refused")
        else:
            state.say("Here is the copy; the files are shared.")
            open_project(id_)


def delete_project(project: Project) -> None:
    """Draw the deletion of a project, which asks once more."""
    with st.popover("Delete this project", icon=":material/delete:", type="tertiary", key="people_and_files.delete"):
        st.markdown("Everybody loses it from their list. Export it first if anybody may miss it.")
        living = [job for job in resources.store().jobs(project.id) if job.living]
        if st.button("Delete it", key="people_and_files.delete_it", type="primary"):
            try:
                resources.store().delete_project(project.id, person().id)
            except BadInput as error:
                bad_input(error, key="delete_refused")
                return
            for job in living:
                resources.runner().cancel(job.id)
            state.open_project(None)
            state.say("Deleted.")
            st.switch_page(screens.page(screens.START), query_params={})
