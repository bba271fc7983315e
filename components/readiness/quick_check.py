"""A quick check: one job that reads a file, checks it, and fits the quick models where it can tell what is to be predicted."""

from importlib import import_module
from typing import Any

from components.data.description import likely_target
from components.data.work import bring, check
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.quick_models import fitting
from components.modelling.work import TRIVIAL, baselines
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.project.tables import read_table

IN_A_MOMENT = 50_000
"""Rows up to which guessing is quicker than the checks."""


def ready() -> None:
    """Prepare a worker that waits: by now this module is imported; what the first models and all fits need follows."""
    fitting.ready()
    import_module(fitting.PRELOADED[-1])


def run(work: Work) -> dict[str, Any]:
    """Read and check a file, and fit the quick models. `params` as `components.data.work.ingest` takes them.

    Of a table that is guessed in a moment, what guessing reaches comes first; then the checks, then the models that learn. Of a large
    one the checks are there sooner. What can't be learnt leaves the checks as they are; `no_models` says why.
    """
    version_id, _ = bring(work.part(work.params, 0.0, 0.1))
    version = work.store.get(work.project_id, DataVersion, version_id)
    data_set = work.store.get(work.project_id, DataSet, version.body.data_set) if version else None
    if version is not None and data_set is not None and data_set.body.target is None and not version.body.archive:
        data_set = _guessed(work, version, data_set)
    why_not = ""
    if version is None or data_set is None or data_set.body.target is None:
        why_not = "Choose what is to be predicted."
    elif not version.body.archive and version.body.rows <= IN_A_MOMENT:
        why_not = _models(work.part({"data_version": version_id, "only": TRIVIAL}, 0.1, 0.15))
    check(work.part({"data_version": version_id}, 0.15, 0.35))
    if not why_not:
        why_not = _models(work.part({"data_version": version_id}, 0.35, 1.0))
    return {"data_version": version_id, "no_models": why_not}


def _guessed(work: Work, version: Record[DataVersion], data_set: Record[DataSet]) -> Record[DataSet]:
    """Take the last column as what is to be predicted where it could be: a quick check asks nothing first, and shows what it took."""
    target = likely_target(read_table(work.files, version.body.table))
    if target is None:
        return data_set
    body = data_set.body.model_copy(update={"target": target})
    return work.store.save(work.project_id, body, person=work.person, id=data_set.id, read=data_set.version)


def _models(work: Work) -> str:
    """Fit quick models, or say why nothing can be learnt."""
    try:
        baselines(work)
    except BadInput as error:
        return str(error)
    return ""
