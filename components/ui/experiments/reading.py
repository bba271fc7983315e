"""The list of tracked runs on a screen: reading it, reading it again, and the way to MLflow's own screen."""

import json
from typing import Any

import streamlit as st

from components.modelling.addresses import without_secrets
from components.modelling.experiments import runs_table
from components.modelling.records import RunIndex
from components.project.records import Record
from components.ui import resources
from components.ui.patterns import empty, note
from components.ui.session import link
from components.ui.uploads import start_job, watch

REFRESH = "components.modelling.experiments_work:refresh"
OWN_SCREEN = "http://127.0.0.1:5000"


def index(project_id: str) -> Record[RunIndex] | None:
    """Return what was read of the store last."""
    return resources.store().get(project_id, RunIndex, "runs")


@st.cache_data(max_entries=16, show_spinner=False)
def runs_in(file: str) -> list[dict[str, Any]]:
    """Return the list of runs in a kept file; by its content, so it never grows old."""
    found: list[dict[str, Any]] = json.loads(resources.files().read(file))
    return found


def nothing_yet(heading: Any, project_id: str, question: str) -> None:
    """Draw the screen before a run was read."""
    why = "Who can say which run, on which data, with which code gave a figure can get it again."
    with heading, empty(question, why, "Run the quick models: each is tracked. Or read the runs of your team's MLflow server."):
        link("modelling/baselines", "To the baselines", icon=":material/arrow_forward:")
        read_again(project_id, "Read the runs")
    watch("experiments", project_id, REFRESH)


def read_again(project_id: str, label: str = "Read the runs again") -> None:
    """Draw the button that reads the store."""
    if st.button(label, key="experiments.read", icon=":material/refresh:"):
        start_job("experiments", project_id, REFRESH, {}, "Reading the runs")
        st.rerun()


def own_screen(run: dict[str, Any] | None = None) -> None:
    """Draw the link into MLflow's own screen, of one run or of all."""
    address = resources.settings().tracking_uri
    remote = address.startswith(("http://", "https://"))
    at = without_secrets(address).rstrip("/") if remote else OWN_SCREEN
    path = f"/#/experiments/{run['experiment_id']}/runs/{run['id']}" if run else ""
    st.link_button("Open in MLflow", f"{at}{path}", icon=":material/open_in_new:")
    if not remote and run is None:
        note("“make mlflow” starts MLflow's own screen on this store, on the machine that Groundwork runs on.")


def names(found: list[dict[str, Any]]) -> dict[str, str]:
    """Return the runs by id as one chooses them: name, data, when."""
    table = runs_table(found)
    return {row.id: f"{row.run}, {row.data or 'data not recorded'}, {row.started:%-d %b %H:%M}" for row in table.itertuples(index=False)}
