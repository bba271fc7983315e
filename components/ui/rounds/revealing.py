"""Being done, and the reveal."""

from collections.abc import Sequence

import streamlit as st

from components.data.rulebook.round_result import finish
from components.data.rulebook.rounds import PURPOSE
from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Ballot, Round
from components.scoping.writing import as_cards
from components.ui import resources, state
from components.ui.session import person


def reveal(found: Record[Round]) -> None:
    """Show everybody all answers; what was written silently becomes cards of those who wrote it, what was judged a set of labels."""
    turned = as_cards if found.body.purpose == "write" else None
    resources.store().reveal(found.project_id, found.id, person().id, turned)
    if found.body.purpose == PURPOSE:
        finish(resources.store(), resources.files(), found.project_id, found.id, person().id)


def done(found: Record[Round], voter: str) -> None:
    """Say that somebody is done, in a callback: nothing is read of the screen before, so no other change can keep it from happening."""
    try:
        resources.store().finish(found.project_id, found.id, person().id, voter=voter)
    except BadInput as error:
        state.say(str(error))


def reveal_if_all_are_done(found: Record[Round], ballots: Sequence[Ballot]) -> None:
    """Reveal a round that waits for nobody any more, whichever screen notices first."""
    least = found.body.least
    if least is not None and len(ballots) >= least and all(one.done for one in ballots):
        revealed(found)
        st.rerun()


def revealed(found: Record[Round]) -> None:
    """Reveal, in a callback."""
    try:
        reveal(found)
    except BadInput as error:
        state.say(str(error))
