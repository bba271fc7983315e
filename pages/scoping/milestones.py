"""What we promise, and whether we keep it: a line of time, and promised against measured for each milestone."""

import streamlit as st

from components import ui, words
from components.project.shelf import Shelf
from components.readiness import promises
from components.readiness.figures import readings
from components.readiness.milestone_charts import dated, drawn, milestones_chart
from components.ui.milestones.cards import being_edited, milestone_card, searched
from components.ui.milestones.forms import add, files

QUESTION = "What do we promise, and are we keeping it?"
project, today = ui.project(), ui.today()
shelf = Shelf(ui.store(), project.id)
found = promises.courses(shelf, readings(shelf), today)
if not found:
    why = "A milestone says what is promised until when, in figures that a later phase measures; and when to stop instead."
    with ui.empty(QUESTION, why, "Add the first milestone.", headline="Nothing is promised yet."), st.container(horizontal=True):
        add(project, found)
        files(project, found)
    st.stop()

simulated = next((held.measured.simulated for course in found for held in course.promises if held.measured and held.measured.simulated), "")
ui.answer(
    QUESTION,
    promises.answer(found),
    promises.method(found),
    badge=("stop criterion came true", "fail") if promises.killed(found) else None,
    simulated=simulated,
)
for sentence in promises.waiting_in_circles(found):
    st.warning(ui.escape(sentence), icon=":material/sync_problem:")
table = promises.promises_table(found)
if dated(found):
    ui.chart(
        lambda: milestones_chart(found, ui.palette(), today),
        of=(project.id, ui.store().seq(project.id), today),
        alt=". ".join(f"{course.milestone.title}: {course.word}" for course in drawn(found)),
        table=table,
        name="milestones",
    )
    left = len(dated(found)) - len(drawn(found))
    if left:
        ui.note(f"{words.counted(left, 'milestone')} more stand in the table: the picture shows what is open, the earliest first.")
else:
    ui.behind(table, "milestones")
with st.container(horizontal=True, vertical_alignment="center"):
    add(project, found)
    files(project, found)
with ui.many(found, "milestones", "milestone", searched, held=being_edited) as shown:
    for start in range(0, len(shown), 2):
        for place, course in zip(st.columns(2, gap="small"), shown[start : start + 2], strict=False):
            with place:
                milestone_card(project, course, found)
