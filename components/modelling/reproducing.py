"""Running a tracked run again: the same model on the same data and folds, and what comes out otherwise."""

from typing import Any

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import tracking
from components.modelling.experiments import explain, main_metric
from components.modelling.experiments_work import keep_runs, kept_runs
from components.modelling.learning import material
from components.modelling.quick_models import models_for, try_all
from components.modelling.records import Reproduction
from components.modelling.work import board_of, logged, predictions
from components.project.data_sets import DataVersion
from components.project.tables import read_table

AGAIN = "groundwork.reproduces"


def reproduce(work: Work) -> dict[str, Any]:
    """Run a tracked run again and save the difference. `params`: `run_id`, and if wanted `time_limit` (seconds).

    Raises
    ------
    BadInput
        The run isn't in the list, was not made here, or its data aren't here any more.
    """
    run = next((one for one in kept_runs(work) if one["id"] == work.params["run_id"]), None)
    if run is None:
        raise BadInput("This run isn't in the list any more.", "Read the runs again.")
    tags = run["tags"]
    if "groundwork.model" not in tags:
        commit = tags.get("mlflow.source.git.commit", "")
        raise BadInput(
            f"“{run['name']}” was not run by Groundwork, so it can't be run again from here.",
            f"Run its own code{f' at commit {commit[:12]}' if commit else ''}; its parameters stand in the table.",
        )
    version = work.store.get(work.project_id, DataVersion, tags.get("groundwork.data_version", ""))
    if version is None or version.body.table != tags.get("data.sha256"):
        raise BadInput(f"The data of “{run['name']}” aren't here any more.", "Bring them in again as a version, and run the models on it.")
    work.progress(0.1, "Reading the data")
    read = material(work, version.id, tags.get("target"))
    seed = int(tags.get("seed", 0))
    made = read.problem(seed, int(tags.get("folds", 5)))
    model = next((one for one in models_for(made.task) if one.name == tags["groundwork.model"]), None)
    if model is None:
        raise BadInput(
            f"There is no quick model “{tags['groundwork.model']}” in this version of Groundwork.", "Use the version that ran it."
        )
    limit = float(work.params.get("time_limit", 600))
    alive = lambda title, number: work.progress(0.4, f"{title}, fitting")  # noqa: E731 - one line that says how far it is
    one = try_all(made, seed=seed, time_limit=limit, models=(model,), alive=alive)[0]
    if one.fitted.error:
        raise BadInput(f"{model.title} could not be run again: {one.fitted.error}", "Try again with more time or memory.")
    board = board_of(work, version.id, read, made, [one], seed)
    new = logged(work, one, made, board, read, {AGAIN: run["id"]})
    try:
        again = tracking.log(work.settings, [new])[0]
        keep_runs(work)
    except BadInput:
        again = ""
    metric, before = main_metric(run)
    kept = read_table(work.files, tags["groundwork.predictions"]).set_index("row")["prediction"]
    now = predictions(made, one).set_index("row")["prediction"].reindex(kept.index)
    shared = {**tracking.environment(), **new.tags}
    changes = explain(run, {"tags": shared, "params": {name: value[:6000] for name, value in new.params.items()}})
    body = Reproduction(
        run_id=run["id"],
        name=run["name"],
        again=again,
        metric=metric,
        before=float(before or 0.0),
        after=float(one.estimate.value or 0.0),
        rows=len(kept),
        differing=int((kept != now).sum()),
        changes=changes.to_dict("records"),
    )
    work.store.put(work.project_id, body, person=work.person, id=run["id"])
    return {"run_id": run["id"], "again": again}
