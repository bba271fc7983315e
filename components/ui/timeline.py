"""What changed in a project, by whom, when, from what to what; and the way back to any of it."""

from typing import Any

import streamlit as st

from components import words
from components.errors import BadInput
from components.project.records import Body
from components.project.rounds import Round
from components.project.store import Change, Conflict, Project
from components.ui import resources, state
from components.ui.comments import comments
from components.ui.forms import title_of
from components.ui.history import TITLES, ago, name_of
from components.ui.patterns import note
from components.ui.session import NAMELESS, escape, person

PAGE = 25
LONGEST = 160
ALL = "everything"
HIDDEN = {"schema_version"}
FORWARD_ONLY = {Round.kind, "project", "member", "access"}


def timeline(project: Project) -> None:
    """Draw the changes, the newest first, a page at a time."""
    store = resources.store()
    people = {one.id: one.name for one in store.people(project.id)}
    with st.container(horizontal=True, gap="small"):
        there = sorted((name_of(kind), kind) for kind in {*store.kinds, "project", "member", "access"})
        kinds: dict[str, str | None] = {ALL: None, **dict(there)}
        kind = kinds[str(st.selectbox("What", list(kinds), key="history.kind", width=260))]
        who = st.selectbox("By", ["", *people], format_func=lambda id_: people.get(id_, "everybody"), key="history.person", width=220)
    pages = state.value("history.pages", 1)
    found = store.history(project.id, kind=kind, person=who or None, most=PAGE * pages + 1)
    if not found:
        note("Nothing of that changed yet. Every save, deletion and change of a role will stand here, with its author.")
        return
    editor = store.may(project.id, "editor")
    standing: dict[tuple[str, str], int] = {}
    for change in found[: PAGE * pages]:
        newest = standing.setdefault((change.kind, change.record_id), change.seq) == change.seq
        _change(project, change, people.get(change.person, NAMELESS), newest=newest, editor=editor)
    if len(found) > PAGE * pages:
        st.button("Show older ones", key="history.more", on_click=state.remember, args=("history.pages", pages + 1))


def _change(project: Project, change: Change, who: str, *, newest: bool, editor: bool) -> None:
    verb = "deleted" if change.after is None else "added" if change.before is None else "changed"
    icon = {"deleted": "delete", "added": "add", "changed": "edit"}[verb]
    what = name_of(change.kind)
    title = f"{what[:1].upper()}{what[1:]} {verb}{called(change)}"
    label = f":material/{icon}: {escape(title)}  :gray[{escape(who)}, {ago(change.at)}]"
    with st.expander(label, key=f"history.{change.seq}.{change.kind}.{change.record_id}", on_change="rerun") as opened:
        if not opened.open:
            return
        for name, before, after in differences(change, resources.store().kinds.get(change.kind)):
            if before is None:
                st.markdown(f":gray[{escape(name)}]  \n{escape(after or '')}")
            else:
                now = escape(after) if after is not None else ":gray[nothing]"
                st.markdown(f":gray[{escape(name)}]  \n:gray[{escape(before) or 'nothing'}] → {now}")
        if change.kind not in {"project", "member", "access", "comment"}:
            comments(project.id, change.kind, change.record_id, place=str(change.seq))
        note(f"{change.at:%-d %B %Y, %H:%M} UTC, version {change.version}")
        if editor and change.kind not in FORWARD_ONLY:
            _way_back(project, change, newest=newest)


def _way_back(project: Project, change: Change, *, newest: bool) -> None:
    key = f"history.back.{change.seq}.{change.record_id}"
    if change.after is None:
        if newest:
            how: dict[str, Any] = {"on_click": _undelete, "args": (project.id, change)}
            st.button("Undo the deletion", icon=":material/undo:", key=key, **how)
    elif not newest:
        how = {"on_click": _restore, "args": (project.id, change)}
        st.button("Bring this version back", icon=":material/history:", key=key, help="What stands there now stays in the history.", **how)


def _undelete(project_id: str, change: Change) -> None:
    store = resources.store()
    _tried(lambda: store.restore(project_id, store.kinds[change.kind], change.record_id, person=person().id))


def _restore(project_id: str, change: Change) -> None:
    store, me = resources.store(), person().id
    _tried(lambda: store.restore_version(project_id, change.kind, change.record_id, change.version, person=me))


def _tried(back: Any) -> None:
    try:
        back()
    except Conflict:
        state.say("Somebody changed it at the same moment: look at what stands there now.")
    except BadInput as error:
        state.say(str(error))
    else:
        state.say("Brought back.")


def called(change: Change) -> str:
    """Return how a changed record calls itself, after a colon; nothing where it has no name."""
    body = change.after or change.before or {}
    name = next((str(body[one]) for one in TITLES if body.get(one)), "")
    return f": {name[:80]}" if name else ""


def differences(change: Change, body_type: type[Body] | None) -> list[tuple[str, str | None, str | None]]:
    """Return the fields that a change touched, as the screen calls them: before (None for a new record) and after."""
    before, after = change.before, change.after
    names = [name for name in dict.fromkeys([*(before or {}), *(after or {})]) if name not in HIDDEN]
    found = []
    for name in names:
        old, new = (before or {}).get(name), (after or {}).get(name)
        if old == new or (before is None and new in (None, "", [], {})):
            continue
        info = body_type.model_fields.get(name) if body_type else None
        title = title_of(name, info) if info else name.replace("_", " ").capitalize()
        found.append((title, None if before is None else shown(old), None if after is None else shown(new)))
    return found


def shown(value: Any) -> str:
    """Return a value of a record as the history shows it, in one line."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        text = words.listed([shown(one) for one in value], most=6) if value else "nothing"
    elif isinstance(value, dict):
        text = "; ".join(f"{name}: {shown(one)}" for name, one in list(value.items())[:8])
    else:
        text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
