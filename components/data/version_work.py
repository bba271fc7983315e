"""Deriving a better version of a data set, and comparing two versions, as jobs."""

from typing import Any

import pandas as pd
from pydantic import ValidationError

from components.data.difference import difference
from components.data.steps import AnyStep, State, step_of
from components.data.work import check, load, opened, save_version
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import LabelSet
from components.project.tables import put_table, read_table
from components.stats.label_counts import named_columns


def derive(work: Work) -> dict[str, Any]:
    """Apply steps to a version, save what comes out as the next version with its lineage, and check it.

    `params`: `data_version`, `steps` (declarations as `components.data.steps` has them), `note`.
    """
    params = work.params
    version, data_set, frame = load(work, params["data_version"])
    steps = [_declared(one) for one in params["steps"]]
    if not steps:
        raise BadInput("No step was chosen.", "Choose at least one.")
    archive = work.files.read(version.archive) if version.archive else None
    state = State(frame, archive, data_set, lambda id_: _labels(work, id_))
    done: list[dict[str, Any]] = []
    for number, step in enumerate(steps):
        work.progress(0.05 + 0.4 * number / len(steps), step.sentence)
        changed = step.apply(state)
        done.append({"step": step.model_dump(mode="json"), "sentence": step.sentence, "changed": changed})
    if not any(one["changed"] for one in done):
        return {"data_version": params["data_version"], "unchanged": True, "sentence": "These steps change nothing; no version was added."}
    work.progress(0.5, f"Keeping {len(state.frame):,} rows")
    derived = {"derived_from": params["data_version"], "steps": done, "simulated": version.simulated}
    version_id = save_version(
        work, state.frame, state.archive, name=version.source, data_set=version.data_set, note=params.get("note", ""), derived=derived
    )
    told = "; ".join(f"{one['sentence']}: {one['changed']:,}" for one in done)
    check(work.part({"data_version": version_id}, 0.55, 1.0))
    return {"data_version": version_id, "sentence": told}


def take_back(work: Work) -> dict[str, Any]:
    """Make the newest version again without what one rule did in one of the steps that led to it.

    `params`: `data_version` (the newest), `from_version` (the one whose steps hold the rule's), `rule`. The versions that are there
    stay as they are.
    """
    params = work.params
    chain, at = [], params["data_version"]
    while True:
        version, _ = opened(work, at)
        chain.append(version)
        if at == params["from_version"] or not version.derived_from:
            break
        at = version.derived_from
    if at != params["from_version"] or not chain[-1].derived_from:
        raise BadInput("The newest version doesn't come from this one.", "Choose the version that does, and derive from it.")
    declared = [one["step"] for version in reversed(chain) for one in version.steps]
    first = next((place for place, one in enumerate(declared) if one.get("rule") == params["rule"] and one["step"] == "rule"), None)
    if first is None:
        raise BadInput("This rule did nothing in that version.", "Reload the page.")
    number = declared.pop(first)["number"]
    version, data_set, frame = load(work, str(chain[-1].derived_from))
    archive = work.files.read(version.archive) if version.archive else None
    state = State(frame, archive, data_set, lambda id_: _labels(work, id_))
    done = []
    for one in declared:
        step = _declared(one)
        changed = step.apply(state)
        done.append({"step": step.model_dump(mode="json"), "sentence": step.sentence, "changed": changed})
    back = len(state.frame) - chain[0].rows
    derived = {"derived_from": chain[-1].derived_from, "steps": done, "simulated": version.simulated}
    note = f"Rule {number} taken back"
    version_id = save_version(
        work, state.frame, state.archive, name=version.source, data_set=version.data_set, note=note, derived=derived, again=True
    )
    check(work.part({"data_version": version_id}, 0.55, 1.0))
    return {"data_version": version_id, "sentence": f"{note}: {back:+,} rows."}


def compare(work: Work) -> dict[str, Any]:
    """Compare two versions by key. `params`: `before`, `after` (ids of versions); the rows that differ are kept as a table."""
    _, _, before = load(work, work.params["before"])
    version, data_set, after = load(work, work.params["after"])
    key = data_set.id_column if data_set.id_column in before.columns and data_set.id_column in version.columns else None
    work.progress(0.3, "Comparing the rows")
    found = difference(before, after, key, data_set.target)
    counts = {name: getattr(found, name) for name in ("added", "removed", "changed", "relabelled", "same")}
    return {"sentence": found.sentence, "table": put_table(work.files, found.rows), "columns": found.columns, "key": key, **counts}


def _declared(one: dict[str, Any]) -> AnyStep:
    try:
        return step_of(one)
    except ValidationError as error:
        raise BadInput(f"A step can't be understood: {error.errors()[0]['msg']}.", "Choose it again.") from None


def _labels(work: Work, id_: str) -> pd.DataFrame:
    record = work.store.get(work.project_id, LabelSet, id_)
    if record is None:
        raise BadInput("These labels aren't here any more.", "Choose others.")
    body = record.body
    return named_columns(read_table(work.files, body.table), item=body.item, annotator=body.annotator, label=body.label)
