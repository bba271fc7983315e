"""Who looks at which project in this tab, and how one gets from screen to screen."""

from datetime import UTC, date, datetime, timedelta
from typing import NoReturn

import streamlit as st

from components.errors import BadInput
from components.project.roles import Everyone
from components.project.store import Person, Project
from components.server import sign_in
from components.theme import Palette
from components.theme import palette as palette_of
from components.ui import identity, resources, screens, state

NAMELESS = "Somebody"
PRESENT = "present"
INVITE = "invite"
TICKET = "ticket"


def person() -> Person:
    """Return who uses this browser: the account that is signed in, else the id of its cookie; the name comes from the database."""
    me = identity.me()
    return resources.store().person(me.id) or Person(id=me.id, name=me.name or NAMELESS)


def greet() -> None:
    """Keep the name that the provider gives whoever signed in, and take what a link that was opened offers them."""
    me = identity.me()
    there = resources.store().person(me.id) if me.name else None
    if me.name and (there is None or there.name != me.name):
        resources.store().name_person(me.id, me.name)
    for name in (INVITE, TICKET):
        token = st.query_params.get(name)
        if not token or (name == INVITE and not me.known):
            continue
        try:
            taken = resources.store().accept(token, me.id)
        except BadInput as error:
            state.say(str(error))
        else:
            st.query_params["project"] = taken.project_id
            if not taken.round_id:
                state.say(f"Welcome: you are {resources.store().role(taken.project_id)} of this project.")
        st.query_params.pop(name, None)


def everyone() -> Everyone:
    """Return what anybody may do in a project that begins here: nothing where people sign in, else change it."""
    return "" if sign_in.required() else "editor"


def today() -> date:
    """Return the day that it is where this browser is."""
    offset = st.context.timezone_offset
    return (datetime.now(UTC) - timedelta(minutes=offset or 0)).date()


def palette() -> Palette:
    """Return the colours of the theme this browser shows."""
    return palette_of(dark=st.context.theme.type == "dark")


def presenting() -> bool:
    """Whether this tab is on the projector: large type, and nothing around the screen."""
    return st.query_params.get(PRESENT) == "1"


def present(on: bool) -> None:
    """Put this tab on the projector, or take it off."""
    if on:
        st.query_params[PRESENT] = "1"
    else:
        st.query_params.pop(PRESENT, None)


def current(*, guests: bool = False) -> Project | None:
    """Return the project that the address or the tab names; the address wins, and carries the project from then on.

    It isn't there for guests of a round, but on the screen on which they answer.
    """
    asked = st.query_params.get("project")
    id_ = asked or state.project_id()
    project = resources.store().project(id_) if id_ else None
    if project is None or not (guests or resources.store().may(project.id, "viewer")):
        return None
    state.open_project(project.id)
    if asked != project.id:
        st.query_params["project"] = project.id
    return project


def project(*, guests: bool = False) -> Project:
    """Return the open project; without one, say so, offer the ways on and stop."""
    found = current(guests=guests)
    if found is not None:
        return found
    asked = st.query_params.get("project")
    st.markdown(":gray[Which project?]")
    st.title("This project isn't here." if asked else "No project is open.")
    st.markdown(
        ":gray[It may have been deleted, the address is incomplete, or you need an invitation.]"
        if asked
        else ":gray[Every screen shows one project.]"
    )
    with st.container(border=True, key="card_no_project"):
        st.markdown("**Open a project, or begin one.** The start screen lists what there is.")
        link("project/start", "To the start screen", icon=":material/arrow_forward:")
    st.stop()


def open_project(project_id: str, path: str = "project/overview") -> NoReturn:
    """Open a project in this tab and show one of its screens."""
    state.open_project(project_id)
    st.switch_page(screens.page(screens.screen(path)), query_params={"project": project_id})


def go(path: str, view: str = "") -> NoReturn:
    """Show another screen of the same project, and one of its views where it has several."""
    st.switch_page(screens.page(screens.screen(path)), query_params={**_address(), **({"view": view} if view else {})})


def link(path: str, label: str = "", icon: str | None = None, **query: str) -> None:
    """Draw a link to another screen of the same project; `query` says what it shows there."""
    screen = screens.screen(path)
    st.page_link(screens.page(screen), label=label or screen.title, icon=icon, query_params={**_address(), **query})


def _address() -> dict[str, str]:
    id_ = state.project_id()
    return {**({"project": id_} if id_ else {}), **({PRESENT: "1"} if presenting() else {})}


def escape(text: str) -> str:
    """Return somebody's text so that markdown shows it as it was typed: no links, pictures, colours, maths or HTML come alive.

    Spaces at its ends go: nobody sees them, and bold words that end in one are not bold.
    """
    text = text.strip()
    for sign in "\\`*_{}[]<>()#+-!|$~:&":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "  \n")


def name_me(name: str) -> Person:
    """Keep the name of whoever uses this browser."""
    name = " ".join(name.split())
    if not name:
        raise BadInput("A name needs at least one letter.", "Type the name that colleagues know you by.")
    return resources.store().name_person(person().id, name[:80])
