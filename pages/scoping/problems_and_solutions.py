"""What is worth solving, and how it could be solved: problems as columns, solutions as cards under them."""

import streamlit as st

from components import ui, words
from components.scoping.board import board, board_answer, board_method
from components.scoping.records import Problem, Solution

QUESTION = "What is worth solving, and how could it be solved?"
FIRST = ["statement", "who", "how_often", "cost"]
SOLUTION = ["title", "approach", "description", "decision", "evidence"]
project = ui.project()
problems, solutions = ui.store().all(project.id, Problem), ui.store().all(project.id, Solution)


def new_problem(primary: bool) -> None:
    """Draw the form for a new problem."""
    if ui.editor(Problem, "problems.new", project_id=project.id, fields=FIRST, submit="Add the problem", columns=2, primary=primary):
        st.rerun()


if not problems:
    why = "Begin with what hurts, not with AI: the best idea may need none."
    with ui.empty(QUESTION, why, "What are the top things you wish worked better?", headline="Nothing is written down yet."):
        new_problem(primary=True)
    st.stop()

ui.answer(QUESTION, board_answer([one.body for one in problems], [one.body for one in solutions]), board_method())
columns = board(problems, solutions)
for start in range(0, len(columns), 3):
    for place, column in zip(st.columns(3, gap="small"), columns[start : start + 3], strict=False):
        with place:
            problem = column.problem
            details = "  \n".join(ui.escape(text) for text in (problem.body.who, problem.body.how_often, problem.body.cost) if text)
            ui.card_of(problem, "problems", problem.body.statement, details, problem.body.evidence, project_id=project.id)
            for warning in column.warnings:
                st.markdown(f":small[:orange[:material/warning:] {ui.escape(warning)}]")
            for solution in column.solutions:
                how = ui.word_for(Solution, "approach", solution.body.approach)
                text = "  \n".join(ui.escape(part) for part in (how, solution.body.description) if part)
                ui.card_of(solution, "solutions", solution.body.title, text, solution.body.evidence, project_id=project.id, fields=SOLUTION)
            with st.popover("Add a solution", icon=":material/add:", type="tertiary", key=f"solutions.add.{problem.id}"):
                fixed = {"problem": problem.id}
                if ui.editor(
                    Solution, f"solutions.new.{problem.id}", project_id=project.id, fields=SOLUTION[:3], fixed=fixed, submit="Add it"
                ):
                    st.rerun()
st.space("small")
with st.container(horizontal=True, vertical_alignment="center"):
    with st.popover("Add a problem", icon=":material/add:", type="primary", key="problems.add"):
        new_problem(primary=False)
    ui.link("scoping/assessment", f"Rank {words.counted(len(solutions), 'solution')}", icon=":material/arrow_forward:")
