"""The rules that everybody applies alike: what each means, whether all mean the same, and what they do to the data."""

import streamlit as st

from components import ui, words
from components.data.records import AgreementRun
from components.data.rulebook.records import CalibrationRun
from components.data.rulebook.rounds import newest_finished
from components.data.rulebook.versions import rulebook
from components.data.rulebook.wording import round_badge, rulebook_answer
from components.ui import showing
from components.ui.rulebook import discarding, instructions, rounds, rules

QUESTION = "Do we all mean the same?"
RULES, ROUNDS, DATA, PRINT = "Rules", "Rounds", "On the data", "Instructions"
project = ui.project()
store = ui.store()
book = rulebook(store, project.id)
versions = showing.newest(project.id)
heading = st.container()
if not book:
    why = "What is a badly clicked image? It may be different for your teammates and for you; a rule and ten minutes of judging tell."
    with heading, ui.empty(QUESTION, why, "Write the first rule."):
        ui.note("Such as: “Badly clicked: more than 5 words on the page can't be read → discard.”")
        rules.write(project.id, primary=True)
    st.stop()
last = newest_finished(store, project.id)
agreed = store.get(project.id, AgreementRun, last.id) if last else None
run = store.get(project.id, CalibrationRun, last.id) if last else None
living = [rule for rule in book if rule.body.status != "retired"]
with heading:
    held = words.counted(sum(rule.body.holds for rule in living), "rule")
    ui.answer(
        QUESTION,
        rulebook_answer(book, last.body.number if last else 0, agreed.body if agreed else None, run.body if run else None),
        f"{words.counted(len(living), 'rule')}, {held} agreed on as worded now. Krippendorff's α, 95 % interval over items."
        + (f" n = {agreed.body.items} items, {agreed.body.annotators} people." if agreed else ""),
        badge=round_badge(agreed.body) if agreed else None,
        simulated=run.body.simulated if run else "",
    )
runs = rounds.running(project.id)
view = ui.view("rulebook", [RULES, ROUNDS, DATA, PRINT])
if runs is not None and view != ROUNDS:
    ui.note(f"Round {runs.body.number} is running: see Rounds.")
if view == RULES:
    rules.draw(project.id, book, versions, run.body if run else None)
elif view == ROUNDS:
    rounds.draw(project.id, book, versions)
elif view == DATA:
    discarding.draw(project.id, book, versions)
else:
    instructions.draw(project, book, versions)
