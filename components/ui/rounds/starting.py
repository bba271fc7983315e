"""Beginning a round of votes."""

import streamlit as st

from components.errors import BadInput
from components.project.rounds import Card, Question
from components.project.store import Project
from components.scoping.lenses import Lens
from components.scoping.opinions import lenses
from components.scoping.voting import MOST_CARDS, SCALES, TYPED, begun, one_question, typed_cards, votable
from components.ui import resources, state
from components.ui.patterns import bad_input
from components.ui.session import escape, person

SINGLE = "One question"
MINUTES = {0: "no time limit", 2: "2 minutes", 3: "3 minutes", 5: "5 minutes", 10: "10 minutes"}


def start(project: Project, *, primary: bool) -> None:
    """Draw what a round needs, and begin it: everybody who has the link sees it at once."""
    cards = _cards(project)
    title, questions, lens = _questions(project, any_solution=any(card.kind == "solution" for card in cards))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        minutes = st.selectbox("Time", list(MINUTES), format_func=MINUTES.__getitem__, key="vote.minutes", width=170)
        here = max(2, len(resources.store().present(project.id)))
        by_itself = st.checkbox("Reveal by itself once all are done, of at least", value=True, key="vote.by_itself")
        least = st.number_input("people", 1, 500, here, key="vote.least", width=110, label_visibility="collapsed", disabled=not by_itself)
    if st.button("Begin the round", type="primary" if primary else "secondary", icon=":material/how_to_vote:", key="vote.begin"):
        try:
            _begin(project, title, cards, questions, lens, int(least) if by_itself else None, minutes)
        except BadInput as error:
            bad_input(error, key="vote_not_begun")
        else:
            st.rerun()


def _cards(project: Project) -> list[Card]:
    there = votable(resources.store(), project.id)
    what = st.segmented_control("On what?", [*there, TYPED], default=next(iter(there), TYPED), required=True, key="vote.what")
    if what not in there:
        return typed_cards(st.text_area("One a line", key="vote.typed", placeholder="A pilot in one office\nNo pilot", height=110))
    named = {card.id: card for card in there[str(what)]}
    chosen = st.multiselect(
        "Which ones", list(named), default=list(named)[:MOST_CARDS], format_func=lambda id_: named[id_].title, key=f"vote.cards.{what}"
    )
    return [named[id_] for id_ in chosen]


def _questions(project: Project, any_solution: bool) -> tuple[str, list[Question], Lens | None]:
    """Ask how the cards are judged: by the factors of a way of ranking, or by one question."""
    every = {lens.title: lens for lens in lenses(resources.store(), project.id).values()}
    ways = [*every, SINGLE] if any_solution else [SINGLE, *every]
    how = str(st.selectbox("Judged by", ways, key=f"vote.how.{any_solution}", width=420))
    if how in every:
        lens = every[how]
        st.markdown(f":small[:gray[{escape(lens.formula)}]]")
        return lens.title, list(lens.factors), lens
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.text_input("The question", key="vote.question", max_chars=200, placeholder="How much does it hurt?")
        scale = st.selectbox("Scale", list(SCALES), key="vote.scale", width=190)
    title = " ".join(asked.split())
    return title, [one_question(title, str(scale))], None


def _begin(
    project: Project, title: str, cards: list[Card], questions: list[Question], lens: Lens | None, least: int | None, minutes: int
) -> None:
    if not title:
        raise BadInput("The round has no question yet.", "Write what everybody is asked.")
    if not cards:
        raise BadInput("There is nothing to vote on.", "Choose or type at least one.")
    saved = resources.store().save(project.id, begun(title, cards, questions, lens=lens, least=least, minutes=minutes), person=person().id)
    st.query_params["round"] = saved.id
    state.say("The round has begun.")
