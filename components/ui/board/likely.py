"""Cards that look alike, to be merged or kept apart; and several problems put into a group at once."""

from typing import Any

import streamlit as st

from components.scoping import board
from components.scoping.board import Item, likely_pairs, short
from components.scoping.records import Problem
from components.ui import resources, state
from components.ui.board.desk import Desk
from components.ui.patterns import card, note, section
from components.ui.session import escape, person

AT_ONCE = 3


def look_alikes(desk: Desk) -> None:
    """Draw the likeliest pairs of cards that say the same; nothing where there are none."""
    pairs = likely_pairs(desk.board, board.apart(resources.store(), desk.project.id))
    if not pairs:
        return
    more = (
        f"{len(pairs) - AT_ONCE} more after these"
        if len(pairs) > AT_ONCE
        else "merging keeps both texts, writers and comments, and can be undone"
    )
    section("Do these say the same?", more)
    for first, second in pairs[:AT_ONCE]:
        _pair(desk, first, second)
    st.space("small")


def _pair(desk: Desk, first: Item[Any], second: Item[Any]) -> None:
    key = f"alike_{first.id}_{second.id}"
    with card(key):
        left, right, buttons = st.columns([5, 5, 3], gap="small", vertical_alignment="center")
        for place, item in ((left, first), (right, second)):
            text = item.body.statement if isinstance(item.body, Problem) else item.body.title
            place.markdown(f"{escape(text)}  \n:small[:gray[{escape(desk.writer(item.id))}]]")
        with buttons, st.container(horizontal=True, gap="small"):
            how: dict[str, Any] = {"args": (desk, first, second)}
            st.button("Merge", key=f"{key}.merge", icon=":material/call_merge:", on_click=_merge, **how)
            st.button("Keep both", key=f"{key}.apart", type="tertiary", on_click=_apart, **how)


def _merge(desk: Desk, first: Item[Any], second: Item[Any]) -> None:
    board.merge(resources.store(), desk.project.id, type(second.body), second.id, first.id, person().id)
    state.say("Merged. The menu of the card takes them apart again.")


def _apart(desk: Desk, first: Item[Any], second: Item[Any]) -> None:
    board.keep_apart(resources.store(), desk.project.id, first.id, second.id, person().id)


def group_several(desk: Desk) -> None:
    """Draw the form that puts several problems into a group, or gives a group another name."""
    with st.popover("Group", icon=":material/workspaces:", key="board.group", on_change="rerun") as opened:
        if not opened.open:
            return
        made = state.value("board.grouped", 0)
        with st.form(f"board.group.{made}", border=False):
            name = st.selectbox(
                "Name of the group",
                desk.board.names,
                index=None,
                accept_new_options=True,
                placeholder="type a name",
                key=f"board.group_name.{made}",
            )
            statements = {item.id: item.body.statement for item in desk.board.problems}
            chosen = st.multiselect(
                "Problems in it", list(statements), format_func=lambda id_: short(statements[id_], 80), key=f"board.group_cards.{made}"
            )
            asked = st.form_submit_button("Group them", key=f"board.group_them.{made}")
        if asked and name and chosen:
            board.move(resources.store(), desk.project.id, chosen, name, person().id)
            state.remember("board.grouped", made + 1)
            st.rerun()
        if asked:
            note("Give the group a name, and choose at least one problem.")


def group_head(desk: Desk, name: str) -> None:
    """Draw the head of a group, with a way to give it another name; of what is in none, where there are groups."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"group_head_{name}"):
        st.markdown(f"## {escape(name or 'Not grouped')}", width="content")
        if not name:
            return
        with st.popover(
            "", icon=":material/edit:", type="tertiary", help="Give the group another name", key=f"board.rename.{name}", on_change="rerun"
        ) as opened:
            if opened.open:
                with st.form(f"board.rename_form.{name}", border=False):
                    other = st.text_input("Name of the group", value=name, max_chars=80, key=f"board.renamed.{name}")
                    if st.form_submit_button("Rename") and other.strip():
                        ids = [item.id for item in desk.board.problems if item.body.group == name]
                        board.move(resources.store(), desk.project.id, ids, other, person().id)
                        st.rerun()
