"""Pieces of human level from labels: typing it in, overriding the refusal, the same panels, the trap and the noise."""

import streamlit as st

from components.errors import BadInput
from components.modelling.human_level import REFUSED
from components.modelling.records import Baseline, HumanLevelRun
from components.modelling.wording import noise_table, panels_sentences
from components.project.data_sets import LabelSet
from components.project.records import Record
from components.ui import state
from components.ui.figures import behind
from components.ui.forms import editor
from components.ui.patterns import answer, card, note, section
from components.ui.session import escape, link
from components.ui.uploads import start_job

MEASURE = "components.modelling.human_level_work:measure"
FIELDS = ("name", "value", "metric", "n", "low", "high", "link", "data", "note")
QUESTION = "How good are people, and are we there?"
SHORTEST = 10


def type_it_in(project_id: str) -> None:
    """Draw the form for a human level that somebody else measured, with its source; it is a baseline of the team."""
    with st.popover("Type it in", icon=":material/edit:", key="human_level.typed"):
        note("From a paper or a report: say where it comes from. It is drawn as the band of people among the baselines.")
        fixed = {"source_kind": "human level", "comparable": True}
        start = {"name": "People"}
        if editor(
            Baseline, "human_level.typing", project_id=project_id, fields=FIELDS, fixed=fixed, start=start, check=_sourced, columns=2
        ):
            state.say("Kept among the baselines.")
            st.rerun()


def _sourced(body: Baseline) -> None:
    if not body.link and not body.note.strip():
        raise BadInput("A human level that is typed in needs a source.", "Give the link, or say in the note where it comes from.")


def refused(labels: Record[LabelSet]) -> None:
    """Draw why structured data have no human level, and the way to say why these have one all the same."""
    answer(QUESTION, "Not asked here: the data are structured.", REFUSED, badge=("no benchmark", "note"))
    link("modelling/baselines", "Compare with simple models instead", icon=":material/arrow_forward:")
    with st.expander("People are a benchmark here all the same"):
        note("The reason is kept with the figure, and the report shows it.")
        with st.form("human_level.override", border=False):
            reason = st.text_area("Why", key="human_level.reason", max_chars=500, height=80)
            asked = st.form_submit_button("Measure it all the same")
        if asked and len(reason.strip()) < SHORTEST:
            st.markdown(":red[:material/error:] Say why in a sentence: whoever reads the report will ask.")
        elif asked:
            start(labels, reason.strip())


def start(labels: Record[LabelSet], override: str = "") -> None:
    """Start measuring."""
    params = {"label_set": labels.id, **({"override": override} if override else {})}
    start_job("human_level", labels.project_id, MEASURE, params, f"Human level of {labels.body.name}")
    st.rerun()


def details(run: HumanLevelRun) -> None:
    """Draw models on the same panels, the trap of conventions, and what noisy gold would change."""
    said = panels_sentences(run)
    if said:
        section("On the same items", "models held against the same panels as people", about="human-level")
        for line in said:
            st.markdown(f"- {escape(line)}")
    if run.convention:
        section("A habit, or being right?", "what copying the commoner answer would score", about="convention-trap")
        if run.trap:
            with card("trap"):
                st.markdown(f":orange[:material/warning:] {escape(run.convention)}")
                link("data/rulebook", "To the rulebook", icon=":material/arrow_forward:")
        else:
            note(run.convention)
    if run.against == "gold" and run.classes:
        behind(noise_table(run), "label noise", "If the gold labels are themselves wrong now and then")
