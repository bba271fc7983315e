"""The lines of the checklist: answered with one click, each saved for itself, so that several people can answer at once."""

from typing import Any, get_args

import pandas as pd
import streamlit as st

from components.project.records import Body, Record
from components.readiness.ml_test_score import BY_CODE, LINES, SECTIONS, Line, MLTestScore, State, written
from components.readiness.records import ChecklistAnswer
from components.ui import resources, state
from components.ui.forms import editor, save_merged
from components.ui.patterns import card, note
from components.ui.session import escape, person

Answers = dict[str, Record[ChecklistAnswer]]
STATES: tuple[State, ...] = get_args(State)
SHORT: dict[State, str] = {"none": "not yet", "manual": "by hand", "automated": "automated"}
SECTION = "checklist.section"


def answers(project_id: str) -> Answers:
    """Return what was answered, by the code of the line."""
    return {record.id: record for record in resources.store().all(project_id, ChecklistAnswer) if record.id in BY_CODE}


def table(found: Answers) -> pd.DataFrame:
    """Return the whole checklist as a table."""
    rows = []
    for line in LINES:
        body = found[line.code].body if line.code in found else ChecklistAnswer()
        rows.append(
            {
                "code": line.code,
                "section": line.section,
                "line": line.title,
                "tested": SHORT[body.state],
                "owner": body.owner,
                "due": body.due.isoformat() if body.due else "",
                "evidence": body.evidence,
            }
        )
    return pd.DataFrame(rows)


def choose_section(scored: MLTestScore) -> str:
    """Let the person choose a section; the weakest at first."""
    start = state.value(SECTION, scored.weakest)
    chosen = st.segmented_control(
        "Section",
        SECTIONS,
        default=start,
        required=True,
        format_func=lambda section: f"{section} {written(scored.sections[section])}",
        key=f"{SECTION}.{start}",
        wrap=True,
        label_visibility="collapsed",
    )
    state.remember(SECTION, chosen or start)
    return str(chosen or start)


def open_line(project_id: str, line: Line) -> None:
    """Show the section of a line, with the line open for its details."""
    state.remember(SECTION, line.section)
    state.edit(_key(project_id, line), on=True)


def lines(project_id: str, section: str, found: Answers) -> None:
    """Draw the lines of a section."""
    for line in LINES:
        if line.section == section:
            with card(f"line_{line.code}"):
                _line(project_id, line, found.get(line.code))


def _line(project_id: str, line: Line, record: Record[ChecklistAnswer] | None) -> None:
    key = _key(project_id, line)
    text, choice = st.columns([1, 1], vertical_alignment="center")
    body, version = (record.body, record.version) if record else (ChecklistAnswer(), 0)
    known = " · ".join(_known(body))
    said = f"  \n:small[{known}]" if known else ""
    text.markdown(f"**{escape(line.title)}** :gray[{line.code}]  \n:small[:gray[{escape(line.why)}]]{said}")
    if state.editing(key):
        if editor(ChecklistAnswer, key, project_id=project_id, record=record, id=line.code, columns=2, cancel=True):
            state.say(f"{line.code} is saved.")
            st.rerun()
        return
    with choice, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small"):
        key_of_choice = f"{key}.{version}"
        st.segmented_control(
            line.title,
            STATES,
            default=body.state,
            required=True,
            format_func=SHORT.__getitem__,
            key=key_of_choice,
            on_change=_answered,
            args=(project_id, line, body, version, key_of_choice),
            label_visibility="collapsed",
        )
        if st.button("Details", key=f"{key}.details", type="tertiary", icon=":material/edit:"):
            state.edit(key)
            st.rerun()


def _answered(project_id: str, line: Line, read: ChecklistAnswer, version: int, key_of_choice: str) -> None:
    """Save an answer over the version that was on the screen.

    What a colleague changed beside the answer is kept; a different answer of theirs opens the line with both.
    """
    mine = read.model_copy(update={"state": state.widget(key_of_choice, read.state)})
    key = _key(project_id, line)
    draft = state.draft(key)
    draft.initial, draft.read = read.model_dump(), version

    def save(body: Body, read: int) -> Record[Any]:
        return resources.store().save(project_id, body, person=person().id, id=line.code, read=read)

    if save_merged(mine, draft.initial, draft, save):
        state.drop_draft(key)
    else:
        state.edit(key)


def _key(project_id: str, line: Line) -> str:
    return f"checklist.{project_id}.{line.code}"


def _known(body: ChecklistAnswer) -> list[str]:
    """Return what else was said about a line, as markdown."""
    known = [escape(body.owner)] if body.owner else []
    known += [f"due {body.due:%-d %B %Y}"] if body.due else []
    return known + ([_evidence(body.evidence)] if body.evidence else [])


def _evidence(text: str) -> str:
    """Write evidence, a web address as a link."""
    address = text.strip()
    if address.startswith(("https://", "http://")) and not set(address) & set(" \n<>[]()`\"'\\"):
        return f"[evidence]({address})"
    return escape(text)


def next_step(project_id: str, line: Line | None) -> None:
    """Offer the line that is worth closing next."""
    if line is None:
        note("Every line is automated.")
        return
    st.markdown(f"**{escape(line.title)}** :gray[{line.code}, {line.section}]  \n:small[:gray[{escape(line.why)}]]")
    if st.button("Answer it", type="primary", key="checklist.next", icon=":material/arrow_forward:"):
        open_line(project_id, line)
        st.rerun()
