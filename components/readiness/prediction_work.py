"""Long work on predictions that somebody brings: reading, scoring and comparing them."""

from typing import Any

import pandas as pd

from components.data import sources
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.comparison import Ranking, rank
from components.modelling.predictions import likely_metric, scorable, with_truth
from components.modelling.records import ModelComparison, PredictionSet
from components.project.data_sets import DataSet, DataVersion
from components.project.plain import finite
from components.project.projects import new_id
from components.project.tables import put_table, read_table


def score(work: Work) -> dict[str, Any]:
    """Read predictions, rank their models and compare each with each; nothing is saved unless they can be scored.

    `params`: `name`, `file` (SHA-256), `encoding`, `models` (columns), `truth` (a column, or empty: the target of the version of the
    data), `item` (a column, or empty), `data_version` (or None), and if wanted `metric` (what suits the truth by default), `positive`,
    `margin`.
    """
    params = work.params
    work.progress(0.1, f"Reading {params['name']}")
    frame = sources.read(params["name"], work.files.read(params["file"]), params.get("encoding"))
    truth, data_version = params.get("truth") or "", params.get("data_version") or ""
    if not truth:
        frame, truth = _joined(work, frame, params.get("item") or "", data_version)
    _, columns = scorable(frame, truth, params["models"])
    body = PredictionSet(
        name=params["name"].rsplit(".", 1)[0][:200],
        table=put_table(work.files, frame),
        truth=truth,
        models=list(columns),
        item=params.get("item") or "",
        data_version=data_version if params.get("item") else "",
        source=params["name"],
    )
    id_ = new_id()
    work.progress(0.4, f"Comparing {len(columns)} models")
    run = _compared(id_, body, frame, params)
    for saved in (body, run):
        work.store.put(work.project_id, saved, person=work.person, id=id_)
    return {"prediction_set": id_}


def again(work: Work) -> dict[str, Any]:
    """Compare predictions that are here by another metric. `params`: `prediction_set`, `metric`, `positive`, `margin`."""
    id_ = work.params["prediction_set"]
    record = work.store.get(work.project_id, PredictionSet, id_)
    if record is None:
        raise BadInput("These predictions aren't here any more.", "Choose others.")
    work.progress(0.2, f"Comparing the models of {record.body.name}")
    run = _compared(id_, record.body, read_table(work.files, record.body.table), work.params)
    work.store.put(work.project_id, run, person=work.person, id=id_)
    return {"prediction_set": id_}


def _joined(work: Work, frame: pd.DataFrame, item: str, data_version: str) -> tuple[pd.DataFrame, str]:
    """Put the data's own target beside predictions that come without the truth."""
    version = work.store.get(work.project_id, DataVersion, data_version) if data_version else None
    data_set = work.store.get(work.project_id, DataSet, version.body.data_set) if version else None
    if version is None or data_set is None or not item:
        raise BadInput(
            "These predictions hold no truth.", "Choose the column that holds it, or the data and the column that names the items."
        )
    key, target = data_set.body.id_column, data_set.body.target
    if not key or not target:
        raise BadInput(
            f"“{data_set.body.name}” doesn't say which column is predicted and which names a row.", "Say both under “Data sets”."
        )
    return with_truth(frame, item, read_table(work.files, version.body.table), key, target), target


def _compared(id_: str, body: PredictionSet, frame: pd.DataFrame, params: dict[str, Any]) -> ModelComparison:
    truth, columns = scorable(frame, body.truth, body.models)
    metric, positive, margin = params.get("metric") or likely_metric(truth, columns), params.get("positive") or None, params.get("margin")
    found: Ranking = rank(truth, columns, metric, positive, margin)
    return ModelComparison(
        prediction_set=id_,
        metric=metric,
        convention=found.convention,
        positive=positive or "",
        margin=margin,
        n=len(frame),
        models=finite(found.models.to_dict("records")),
        pairs=finite(found.pairs.to_dict("records")),
        simulated=body.simulated,
    )
