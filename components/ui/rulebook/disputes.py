"""The items on which people differ, side by side, with who said what; and what the team makes of each."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import words
from components.data.rulebook.records import Shown
from components.data.rulebook.round_result import Disputed
from components.data.rulebook.versions import Ruled
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.project.rounds import Round
from components.ui import showing, state
from components.ui.comments import comment_threads, comments
from components.ui.patterns import card, note, section
from components.ui.rulebook.editing import change
from components.ui.session import escape

AT_ONCE = 6


def disputes(found: Record[Round], items: Sequence[Disputed], version: Record[DataVersion] | None, rules: Sequence[Ruled]) -> None:
    """Draw the disputed items, the most split first."""
    section("Disputed items", f"{len(items)} of {len(found.body.cards)}, most split first")
    if not items:
        note("Everybody said the same of every item.")
        return
    names = st.toggle("Show names", value=True, key="round_result.names")
    most = state.value(f"round_result.most.{found.id}", AT_ONCE)
    shown = items[:most]
    places = showing.rows_of(version, [one.item for one in shown]) if version else {}
    drawn = {item.key: item for item in showing.items_of(version, list(places.values()))} if version and places else {}
    cards, known = {card.title: card.id for card in found.body.cards}, comment_threads(found.project_id)
    for one in shown:
        about = f"{found.id}.{cards.get(one.item, '')}"
        with card(f"disputed_{cards.get(one.item, '')}"):
            left, right = st.columns([4, 7], vertical_alignment="center")
            with left:
                if one.item in drawn:
                    showing.wall(version, [(drawn[one.item], "")], large=True)
                else:
                    st.markdown(escape(one.item))
            with right:
                st.markdown("  \n".join(_said(label, who, names) for label, who in one.said))
                for who, text in one.notes:
                    note(f"{who}: {text}" if names else text)
                with st.container(horizontal=True, key=f"tools_disputed_{cards.get(one.item, '')}"):
                    comments(found.project_id, Round.kind, about, known=known)
                    _as_example(one, rules, cards.get(one.item, ""))
    if len(items) > most:
        how: dict[str, Any] = {"on_click": state.remember, "args": (f"round_result.most.{found.id}", most + 2 * AT_ONCE)}
        st.button(f"Show more of {words.count(len(items))}", key="round_result.more", type="tertiary", icon=":material/expand_more:", **how)


def _said(label: str, who: tuple[str, ...], names: bool) -> str:
    told = words.listed(who, 8) if names else words.counted(len(who), "person", "people")
    return f"**{escape(label)}** :gray[{escape(told)}]"


def _as_example(one: Disputed, rules: Sequence[Ruled], card_id: str) -> None:
    """Let the team make an item an example or a counter-example of a rule: those that people differed on teach most."""
    living = [rule for rule in rules if rule.body.status != "retired"]
    if not living:
        return
    with st.popover("Use as example", type="tertiary", icon=":material/add_photo_alternate:", key=f"round_result.use.{card_id}"):
        for rule in living:
            st.markdown(f":small[{escape(rule.title)}]")
            with st.container(horizontal=True):
                for field, word in (("examples", "So"), ("counter_examples", "Not so")):
                    listed = getattr(rule.body, field)
                    there = any(shown.item == one.item for shown in listed)
                    fields = {field: (*listed, Shown(item=one.item))}
                    how: dict[str, Any] = {"on_click": change, "args": (rule.record,), "kwargs": fields, "disabled": there}
                    st.button(word, key=f"round_result.use.{card_id}.{rule.id}.{field}", **how)
