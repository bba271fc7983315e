"""Agreeing on rules by a blind vote: who agrees, and what the vote makes of a rule."""

from typing import Any

import streamlit as st

from components import words
from components.data.rulebook.records import Rule
from components.data.rulebook.versions import Ruled
from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Card, Round
from components.scoping.voting import begun, one_question
from components.ui import resources, state
from components.ui.live import live_round
from components.ui.patterns import card, note
from components.ui.rounds.inviting import invitation, lights, progress
from components.ui.rounds.revealing import revealed
from components.ui.rulebook.editing import change
from components.ui.session import escape, person

TITLE = "Do you agree with this rule as it is worded?"
LEAST = 2


def cards_of(rules: list[Ruled]) -> list[Card]:
    """Return rules as cards to vote on."""
    return [Card(kind=Rule.kind, id=rule.id, title=f"{rule.title} – {rule.body.definition}"[:400]) for rule in rules]


def on_rules(body: Round) -> bool:
    """Whether a round is a vote on rules by yes or no."""
    asked = {choice.value for question in body.questions for choice in question.choices}
    return body.on_rules and asked == {0, 1}


def tallies(project_id: str) -> dict[str, tuple[str, int, int, Any]]:
    """Return what the newest revealed vote said of each rule: the round, how many agree, how many voted, and when it began."""
    store, found = resources.store(), {}
    for record in store.all(project_id, Round):
        if not on_rules(record.body) or record.body.state != "revealed":
            continue
        said: dict[str, list[float]] = {one.id: [] for one in record.body.cards}
        for vote in store.votes(project_id, record.id, ""):
            answer = next(iter(vote.answers.values()), None)
            if isinstance(answer, list) and answer[1] is not None and vote.card in said:
                said[vote.card].append(float(answer[1]))
        for id_, values in said.items():
            found[id_] = (record.id, sum(value == 1 for value in values), len(values), record.updated_at)
    return found


def voting(project_id: str, rules: list[Ruled]) -> None:
    """Draw the vote that runs, or the button that begins one on what is not agreed on yet."""
    store = resources.store()
    running = next((one for one in store.all(project_id, Round) if on_rules(one.body) and one.body.state == "open"), None)
    if running is not None:
        _running(running)
        return
    waiting = [rule for rule in rules if rule.body.status != "retired" and not rule.body.holds]
    if waiting:
        told = words.counted(len(waiting), "rule")
        st.button(f"Vote on {told}, blind", key="rulebook.vote", icon=":material/how_to_vote:", on_click=_begin, args=(project_id, waiting))
        note("A rule counts as agreed when most agree with its words; it is voted on again when they change.")


def _running(found: Record[Round]) -> None:
    live_round(found.project_id, found.id)
    ballots = resources.store().ballots(found.project_id, found.id)
    with card("rule_vote"):
        st.markdown(f"**A vote on {words.counted(len(found.body.cards), 'rule')} runs.** {escape(progress(ballots))}")
        lights(ballots)
        with st.container(horizontal=True):
            with st.popover("Invite", icon=":material/qr_code:", key="rulebook.vote.invite"):
                invitation(found)
            st.button("Reveal", key="rulebook.vote.reveal", icon=":material/visibility:", on_click=revealed, args=(found,))


def _begin(project_id: str, rules: list[Ruled]) -> None:
    body = begun("Do you agree with these rules?", cards_of(rules), [one_question(TITLE, "yes or no")], lens=None, least=LEAST, minutes=0)
    try:
        resources.store().save(project_id, body, person=person().id)
    except BadInput as error:
        state.say(str(error))


def settle(rule: Ruled, said: tuple[str, int, int, Any] | None) -> None:
    """Draw what a vote said of a rule as it is worded now, and the button that makes it so."""
    if said is None or said[3] < rule.versions[-1].at or rule.body.status == "retired":
        return
    round_id, agree, of = said[:3]
    st.markdown(f":small[:gray[{agree} of {words.counted(of, 'person', 'people')} agree with these words.]]")
    if agree * 2 > of and not rule.body.holds:
        fields = {"status": "agreed", "agreed_by": round_id, "agreed_content": rule.body.content}
        st.button("Take it as agreed", key=f"rulebook.agree.{rule.id}", icon=":material/check:", on_click=_settled, args=(rule, fields))


def _settled(rule: Ruled, fields: dict[str, Any]) -> None:
    change(rule.record, **fields)
