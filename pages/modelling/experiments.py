"""What was tried: runs from the MLflow store, what changed between two, and the version that works."""

import streamlit as st

from components import ui
from components.ui.experiments import DRAW

project = ui.project()
heading = st.container()
DRAW[ui.view("experiments", list(DRAW))](heading, project.id)
