"""What people say about a card, one click away on any screen."""

import re
from collections.abc import Sequence

import streamlit as st

from components import words
from components.project.comments import Comment, Threads, mentioned, threads
from components.project.records import Record
from components.project.store import Conflict
from components.ui import resources, state
from components.ui.forms import editor
from components.ui.history import ago
from components.ui.patterns import note
from components.ui.session import escape, person


def comment_threads(project_id: str) -> Threads:
    """Return all comments of a project by what they are about: read once for a screen with many cards."""
    return threads(resources.store().all(project_id, Comment))


def comments(project_id: str, kind: str, id: str, *, known: Threads | None = None, also: Sequence[str] = (), place: str = "") -> None:
    """Draw the button that opens what people said about a record, with how much that is.

    Parameters
    ----------
    kind, id : str
        What it is about, as the record calls itself.
    known : Threads, optional
        What `comment_threads` gave, on a screen with many cards.
    also : sequence of str
        Ids of other records of this kind whose comments are shown here too, such as those of merged cards.
    place : str, optional
        Where on the screen this is, where a record is drawn more than once.
    """
    known = comment_threads(project_id) if known is None else known
    said = sorted((one for about in (id, *also) for one in known.get((kind, about), [])), key=lambda one: one.seq)
    key = f"comments.{kind}.{id}{place and '.'}{place}"
    label = str(len(said)) if said else "Comment"
    told = words.counted(len(said), "comment") if said else "Comment on it"
    icon = ":material/chat:" if said else ":material/add_comment:"
    with st.popover(label, icon=icon, type="tertiary", help=told, key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        for record in said:
            _comment(project_id, record, place)
        note("Write @ and a name to call somebody: it stands in their list of what to do.")
        fixed = {"about_kind": kind, "about_id": id}
        if editor(Comment, f"{key}.new", project_id=project_id, fields=["text"], fixed=fixed, submit="Say it"):
            st.rerun()


def _comment(project_id: str, record: Record[Comment], place: str) -> None:
    author = resources.store().person(record.updated_by)
    text = escape(record.body.text)
    for name in mentioned(record.body.text, [one.name for one in resources.store().people(project_id)]):
        text = re.sub(re.escape(escape(f"@{name}")), lambda found: f":violet[**{found.group()}**]", text, flags=re.IGNORECASE)
    mine = record.updated_by == person().id
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        st.markdown(f"{text}  \n:small[:gray[{escape(author.name if author else 'Somebody')}, {ago(record.updated_at)}]]")
        if mine:
            key = f"comments.delete.{record.id}{place and '.'}{place}"
            st.button(
                "",
                icon=":material/delete:",
                help="Delete my comment",
                type="tertiary",
                key=key,
                on_click=_delete,
                args=(project_id, record),
            )


def _delete(project_id: str, record: Record[Comment]) -> None:
    """Delete one's own comment; who deleted it in another tab a moment ago wanted the same."""
    try:
        resources.store().delete(project_id, Comment, record.id, read=record.version, person=person().id)
    except Conflict:
        state.say("This comment was changed in the meantime, so it was not deleted.")
