"""What we mail: one HTML file that opens offline and prints well."""

import streamlit as st

from components import ui, words
from components.report.records import Report
from components.report.sections import TITLES
from components.ui.reports import choose_forms, downloads

TASK = "components.report.work:render"
project = ui.project()
made = ui.store().get(project.id, Report, "report")
heading = st.container()
left, right = st.columns([4, 8], gap="large")
with left:
    ui.section("What stands in it")
    chosen = [name for name, title in TITLES.items() if st.checkbox(title, value=True, key=f"report.section.{name}")]
    forms = choose_forms()
    busy = ui.watch("report", project.id, TASK)
    make = "Make it again" if made else "Make the report"
    if not (busy and busy.living) and st.button(
        make, type="primary", disabled=not chosen, key="report.make", icon=":material/description:"
    ):
        ui.start_job("report", project.id, TASK, {"sections": chosen, "forms": forms}, "Making the report")
        st.rerun()
    if not chosen:
        ui.note("Choose at least one section.")
if made is None:
    with heading:
        why = "Charts, intervals and sources in one file that opens without a network; also as PDF, Markdown, one page and model card."
        ui.answer("What do we mail?", "No report has been made yet.", why)
    with right:
        ui.note("Made from what is saved now; nothing leaves this server.")
    st.stop()

content = ui.files().read(made.body.file)
changed = ui.store().changed_since(project.id, made.body.seq, but=Report.kind)
stale = f"; {words.counted(changed, 'change')} since" if changed > 0 else ""
with heading:
    sections = words.listed([TITLES[name].lower() for name in made.body.sections])
    ui.answer(
        "What do we mail?",
        f"One file of {words.count(len(content) / 1024)} kB, made on {made.updated_at:%-d %B}{stale}.",
        f"HTML with {sections}; no script, no address but the sources.",
    )
with left:
    downloads(project, made, content)
with right:
    ui.section("Preview", "the same words and pictures; the file has its own type")
    ui.preview(content.decode())
