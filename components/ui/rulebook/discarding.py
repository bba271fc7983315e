"""What rules do to the data: the items they would discard, flag or relabel, applying them, and taking it back."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.data.rulebook.round_result import CANT_TELL_WORD
from components.data.rulebook.rounds import judged_in, newest_finished
from components.data.rulebook.versions import Ruled
from components.data.rulebook.wording import applied
from components.data.steps import ByRule
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources, showing
from components.ui.choose import table
from components.ui.figures import download
from components.ui.patterns import bad_input, card, note, section
from components.ui.session import escape
from components.ui.uploads import start_job, watch

DERIVE = "components.data.version_work:derive"
TAKE_BACK = "components.data.version_work:take_back"
SHOWN = 24
DONE = {"discard": "discarded", "flag": "flagged", "relabel": "relabelled"}


def draw(project_id: str, rules: list[Ruled], versions: dict[str, Record[DataVersion]]) -> None:
    """Draw each rule with what it would do, and what rules did so far."""
    job = watch("rulebook.apply", project_id, DERIVE)
    back = watch("rulebook.back", project_id, TAKE_BACK)
    busy = bool((job and job.living) or (back and back.living))
    left, right = st.columns([7, 5], gap="large")
    with left:
        section("What the rules would do", "to the newest version of their data set; nothing is done before you say so")
        living = [rule for rule in rules if rule.body.status != "retired" and rule.body.data_set in versions]
        for rule in living:
            _would(rule, versions[rule.body.data_set], busy)
        if not living:
            note("No rule names a data set.")
    with right:
        section("What rules did", "counted by rule and version; each can be taken back")
        _did(project_id, versions, busy)


def step_of(rule: Ruled, judged: pd.DataFrame | None) -> ByRule:
    """Return the step that applies a rule as it is now: by its condition, and by what most people said in the last round."""
    items: tuple[str, ...] = ()
    if judged is not None:
        said = judged["label"].where(~judged["cant_tell"], CANT_TELL_WORD)
        share = (said == rule.body.label).groupby(judged["item"]).mean()
        items = tuple(str(item) for item in share[share > 0.5].index)
    told = rule.cited.model_dump()
    return ByRule.model_validate({**told, "condition": rule.body.condition, "items": items})


def _would(rule: Ruled, version: Record[DataVersion], busy: bool) -> None:
    store = resources.store()
    data_set = store.get(version.project_id, DataSet, version.body.data_set)
    with card(f"would_{rule.id}"):
        st.markdown(f"**{escape(rule.title)}** :gray[version {rule.version}]")
        last = newest_finished(store, version.project_id)
        judged = judged_in(store, resources.files(), version.project_id, last.id) if last else None
        step = step_of(rule, judged)
        if data_set is None or not (step.condition.clauses or step.items):
            note("It has no condition, and no round in which most people said so: there is nothing to apply yet.")
            return
        frame = table(version.body.table)
        try:
            found = step.concerned(frame, data_set.body)
        except BadInput as error:
            bad_input(error, key=f"rulebook.would.{rule.id}")
            return
        rows = [int(row) for row in found.to_numpy().nonzero()[0]]
        how = [f"where {step.condition.sentence}"] if step.condition.clauses else []
        how += [f"{words.counted(len(step.items), 'item')} by most people in the last round"] if step.items else []
        share = words.percent(len(rows) / len(frame)) if len(frame) else "–"
        told = f"{words.counted(len(rows), version.body.noun)} of {words.count(len(frame))} ({share})"
        st.markdown(escape(f"{told} would be {DONE[step.action]}: {words.listed(how)}."))
        if rows:
            showing.wall(version, [(item, "") for item in showing.items_of(version, rows[:SHOWN])])
            note(f"The first {SHOWN} are shown." if len(rows) > SHOWN else "All are shown.")
            how_to: dict[str, Any] = {"on_click": _apply, "args": (version, step), "disabled": busy}
            label = f"{step.action.capitalize()} {words.counted(len(rows), version.body.noun)}"
            st.button(label, key=f"rulebook.apply.{rule.id}", icon=":material/fork_right:", **how_to)
            if not rule.body.holds:
                note("The team has not agreed on this rule as it is worded now.")


def _apply(version: Record[DataVersion], step: ByRule) -> None:
    params = {"data_version": version.id, "steps": [step.model_dump(mode="json")], "note": step.sentence}
    start_job("rulebook.apply", version.project_id, DERIVE, params, "Applying a rule")


def _did(project_id: str, versions: dict[str, Record[DataVersion]], busy: bool) -> None:
    store = resources.store()
    every = {one.id: one.body for one in store.all(project_id, DataVersion)}
    rows = applied(every)
    if not rows:
        note("Nothing was applied yet.")
        return
    living = {id_ for newest in versions.values() for id_ in _line(every, newest.id)}
    for place, row in enumerate(reversed(rows)):
        body = every[row["data_version"]]
        with card(f"did_{place}"):
            st.markdown(
                f"**{words.counted(row['rows'], body.noun)} {DONE[row['action']]}** :gray[by rule {row['number']}, version {row['version']}"
                f" ({escape(row['name'])}), into version {row['data_number']} of the data]"
            )
            if row["data_version"] in living:
                how: dict[str, Any] = {"on_click": _back, "args": (versions[body.data_set], row), "disabled": busy}
                st.button("Take it back", key=f"rulebook.back.{place}", type="tertiary", icon=":material/undo:", **how)
            else:
                note("Taken back, or not in the newest version.")
    download(pd.DataFrame(rows).drop(columns=["rule", "data_version"]), "applied rules")


def _line(every: dict[str, DataVersion], newest: str) -> list[str]:
    """Return the versions that the newest one comes from, itself included."""
    found, at = [], newest
    while at in every and at not in found:
        found.append(at)
        at = every[at].derived_from or ""
    return found


def _back(newest: Record[DataVersion], row: dict[str, Any]) -> None:
    params = {"data_version": newest.id, "from_version": row["data_version"], "rule": row["rule"]}
    start_job("rulebook.back", newest.project_id, TAKE_BACK, params, "Taking a rule back")
