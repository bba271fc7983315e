"""Words and what they mean: the list on the help screen, and what tooltips say."""

from collections.abc import Iterable
from html import escape as html
from urllib.parse import urlencode

import streamlit as st

from components import help
from components.ui import screens, state
from components.ui.session import escape


def term(key: str) -> str:
    """Return what a tooltip says about a word, with the way to its entry in the help."""
    entry = help.about(key)
    if entry is None:
        raise KeyError(key)
    return f"{escape(entry.meaning)} [How it is computed]({_address('project/help', about=key)})"


def definitions(entries: Iterable[help.Entry]) -> None:
    """Draw entries as a list: the word at the left, what it means at the right."""
    rows = "".join(_row(entry) for entry in entries)
    if rows:
        st.html(f'<dl class="definitions">{rows}</dl>')


def _row(entry: help.Entry) -> str:
    code = "" if entry.group in {"Terms", "Models", "Rankings", "Strategies"} else f'<span class="code">{html(entry.key)}</span>'
    lines = [f"<p>{html(entry.meaning)}</p>"]
    if entry.computed:
        lines.append(f'<p class="computed">{html(entry.computed)}</p>')
    if entry.source:
        lines.append(f'<p class="source">{html(entry.source)}</p>')
    if entry.screen:
        screen = screens.screen(entry.screen)
        lines.append(f'<p class="source"><a href="{html(_address(entry.screen))}" target="_self">Shown on {html(screen.title)}</a></p>')
    return f"<div><dt>{html(entry.title)} {code}</dt><dd>{''.join(lines)}</dd></div>"


def _address(path: str, **query: str) -> str:
    project = state.project_id()
    asked = {**({"project": project} if project else {}), **query}
    return f"{screens.screen(path).url_path}{'?' if asked else ''}{urlencode(asked)}"
