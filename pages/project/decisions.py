"""What we decided, and whether it still holds: the log with votes, dissent and triggers, and how it leaves as files."""

import streamlit as st

from components import ui, words
from components.project.decisions import Decision, log
from components.project.shelf import Shelf
from components.readiness.decision_charts import decisions_chart, decisions_table
from components.readiness.figures import readings
from components.readiness.triggers import triggers
from components.ui.decisions.cards import being_edited, decision_card, searched
from components.ui.decisions.forms import decision_form, files

QUESTION = "What did we decide, and does it still hold?"
project = ui.project()
shelf = Shelf(ui.store(), project.id)
entries = log(shelf.all(Decision))
if not entries:
    why = "A decision that is written down, with who disagreed and what would change it, is taken once."
    with ui.empty(QUESTION, why, "Write down the first one.", headline="Nothing is decided yet."):
        if decision_form(project, "decisions.new", entries):
            st.rerun()
        files(project, entries)
    st.stop()

watched = {one.entry.id: one for one in triggers(entries, readings(shelf), ui.today())}
fired = [one for one in watched.values() if one.fired]
holding = [entry for entry in entries if entry.holds]
dissent = sum(entry.open_dissent for entry in entries)
again = f"; it is time to look at {len(fired)} again" if fired else ""
verb = "decision is" if len(holding) == 1 else "decisions are"
ui.answer(
    QUESTION,
    f"{len(holding)} {verb} in force{again}.",
    f"{words.counted(len(entries), 'decision')} in the log, {dissent} with open dissent; "
    f"{words.counted(len(watched), 'trigger')} watched against what the project measures.",
    badge=("look again", "warn") if fired else None,
)
ui.chart(
    lambda: decisions_chart(entries, ui.palette(), [one.entry.id for one in fired]),
    of=(project.id, ui.store().seq(project.id), ui.today()),
    alt=f"Decisions by date, a row for each chain: {words.listed([entry.body.title for entry in holding], most=8)}",
    table=decisions_table(entries),
    name="decisions",
)
with st.container(horizontal=True, vertical_alignment="center"):
    with st.popover("Write down a decision", icon=":material/add:", type="primary", key="decisions.add"):
        if decision_form(project, "decisions.new", entries):
            ui.say("Written down.")
            st.rerun()
    files(project, entries)
    st.space("stretch")
    shown = st.segmented_control("Show", ["In force", "All"], default="In force", required=True, key="decisions.show")
first = {one.entry.id for one in fired}
order = [one.entry for one in fired] + [entry for entry in reversed(entries) if entry.id not in first]
chosen = [entry for entry in order if shown == "All" or entry.stands in {"accepted", "proposed"}]
with ui.many(chosen, "decisions", "decision", searched, held=being_edited) as page:
    for start in range(0, len(page), 2):
        for place, entry in zip(st.columns(2, gap="small"), page[start : start + 2], strict=False):
            with place:
                decision_card(project, entry, entries, watched)
