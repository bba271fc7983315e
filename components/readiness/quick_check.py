"""A quick check: one job that reads a file, checks it, and fits the quick models where it can tell what is to be predicted."""

from typing import Any

from components.data.work import ingest
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.work import baselines
from components.project.data_sets import DataSet, DataVersion


def run(work: Work) -> dict[str, Any]:
    """Read and check a file, then fit the quick models. `params` as `components.data.work.ingest` takes them.

    What can't be learnt leaves the checks as they are; `no_models` says why.
    """
    version_id = ingest(work.part(work.params, 0.0, 0.3))["data_version"]
    version = work.store.get(work.project_id, DataVersion, version_id)
    data_set = work.store.get(work.project_id, DataSet, version.body.data_set) if version else None
    if data_set is None or data_set.body.target is None:
        return {"data_version": version_id, "no_models": "Choose what is to be predicted."}
    try:
        baselines(work.part({"data_version": version_id}, 0.3, 1.0))
    except BadInput as error:
        return {"data_version": version_id, "no_models": str(error)}
    return {"data_version": version_id, "no_models": ""}
