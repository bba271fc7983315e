"""The ranking of the ideas: which comes first, how sure that is, what would flip it, and what it rests on."""

from typing import Any

import pandas as pd
import streamlit as st

from components import ui, words
from components.project.store import Project
from components.scoping.acceptance import accept
from components.scoping.board import cards
from components.scoping.lenses import VALUE_FEASIBILITY, Lens
from components.scoping.opinions import lenses, newest_votes, ranking_of
from components.scoping.ranking import Ranking, basis_sentence, ranking_table
from components.scoping.ranking_charts import bubble_chart, probability_chart, score_chart
from components.scoping.records import Solution
from components.ui.assessment.criteria import criteria
from components.ui.assessment.factors import factors
from components.ui.assessment.flipping import flipping
from components.ui.many import few
from components.ui.session import presenting

QUESTION = "Which idea first?"
MOST = 24
WHY = "A ranking shows what the team assumes, and where it should find out more."


def ranking(project: Project) -> None:
    """Draw the ranking of the ideas by the way of ranking that the person chooses."""
    solutions = cards(ui.store(), project.id, Solution)
    if not solutions:
        with ui.empty(QUESTION, WHY, "Write down a problem and a few ways to solve it."):
            ui.link("scoping/problems_and_solutions", "To problems and solutions", icon=":material/arrow_forward:")
        return
    lens = _lens(project)
    found = _found(project.id, ui.store().seq(project.id), lens, lens.code)
    badge = ("no clear winner", "warn") if found.voters and len(found.ranked) > 1 and not found.clear else None
    ui.answer(QUESTION, found.answer, found.method, badge=badge, simulated=found.simulated)
    if len(found.ranked):
        _pictures(project, found.top(MOST), ranking_table(found))
        if len(found.ranked) > MOST:
            ui.note(f"The pictures show the first {MOST}; all {words.count(len(found.ranked))} stand in the table behind them.")
    with few(list(found.incomplete.itertuples()), "rank.incomplete", "idea") as incomplete:
        for row in incomplete:
            ui.open_line(f"{row.name}: incomplete, {row.missing} missing")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Vote, blind", type="primary", icon=":material/how_to_vote:", key="rank.vote", on_click=_to_the_vote)
        if len(found.ranked):
            _accept(project, found, {record.id: record.body for record in solutions})
        if not presenting():
            criteria(project)
    if not presenting():
        ui.section("The factors", "what stands where nobody has voted, and what it rests on")
        factors(project, solutions, lens)


@st.cache_resource(max_entries=16, show_spinner=False)
def _found(project_id: str, seq: int, _lens: Lens, code: str) -> Ranking:
    """Return the ranking as of a change of the project: many ideas take a second, and nothing else moves it."""
    return ranking_of(ui.store(), project_id, _lens)


def _lens(project: Project) -> Lens:
    """Let the person choose a way of ranking, and keep it in the address."""
    every = lenses(ui.store(), project.id)
    asked = st.query_params.get("lens", "")
    start = asked if asked in every else next(iter(every))
    chosen = st.segmented_control(
        "Ranked by",
        list(every),
        default=start,
        required=True,
        format_func=lambda code: every[code].title if code in every else code,
        key=f"rank.lens.{len(every)}",
        label_visibility="collapsed",
    )
    if chosen != start:
        st.query_params["lens"] = str(chosen)
    return every.get(str(chosen), every[start])


def _pictures(project: Project, found: Ranking, table: pd.DataFrame) -> None:
    left, right = st.columns([7, 5], gap="large")
    shown = (project.id, ui.store().seq(project.id), found.lens.code)
    with left:
        if found.lens.code == VALUE_FEASIBILITY.code:
            ui.section("Value against feasibility", "circle: its area is the chance of being first; cross: the middle half of the votes")

            def drawing() -> Any:
                return bubble_chart(found, newest_votes(ui.store(), project.id, found.lens), ui.palette())

        else:
            ui.section("The scores", "line: the middle 95 % of the resamples" if found.voters else "as typed, so without an interval")

            def drawing() -> Any:
                return score_chart(found, ui.palette())

        ui.chart(drawing, alt=found.answer, of=shown, table=table, name=f"ranking {found.lens.code}")
        ui.section("What each score rests on", "change it among the factors below")
        rows = [f"**{ui.escape(row['name'])}** {ui.escape(basis_sentence(row))}" for row in found.ranked.to_dict("records")]
        st.markdown("  \n".join(rows))
    with right:
        if found.voters:
            ui.section("Chance of being first", f"{words.counted(found.voters, 'voter')}; more voters sharpen it", about="p-rank-1")
            chances = [f"{row.name} {words.percent(row.probability, 0)}" for row in found.ranked.itertuples()]
            told = f"Chance of being first: {', '.join(chances)}"
            ui.chart(lambda: probability_chart(found, ui.palette()), alt=told, of=shown, name="chance of being first")
        if found.flips:
            flipping(found)


def _to_the_vote() -> None:
    ui.look("assessment", "Vote")


def _accept(project: Project, found: Ranking, solutions: dict[str, Solution]) -> None:
    """Let the person accept a ranking: a decision, written down with who would have put something else first."""
    with st.popover("Accept this ranking", icon=":material/gavel:", key="rank.accept"):
        first = found.ranked["name"].iloc[0]
        with st.form("rank.accept_form", border=False):
            st.markdown(f"**First: {ui.escape(first)}.** {ui.escape(found.answer)}")
            dissent = st.text_area("Who disagrees, and why", key="rank.dissent", height=72, max_chars=4000)
            revisit = st.text_input("Look at it again if", key="rank.revisit", max_chars=300, placeholder="F1 below .8 in the pilot")
            asked = st.form_submit_button("Write it down as a decision", key="rank.decide")
        if asked:
            accept(ui.store(), project.id, ui.person().id, found, solutions, dissent, revisit)
            ui.say("Accepted, and written down among the decisions.")
            st.rerun()
        ui.link("project/decisions", "All decisions", icon=":material/arrow_forward:")
