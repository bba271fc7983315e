"""For whoever may only look at a project: why its forms rest, and who can change that. The store refuses them whatever they press."""

import streamlit as st

from components import words
from components.project.store import Project
from components.ui import resources
from components.ui.patterns import unbroken
from components.ui.session import escape


def only_looking(project: Project) -> None:
    """Say that somebody only looks, where they do; live.js makes every form on the screen rest."""
    store = resources.store()
    if store.may(project.id, "editor"):
        return
    owners = [f"**{escape(one.name)}**" for one in store.members(project.id) if one.role == "owner"]
    who = words.listed(owners, 3) if owners else "Whoever edits this project"
    with st.container(key="only_looking"):
        said = unbroken("You look at this project, so its forms rest.")
        st.markdown(f":small[:material/visibility: :gray[{said}] {who} can let you change it.]")
