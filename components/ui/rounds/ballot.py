"""Voting: one card at a time, each answer kept as soon as it leaves its field, nothing shown of anybody else's."""

from typing import Any

import streamlit as st

from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Ballot, Question, Round, Vote
from components.scoping.answers import Answer, answer_of, answered, first_open, given, odd
from components.ui import resources, state
from components.ui.live import countdown
from components.ui.patterns import answer, note
from components.ui.rounds.revealing import finish
from components.ui.session import escape, person

ENDS = ("lowest", "likely", "highest")


def ballot(found: Record[Round], ballots: list[Ballot], voter: Ballot) -> None:
    """Draw what somebody is asked, card by card; once they are done, how far the others are."""
    if voter.done:
        _done(found, ballots, voter)
    else:
        _card(found, voter)


def _done(found: Record[Round], ballots: list[Ballot], voter: Ballot) -> None:
    done = sum(one.done for one in ballots)
    whose = f"{voter.name} is" if voter.by_proxy else "You are"
    answer(found.body.title, f"{whose} done. {done} of {len(ballots)} are.", "Everybody's answers are revealed together.")
    label = "Change the answers"
    st.button(label, key="join.change", icon=":material/undo:", on_click=_again, args=(found, voter.voter), width="stretch")


def _again(found: Record[Round], voter: str) -> None:
    try:
        resources.store().finish(found.project_id, found.id, person().id, done=False, voter=voter)
    except BadInput as error:
        state.say(str(error))


@st.fragment
def _card(found: Record[Round], voter: Ballot) -> None:
    """Draw one card with its questions; only this is drawn again while somebody answers."""
    body = found.body
    votes = {vote.card: vote for vote in resources.store().votes(found.project_id, found.id, person().id) if vote.voter == voter.voter}
    at = f"join.at.{found.id}.{voter.voter}"
    place = min(state.value(at, first_open(body, votes)), len(body.cards) - 1)
    state.remember(at, place)
    card = body.cards[place]
    with st.container(horizontal=True, key="join_head"):
        again = f", round {body.number}" if body.number > 1 else ""
        st.markdown(f":gray[{escape(body.title + again)}]", width="content")
        if body.ends_at:
            countdown(body.ends_at)
        st.space("stretch")
        st.markdown(f":gray[{place + 1} of {len(body.cards)}]", width="content")
    st.progress(given(body, votes) / len(body.cards))
    st.title(escape(card.title), anchor=False)
    key = f"join.{found.id}.{voter.voter}.{card.id}"
    vote = votes.get(card.id)
    for question in body.questions:
        _question(found, voter.voter, card.id, question, answer_of(vote, question), f"{key}.{question.name}")
    _hold(f"{key}.note", vote.note if vote else "")
    how: dict[str, Any] = {"on_change": _keep_note, "args": (found, voter.voter, card.id, f"{key}.note")}
    st.text_input("Why, if you like", max_chars=2000, key=f"{key}.note", placeholder="shown with your name after the reveal", **how)
    _unsaved(found, voter.voter, card.id)
    _steps(found, voter, votes, at, place)


def _question(found: Record[Round], voter: str, card: str, question: Question, said: Answer, key: str) -> None:
    title = escape(question.title)
    args = (found, voter, card, question, key)
    if question.choices:
        _hold(key, said[1])
        with st.container(key=f"choices_{'tall' if len(found.body.questions) == 1 else 'row'}_{question.name}"):
            st.segmented_control(
                title,
                [choice.value for choice in question.choices],
                format_func=lambda value: escape(question.word(value)),
                key=key,
                help=question.help or None,
                width="stretch",
                on_change=_keep,
                args=args,
            )
        return
    st.markdown(f"{title}  \n:small[:gray[{escape(question.help)}]]" if question.help else title)
    with st.container(horizontal=True, gap="small", key=f"range_{question.name}"):
        for end, word in enumerate(ENDS):
            if question.spread or end == 1:
                _hold(f"{key}.{end}", said[end])
                limits: dict[str, Any] = {"min_value": question.low, "max_value": question.high, "step": None, "format": "%g"}
                label = word if question.spread else title
                hidden: Any = "visible" if question.spread else "collapsed"
                st.number_input(
                    label, value=None, key=f"{key}.{end}", on_change=_keep, args=args, label_visibility=hidden, width="stretch", **limits
                )
    if odd(said):
        st.markdown(f":small[:orange[:material/warning:] {odd(said)}]")


def _steps(found: Record[Round], voter: Ballot, votes: dict[str, Vote], at: str, place: int) -> None:
    """Draw the ways on: back, next, done."""
    cards, last = found.body.cards, place == len(found.body.cards) - 1
    with st.container(horizontal=True, key="join_steps"):
        st.button("Back", key="join.back", icon=":material/arrow_back:", disabled=place == 0, on_click=state.remember, args=(at, place - 1))
        if not last:
            go: dict[str, Any] = {"on_click": state.remember, "args": (at, place + 1)}
            st.button("Next", key="join.forward", type="primary", width="stretch", **go)
        elif st.button("I'm done", key="join.done", type="primary", width="stretch", icon=":material/check:"):
            finish(found, voter.voter)
    missing = [place for place, card in enumerate(cards) if not all(answered(votes.get(card.id), one) for one in found.body.questions)]
    if last and missing:
        where = ", ".join(str(one + 1) for one in missing[:12])
        note(f"Not complete yet: {where}. What you leave out counts for nobody.")


def _hold(key: str, saved: Any) -> None:
    """Let a widget show what is saved, unless what it holds could not be saved."""
    if key not in state.value("join.unsaved", {}) and (state.widget(key) != saved or not state.has_widget(key)):
        state.set_widget(key, saved)


def _keep(found: Record[Round], voter: str, card: str, question: Question, key: str) -> None:
    """Keep an answer the moment it leaves its field."""
    if question.choices:
        value = state.widget(key)
        said, keys = [value] * 3, [key]
    else:
        keys = [f"{key}.{end}" for end in range(3) if question.spread or end == 1]
        ends = {end: state.widget(f"{key}.{end}") for end in range(3)}
        said = [ends[end] if question.spread else ends[1] for end in range(3)]
    _cast(found, voter, card, keys, answers={question.name: said})


def _keep_note(found: Record[Round], voter: str, card: str, key: str) -> None:
    _cast(found, voter, card, [key], why=state.widget(key, ""))


def _cast(
    found: Record[Round], voter: str, card: str, keys: list[str], answers: dict[str, Any] | None = None, why: str | None = None
) -> None:
    """Add a change to what this voter said about a card; what can't be saved stays in its field, and is said."""
    me, store = person().id, resources.store()
    unsaved: dict[str, Any] = state.value("join.unsaved", {})
    try:
        there = next((v for v in store.votes(found.project_id, found.id, me) if v.voter == voter and v.card == card), None)
        kept = {**(there.answers if there else {}), **(answers or {})}
        store.cast(found.project_id, found.id, me, card, kept, (there.note if there else "") if why is None else why, voter=voter)
    except BadInput as error:
        state.remember("join.unsaved", {**unsaved, **dict.fromkeys(keys, (card, answers, why, str(error)))})
    else:
        state.remember("join.unsaved", {key: what for key, what in unsaved.items() if key not in keys})


def _unsaved(found: Record[Round], voter: str, card: str) -> None:
    """Say what could not be saved, and let the person try again."""
    waiting = {key: what for key, what in state.value("join.unsaved", {}).items() if what[0] == card}
    if not waiting:
        return
    error = next(iter(waiting.values()))[3]
    st.markdown(f":red[:material/error:] **Not saved yet.** {escape(error)}")
    st.button("Try again", key="join.again", on_click=_retry, args=(found, voter, waiting))


def _retry(found: Record[Round], voter: str, waiting: dict[str, Any]) -> None:
    for key, (card, answers, why, _) in waiting.items():
        _cast(found, voter, card, [key], answers, why)
