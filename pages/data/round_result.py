"""What a round of judging came to: where people differ and why, and what to change about it."""

import streamlit as st

from components import ui
from components.data.records import AgreementRun
from components.data.rulebook.records import Calibration, CalibrationRun
from components.data.rulebook.round_result import disputed, finish
from components.data.rulebook.rounds import judged_in, judging_rounds
from components.data.rulebook.versions import rulebook
from components.data.rulebook.wording import round_answer, round_badge, round_method
from components.project.data_sets import DataVersion
from components.project.rounds import Round
from components.ui.rulebook.disputes import disputes
from components.ui.rulebook.result import against_the_one_before, by_rule, confused, from_here, to_edit

QUESTION = "Where do we differ, and why?"
project = ui.project()
store = ui.store()
rounds = [one for one in judging_rounds(store, project.id) if one.body.state == "revealed"]
heading = st.container()
if not rounds:
    why = "Five people judge the same 30 items blind, in ten minutes: the items they differ on say which words of a rule to change."
    with heading, ui.empty(QUESTION, why, "Write a rule and begin a round."):
        ui.link("data/rulebook", "To the rulebook", icon=":material/arrow_forward:", view="rounds")
    st.stop()
named = {one.id: f"Round {one.body.number}: {one.body.title}" for one in rounds}
asked = st.query_params.get("round", "")
first = list(named).index(asked) if asked in named else 0
chosen = (
    st.selectbox("Round", list(named), first, named.__getitem__, key=f"round_result.round.{asked}", width=520) if len(rounds) > 1 else None
)
found = next((one for one in rounds if one.id == chosen), rounds[0])
about = store.get(project.id, Calibration, found.id)
run = store.get(project.id, CalibrationRun, found.id) or finish(store, ui.files(), project.id, found.id, ui.person().id)
agreed = store.get(project.id, AgreementRun, found.id)
judged = judged_in(store, ui.files(), project.id, found.id)
if run is None or agreed is None or about is None or judged is None:
    with heading:
        why = "Fewer than two people judged the same item, so there is nothing to compare."
        ui.answer(QUESTION, f"Round {found.body.number} has nobody to compare.", why, badge=("not measured", "note"))
        ui.link("data/rulebook", "Begin another round", icon=":material/arrow_forward:", view="rounds")
    st.stop()
with heading:
    ui.answer(
        QUESTION,
        round_answer(agreed.body, run.body),
        round_method(found.body, about.body, agreed.body),
        badge=round_badge(agreed.body),
        simulated=run.body.simulated,
    )
book = {rule.id: rule for rule in rulebook(store, project.id)}
before = store.get(project.id, Round, about.body.before) if about.body.before else None
left, right = st.columns([7, 5], gap="large")
with left:
    by_rule(found, agreed, run)
    to_edit(about.body, agreed.body, run.body, book, found.body.number)
    if before is not None:
        against_the_one_before(run, before.body.number)
    confused(agreed, about.body.labels, judged)
    from_here(project.id, found.id, judged)
with right:
    disputes(found, disputed(judged), store.get(project.id, DataVersion, about.body.data_version), list(book.values()))
if run.body.simulated:
    ui.note(run.body.simulated)
