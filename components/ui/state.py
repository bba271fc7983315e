"""What a browser tab remembers between reruns: ids, drafts and messages. No other file names a key of the session state."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from components.project.records import Body, Record

_PREFIX = "groundwork."


@dataclass
class Draft:
    """A form that somebody is filling: what was read when it was opened, and whether saving met a conflict."""

    read: int = 0
    initial: dict[str, Any] = field(default_factory=dict)
    generation: int = 0
    mine: Body | None = None
    theirs: Record[Any] | None = None
    contested: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _get(name: str, default: Any = None) -> Any:
    return st.session_state.get(_PREFIX + name, default)


def _set(name: str, value: Any) -> None:
    st.session_state[_PREFIX + name] = value


def project_id() -> str | None:
    """Id of the project that this tab has open."""
    value: str | None = _get("project")
    return value


def open_project(project_id: str | None) -> None:
    """Remember which project this tab has open."""
    _set("project", project_id)


def guest_id(new: str) -> str:
    """Id of somebody whose browser sent no cookie: lasts as long as the tab; `new` is taken the first time."""
    if _get("guest") is None:
        _set("guest", new)
    value: str = _get("guest")
    return value


def draft(key: str) -> Draft:
    """Return the draft of a form, a fresh one when there is none."""
    drafts: dict[str, Draft] | None = _get("drafts")
    if drafts is None:
        drafts = {}
        _set("drafts", drafts)
    return drafts.setdefault(key, Draft())


def drop_draft(key: str) -> None:
    """Forget a draft, so that its form starts anew from what is saved."""
    old = draft(key)
    _get("drafts")[key] = Draft(generation=old.generation + 1)


def editing(key: str) -> bool:
    """Whether this tab has the card `key` open for editing."""
    return key in _get("editing", set())


def edit(key: str, on: bool = True) -> None:
    """Open the card `key` for editing, or close it."""
    _set("editing", _get("editing", set()) | {key} if on else _get("editing", set()) - {key})


def say(message: str) -> None:
    """Leave a message that the next run shows once, such as "Saved."."""
    _set("messages", [*_get("messages", []), message])


def messages() -> list[str]:
    """Take the messages that were left."""
    waiting: list[str] = _get("messages", [])
    _set("messages", [])
    return waiting


def value(name: str, default: Any = None) -> Any:
    """Return something small that a screen remembers, such as the check whose rows are shown; `name` is `screen.field`."""
    return _get("value." + name, default)


def remember(name: str, value: Any) -> None:
    """Remember something small for `value`."""
    _set("value." + name, value)


def widget(key: str, default: Any = None) -> Any:
    """Return what a widget holds, for what runs when it changes: before the screen is drawn again."""
    return st.session_state.get(key, default)


def has_widget(key: str) -> bool:
    """Whether a widget was drawn before, or was given a value."""
    return key in st.session_state


def set_widget(key: str, value: Any) -> None:
    """Let a widget that is about to be drawn show a value, such as what another tab of the same person saved."""
    st.session_state[key] = value
