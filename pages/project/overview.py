"""Where the project stands: four phases, what is done, measured and open, and the next best step."""

import streamlit as st

from components import ui
from components.ui.history import changes
from components.ui.overview.attention import again, attention, decided, shout
from components.ui.overview.steps import brought, open_step
from components.ui.presence import here
from components.ui.standing import standing

project = ui.project()
found = standing(project.id)
done, still = sum(len(lane.done) for lane in found.lanes), found.still_open
ui.answer(
    "Where do we stand?",
    found.sentence,
    f"{done} of {done + still} steps are done{'; figures carry their 95 % interval' if found.measured else ''}.",
    simulated="The rollout is simulated, and so are the labellers where it says so." if found.simulated else "",
)
seen = attention(project.id)
shout(seen)
ui.watch("overview", project.id, "components.demo.work:create")
for number, (column, lane) in enumerate(zip(st.columns(4, gap="small"), found.lanes, strict=True), start=1):
    with column, st.container(border=True, key=f"lane{number}", height="stretch"):
        st.markdown(f"## {lane.phase} :small[:gray[{lane.of}]]")
        for figure in lane.figures:
            ui.figure(
                figure.label,
                figure.estimate,
                as_percent=figure.as_percent,
                as_count=figure.as_count,
                target=figure.target,
                note=figure.note,
                domain=figure.domain,
                role="people" if figure.people else "model",
            )
        for text in lane.done:
            ui.done_line(text)
        for step in lane.open:
            open_step(step)
st.space("small")
left, middle, right = st.columns([5, 4, 3], gap="large")
with left:
    ui.section("Next best step")
    step = found.next_step
    if step is None:
        st.markdown("Everything is done that this version asks for. Mail the report.")
        ui.link("project/report", "To the report", icon=":material/arrow_forward:")
    else:
        st.markdown(f"**{ui.escape(step.what)}.** {ui.escape(step.why)}")
        if st.button("Do it now", type="primary", icon=":material/arrow_forward:", key="overview.next"):
            ui.go(step.screen, step.view)
    if not found.begun:
        brought(project.id)
    again(seen)
with middle:
    decided(seen)
    latest = changes(project.id, most=3)
    if latest:
        ui.section("Latest changes")
    for line in latest:
        st.markdown(line)
with right:
    ui.section("Here now")
    for one in here(project.id):
        st.badge(ui.escape(one.text), icon=":material/person:" if one.people == 1 else ":material/group:", color="gray")
