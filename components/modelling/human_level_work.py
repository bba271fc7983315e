"""Long work on human level: measuring it on labels that are here."""

from typing import Any

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.human_level_run import human_level_run
from components.project.data_sets import LabelSet
from components.project.tables import read_table


def measure(work: Work) -> dict[str, Any]:
    """Measure how good people are on a set of labels, and save it under its id. `params`: `label_set`."""
    id_ = work.params["label_set"]
    record = work.store.get(work.project_id, LabelSet, id_)
    if record is None:
        raise BadInput("These labels aren't here any more.", "Choose others.")
    work.progress(0.1, f"Measuring human level on {record.body.name}")
    run = human_level_run(id_, record.body, read_table(work.files, record.body.table))
    work.store.put(work.project_id, run, person=work.person, id=id_)
    return {"label_set": id_}
