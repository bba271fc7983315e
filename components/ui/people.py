"""Who may do what in a project: its members, what everybody else may do, and links that invite."""

from typing import Any

import streamlit as st

from components import words
from components.errors import BadInput
from components.project.roles import ROLES, Invitation, Member, Role
from components.project.store import Project
from components.server import sign_in
from components.ui import address, resources, state
from components.ui.patterns import note
from components.ui.session import INVITE, escape, person

MAY: dict[str, str] = {"owner": "owner: all, and who takes part", "editor": "editor: reads and changes", "viewer": "viewer: reads"}
NO_ROLE = "no role"
LINK = "people.link"


def may_words() -> dict[str, str]:
    """Return what anybody may do, as the screen calls it."""
    who = "Everybody who signs in" if sign_in.required() else "Whoever has the address"
    return {"editor": f"{who} may change it", "viewer": f"{who} may look", "": "Only members see it"}


def members(project: Project) -> None:
    """Draw who has a role, and let owners change that."""
    store, me = resources.store(), person()
    owner = store.may(project.id, "owner")
    found = store.members(project.id)
    _everyone(project, owner)
    for one in found:
        _member(project, one, me.id, owner)
    if not found:
        note("Nobody has a role of their own here." + (" Whoever sets the first rule becomes the owner." if owner else ""))
    if owner:
        _roles_to_come(project, found)
        _links(project)


def _everyone(project: Project, owner: bool) -> None:
    said = may_words()
    if not owner:
        st.markdown(f"{said[project.everyone]}.")
        return
    key = f"people.everyone.{project.everyone}"
    st.selectbox(
        "Everybody else",
        [*said],
        index=[*said].index(project.everyone),
        format_func=said.__getitem__,
        key=key,
        on_change=_set_everyone,
        args=(project.id, key),
    )


def _member(project: Project, one: Member, me: str, owner: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"people_{one.person_id}"):
        st.markdown(f"**{escape(one.name)}**" + (" :gray[(you)]" if one.person_id == me else ""))
        st.space("stretch")
        if owner:
            key = f"people.role.{one.person_id}.{one.role}"
            how: dict[str, Any] = {"on_change": _set_role, "args": (project.id, one.person_id, key)}
            st.selectbox(
                f"Role of {escape(one.name)}",
                [*ROLES, NO_ROLE],
                ROLES.index(one.role),
                key=key,
                width=150,
                label_visibility="collapsed",
                **how,
            )
        else:
            st.markdown(f":gray[{one.role}]", width="content")
        if one.person_id == me:
            st.button("Leave", type="tertiary", key="people.leave", on_click=_leave, args=(project.id,))


def _roles_to_come(project: Project, found: list[Member]) -> None:
    """Let an owner give a role to somebody who took part without one."""
    named = {one.person_id for one in found}
    others = {one.id: one.name for one in resources.store().people(project.id) if one.id not in named and one.id != "groundwork"}
    if not others:
        return
    with st.popover("Give somebody a role", icon=":material/person_add:", type="tertiary", key="people.give"):
        chosen = st.selectbox("Who", list(others), format_func=others.__getitem__, key="people.give_whom")
        role = st.selectbox("Role", ROLES, 1, format_func=MAY.__getitem__, key="people.give_role")
        st.button("Give it", key="people.give_it", on_click=_give, args=(project.id, str(chosen), role))


def _links(project: Project) -> None:
    """Draw the links that invite: making one, those that hold, taking one back."""
    store = resources.store()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        role = st.selectbox("Invite somebody as", ROLES, 1, format_func=MAY.__getitem__, key="people.invite_role", width=280)
        st.button("Make a link", icon=":material/add_link:", key="people.invite", on_click=_invite, args=(project.id, role))
    holding = store.invitations(project.id)
    made = state.value(LINK, "")
    for one in holding:
        if one.token == made:
            link, reachable = address.invitation("project/overview", **{INVITE: one.token})
            st.code(link, language=None, wrap_lines=True)
            if not reachable:
                note("This server listens on this machine only: set GROUNDWORK_PUBLIC_URL, or start it with HOST=0.0.0.0.")
    if holding:
        with st.expander(words.counted(len(holding), "link holds", "links hold")):
            for one in holding:
                _holding(project, one)


def _holding(project: Project, one: Invitation) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"Makes {one.role}s until {one.expires_at:%-d %B}, ends in …{escape(one.token[-4:])}", width="content")
        how: dict[str, Any] = {"on_click": state.remember, "args": (LINK, one.token)}
        st.button("Show", type="tertiary", key=f"people.show.{one.token[-8:]}", **how)
        how = {"on_click": _withdraw, "args": (project.id, one.token)}
        st.button("Take it back", type="tertiary", icon=":material/link_off:", key=f"people.withdraw.{one.token[-8:]}", **how)


def _set_everyone(project_id: str, key: str) -> None:
    _tried(lambda: resources.store().set_everyone(project_id, state.widget(key), by=person().id))


def _set_role(project_id: str, who: str, key: str) -> None:
    role = state.widget(key)
    _tried(lambda: resources.store().set_role(project_id, who, None if role == NO_ROLE else role, by=person().id))


def _give(project_id: str, who: str, role: Role) -> None:
    _tried(lambda: resources.store().set_role(project_id, who, role, by=person().id))


def _leave(project_id: str) -> None:
    _tried(lambda: resources.store().set_role(project_id, person().id, None, by=person().id))


def _invite(project_id: str, role: Role) -> None:
    _tried(lambda: state.remember(LINK, resources.store().invite(project_id, role, by=person().id).token))


def _withdraw(project_id: str, token: str) -> None:
    _tried(lambda: resources.store().withdraw_invitation(project_id, token, by=person().id))


def _tried(change: Any) -> None:
    try:
        change()
    except BadInput as error:
        state.say(str(error))
