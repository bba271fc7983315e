"""Long work on labels: reading a table of judgements, measuring its agreement and finding its consensus."""

from typing import Any

import pandas as pd

from components.data import label_exports
from components.data.agreement_run import agreement_of, agreement_run
from components.data.consensus_run import consensus_run
from components.data.label_shapes import Repeats, from_votes, from_wide, settle_repeats
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import LabelSet
from components.project.projects import new_id
from components.project.tables import put_table, read_table
from components.stats.label_counts import require_columns

ROLES = ("item", "annotator", "label", "gold", "time", "rule")


def measure(work: Work) -> dict[str, Any]:
    """Read labels in any shape, measure their agreement, find their consensus, and save all of it.

    `params`: `name`, `file` (SHA-256), `encoding`; `shape` (long by default) with the columns `item`, `annotator`, `label` (and `gold`,
    `time`, `rule`, or None), or for wide tables and counted votes `item`, `columns` (and `gold`); `repeats`, `level`, `structured` and
    `data_set` (or None). Nothing is saved unless the labels can be measured.
    """
    params = work.params
    work.progress(0.1, f"Reading {params['name']}")
    frame = label_exports.read(params["name"], work.files.read(params["file"]), params.get("encoding"))
    frame, roles = _long(frame, params)
    repeats: Repeats = params.get("repeats") or "refuse"
    kept, repeated = settle_repeats(frame, roles["item"], roles["annotator"], roles["label"], repeats, roles["time"])
    body = LabelSet(
        name=params["name"].rsplit(".", 1)[0][:200],
        table=put_table(work.files, kept),
        **roles,
        level=params.get("level", "nominal"),
        repeats=repeats,
        repeated=put_table(work.files, repeated) if repeated is not None else None,
        anonymous=params.get("shape") == "votes",
        data_set=params.get("data_set"),
        structured=bool(params.get("structured")),
        source=params["name"],
    )
    id_ = new_id()
    _measured(work, id_, body, kept, new=True)
    return {"label_set": id_}


def again(work: Work) -> dict[str, Any]:
    """Measure labels that are here already. `params`: `label_set`."""
    id_ = work.params["label_set"]
    record = work.store.get(work.project_id, LabelSet, id_)
    if record is None:
        raise BadInput("These labels aren't here any more.", "Choose others.")
    work.progress(0.1, f"Measuring {record.body.name}")
    _measured(work, id_, record.body, read_table(work.files, record.body.table), new=False)
    return {"label_set": id_}


def _measured(work: Work, id_: str, body: LabelSet, frame: pd.DataFrame, *, new: bool) -> None:
    work.progress(0.4, "Measuring the agreement")
    found = agreement_of(body, frame)
    run = agreement_run(id_, body, frame, found)
    work.progress(0.7, "Finding the consensus")
    consensus = consensus_run(id_, body, frame, work.files, found.coded)
    for saved in (*([body] if new else []), consensus, run):
        work.store.put(work.project_id, saved, person=work.person, id=id_)


def _long(frame: pd.DataFrame, params: dict[str, Any]) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the table as one row a judgement, and which of its columns is what."""
    shape = params.get("shape") or "long"
    if shape == "long":
        roles = {role: params.get(role) for role in ROLES}
        chosen = [column for column in roles.values() if column]
        require_columns(frame, chosen)
        twice = next((column for column in chosen if chosen.count(column) > 1), None)
        if twice:
            raise BadInput(f"The column “{twice}” can't be two things at once.", "Choose another column for one of them.")
        return frame, roles
    item, gold, columns = params["item"], params.get("gold"), list(params.get("columns") or ())
    twice = next((column for column in columns if column in {item, gold}), None)
    if twice:
        raise BadInput(f"The column “{twice}” can't be two things at once.", "Choose another column for one of them.")
    long = (from_votes if shape == "votes" else from_wide)(frame, item, columns, gold)
    return long, {"item": "item", "annotator": "annotator", "label": "label", "gold": "gold" if gold else None, "time": None, "rule": None}
