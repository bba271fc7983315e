"""Voting: one card at a time, each answer kept as soon as it leaves its field, nothing shown of anybody else's.

Answers are kept by comparing what their fields hold with what is saved, at the start of every run: Streamlit abandons a callback that
reads a widget while the next change is already waiting, and a fragment that is drawn anew meanwhile may forget what its fields held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Ballot, Question, Round, Vote
from components.scoping.answers import Answer, answer_of, answered, first_open, given, odd
from components.ui import resources, state
from components.ui.live import countdown
from components.ui.patterns import answer, note
from components.ui.rounds.inviting import so_far
from components.ui.rounds.revealing import done, reveal_if_all_are_done
from components.ui.session import escape, person

ENDS = ("lowest", "likely", "highest")
FIELDS = "join.fields"


@dataclass
class Field:
    """A field of this tab: whose answer to what it holds, what is saved of it, and what could not be saved, with the reason.

    Without a question it is the note; `end` is the place in a range, where the question asks for one.
    """

    project: str
    round: str
    voter: str
    card: str
    question: Question | None
    end: int | None = None
    saved: Any = None
    unsaved: Any = None
    why: str = ""

    def said(self, before: Answer, value: Any) -> Answer:
        """Return the answer with this field's value."""
        return [value] * 3 if self.end is None else [value if place == self.end else one for place, one in enumerate(before)]


def keep_answers() -> None:
    """Keep what somebody answered since the last run."""
    fields: dict[str, Field] = state.value(FIELDS, {})
    for key, field in fields.items():
        value = state.widget(key, field.saved)
        if value != field.saved:
            _keep(field, value)


def _keep(field: Field, value: Any) -> None:
    """Keep one answer; what can't be saved stays in its field. Changes the field alone, so that nothing can come in between."""
    me, store = person().id, resources.store()
    try:
        votes = store.votes(field.project, field.round, me)
        there = next((vote for vote in votes if vote.voter == field.voter and vote.card == field.card), None)
        answers, why = (there.answers, there.note) if there else ({}, "")
        if field.question is None:
            why = value or ""
        else:
            answers = {**answers, field.question.name: field.said(answer_of(there, field.question), value)}
        store.cast(field.project, field.round, me, field.card, answers, why, voter=field.voter)
    except BadInput as error:
        field.unsaved, field.why = value, str(error)
    else:
        field.saved, field.unsaved, field.why = value, None, ""


def late_answers() -> list[str]:
    """Return what this tab could not save."""
    fields: Sequence[Field] = list(state.value(FIELDS, {}).values())
    return [str(field.unsaved) for field in fields if field.why and field.unsaved not in {None, ""}]


def ballot(found: Record[Round], ballots: list[Ballot], voter: Ballot) -> None:
    """Draw what somebody is asked, card by card; once they are done, how far the others are."""
    reveal_if_all_are_done(found, ballots)
    if voter.done:
        _done(found, ballots, voter)
    else:
        _card(found, voter)


def _done(found: Record[Round], ballots: list[Ballot], voter: Ballot) -> None:
    whose = f"{voter.name} is done." if voter.by_proxy else "You are done, thank you."
    answer(found.body.title, whose, f"{so_far(found, ballots)} Everybody's answers are revealed together, on this screen too.")
    label = "Change the answers"
    st.button(label, key="join.change", icon=":material/undo:", on_click=_again, args=(found, voter.voter), width="stretch")


def _again(found: Record[Round], voter: str) -> None:
    try:
        resources.store().finish(found.project_id, found.id, person().id, done=False, voter=voter)
    except BadInput as error:
        state.say(str(error))


def _card(found: Record[Round], voter: Ballot) -> None:
    """Draw one card with its questions."""
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
    vote, whose = votes.get(card.id), (found.project_id, found.id, voter.voter, card.id)
    for question in body.questions:
        _question(whose, question, len(body.questions) == 1, answer_of(vote, question), f"{key}.{question.name}")
    _hold(f"{key}.note", Field(*whose, None), vote.note if vote else "")
    st.text_input("Why, if you like", max_chars=2000, key=f"{key}.note", placeholder="shown with your name after the reveal")
    _unsaved(card.id)
    _steps(found, voter, votes, at, place)


def _question(whose: tuple[str, str, str, str], question: Question, alone: bool, said: Answer, key: str) -> None:
    title = escape(question.title)
    if question.choices:
        _hold(key, Field(*whose, question), said[1])
        with st.container(key=f"choices_{'tall' if alone else 'row'}_{question.name}"):
            st.segmented_control(
                title,
                [choice.value for choice in question.choices],
                format_func=lambda value: escape(question.word(value)),
                key=key,
                help=question.help or None,
                width="stretch",
            )
        return
    st.markdown(f"{title}  \n:small[:gray[{escape(question.help)}]]" if question.help else title)
    with st.container(horizontal=True, gap="small", key=f"range_{question.name}"):
        for end, word in enumerate(ENDS):
            if question.spread or end == 1:
                _hold(f"{key}.{end}", Field(*whose, question, end if question.spread else None), said[end])
                limits: dict[str, Any] = {"min_value": question.low, "max_value": question.high, "step": None, "format": "%g"}
                label = word if question.spread else title
                hidden: Any = "visible" if question.spread else "collapsed"
                st.number_input(label, value=None, key=f"{key}.{end}", label_visibility=hidden, width="stretch", **limits)
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
        else:
            go = {"on_click": _finish, "args": (found, voter.voter)}
            st.button("I'm done", key="join.done", type="primary", width="stretch", icon=":material/check:", **go)
    missing = [place for place, card in enumerate(cards) if not all(answered(votes.get(card.id), one) for one in found.body.questions)]
    if last and missing:
        where = ", ".join(str(one + 1) for one in missing[:12])
        note(f"Not complete yet: {where}. What you leave out counts for nobody.")


def _finish(found: Record[Round], voter: str) -> None:
    keep_answers()
    done(found, voter)


def _hold(key: str, field: Field, saved: Any) -> None:
    """Let a field show what is saved, unless it holds what could not be saved."""
    fields: dict[str, Field] = state.value(FIELDS, {})
    known = fields.get(key)
    if known is None:
        state.remember(FIELDS, {**fields, key: field})
        known = field
    if not known.why:
        known.saved = saved
    wanted = known.unsaved if known.why else saved
    if not state.has_widget(key) or state.widget(key) != wanted:
        state.set_widget(key, wanted)


def _unsaved(card: str) -> None:
    """Say what could not be saved, and let the person try again."""
    fields: dict[str, Field] = state.value(FIELDS, {})
    why = next((field.why for field in fields.values() if field.card == card and field.why), "")
    if why:
        st.markdown(f":red[:material/error:] **Not saved yet.** {escape(why)}")
        st.button("Try again", key="join.again")
