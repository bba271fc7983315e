"""Being done, and the reveal."""

import streamlit as st

from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Round
from components.ui import resources, state
from components.ui.session import person


def finish(found: Record[Round], voter: str) -> None:
    """Say that somebody is done; the round reveals itself when that was the last one it waited for."""
    try:
        if resources.store().finish(found.project_id, found.id, person().id, voter=voter):
            reveal(found)
    except BadInput as error:
        state.say(str(error))
    st.rerun()


def reveal(found: Record[Round]) -> None:
    """Show everybody all answers."""
    resources.store().reveal(found.project_id, found.id, person().id)
