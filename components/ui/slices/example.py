"""Ng's speech example: why the widest gap need not be the work that pays."""

from typing import Any

from components.modelling.slice_wording import where_answer
from components.modelling.slices import NG, headroom
from components.ui.patterns import answer, note
from components.ui.slices.pictures import pictures

QUESTION = "Which slice pays off most?"


def draw(heading: Any, project_id: str) -> None:
    """Draw the example; nothing of it is saved."""
    del project_id
    table = headroom(NG)
    with heading:
        method = (
            "Headroom = share × (people − model) accuracy. A speech recogniser, four kinds of noise; Andrew Ng's figures, without counts."
        )
        answer(QUESTION, where_answer(table), method, badge=("example", "note"))
    pictures(table, ("ng",))
    note("Car noise has the widest gap, 4 points, but is 4 % of the recordings. Clean speech is one point behind people, on 60 % of them.")
