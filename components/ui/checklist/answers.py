"""The lines of the checklist: answered with one click, each saved for itself, so that several people can answer at once."""

from collections.abc import Mapping
from typing import Any, get_args

import pandas as pd
import streamlit as st

from components import words
from components.project.records import Body, Record
from components.project.store import Conflict
from components.readiness.gaps import Gaps
from components.readiness.lines import ALL_SECTIONS, LINE_BY_CODE
from components.readiness.ml_test_score import Line, MLTestScore, State, written
from components.readiness.own_lines import own_lines
from components.readiness.records import ChecklistAnswer
from components.readiness.ticks import Tick, overrules
from components.ui import resources, state
from components.ui.forms import editor, save_merged
from components.ui.patterns import card, note
from components.ui.session import NAMELESS, escape, link, person

Answers = dict[str, Record[ChecklistAnswer]]
STATES: tuple[State, ...] = get_args(State)
SHORT: dict[State, str] = {"none": "not yet", "manual": "by hand", "automated": "automated"}
SECTION = "checklist.section"


def answers(project_id: str) -> Answers:
    """Return what was answered, by the code of the line."""
    known = {*LINE_BY_CODE, *own_lines(resources.store(), project_id)}
    return {record.id: record for record in resources.store().all(project_id, ChecklistAnswer) if record.id in known}


def table(found: Answers, gaps: Gaps) -> pd.DataFrame:
    """Return the whole checklist as a table."""
    saved = {gap.line.code: gap for gap in gaps.lines}
    rows = []
    for line in gaps.every_line:
        body = found[line.code].body if line.code in found else ChecklistAnswer()
        rows.append(
            {
                "code": line.code,
                "section": line.section,
                "line": line.title,
                "tested": SHORT[saved[line.code].state],
                "bad decisions, simulated": round(saved[line.code].saved.value or 0),
                "does": gaps.does(line),
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
        ALL_SECTIONS,
        default=start,
        required=True,
        format_func=lambda section: f"{section} {written(scored.sections[section])}" if section in scored.sections else section,
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


def lines(project_id: str, section: str, found: Answers, ticks: Mapping[str, Tick], gaps: Gaps) -> None:
    """Draw the lines of a section."""
    for line in gaps.every_line:
        if line.section == section:
            with card(f"line_{line.code}"):
                _line(project_id, line, found.get(line.code), ticks.get(line.code), gaps)


def _line(project_id: str, line: Line, record: Record[ChecklistAnswer] | None, tick: Tick | None, gaps: Gaps) -> None:
    key = _key(project_id, line)
    text, choice = st.columns([1, 1], vertical_alignment="center")
    body, version = (record.body, record.version) if record else (ChecklistAnswer(), 0)
    known = " · ".join(_known(body))
    said = f"  \n:small[{known}]" if known else ""
    text.markdown(f"**{escape(line.title)}** :gray[{line.code}]  \n:small[:gray[{escape(line.why)}]]{said}")
    if state.editing(f"{key}.overrule"):
        _overrule(project_id, line, body, version, tick)
        return
    if state.editing(key):
        fields = ("owner", "due", "evidence") if tick else ("state", "owner", "due", "evidence")
        if editor(ChecklistAnswer, key, project_id=project_id, record=record, id=line.code, fields=fields, columns=2, cancel=True):
            state.say(f"{line.code} is saved.")
            st.rerun()
        return
    now = gaps.states.get(line.code, "none")
    with choice, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small"):
        key_of_choice = f"{key}.{version}"
        st.segmented_control(
            line.title,
            STATES,
            default=now,
            required=True,
            format_func=SHORT.__getitem__,
            key=key_of_choice,
            on_change=_answered,
            args=(project_id, line, body, version, key_of_choice, tick),
            label_visibility="collapsed",
        )
        if st.button("Details", key=f"{key}.details", type="tertiary", icon=":material/edit:"):
            state.edit(key)
            st.rerun()
    _evidence_of(line, record, tick)
    _price(line, gaps)


def _evidence_of(line: Line, record: Record[ChecklistAnswer] | None, tick: Tick | None) -> None:
    """Draw what other screens measured for a line, and who overruled it and why."""
    if tick is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"measured_{line.code}"):
        st.markdown(f":small[:green[:material/check:] Measured: {escape(tick.text)}]", width="content")
        link(tick.screen)
    if record and record.body.reason and overrules(record.body, tick):
        author = resources.store().person(record.updated_by)
        name = author.name if author else "somebody"
        st.markdown(f":small[:orange[:material/gavel:] Overruled by {escape(name)}: {escape(record.body.reason)}]")


def _price(line: Line, gaps: Gaps) -> None:
    """Say what a line does against faults, and what it costs to have it open."""
    saved = next(gap for gap in gaps.lines if gap.line.code == line.code)
    cost = ""
    if (saved.saved.value or 0) >= 0.5:
        low, high = words.count(saved.saved.low), words.count(saved.saved.high)
        limits = f" [{low}, {high}]" if low != high else ""
        many = words.count(saved.saved.value)
        cost = f" Closing it saves {many}{limits} bad decisions, simulated."
        if not saved.open:
            cost = f" Without it there would be {many}{limits} more bad decisions, simulated."
    note(f"{gaps.does(line)}{cost}")


def _overrule(project_id: str, line: Line, body: ChecklistAnswer, version: int, tick: Tick | None) -> None:
    """Ask for the reason of an answer that says less than what was measured."""
    key = f"{_key(project_id, line)}.overrule"
    wanted = state.value(key, "none")
    named = person().name != NAMELESS
    with st.form(f"{key}.form", border=False):
        st.markdown(f"**“{SHORT[wanted]}” says less than what was measured**: {escape(tick.text if tick else '')}")
        reason = st.text_area("Why does it not count?", body.reason, max_chars=1000, key=f"{key}.reason", height=96)
        with st.container(horizontal=True):
            asked = st.form_submit_button("Overrule", key=f"{key}.save", disabled=not named)
            st.form_submit_button("Cancel", type="tertiary", key=f"{key}.cancel", on_click=state.edit, args=(key, False))
    if not named:
        note("Overruling needs your name: say who you are, at the top right.")
    if asked and not reason.strip():
        st.markdown(":red[:material/error:] A reason is missing: write one line.")
    elif asked:
        mine = body.model_copy(update={"state": wanted, "reason": reason.strip()})
        try:
            resources.store().save(project_id, mine, person=person().id, id=line.code, read=version)
        except Conflict:
            state.say("Somebody else answered this in the meantime: look at it again.")
        state.edit(key, on=False)
        st.rerun()


def _answered(project_id: str, line: Line, read: ChecklistAnswer, version: int, key_of_choice: str, tick: Tick | None) -> None:
    """Save an answer over the version that was on the screen.

    What a colleague changed beside the answer is kept; a different answer of theirs opens the line with both. An answer that says
    less than what was measured asks for its reason first.
    """
    mine = read.model_copy(update={"state": state.widget(key_of_choice, read.state), "reason": ""})
    key = _key(project_id, line)
    if overrules(mine, tick):
        state.remember(f"{key}.overrule", mine.state)
        state.edit(f"{key}.overrule")
        return
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
