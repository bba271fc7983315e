"""How many items and annotators an interval of a wanted width needs, and what that costs."""

import pandas as pd
import streamlit as st

from components import words
from components.data.label_charts import plan_chart
from components.data.label_plan import SIMULATED, Plan, plan
from components.data.label_words import plan_answer
from components.data.records import AgreementRun
from components.errors import BadInput
from components.ui.figures import chart
from components.ui.patterns import answer, bad_input, note, section
from components.ui.session import palette

QUESTION = "How many annotators and items do we need?"
START = Plan()


def planner(run: AgreementRun | None) -> None:
    """Draw the planner, which begins with what was measured here where there is something."""
    head = st.container()
    left, right = st.columns([5, 7], gap="large")
    with left:
        section("What you want to know", "and what labelling takes")
        wanted = _asked(run)
    with right:
        try:
            table = _planned(wanted)
        except BadInput as error:
            with head:
                answer(QUESTION, "These figures can't be planned with.")
            bad_input(error, key="labels_plan")
            return
        section("By number of annotators", "judgements that the interval needs, the cheapest in colour")
        colours = palette()
        told = plan_answer(table, wanted.width)
        chart(lambda: plan_chart(table, colours), of=(wanted,), alt=told, table=table, name="plan of labelling")
        note("More annotators an item also make the consensus better; fewer leave more items for the same money.")
    with head:
        price = f"{wanted.seconds:g} s a judgement, {wanted.price:g} an hour."
        method = f"α of about {words.decimal(wanted.expected)} among {wanted.labels} labels, 95 % interval. {price}"
        answer(QUESTION, told, method, simulated=SIMULATED)


def _asked(run: AgreementRun | None) -> Plan:
    measured = _measured(run)
    width = st.slider("Width of the 95 % interval of α", 0.05, 0.6, START.width, 0.01, key="labels.plan.width")
    expected = st.slider("The α that you expect", 0.0, 0.95, measured.expected, 0.01, key="labels.plan.expected")
    with st.container(horizontal=True):
        labels = st.number_input("Labels", 2, 100, measured.labels, key="labels.plan.labels")
        least = 1 / labels
        frequent = st.number_input(
            "Share of the most frequent", 0.0, 0.99, max(measured.frequent, round(least + 0.005, 2)), 0.05, key="labels.plan.frequent"
        )
    with st.container(horizontal=True):
        seconds = st.number_input("Seconds a judgement", 0.1, 36_000.0, START.seconds, key="labels.plan.seconds")
        price = st.number_input("Price of an hour", 0.0, 100_000.0, START.price, key="labels.plan.price")
    if run is not None:
        note("It begins with the agreement and the labels that were measured here.")
    return Plan(width, expected, int(labels), frequent, seconds, price)


def _measured(run: AgreementRun | None) -> Plan:
    """Return a plan that begins with what was measured."""
    if run is None or run.alpha["value"] is None or len(run.per_label) < 2:
        return START
    shares = [row["share"] for row in run.per_label]
    expected = round(min(max(float(run.alpha["value"]), 0.0), 0.95), 2)
    return Plan(expected=expected, labels=min(len(shares), 100), frequent=round(min(max(shares), 0.99), 2))


@st.cache_data(max_entries=64, show_spinner=False)
def _planned(wanted: Plan) -> pd.DataFrame:
    return plan(wanted)
