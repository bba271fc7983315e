"""The steps of the metric ladder as cards, and both sides' signatures to them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import ui
from components.project.records import Record
from components.scoping.assessment.ladder import SIDES, signed
from components.scoping.assessment.records import LEVELS, LadderStep
from components.ui import state
from components.ui.session import NAMELESS

FIELDS = ["level", "metric", "unit", "owner", "low", "likely", "high", "evidence"]


def add_step(project_id: str, idea: str, records: Sequence[Record[LadderStep]]) -> None:
    """Draw the form for a new step: the next level up at first."""
    with st.popover("Add a step", icon=":material/add:", key=f"ladder.add.{idea}"):
        names = list(LEVELS)
        known = [names.index(record.body.level) for record in records]
        level = names[min(max(known) + 1, len(names) - 1)] if known else names[0]
        place = max((record.body.place for record in records), default=-1) + 1
        form: dict[str, Any] = {"fields": FIELDS, "fixed": {"solution": idea, "place": place}, "columns": 2, "submit": "Add it"}
        if ui.editor(LadderStep, f"ladder.new.{idea}.{place}", project_id=project_id, start={"level": level}, **form):
            ui.say("Added.")
            st.rerun()


def steps(project_id: str, records: Sequence[Record[LadderStep]]) -> None:
    """Draw the steps as cards, from the model up to the business."""
    names = list(LEVELS)
    ordered = sorted(records, key=lambda one: (names.index(one.body.level), one.body.place))
    for start in range(0, len(ordered), 2):
        for place, record in zip(st.columns(2, gap="small"), ordered[start : start + 2], strict=False):
            with place:
                _step(project_id, record)


def _step(project_id: str, record: Record[LadderStep]) -> None:
    body = record.body
    unit = f" {body.unit}" if body.unit else ""
    values = [("missing" if one is None else f"{one:g}") for one in (body.low, body.likely, body.high)]
    level, basis = LEVELS[body.level], "gain" if body.level == "ml" else "for each unit of the step before"
    lines = [ui.escape(f"{level[:1].upper()}{level[1:]}, {basis}: {values[1]}{unit} [{values[0]}, {values[2]}]")]
    lines += [ui.escape(part) for part in (f"Owner: {body.owner}" if body.owner else "", body.evidence) if part]
    lines.append(" ".join(_consent(body, side, name) for side, name in SIDES.items()))
    ui.card_of(record, "ladder", body.metric, "  \n".join(lines), project_id=project_id, fields=FIELDS)


def _consent(body: LadderStep, side: str, name: str) -> str:
    signature = body.signed_by(side)
    if signature is None:
        return f":orange[:material/radio_button_unchecked:] {name} has not agreed."
    if not body.holds(side):
        return f":orange[:material/history:] {name}: dropped, since the step has changed."
    return f":green[:material/check:] {name}: {ui.escape(signature.name)}."


def sign(project_id: str, records: Sequence[Record[LadderStep]]) -> None:
    """Let somebody say, by name, that a side is comfortable with steps as they stand on this screen."""
    with st.popover("Agree to steps", icon=":material/draw:", key="ladder.sign"):
        side = st.segmented_control(
            "As", list(SIDES), default="engineering", required=True, format_func=SIDES.__getitem__, key="ladder.side"
        )
        known = ui.person().name
        st.text_input("Name", value="" if known == NAMELESS else known, max_chars=80, key="ladder.name")
        waiting = {record.id: record for record in records if not record.body.holds(str(side))}
        key = f"ladder.steps.{side}.{len(waiting)}"
        st.multiselect("Steps", list(waiting), list(waiting), lambda id_: waiting[id_].body.metric, key=key)
        if not waiting:
            ui.note("This side has agreed to every step.")
            return
        label = "I am comfortable with these"
        st.button(label, type="primary", key="ladder.agree", on_click=_agree, args=(project_id, str(side), waiting, key))


def _agree(project_id: str, side: str, seen: dict[str, Record[LadderStep]], key: str) -> None:
    """Sign the chosen steps as they stood on the screen: what somebody changed in the meantime is not signed."""
    name, chosen = str(state.widget("ladder.name", "")).strip(), state.widget(key, [])
    if not name:
        ui.say("A signature needs a name: type it.")
        return
    done = sum(ui.save_over(project_id, signed(seen[id_].body, side, name, ui.today()), seen[id_]) for id_ in chosen)
    if done:
        ui.say(f"{SIDES[side]} agrees to {done} of {len(seen)} steps.")
