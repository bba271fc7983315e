"""What one does with a card beside editing it: see all of it, move, merge, take apart, delete."""

from typing import Any

import streamlit as st

from components.project.records import Body
from components.scoping import board
from components.scoping.board import Column, Item, short
from components.scoping.records import Problem, Solution
from components.ui import resources, state
from components.ui.board.desk import Desk
from components.ui.forms import title_of, word_for
from components.ui.patterns import note
from components.ui.pieces import deleted
from components.ui.session import NAMELESS, escape, person

NO_GROUP = "no group"
DELETED = "board.deleted"
MOVED = "board.moved"
HIDDEN = {"statement", "title", "problem", "group", "merged_into", "schema_version", "ratings", "basis"}
RATED = {"reach", "impact", "confidence", "effort"}


def problem_menu(desk: Desk, item: Item[Problem], name: str) -> None:
    """Draw the menu of a problem."""
    with _menu(name) as opened:
        if not opened.open:
            return
        _fields(desk, item)
        groups = [NO_GROUP, *desk.board.names]
        st.selectbox(
            "Group",
            groups,
            index=groups.index(item.body.group) if item.body.group else 0,
            accept_new_options=True,
            key=f"{name}.group.{item.record.version}",
            on_change=_to_group,
            args=(desk, item, f"{name}.group.{item.record.version}"),
            help="Choose one, or type the name of a new one.",
        )
        _merging(desk, item, name, {one.id: one.body.statement for one in desk.board.problems if one.id != item.id})
        _end(desk, item, name, item.body.statement)


def solution_menu(desk: Desk, shown: Column, item: Item[Solution], name: str) -> None:
    """Draw the menu of a solution."""
    with _menu(name) as opened:
        if not opened.open:
            return
        _fields(desk, item)
        others = {one.id: one.body.statement for one in desk.board.problems if shown.problem is None or one.id != shown.problem.id}
        _choose("Move it under", others, f"{name}.move", _under, desk, item)
        _merging(desk, item, name, {one.id: one.body.title for one in shown.solutions if one.id != item.id})
        _end(desk, item, name, item.body.title)


def _menu(name: str) -> Any:
    return st.popover("", icon=":material/more_horiz:", type="tertiary", help="More", key=f"{name}.menu", on_change="rerun")


def _fields(desk: Desk, item: Item[Any]) -> None:
    """Draw every field that says something."""
    body: Body = item.body
    for field, info in type(body).model_fields.items():
        value = getattr(body, field)
        if field not in HIDDEN | RATED and value not in {"", None}:
            said = word_for(type(body), field, value)
            st.markdown(f":small[:gray[{escape(title_of(field, info))}]]  \n{escape(said)}")
    note(f"Written by {desk.writer(item.id)}.")


def _merging(desk: Desk, item: Item[Any], name: str, others: dict[str, str]) -> None:
    _choose("It says the same as", others, f"{name}.merge", _into, desk, item)
    for record in item.merged:
        text = record.body.statement if isinstance(record.body, Problem) else record.body.title
        how: dict[str, Any] = {"on_click": _take_apart, "args": (desk, item, record.id)}
        st.button(f"Take apart: {escape(short(text, 40))}", key=f"{name}.apart.{record.id}", icon=":material/call_split:", **how)


def _choose(title: str, options: dict[str, str], key: str, act: Any, desk: Desk, item: Item[Any]) -> None:
    if options:
        key = f"{key}.{item.record.version}"
        st.selectbox(
            title,
            list(options),
            index=None,
            format_func=lambda id_: short(options[id_], 80),
            placeholder="choose",
            key=key,
            on_change=act,
            args=(desk, item, key),
        )


def _end(desk: Desk, item: Item[Any], name: str, text: str) -> None:
    how: dict[str, Any] = {"on_click": _delete, "args": (desk, item, text)}
    st.button("Delete", key=f"{name}.delete", type="tertiary", icon=":material/delete:", **how)


def _moved(item: Item[Any]) -> None:
    """Close the menu and have the whole board drawn again, since a card now stands elsewhere."""
    state.set_widget(f"{item.record.kind}s.{item.id}.menu", False)
    state.remember(MOVED, True)


def draw_again() -> None:
    """Draw the whole board again where a card was moved: a fragment is only its own column."""
    if state.value(MOVED):
        state.remember(MOVED, False)
        st.rerun()


def _to_group(desk: Desk, item: Item[Problem], key: str) -> None:
    chosen = state.widget(key) or NO_GROUP
    board.move(resources.store(), desk.project.id, [item.id], "" if chosen == NO_GROUP else chosen, person().id)
    _moved(item)


def _under(desk: Desk, item: Item[Solution], key: str) -> None:
    if state.widget(key):
        board.move_solution(resources.store(), desk.project.id, item.id, state.widget(key), person().id)
        _moved(item)


def _into(desk: Desk, item: Item[Any], key: str) -> None:
    if state.widget(key):
        board.merge(resources.store(), desk.project.id, type(item.body), item.id, state.widget(key), person().id)
        _moved(item)


def _take_apart(desk: Desk, item: Item[Any], id: str) -> None:
    board.merge(resources.store(), desk.project.id, type(item.body), id, "", person().id)
    _moved(item)


def _delete(desk: Desk, item: Item[Any], text: str) -> None:
    if deleted(desk.project.id, item.record):
        state.remember(DELETED, (item.record.kind, item.id, text))
        _moved(item)


def undo_deletion(desk: Desk) -> None:
    """Offer to bring back the card that this tab deleted last."""
    gone = state.value(DELETED)
    if gone is None:
        return
    kind, id_, text = gone
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="undo"):
        st.markdown(f":gray[“{escape(short(text))}” is deleted.]", width="content")
        st.button("Undo", key="board.undo", type="tertiary", icon=":material/undo:", on_click=restore, args=(desk.project.id, kind, id_))


def restore(project_id: str, kind: str, id: str) -> None:
    """Bring a deleted card back as it was."""
    resources.store().restore(project_id, Problem if kind == Problem.kind else Solution, id, person=person().id)
    state.remember(DELETED, None)


def bin_of(desk: Desk) -> None:
    """Draw the deleted cards, each of which can be brought back; nothing where none was deleted."""
    gone = [one for kind in (Problem.kind, Solution.kind) for one in resources.store().deleted(desk.project.id, kind)]
    if not gone:
        return
    with st.popover("Deleted cards", icon=":material/restore_from_trash:", type="tertiary", key="board.bin", on_change="rerun") as opened:
        for change in sorted(gone, key=lambda one: -one.seq) if opened.open else []:
            text = str((change.before or {}).get("statement") or (change.before or {}).get("title") or "")
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                who = escape(desk.people.get(change.person, NAMELESS))
                st.markdown(f"{escape(short(text, 70))}  \n:small[:gray[{change.kind}, deleted by {who}]]")
                key = f"board.restore.{change.kind}.{change.record_id}"
                st.button("Bring back", key=key, type="tertiary", on_click=restore, args=(desk.project.id, change.kind, change.record_id))
