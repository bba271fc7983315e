"""Whether an idea can be done: its cell of the 2 × 2, one card a question, and the verdict."""

from collections.abc import Mapping

import streamlit as st

from components import ui
from components.project.records import Record
from components.project.store import Conflict, Project
from components.readiness.measured import measured_figures
from components.scoping.assessment.charts import feasibility_strip
from components.scoping.assessment.feasibility import (
    ASPECTS,
    CELLS,
    HISTORY,
    Question,
    answer_id,
    assessed,
    cell_questions,
    evidence_table,
    feasibility_table,
)
from components.scoping.assessment.reading import feasibilities, projection
from components.scoping.assessment.records import Feasibility, FeasibilityAnswer
from components.scoping.records import Solution
from components.ui.assessment.history import history
from components.ui.assessment.ideas import choose_idea

QUESTION = "Can it be done?"
WHY = "A verdict that says what it rests on can be doubted by a colleague, and be right."
BADGES = {"feasible": ("feasible", "pass"), "doubtful": ("doubtful", "warn"), "not feasible": ("not feasible", "fail")}
ICONS = {
    "": ":orange[:material/radio_button_unchecked:]",
    "for": ":green[:material/check:]",
    "doubtful": ":orange[:material/warning:]",
    "against": ":red[:material/error:]",
}
ROWS, COLUMNS = (
    {"new": "New project", "existing": "Existing project"},
    {"unstructured": "Unstructured data", "structured": "Structured data"},
)
VERDICT = ["verdict", "why", "owner"]
Answers = Mapping[str, Record[FeasibilityAnswer]]


def feasibility(project: Project) -> None:
    """Draw the feasibility of an idea."""
    idea = choose_idea(project.id, QUESTION, WHY)
    if idea is None:
        return
    record = ui.store().get(project.id, Feasibility, idea.id)
    answers = {one.body.code: one for one in ui.store().all(project.id, FeasibilityAnswer) if one.body.solution == idea.id}
    found = assessed(idea.body.title, record.body if record else None, {code: one.body for code, one in answers.items()})
    figures = {ref: figure.text for ref, figure in measured_figures(ui.store(), project.id).items()}
    ui.answer(QUESTION, found.sentence, found.method, badge=BADGES.get(found.verdict))
    seen, table = (project.id, idea.id, ui.store().seq(project.id)), evidence_table(found, figures)
    ui.chart(lambda: feasibility_strip(found, ui.palette()), alt=found.method, of=seen, table=table, name="feasibility")
    for warning in found.warnings:
        ui.open_line(warning)
    left, right = st.columns([7, 5], gap="large")
    with left:
        ui.section("Where does this idea stand?", "each cell asks its own question", about="feasibility")
        _matrix(project.id, idea, record)
    with right:
        ui.section("Our verdict")
        _verdict(project.id, idea, record)
    asked = cell_questions(record.body if record else None)
    if asked:
        ui.section("What this cell asks")
        _cards(project.id, idea, asked, answers, figures)
    if record and record.body.project == "existing":
        history(project.id)
    ui.section("What every idea is asked")
    _cards(project.id, idea, ASPECTS, answers, figures)
    everything = list(feasibilities(ui.store(), project.id).values())
    ui.behind(feasibility_table(everything), "feasibility of all ideas", "All ideas")


def _matrix(project_id: str, idea: Record[Solution], record: Record[Feasibility] | None) -> None:
    """Draw the 2 × 2; a click says where the idea stands."""
    for row, row_name in ROWS.items():
        for column, place in zip(COLUMNS, st.columns(2, gap="small"), strict=True):
            here = record is not None and (record.body.data, record.body.project) == (column, row)
            with place, ui.card(f"cell_{row}_{column}", stretch=True):
                st.markdown(f"**{row_name}, {COLUMNS[column].lower()}**")
                for question in CELLS[column, row]:
                    st.markdown(f":small[:gray[{ui.escape(question.question)}]]")
                if here:
                    st.badge("this idea", icon=":material/check:", color="green")
                elif st.button("It stands here", key=f"feasibility.{idea.id}.{row}.{column}", type="tertiary"):
                    _place(project_id, idea.id, record, column, row)


def _place(project_id: str, idea: str, record: Record[Feasibility] | None, data: str, project: str) -> None:
    body = (record.body if record else Feasibility()).model_copy(update={"data": data, "project": project})
    if record:
        ui.save_over(project_id, body, record)
    else:
        try:
            ui.store().save(project_id, body, person=ui.person().id, id=idea)
        except Conflict:
            ui.say("Somebody else said so at the same moment: look at it again.")
    st.rerun()


def _verdict(project_id: str, idea: Record[Solution], record: Record[Feasibility] | None) -> None:
    key = f"feasibility.verdict.{idea.id}"
    with ui.card("verdict"):
        if ui.editing(key):
            if ui.editor(Feasibility, key, project_id=project_id, record=record, id=idea.id, fields=VERDICT, cancel=True, primary=True):
                ui.say("The verdict is saved.")
                st.rerun()
            return
        body = record.body if record else Feasibility()
        if body.verdict:
            owner = f" :gray[{ui.escape(body.owner)}]" if body.owner else ""
            st.markdown(f"**{ui.escape(body.verdict.capitalize())}**{owner}  \n{ui.escape(body.why)}")
        else:
            st.markdown("**No verdict yet.** Say what you think, and why.")
        st.button("Change it" if body.verdict else "Give a verdict", key=f"{key}.edit", type="primary", on_click=ui.edit, args=(key,))


def _cards(project_id: str, idea: Record[Solution], asked: tuple[Question, ...], answers: Answers, figures: Mapping[str, str]) -> None:
    for start in range(0, len(asked), 2):
        for place, question in zip(st.columns(2, gap="small"), asked[start : start + 2], strict=False):
            with place:
                _card(project_id, idea, question, answers.get(question.code), figures)


def _card(
    project_id: str, idea: Record[Solution], question: Question, record: Record[FeasibilityAnswer] | None, figures: Mapping[str, str]
) -> None:
    key = f"feasibility.{idea.id}.{question.code}"
    with ui.card(key.replace(".", "_"), stretch=True):
        body = record.body if record else None
        st.markdown(f"{ICONS[body.says if body else '']} **{ui.escape(question.title)}**  \n{ui.escape(question.question)}")
        if ui.editing(key):
            fixed = {"solution": idea.id, "code": question.code}
            fitting = sorted(figures, key=lambda ref: not (question.measured and ref.startswith(question.measured)))
            choices = {"figure": {ref: figures[ref] for ref in fitting}}
            saved = ui.editor(
                FeasibilityAnswer,
                key,
                project_id=project_id,
                record=record,
                id=answer_id(idea.id, question.code),
                fields=["says", "text", "figure", "link", "owner"],
                fixed=fixed,
                choices=choices,
                cancel=True,
            )
            if saved:
                ui.say("Saved.")
                st.rerun()
            return
        st.markdown(_known(body, figures) if body else f":small[:gray[{ui.escape(question.why)}]]")
        projected = projection(ui.store(), project_id) if question is HISTORY else None
        if projected:
            st.markdown(f":small[:material/straighten: {ui.escape(projected.sentence)}]")
        label = "Answer" if body is None else "Edit"
        st.button(label, key=f"{key}.edit", type="tertiary", icon=":material/edit:", on_click=ui.edit, args=(key,))


def _known(body: FeasibilityAnswer, figures: Mapping[str, str]) -> str:
    """Return what is known, as markdown."""
    measured = figures.get(body.figure, "a figure that is no longer there") if body.figure else ""
    lines = [f":small[{ui.escape(body.text)}]"] if body.text else []
    lines += [f":small[:material/straighten: {ui.escape(measured)}]"] if measured else []
    lines += [ui.source("where one can see it", body.link)] if body.link else []
    lines += [f":small[:gray[{ui.escape(body.owner)}]]"] if body.owner else []
    return "  \n".join(lines)
