"""Rehearses the rollout: whether a bad version is stopped, how long that takes, what it costs."""

import streamlit as st

from components import ui
from components.deployment.charts import evidence_chart
from components.errors import BadInput
from components.ui import rollout

QUESTION = "Is it safe, how long does it take, what does it cost?"
project = ui.project()


@st.fragment
def rehearse() -> None:
    """Draw everything that follows the controls."""
    heading, conflict = st.container(), st.container()
    draft = rollout.Draft(project.id)
    picture, figures = st.columns([8, 4], gap="large")
    with picture:
        row = st.container(horizontal=True, vertical_alignment="center", key="rollout_controls")
        drawing, saving = st.container(), st.container(horizontal=True)
        following, beneath = st.container(), st.container()
        try:
            plan = rollout.controls(draft, row, beneath)
            asking, seed = rollout.follow(following)
            rehearsal = rollout.rehearsed(plan.plan.model_dump_json(), plan.harm, seed, plan.good)
        except BadInput as error:
            with heading:
                ui.bad_input(error, headline="This plan can't be rehearsed.", question=QUESTION)
            return
        draft.follow(plan)
    with heading:
        simulated = rehearsal.record().simulated
        ui.answer(QUESTION, rehearsal.answer, rehearsal.method, badge=draft.badge(plan), simulated=simulated)
        for warning in rehearsal.warnings:
            ui.open_line(warning)
        rollout.measured_since(draft, plan)
    followed = rollout.one_rollout(rehearsal, asking)
    path = followed.path if followed else None
    with drawing:
        of = (plan.model_dump_json(), rehearsal.harmful.seed, *((len(path), path.to_csv()) if path is not None else ()))
        ui.chart(lambda: evidence_chart(rehearsal, ui.palette(), path), of=of, alt=f"{rehearsal.answer} {rehearsal.method}")
    with figures:
        rollout.strategies(rehearsal)
        rollout.prices(rehearsal)
        rollout.where_figures_come_from(draft, plan)
    with conflict:
        rollout.settle(draft, plan, rehearsal)
    with saving:
        if st.button("Save this plan", type="primary", icon=":material/save:", key="rollout.save"):
            draft.save(plan, rehearsal)
        rollout.take_measured(draft, plan)
    with following:
        if followed:
            rollout.what_happened(followed)
    with beneath:
        rollout.designer(draft, plan)
    with picture:  # what takes longest comes last, so that the answer never waits for it
        ui.behind(rehearsal.table, "rollout")
        rollout.export(plan.plan)
        rollout.backtest(plan.plan)
        rollout.by_slice(rehearsal)
        rollout.load(plan.plan)
        rollout.gates(rehearsal)


rehearse()
