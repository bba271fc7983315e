"""What fired, grouped by what fixes it: a card each, with a button for the rows."""

from typing import Any

import streamlit as st

from components import words
from components.data.checks.fixes import by_fix
from components.data.checks.wording import figure_text, headline
from components.ui import state
from components.ui.patterns import card, done_line, section
from components.ui.session import escape

ICONS = {"failed": ":red[:material/error:]", "error": ":red[:material/help:]", "warned": ":orange[:material/warning:]"}
BUTTONS = 3
NAME = 24


def fix_cards(firing: list[list[dict[str, Any]]]) -> None:
    """Draw a card for each check that fired, under what fixes it."""
    for fix, groups in by_fix(firing):
        section(fix.title, fix.note)
        for group in groups:
            code = group[0]["code"]
            with card(f"check{code}"), st.container(horizontal=True, vertical_alignment="center"):
                with st.container():
                    st.markdown(f"{ICONS[group[0]['status']]} **{escape(headline(group))}** :gray[{code}]")
                    st.markdown(f":small[{escape(figure_text(group))} {escape(group[0]['advice'])}]")
                with st.container(width="content"):
                    _buttons(group)
    if not firing:
        done_line("Nothing to fix and nothing to look at.")


def _buttons(group: list[dict[str, Any]]) -> None:
    """Draw a button for each column in which a check fired, the worst as buttons and the rest in a menu."""
    with_rows = [result for result in group if result["rows"]]
    for result in with_rows[:BUTTONS]:
        _button(result, alone=len(group) == 1)
    if len(with_rows) > BUTTONS:
        with st.popover(f"{len(with_rows) - BUTTONS} more", key=f"checks.more.{group[0]['code']}"), st.container(height=320, border=False):
            for result in with_rows[BUTTONS:]:
                _button(result, alone=False)


def _button(result: dict[str, Any], alone: bool) -> None:
    rows, column = words.counted(result["rows"], "row"), result["column"]
    label = rows if alone else f"{escape(words.shortened(column, NAME))}: {words.count(result['rows'])}"
    if st.button(label, key=f"checks.rows.{result['code']}.{column}", help=f"Look at {rows}"):
        state.remember("checks.shown", (result["code"], column))
        st.rerun()
