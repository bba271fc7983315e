"""What came of a round: the widest spread first, engineers and business side by side, notes with names, and a second round."""

import pandas as pd
import streamlit as st

from components import ui, words
from components.project.records import Record
from components.project.rounds import Ballot, Round, Vote
from components.project.store import Project
from components.scoping.opinions import long
from components.scoping.round_charts import votes_chart
from components.scoping.round_result import agreement, exported, result, sentence, shown, written
from components.scoping.voting import repeated

Round_ = Record[Round]
ROLES = (("engineers", "engineering"), ("business", "business"))
MOST = 3


def over(project: Project, found: Round_, every: dict[str, Round_]) -> None:
    """Draw a revealed round."""
    body = found.body
    ballots, said = ui.store().ballots(project.id, found.id), ui.store().votes(project.id, found.id, "")
    votes = long(said, ballots)
    earlier = every.get(body.after or "")
    before = long(ui.store().votes(project.id, earlier.id, "")) if earlier and earlier.body.state == "revealed" else None
    table = result(body, votes, before)
    ui.answer(body.title, sentence(table, body), _method(body, votes, table), simulated=body.simulated)
    if len(table):
        left, right = st.columns([8, 4], gap="large")
        with left:
            _picture(found, votes, table, before is not None)
            ui.behind(shown(table, body.questions), f"{body.title} round {body.number}", "All cards and questions, the widest spread first")
        with right:
            _first(table, body)
    _notes(found, said, ballots)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Vote again, blind", type="primary", icon=":material/how_to_vote:", key="vote.again", on_click=_again, args=(found,))
        ui.download(lambda: exported(body, said, ballots), f"{body.title} round {body.number} votes", label="Votes and notes as CSV")
        if len(every) > 1:
            ui.download(lambda: _all(project, every), f"{project.name} all votes", label="All rounds as CSV")


def _method(body: Round, votes: pd.DataFrame, table: pd.DataFrame) -> str:
    people = words.counted(votes["voter"].nunique(), "person", "people")
    near = agreement(table)
    agree = f" {words.percent(near, 0)} of the answers are near their median." if near is not None else ""
    return f"Blind, round {body.number}: {people} on {words.counted(len(body.cards), 'card')}.{agree}"


def _picture(found: Round_, votes: pd.DataFrame, table: pd.DataFrame, again: bool) -> None:
    """Draw one question, at first the one with the widest spread."""
    questions = {question.name: question for question in found.body.questions}
    chosen = next(iter(table["factor"]))
    if len(questions) > 1:
        named = [name for name in questions if name in set(table["factor"])]
        chosen = st.segmented_control(
            "Question",
            named,
            default=chosen,
            required=True,
            format_func=lambda name: ui.escape(questions[name].title),
            key=f"vote.question.{found.id}",
            label_visibility="collapsed",
        )
    question = questions[str(chosen)]
    earlier = "; grey line: median of the round before" if again else ""
    ui.section(question.title, f"square: engineering, diamond: business, circle: others; violet line: median{earlier}")
    ui.chart(votes_chart(votes, table, question, ui.palette()), alt=sentence(table[table["factor"] == question.name], found.body))


def _first(table: pd.DataFrame, body: Round) -> None:
    """Draw what to talk about: the widest spreads, who says what."""
    ui.section("Talk first about", "the widest spread first")
    questions = {question.name: question for question in body.questions}
    for row in table[table["spread"] > 0].head(MOST).to_dict("records"):
        question = questions[row["factor"]]
        what = f"{row['card']}: {question.title.lower()}" if len(questions) > 1 else row["card"]
        sides = [f"{name} {written(row[key], question)}" for name, key in ROLES if not pd.isna(row[key])]
        said = ", ".join([f"from {written(row['low'], question)} to {written(row['high'], question)}", *sides])
        with ui.card(f"first_{row['idea']}_{row['factor']}"):
            st.markdown(f"**{ui.escape(what)}**  \n:small[:gray[{ui.escape(said)}; {row['agree']} of {row['n']} are near the median]]")


def _notes(found: Round_, said: list[Vote], ballots: list[Ballot]) -> None:
    names = {one.voter: one.name for one in ballots}
    noted = [vote for vote in said if vote.note.strip()]
    if noted:
        ui.section("Why")
    for card in found.body.cards:
        here = [f"{ui.escape(names.get(vote.voter, 'Somebody'))}: {ui.escape(vote.note)}" for vote in noted if vote.card == card.id]
        if here:
            st.markdown("  \n".join([f"**{ui.escape(card.title)}**", *here]))


def _again(found: Round_) -> None:
    saved = ui.store().save(found.project_id, repeated(found.body, found.id), person=ui.person().id)
    st.query_params["round"] = saved.id


def _all(project: Project, every: dict[str, Round_]) -> pd.DataFrame:
    """Return the votes of all revealed rounds."""
    store = ui.store()
    tables = [
        exported(one.body, store.votes(project.id, id_, ""), store.ballots(project.id, id_))
        for id_, one in reversed(every.items())
        if one.body.state == "revealed"
    ]
    return pd.concat(tables, ignore_index=True)
