"""What an idea is worth: the metric ladder with both sides' consent, and the cost matrix with its payback."""

import streamlit as st

from components import ui
from components.errors import BadInput
from components.project.records import Record
from components.project.store import Project
from components.scoping.assessment.charts import ladder_chart, payback_chart
from components.scoping.assessment.ladder import Ladder, ladder, ladder_table
from components.scoping.assessment.payback import Payback, matrix_table, payback_table
from components.scoping.assessment.reading import paybacks
from components.scoping.assessment.records import Economics, LadderStep, Outcome
from components.scoping.records import Solution
from components.ui.assessment.ideas import choose_idea
from components.ui.assessment.steps import add_step, sign, steps

QUESTION = "Is it worth it?"
WHY = "What a better model is worth is said in steps, so that engineers and business can each check their own."
OUTCOME = ["name", "note", "rate_low", "rate", "rate_high", "value_low", "value", "value_high"]
COSTS = [name for name in Economics.model_fields if name != "schema_version"]


def worth(project: Project) -> None:
    """Draw what an idea is worth."""
    idea = choose_idea(project.id, QUESTION, WHY)
    if idea is None:
        return
    rungs = [record for record in ui.store().all(project.id, LadderStep) if record.body.solution == idea.id]
    outcomes = [record for record in ui.store().all(project.id, Outcome) if record.body.solution == idea.id]
    costs = ui.store().get(project.id, Economics, idea.id)
    climbed = ladder([record.body for record in rungs])
    weighed = paybacks(ui.store(), project.id)[idea.id]
    refused, paid = (weighed, None) if isinstance(weighed, BadInput) else (None, weighed)
    _head(climbed, paid, refused)
    _ladder(project.id, idea, climbed, rungs)
    _costs(project.id, idea, costs, outcomes, paid, refused)
    every = [one for one in paybacks(ui.store(), project.id).values() if not isinstance(one, BadInput)]
    ui.behind(payback_table(every), "payback of all ideas", "All ideas")


def _head(climbed: Ladder, paid: Payback | None, refused: BadInput | None) -> None:
    """Answer with the payback where there is one, else with the ladder."""
    if refused or paid is None:
        ui.answer(QUESTION, "The cost matrix doesn't add up.", str(refused), badge=("to mend", "warn"))
    elif paid.missing and climbed.rungs:
        ui.answer(QUESTION, climbed.sentence, f"{climbed.consent} Payback: {paid.payback_text}.")
    else:
        badge = None if paid.missing else ("never pays back", "fail") if paid.periods.value is None else ("pays back", "pass")
        ui.answer(QUESTION, paid.sentence, paid.method, badge=badge)


def _ladder(project_id: str, idea: Record[Solution], climbed: Ladder, records: list[Record[LadderStep]]) -> None:
    ui.section("The metric ladder", "from the model's metric to the business's, each step low, likely and high", about="metric-ladder")
    if not climbed.rungs:
        ui.note("Begin with the gain of the ML metric that you expect; then say what one unit of it is worth one level up, and so on.")
    else:
        st.markdown(f"**{ui.escape(climbed.sentence)}**  \n:gray[{ui.escape(climbed.method)}]")
        if any(rung.moved.value for rung in climbed.rungs):
            seen, text = (project_id, idea.id, ui.store().seq(project_id)), climbed.sentence
            ui.chart(lambda: ladder_chart(climbed, ui.palette()), alt=text, of=seen, table=ladder_table(climbed), name="metric ladder")
        for line in climbed.lapsed:
            ui.open_line(line)
        steps(project_id, records)
    with st.container(horizontal=True):
        add_step(project_id, idea.id, records)
        if records:
            sign(project_id, records)


def _costs(
    project_id: str,
    idea: Record[Solution],
    costs: Record[Economics] | None,
    outcomes: list[Record[Outcome]],
    paid: Payback | None,
    refused: BadInput | None,
) -> None:
    ui.section("Cost matrix and payback", "volume × Σ(share × worth) − running cost; build cost ÷ that", about="payback")
    left, right = st.columns([7, 5], gap="large")
    with left:
        if refused:
            ui.bad_input(refused, key="payback_refused")
        elif paid and paid.missing:
            ui.open_line(f"Payback: {paid.payback_text}.")
        elif paid:
            seen, table = (project_id, idea.id, ui.store().seq(project_id)), matrix_table([record.body for record in outcomes])
            ui.chart(lambda: payback_chart(paid, ui.palette()), alt=paid.sentence, of=seen, table=table, name="cost matrix")
        with st.container(horizontal=True):
            with st.popover("Volume and costs", icon=":material/payments:", key=f"worth.costs.{idea.id}"):
                form = f"worth.costs.{idea.id}.form"
                if ui.editor(Economics, form, project_id=project_id, record=costs, id=idea.id, fields=COSTS, columns=3):
                    ui.say("Saved.")
                    st.rerun()
            with st.popover("Add an outcome", icon=":material/add:", key=f"worth.outcome.{idea.id}"):
                key, fixed = f"worth.outcome.{idea.id}.new", {"solution": idea.id}
                if ui.editor(Outcome, key, project_id=project_id, fields=OUTCOME, fixed=fixed, columns=2, submit="Add it"):
                    ui.say("Added.")
                    st.rerun()
    with right:
        for record in outcomes:
            ui.card_of(record, "outcome", record.body.name, _outcome(record.body), project_id=project_id, fields=OUTCOME)


def _outcome(body: Outcome) -> str:
    def written(low: float | None, likely: float | None, high: float | None, share: bool) -> str:
        if likely is None:
            return "missing"
        values = [f"{100 * one:g} %" if share else f"{one:g}" for one in (likely, low, high) if one is not None]
        return values[0] + (f" [{', '.join(values[1:])}]" if len(values) > 1 else "")

    shares = f"share {written(body.rate_low, body.rate, body.rate_high, share=True)}"
    value = f"worth {written(body.value_low, body.value, body.value_high, share=False)} each"
    return ui.escape(", ".join([shares, value])) + (f"  \n{ui.escape(body.note)}" if body.note else "")
