"""The line under the navigation: which project, which phase and its screens, where it stands, who I am, who is here."""

import streamlit as st

from components import words
from components.demo.templates import TEMPLATES, begin
from components.errors import BadInput
from components.project.store import Project
from components.server import sign_in
from components.ui import resources, screens, state
from components.ui.patterns import bad_input
from components.ui.presence import here
from components.ui.session import NAMELESS, escape, everyone, link, name_me, open_project, person, present
from components.ui.signing_in import signed_in
from components.ui.standing import standing

QUICK_CHECK = screens.screen("project/quick_check")


def bar(project: Project | None, screen: screens.Screen) -> None:
    """Draw the bar."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="bar"):
        _picker(project)
        if project:
            st.markdown(f"/ **{screen.phase if screen is not QUICK_CHECK else screen.title}**", width="content")
            _siblings(screen, project)
        st.space("stretch")
        if project and screen is not QUICK_CHECK:
            with st.container(key="standing", width="content"):
                st.markdown(f":small[:gray[{escape(standing(project.id).sentence)}]]", width="content")
        if project and screen.phase != "Project":
            link("project/meeting", "Meet", icon=":material/groups:")
        if project and not resources.store().may(project.id, "editor"):
            st.badge("view only", icon=":material/visibility:", color="gray", help="An owner of this project can make you an editor.")
        _me()
        if project:
            _here(project)
        st.button("Present", type="tertiary", icon=":material/slideshow:", key="bar.present", on_click=present, args=(True,))


def _picker(project: Project | None) -> None:
    with st.popover(escape(project.name) if project else "Projects", type="tertiary", key="bar.projects"):
        for other in resources.store().projects()[:12]:
            if project and other.id == project.id:
                continue
            if st.button(escape(other.name), key=f"bar.open.{other.id}", type="tertiary"):
                open_project(other.id)
        new_project("bar")
        link("project/start", "All projects", icon=":material/home:")


def new_project(key: str, label: str = "New project", primary: bool = False, templates: bool = False) -> None:
    """Draw the form for a new project, by choice from a template; saving opens it."""
    with st.form(f"{key}.new_project", border=False):
        name = st.text_input("Name of a new project", key=f"{key}.new_name", max_chars=120, placeholder="Handwriting recogniser")
        template = None
        if templates:
            template = st.selectbox(
                "From a template",
                TEMPLATES,
                index=None,
                format_func=lambda one: one.title,
                placeholder="Empty, or from a template",
                label_visibility="collapsed",
                key=f"{key}.template",
                help="\n".join(f"- {one.title}: {one.says}" for one in TEMPLATES),
            )
        asked = st.form_submit_button(label, type="primary" if primary else "secondary", icon=":material/add:")
    if asked and not name.strip():
        bad_input(BadInput("The project has no name yet.", "Type what the team calls it."), key=f"{key}_no_name")
    elif asked:
        begun = begin(resources.store(), template, " ".join(name.split()), person().id, everyone())
        if template is not None:
            state.say("Its checklist is under Assessment, what can go wrong under Monitoring, the first steps under Meeting.")
        open_project(begun.id)


def _siblings(screen: screens.Screen, project: Project) -> None:
    if screen is QUICK_CHECK:
        return
    with st.container(horizontal=True, gap=None, key="siblings", width="content"):
        if project.unlisted:
            link(QUICK_CHECK.path)
        for other in screens.SCREENS:
            if other.phase == screen.phase and not other.hidden:
                link(other.path)


def _me() -> None:
    me = person()
    if sign_in.required():
        signed_in(me.name)
        return
    said = me.name if me.name != NAMELESS else ""
    with (
        st.popover(escape(said or "Say who you are"), type="tertiary", icon=":material/person:", key="bar.me"),
        st.form("bar.name", border=False),
    ):
        name = st.text_input("My name", value=said, max_chars=80, key=f"bar.my_name.{me.name}")
        if st.form_submit_button("Remember me in this browser"):
            try:
                name_me(name)
            except BadInput as error:
                bad_input(error, key="no_name")
            else:
                state.say(f"Hello, {name.strip()}.")
                st.rerun()


def _here(project: Project) -> None:
    found = here(project.id)
    people = sum(one.people for one in found)
    if people > 1:
        with st.popover(f"{words.count(people)} here", type="tertiary", icon=":material/group:", key="bar.here"):
            for one in found:
                st.markdown(f":small[{escape(one.text)}]")
