"""A column of the board: a problem on top, the solutions to it as cards beneath."""

from typing import Any
from urllib.parse import quote

import streamlit as st

from components.project.records import Record
from components.scoping.board import PLAIN, Column, Item
from components.scoping.records import Problem, Solution
from components.scoping.wording import ai_hint
from components.ui import state
from components.ui.board.desk import Desk
from components.ui.board.menus import draw_again, problem_menu, solution_menu
from components.ui.comments import comments
from components.ui.forms import editor, word_for
from components.ui.many import few
from components.ui.patterns import card
from components.ui.session import escape

PROBLEM = ["statement", "who", "how_often", "cost"]
PROBLEM_MORE = ["workaround", "owner", "evidence", "group"]
SOLUTION = ["title", "approach", "description"]
SOLUTION_MORE = ["predicts", "decision", "until_known", "heuristic", "automates", "false_positive", "false_negative", "evidence"]
WITHOUT = "A rule, a better form, a change of the process, another person: what would you do if there were no models?"
HEADLINE = 110


@st.fragment
def column(desk: Desk, shown: Column) -> None:
    """Draw a problem with its solutions; only this is drawn again while somebody works in it."""
    draw_again()
    name = shown.problem.id if shown.problem else "none"
    with st.container(key=f"column_{name}"):
        if shown.problem is None:
            st.markdown("## Without a problem\n:small[:gray[The problem was deleted; move these to another, or bring it back.]]")
        else:
            _problem(desk, shown, shown.problem)
        with few(shown.solutions, f"column.{name}", "solution", held=_open) as cards:
            for item in cards:
                _solution(desk, shown, item)
        if shown.problem is not None:
            _add(desk, shown, shown.problem.id)


def searched(shown: Column) -> str:
    """Return the text in which a column is found: its problem and the solutions to it."""
    problem = shown.problem.body if shown.problem else None
    said = (problem.statement, problem.who, problem.owner, problem.group) if problem else ("without a problem",)
    return " ".join((*said, *(item.body.title for item in shown.solutions)))


def being_edited(shown: Column) -> bool:
    """Whether somebody has a form in this column open."""
    problem = shown.problem.id if shown.problem else ""
    own = any(state.editing(key) for key in (f"problems.{problem}", f"solutions.plain.{problem}"))
    return own or any(_open(item) for item in shown.solutions)


def _open(item: Item[Solution]) -> bool:
    return state.editing(f"solutions.{item.id}")


def _problem(desk: Desk, shown: Column, item: Item[Problem]) -> None:
    name, body = f"problems.{item.id}", item.body
    if state.editing(name):
        _edit(desk, item.record, name, PROBLEM, PROBLEM_MORE)
        return
    title = escape(body.statement)
    st.markdown(f"## {title}" if len(body.statement) <= HEADLINE else f"**{title}**")
    said = {"Hurts": body.who, "How often": body.how_often, "Costs": body.cost, "Owner": body.owner}
    lines = [f"{word}: {escape(text)}" for word, text in said.items() if text]
    _lines(lines, body.evidence)
    _merged(desk, item, [one.body.statement for one in item.merged])
    if shown.ai_words:
        st.markdown(f":small[:orange[:material/lightbulb:] {escape(ai_hint(body.statement))}]")
    _actions(desk, item, name)
    if shown.lacks_plain and not state.editing(f"solutions.plain.{item.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"tools_plain_{item.id}"):
            st.markdown(":small[:orange[:material/warning:] No solution without ML yet.]", width="content")
            plain = f"solutions.plain.{item.id}"
            st.button("Write one", key=f"{plain}.write", type="tertiary", icon=":material/add:", on_click=state.edit, args=(plain,))


def _solution(desk: Desk, shown: Column, item: Item[Solution]) -> None:
    name, body = f"solutions.{item.id}", item.body
    with card(name):
        if state.editing(name):
            _edit(desk, item.record, name, SOLUTION, SOLUTION_MORE)
            return
        st.markdown(f"**{escape(body.title)}**  \n:small[:gray[{escape(word_for(Solution, 'approach', body.approach))}]]")
        _lines([escape(body.description)] if body.description else [], body.evidence)
        _merged(desk, item, [one.body.title for one in item.merged])
        _actions(desk, item, name, shown)


def _edit(desk: Desk, record: Record[Any], name: str, fields: list[str], more: list[str]) -> None:
    if editor(type(record.body), name, project_id=desk.project.id, record=record, fields=fields, more=more, cancel=True):
        state.say("Saved.")
        st.rerun()


def _lines(lines: list[str], link: str) -> None:
    if link:
        lines = [*lines, f"[evidence]({quote(link, safe=':/?&=%#.,-_~+')})"]
    if lines:
        st.markdown(":small[:gray[" + "  \n".join(lines).replace("  \n", "]]  \n:small[:gray[") + "]]")


def _merged(desk: Desk, item: Item[Any], texts: list[str]) -> None:
    """Draw the texts of the cards that were merged into this one, each with its writer."""
    for record, text in zip(item.merged, texts, strict=True):
        st.markdown(f":small[:gray[:material/call_merge: Also “{escape(text)}”, {escape(desk.writer(record.id))}]]")


def _actions(desk: Desk, item: Item[Any], name: str, shown: Column | None = None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"tools_{name}"):
        st.button("Edit", key=f"{name}.edit", type="tertiary", icon=":material/edit:", on_click=state.edit, args=(name,))
        comments(desk.project.id, item.record.kind, item.id, known=desk.threads, also=item.ids[1:])
        if shown is None:
            problem_menu(desk, item, name)
        else:
            solution_menu(desk, shown, item, name)


def _add(desk: Desk, shown: Column, problem: str) -> None:
    """Draw the forms for a new solution: any, and one without ML where there is none yet."""
    plain = f"solutions.plain.{problem}"
    if state.editing(plain):
        with card(plain):
            st.markdown(f"**Without machine learning**  \n:small[:gray[{escape(WITHOUT)}]]")
            fixed = {"problem": problem, "approach": PLAIN}
            made = editor(
                Solution, plain, project_id=desk.project.id, fields=["title", "description"], fixed=fixed, submit="Add it", cancel=True
            )
        if made:
            st.rerun()
    key = f"solutions.new.{problem}"
    with st.popover("Add a solution", icon=":material/add:", type="tertiary", key=f"solutions.add.{problem}", on_change="rerun") as opened:
        if opened.open and editor(
            Solution,
            key,
            project_id=desk.project.id,
            fields=SOLUTION,
            more=SOLUTION_MORE,
            fixed={"problem": problem},
            submit="Add it",
        ):
            st.rerun()
