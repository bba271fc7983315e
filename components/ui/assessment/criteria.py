"""A project's own criteria, each with its weight."""

from typing import Any

import streamlit as st
from pydantic import ValidationError

from components import ui, words
from components.errors import BadInput
from components.project.store import Conflict, Project
from components.scoping.opinions import CRITERIA
from components.scoping.records import Criteria, Criterion
from components.ui import state

BLANK = 2
KEY = "rank.criteria"


def criteria(project: Project) -> None:
    """Draw the project's own criteria, to change them; they are one more way of ranking, and of voting."""
    record = ui.store().get(project.id, Criteria, CRITERIA)
    version = record.version if record else 0
    items = list(record.body.items) if record else []
    with st.popover("Own criteria", icon=":material/tune:", type="tertiary", key=f"{KEY}.open"):
        ui.note("Rated from 1 to 5; the score is the weighted mean. A name that is emptied takes the criterion away.")
        draft = state.draft(KEY)
        if not draft.initial:
            draft.read, draft.initial = version, {"items": items}
        known: list[Criterion] = draft.initial["items"]
        with st.form(f"{KEY}.form{draft.generation}", border=False):
            rows = [_row(known[place] if place < len(known) else None, place, draft.generation) for place in range(len(known) + BLANK)]
            for problem in draft.problems:
                st.markdown(f":red[:material/error:] {ui.escape(problem)}")
            asked = st.form_submit_button("Save the criteria", key=f"{KEY}.save")
        if asked:
            _save(project, draft, rows, version)


def _row(item: Criterion | None, place: int, generation: int) -> dict[str, Any]:
    key = f"{KEY}.{generation}.{place}"
    first, second, third = st.columns([5, 2, 3], gap="small", vertical_alignment="bottom")
    return {
        "name": item.name if item else "",
        "title": first.text_input("Criterion", value=item.title if item else "", max_chars=80, key=f"{key}.title"),
        "weight": second.number_input("Weight", 0.0, 100.0, item.weight if item else 1.0, 1.0, format="%g", key=f"{key}.weight"),
        "against": third.checkbox("less is better", value=item.against if item else False, key=f"{key}.against"),
    }


def _save(project: Project, draft: state.Draft, rows: list[dict[str, Any]], version: int) -> None:
    try:
        body = Criteria(items=named(rows))
        if draft.read != version:
            draft.read = version
            raise BadInput("Somebody else has changed the criteria meanwhile.", "Save again to set yours instead.")
        ui.store().save(project.id, body, person=ui.person().id, id=CRITERIA, read=draft.read)
    except Conflict as conflict:
        draft.read = conflict.theirs.version if conflict.theirs else 0
        draft.problems = ["Somebody else has changed the criteria meanwhile. Save again to set yours instead."]
    except ValidationError:
        draft.problems = ["A weight is a number above 0, up to 100."]
    except BadInput as error:
        draft.problems = [str(error)]
    else:
        state.drop_draft(KEY)
        ui.say("The criteria are saved.")
    st.rerun()


def named(rows: list[dict[str, Any]]) -> list[Criterion]:
    """Return the criteria that have a title; one that is new gets a name of its own, by which it is rated from then on."""
    taken = {row["name"] for row in rows}
    found = []
    for row in rows:
        title = " ".join(row["title"].split())
        if not title:
            continue
        name = row["name"]
        if not name:
            slug = f"own-{words.slug(title)[:30].strip('-')}"
            name = next(one for one in (slug, *(f"{slug}-{number}" for number in range(2, 99))) if one not in taken)
            taken.add(name)
        found.append(Criterion(name=name, title=title, weight=row["weight"], against=row["against"]))
    return found
