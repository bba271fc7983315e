"""Bias against variance: whether a better fit or more data would help."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import words
from components.modelling.charts import bias_chart, bias_table
from components.modelling.human_bounds import BiasVariance, bias_variance
from components.modelling.records import ErrorLevels, HumanLevelRun, Leaderboard
from components.modelling.wording import bias_method, measured_bias
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources, state
from components.ui.figures import chart
from components.ui.forms import editor
from components.ui.patterns import answer, empty, note
from components.ui.pieces import people_for
from components.ui.session import palette

QUESTION = "Does it fit too little, or learn too few examples?"
ID = "error_levels"
MEASURED, TYPED = "Measured here", "Typed in"


@dataclass(frozen=True)
class _Measured:
    """A quick model whose errors are known on what it learnt and on what it didn't, beside people's."""

    title: str
    found: BiasVariance
    method: str
    simulated: str


def draw(heading: Any, project_id: str) -> None:
    """Draw the view: of a quick model where people were measured on the same data, or of errors that somebody typed in."""
    typed, measured = resources.store().get(project_id, ErrorLevels, ID), _measured(project_id)
    if typed is None and not measured:
        why = "Three errors say whether to work on the model or on the data: those of people, on training data and on development data."
        with heading, empty(QUESTION, why, "Type in the three, such as 10.6, 10.8 and 14.8 % as .106, .108 and .148."):
            _form(project_id, None, primary=True)
            note("They are measured where quick models ran on data of which people’s labels are here.")
        return
    ways = [*([MEASURED] if measured else []), *([TYPED] if typed else [])]
    way = st.segmented_control("Errors", ways, default=ways[0], required=True, key="bias.way") if len(ways) > 1 else ways[0]
    if way == MEASURED:
        titles = [one.title for one in measured]
        title = st.selectbox("Model", titles, key="bias.model", width=420)
        one = measured[titles.index(title)]
        _picture(heading, one.found, one.method, (project_id, one.title, one.found), one.simulated)
    elif typed:
        body = typed.body
        found = bias_variance(body.human, body.train, body.dev)
        errors = f"Errors: people {words.percent(body.human)}, training {words.percent(body.train)}, development {words.percent(body.dev)}."
        method = f"{errors} {body.source} Typed in, so without intervals.".replace("  ", " ")
        _picture(heading, found, method, (typed.id, typed.version))
    with st.expander("Change the three errors" if typed else "Type in the three errors of another model", icon=":material/edit:"):
        _form(project_id, typed, primary=False)


def _picture(heading: Any, found: BiasVariance, method: str, of: tuple[object, ...], simulated: str = "") -> None:
    with heading:
        answer(QUESTION, found.sentence, method, simulated=simulated)
    chart(lambda: bias_chart(found, palette()), of=of, alt=found.sentence, table=bias_table(found), name="bias and variance")
    note("Avoidable bias = training − people; variance = development − training.")


def _measured(project_id: str) -> list[_Measured]:
    """Return the quick models beside people of the same data, the newest data first and the best model first."""
    store = resources.store()
    runs, versions = store.all(project_id, HumanLevelRun), {one.id: one.body for one in store.all(project_id, DataVersion)}
    sets = {one.id: one.body for one in store.all(project_id, DataSet)}
    found = []
    for record in reversed(store.all(project_id, Leaderboard)):
        version = versions.get(record.id)
        people = people_for(runs, project_id, version.data_set) if version else None
        if version is None or people is None:
            continue
        where = f"{sets[version.data_set].name}, version {version.number}"
        for entry in sorted(record.body.models, key=lambda one: -(one.estimate["value"] or 0.0)):
            both = measured_bias(people, entry)
            if both is not None:
                method = bias_method(both, people, entry, where)
                found.append(_Measured(f"{entry.title} on {where}", both, method, people.simulated or record.body.simulated))
    return found


def _form(project_id: str, record: Record[ErrorLevels] | None, *, primary: bool) -> None:
    if editor(ErrorLevels, "bias.form", project_id=project_id, record=record, id=ID, columns=2, primary=primary):
        state.say("Saved.")
        st.rerun()
