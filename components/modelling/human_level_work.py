"""Long work on human level: measuring it on labels that are here, and models on the same items."""

from typing import Any

import pandas as pd

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.human_level_run import human_level_run
from components.modelling.predicted import items_predicted, sources
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.tables import read_table

MOST_MODELS = 4


def measure(work: Work) -> dict[str, Any]:
    """Measure how good people are on a set of labels, and save it under its id.

    `params`: `label_set`, and for labels on structured data `override`, why people are a benchmark all the same.
    """
    id_ = work.params["label_set"]
    record = work.store.get(work.project_id, LabelSet, id_)
    if record is None:
        raise BadInput("These labels aren't here any more.", "Choose others.")
    work.progress(0.1, f"Measuring human level on {record.body.name}")
    judgements = read_table(work.files, record.body.table)
    models = predictions_on(work, record.body.data_set)
    run = human_level_run(id_, record.body, judgements, str(work.params.get("override") or ""), models)
    work.store.put(work.project_id, run, person=work.person, id=id_)
    return {"label_set": id_}


def predictions_on(work: Work, data_set: str | None) -> dict[str, pd.DataFrame]:
    """Return what the best models predicted for the items of a data set, in its newest version that has any."""
    found = work.store.get(work.project_id, DataSet, data_set) if data_set else None
    key = found.body.id_column if found else None
    if key is None:
        return {}
    versions = [one for one in work.store.all(work.project_id, DataVersion) if one.body.data_set == data_set]
    for version in reversed(versions):
        there = sources(work.store, work.project_id, version.id)[:MOST_MODELS]
        if there:
            keys = read_table(work.files, version.body.table, [key])[key]
            return {source.title: items_predicted(work.files, source, keys) for source in there}
    return {}
