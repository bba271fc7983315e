"""The monitoring plan: what is watched at each stage, what an alarm leads to, and how what can go wrong is handled."""

import streamlit as st

from components import ui, words
from components.deployment.monitoring_plan import WATCHED, in_all, per_month
from components.readiness.watching import pace, unwatched
from components.ui import checklist, monitoring

QUESTION = "How will we know, and what happens then?"
project = ui.project()
gaps = checklist.gaps_now(project.id)
desk = monitoring.Desk.of(project.id, gaps)
if not desk.records:
    why = "A fault that nobody notices costs until somebody complains. A plan says what is watched, who is told, and what happens then."
    with ui.empty(QUESTION, why, "Sixteen monitors with limits from your traffic are ready; keep those that fit."):
        monitoring.begin(project.id, gaps)
    monitoring.add(desk, WATCHED[0])
    checklist.failure_cases(project.id, gaps)
    st.stop()
watching, missed = desk.watching, unwatched(gaps, desk.watching.monitors)
expected = in_all(watching.rows.values(), desk.plan)
how = "False alarms from each baseline and this traffic, or counted in a quiet time; what is noticed is simulated."
badge = (f"{len(watching.bare)} bare", "warn") if watching.bare else ("all stages", "pass")
ui.answer(QUESTION, watching.answer, how, badge=badge, simulated=gaps.method)
left, right = st.columns([8, 4], gap="large")
with left:
    monitoring.coverage(desk)
with right:
    ui.figure("False alarms a month", expected, note=f"of {expected.n} metrics" if expected.n else "", role="warned")
    if expected.why:
        ui.note(expected.why)
    ui.section("How often to look again", "from the drift that was measured")
    for line in pace(ui.store(), project.id) or ["Not measured yet: follow the data over time, and the pace stands here."]:
        ui.note(line)
    ui.link("data/drift", "To the drift", icon=":material/arrow_forward:")
    if missed:
        ui.open_line(f"Nothing in place notices {words.listed(missed)} in most runs (simulated).")
ui.section("The plan", f"{per_month(expected)} about nothing, if all goes well")
monitoring.rows(desk)
monitoring.alarms(desk)
monitoring.changes(desk)
checklist.failure_cases(project.id, gaps)
monitoring.export(desk)
