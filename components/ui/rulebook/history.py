"""What a rule was, and what changed from version to version, word by word."""

from html import escape

import streamlit as st

from components.data.rulebook.versions import Ruled, difference, word_changes
from components.ui import resources
from components.ui.history import ago

SIGNS = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}


def versions(rule: Ruled) -> None:
    """Draw the button that opens a rule's versions, the newest first."""
    if not rule.versions:
        return
    label = f"Version {rule.version}"
    with st.popover(label, type="tertiary", icon=":material/history:", key=f"rulebook.versions.{rule.id}", on_change="rerun") as opened:
        if opened.open:
            for place in range(len(rule.versions) - 1, -1, -1):
                _version(rule, place)


def _version(rule: Ruled, place: int) -> None:
    one = rule.versions[place]
    author = resources.store().person(one.person)
    name = author.name if author else "Somebody"
    head = f"<p><b>Version {one.number}</b> <small>{escape(name)}, {ago(one.at)}, content {one.body.content}</small></p>"
    if place == 0:
        st.html(f"{head}<p>{escape(one.body.definition)}</p>")
        return
    lines = []
    for field, before, after in difference(rule.versions[place - 1].body, one.body):
        told = " ".join(SIGNS[how].format(escape(text)) for how, text in word_changes(before, after))
        lines.append(f"<p><small>{escape(field)}</small><br>{told}</p>")
    st.html(head + "".join(lines))
