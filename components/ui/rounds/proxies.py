"""Answering for somebody who is in the room without a screen of their own."""

import streamlit as st

from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import ROLES, Ballot, Role, Round
from components.ui import resources, state
from components.ui.patterns import bad_input
from components.ui.session import escape, person

ROLE_WORDS: dict[Role, str] = {"engineering": "engineering", "business": "business", "": "something else"}


def whose(found: Record[Round], mine: list[Ballot]) -> Ballot:
    """Let somebody who answers for others too choose for whom; the person's own ballot comes first."""
    me = person().id
    ordered = sorted(mine, key=lambda one: one.voter != me)
    if len(ordered) == 1:
        return ordered[0]
    named = {one.voter: one for one in ordered}
    key = f"join.whose.{found.id}"
    chosen = st.segmented_control(
        "I answer for",
        list(named),
        default=me,
        required=True,
        format_func=lambda voter: escape(named[voter].name) + (" :material/check:" if named[voter].done else ""),
        key=key,
    )
    return named[str(chosen)]


def somebody_else(found: Record[Round]) -> None:
    """Let a person answer for somebody who has no screen of their own."""
    with st.popover("Answer for somebody without a screen", type="tertiary", icon=":material/person_add:", key="join.proxy"):
        made = state.value(f"join.proxies.{found.id}", 0)
        with st.form(f"join.proxy_form.{made}", border=False):
            name = st.text_input("Their name", max_chars=80, key=f"join.proxy_name.{made}")
            role = st.segmented_control("What they work on", ROLES, format_func=ROLE_WORDS.__getitem__, key=f"join.proxy_role.{made}")
            asked = st.form_submit_button("Add them", key=f"join.proxy_add.{made}")
        if not asked:
            return
        try:
            added = resources.store().join(found.project_id, found.id, person().id, name, role or "", proxy_for="")
        except BadInput as error:
            bad_input(error, key="join_proxy")
        else:
            state.remember(f"join.proxies.{found.id}", made + 1)
            state.say(f"You now answer for {added.name} too: choose at the top.")
            st.rerun()
