"""What is worth solving, and how it could be solved: problems as columns, solutions as cards under them."""

import streamlit as st

from components import ui, words
from components.project.rounds import Round
from components.scoping.board import METHOD, Board
from components.scoping.records import Problem
from components.scoping.writing import running
from components.ui.board.cards import PROBLEM, PROBLEM_MORE, being_edited, column, searched
from components.ui.board.desk import desk
from components.ui.board.exchange import exchange
from components.ui.board.likely import group_head, group_several, look_alikes
from components.ui.board.menus import bin_of, undo_deletion
from components.ui.board.silent import begin, silent
from components.ui.rounds.sheet import late_lines

QUESTION = "What is worth solving, and how could it be solved?"
project = ui.project()
here = desk(project)
writing = running(ui.store().all(project.id, Round))


def new_problem(primary: bool) -> None:
    """Draw the form for a new problem."""
    how = {"fields": PROBLEM, "more": PROBLEM_MORE, "submit": "Add the problem", "columns": 2, "primary": primary}
    if ui.editor(Problem, "problems.new", project_id=project.id, **how):
        st.rerun()


def write_silently() -> None:
    """Draw the way into silent writing."""
    with st.popover("Write silently, all together", icon=":material/edit_note:", key="write.open", on_change="rerun") as opened:
        if opened.open:
            begin(here)


def actions() -> None:
    """Draw what one does with the whole board."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="board_actions"):
        with st.popover("Add a problem", icon=":material/add:", type="primary", key="problems.add", on_change="rerun") as opened:
            if opened.open:
                new_problem(primary=False)
        write_silently()
        group_several(here)
        exchange(project)
        bin_of(here)
        st.space("stretch")
        solutions = sum(len(shown.solutions) for shown in here.board.columns)
        if solutions:
            ui.link("scoping/assessment", f"Rank {words.counted(solutions, 'solution')}", icon=":material/arrow_forward:")


def columns_by_group() -> None:
    """Draw the columns, those of a group together."""
    ordered = [one for columns in here.board.groups.values() for one in columns]
    with ui.many(ordered, "board", "problem", searched, held=being_edited) as page:
        for name, columns in Board(page).groups.items():
            if here.board.names:
                group_head(here, name)
            for start in range(0, len(columns), 3):
                for place, shown in zip(st.columns(3, gap="medium"), columns[start : start + 3], strict=False):
                    with place:
                        column(here, shown)
                st.space("small")


if writing is not None:
    silent(QUESTION, writing)
    with st.expander(f"The board so far: {here.board.answer}", key="board.meanwhile", on_change="rerun") as meanwhile:
        if meanwhile.open:
            columns_by_group()
    st.stop()
late_lines(project.id)
if not here.board.columns:
    why = "Begin with what hurts, not with AI: the best idea may need none."
    with ui.empty(QUESTION, why, "What are the top things you wish worked better?", headline="Nothing is written down yet."):
        new_problem(primary=True)
    with st.container(horizontal=True, gap="small"):
        write_silently()
        exchange(project)
    undo_deletion(here)
    bin_of(here)
    st.stop()
ui.answer(QUESTION, here.board.answer, METHOD)
actions()
undo_deletion(here)
look_alikes(here)
columns_by_group()
