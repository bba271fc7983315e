"""On the projector: any screen large and alone, and the story of the project from screen to screen."""

from typing import Any

import streamlit as st

from components.project.store import Project
from components.ui.screens import SCREENS, Screen, screen
from components.ui.session import link, present
from components.ui.style import PRESENTER

FIRST, LAST = screen("project/overview"), screen("project/decisions")
STORY = (FIRST, *(one for one in SCREENS if one.phase != "Project" and not one.hidden), LAST)
"""The screens that tell the project, in the order of its phases; it begins with where it stands, and ends with what was decided."""


def presenting(project: Project | None, shown: Screen) -> None:
    """Draw what stands around a screen on the projector: the way out, and the way on."""
    st.html(PRESENTER)
    leave: dict[str, Any] = {"on_click": present, "args": (False,)}
    st.button("Leave", icon=":material/close_fullscreen:", key="present_out", help="Escape", **leave)
    if project is None:
        return
    place = STORY.index(shown) if shown in STORY else -1
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="present_story"):
        if place > 0:
            before = STORY[place - 1]
            with st.container(key="present_back", width="content"):
                link(before.path, before.title, icon=":material/arrow_back:")
        if place >= 0:
            st.markdown(f":small[:gray[{place + 1} of {len(STORY)}]]", width="content")
        if place + 1 < len(STORY):
            after = STORY[place + 1]
            with st.container(key="present_next", width="content"):
                link(after.path, after.title, icon=":material/arrow_forward:")
