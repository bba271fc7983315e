"""Which slice of the data pays off most, and what becomes of it."""

import streamlit as st

from components import ui
from components.ui.slices import DRAW, views

project = ui.project()
heading = st.container()
DRAW[ui.view("where_to_work", views(project.id))](heading, project.id)
