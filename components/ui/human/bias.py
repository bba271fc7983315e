"""Bias against variance: whether a better fit or more data would help."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.modelling.charts import bias_chart
from components.modelling.human_bounds import bias_variance
from components.modelling.records import ErrorLevels
from components.ui import resources, state
from components.ui.figures import chart
from components.ui.forms import editor
from components.ui.patterns import answer, empty, note
from components.ui.session import palette

QUESTION = "Does it fit too little, or learn too few examples?"
ID = "error_levels"


def draw(heading: Any, project_id: str) -> None:
    """Draw the view."""
    record = resources.store().get(project_id, ErrorLevels, ID)
    if record is None:
        why = "Three errors say whether to work on the model or on the data: those of people, on training data and on development data."
        with heading, empty(QUESTION, why, "Type in the three, such as 10.6, 10.8 and 14.8 % as .106, .108 and .148."):
            _form(project_id, primary=True)
        return
    body = record.body
    found = bias_variance(body.human, body.train, body.dev)
    errors = f"Errors: people {words.percent(body.human)}, training {words.percent(body.train)}, development {words.percent(body.dev)}."
    with heading:
        answer(QUESTION, found.sentence, f"{errors} {body.source} Typed in, so without intervals.".replace("  ", " "))
    table = pd.DataFrame({"what": ["avoidable bias", "variance"], "points": [100 * found.avoidable_bias, 100 * found.variance]})
    chart(lambda: bias_chart(found, palette()), of=(record.id, record.version), alt=found.sentence, table=table, name="bias and variance")
    note("Avoidable bias = training − people; variance = development − training.")
    with st.expander("Change the three errors", icon=":material/edit:"):
        _form(project_id, primary=False)


def _form(project_id: str, *, primary: bool) -> None:
    record = resources.store().get(project_id, ErrorLevels, ID)
    if editor(ErrorLevels, "bias.form", project_id=project_id, record=record, id=ID, columns=2, primary=primary):
        state.say("Saved.")
        st.rerun()
