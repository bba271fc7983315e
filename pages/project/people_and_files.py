"""Who may do what, where the project's data are, and what changed: roles, names, export, import, history, rename and delete."""

import streamlit as st

from components import ui, words
from components.ui.history import changes
from components.ui.people import members
from components.ui.presence import here
from components.ui.timeline import timeline
from components.ui.to_do import to_do
from components.ui.whole_project import delete_project, duplicate_project, export_project, import_project, rename_project, reset_example

project = ui.project()
people = [person.name for person in ui.store().people(project.id)]
present = here(project.id)
ui.answer(
    "Who takes part, and where is our data?",
    f"{words.counted(len(people), 'person', 'people')} changed something; {words.count(sum(one.people for one in present))} here now.",
    (f"Changed by {words.listed(people, most=12)}. " if people else "") + "Everything is kept on this server.",
)
shown = ui.view("people_and_files", ["People and files", "To do", "History"])
if shown != "People and files":
    (timeline if shown == "History" else to_do)(project)
    st.stop()
left, right = st.columns(2, gap="large")
with left:
    ui.section("Take it with you", "one JSON with everything: records, history, authors; the files by choice")
    export_project(project)
    ui.section("Bring a project in", "a JSON that “Export” made, here or on another server")
    import_project()
    ui.section("This project")
    rename_project(project)
    duplicate_project(project)
    reset_example(project)
    delete_project(project)
with right:
    ui.section("Who may do what")
    members(project)
    ui.section("Here now")
    for one in present:
        st.badge(ui.escape(one.text), icon=":material/person:" if one.people == 1 else ":material/group:", color="gray")
    ui.section("What changed")
    for line in changes(project.id, most=14):
        st.markdown(line)
