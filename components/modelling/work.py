"""Long work on models: the quick models on a version of a data set, seen while they run."""

import hashlib
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import tracking
from components.modelling.images import pixels
from components.modelling.quick_models import Problem, Tried, models_for, problem, try_all
from components.modelling.records import Entry, Leaderboard
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import read_table

IMAGE_COLUMNS = ("path", "width", "height", "content")


def baselines(work: Work) -> dict[str, Any]:
    """Run the quick models. `params`: `data_version`, and if wanted `target`, `time_limit` (seconds a model), `folds`, `seed`.

    The leaderboard is saved after each model, so that everybody sees it fill; what an earlier run of the same found stays until
    its model has run again. At the end the runs are tracked in MLflow.
    """
    seed = int(work.params.get("seed", 0))
    time_limit = float(work.params.get("time_limit", 60))
    work.progress(0.02, "Reading the data")
    version, made, target = _problem(work, seed)
    planned = models_for(made.task)
    tried: list[Tried] = []
    before = work.store.get(work.project_id, Leaderboard, work.params["data_version"])

    def save(finished: bool, run_ids: list[str] | None = None, tracked: str = "") -> Leaderboard:
        board = _leaderboard(work, version, made, target, tried, run_ids or [""] * len(tried), seed, finished, tracked)
        if before and not finished:
            board = _carried(board, before.body)
        work.store.put(work.project_id, board, person=work.person, id=work.params["data_version"])
        return board

    def add(one: Tried) -> None:
        tried.append(one)
        save(finished=False)

    save(finished=False)
    try_all(
        made,
        seed=seed,
        time_limit=time_limit,
        on_result=add,
        alive=lambda title, number: work.progress((number + 0.5) / (len(planned) + 1), f"{title}, fitting"),
    )
    board = save(finished=True)
    work.progress(0.95, "Tracking the runs in MLflow")
    try:
        run_ids = tracking.log(work.settings, [_run(one, made, board, version) for one in tried if not one.fitted.error])
    except BadInput as error:
        save(finished=True, tracked=f"Not tracked. {error}")
        return {"models": len(tried), "tracked": False}
    waiting = iter(run_ids)
    save(finished=True, run_ids=["" if one.fitted.error else next(waiting) for one in tried], tracked="Tracked in MLflow.")
    return {"models": len(tried), "tracked": True}


def _problem(work: Work, seed: int) -> tuple[DataVersion, Problem, str]:
    """Make the learning problem of a version of a data set; images become pixels."""
    found = work.store.get(work.project_id, DataVersion, work.params["data_version"])
    data_set = work.store.get(work.project_id, DataSet, found.body.data_set) if found else None
    if found is None or data_set is None:
        raise BadInput("This version of the data isn't here any more.", "Choose another one.")
    version, roles = found.body, data_set.body
    target = work.params.get("target") or roles.target
    if not target:
        raise BadInput("Nobody has said which column is to be predicted.", "Choose the target.")
    frame = read_table(work.files, version.table)
    leave_out = tuple(column for column in (roles.id_column, roles.split_column) if column)
    if version.archive and version.media != "audio":
        if target not in frame.columns:
            raise BadInput(f"There is no column “{target}”.", f"The columns are: {', '.join(map(str, frame.columns[:12]))}.")
        picture = pixels(
            work.files.path(version.archive),
            list(frame["path"]),
            alive=lambda done: work.progress(0.02, f"Reading image {done + 1:,} of {len(frame):,}"),
        )
        side = math.isqrt(picture.shape[1])
        picture = picture.loc[:, picture.nunique() > 1]  # a margin that is always white says nothing
        frame = pd.concat([picture, frame[[target]].reset_index(drop=True)], axis=1)
    made = problem(frame, target, seed=seed, folds=int(work.params.get("folds", 5)), leave_out=leave_out)
    if version.archive and version.media != "audio":
        made = replace(made, notes=(f"Each image as its {side} × {side} grey pixels.", *made.notes))
    return version, made, target


def _leaderboard(
    work: Work,
    version: DataVersion,
    made: Problem,
    target: str,
    tried: list[Tried],
    run_ids: list[str],
    seed: int,
    finished: bool,
    tracked: str,
) -> Leaderboard:
    entries = [
        Entry(
            name=one.model.name,
            title=one.model.title,
            trivial=one.model.trivial,
            estimate=one.estimate.to_dict(),
            fit_seconds=round(one.fitted.fit_seconds, 4),
            memory_megabytes=round(one.fitted.memory_megabytes, 1),
            error=one.fitted.error,
            run_id=run_id,
        )
        for one, run_id in zip(tried, run_ids, strict=True)
    ]
    return Leaderboard(
        data_version=work.params["data_version"],
        target=target,
        task=made.task,
        metric=made.metric,
        convention=made.convention,
        folds=len(made.folds),
        seed=seed,
        n=len(made.target),
        notes=list(made.notes),
        models=entries,
        planned=len(models_for(made.task)),
        finished=finished,
        tracked=tracked,
        simulated=version.simulated,
    )


def _carried(board: Leaderboard, before: Leaderboard) -> Leaderboard:
    """Keep what the run before found for models that this one has not reached, where both learn the same on the same folds."""
    if any(getattr(board, field) != getattr(before, field) for field in ("target", "task", "folds", "seed", "n")):
        return board
    reached = {entry.name for entry in board.models}
    kept = [entry.model_copy(update={"earlier": True}) for entry in before.models if entry.name not in reached]
    return board.model_copy(update={"models": [*board.models, *kept]})


def _run(one: Tried, made: Problem, board: Leaderboard, version: DataVersion) -> tracking.Run:
    fold = np.empty(len(made.target), dtype=np.int64)
    for number, (_, test) in enumerate(made.folds):
        fold[test] = number
    split = hashlib.sha256(fold.tobytes() + made.rows.tobytes()).hexdigest()
    predictions = pd.DataFrame({"row": made.rows + 1, "fold": fold, "truth": made.target, "prediction": one.fitted.predictions})
    estimate = one.estimate
    metric = "accuracy" if made.task == "classification" else "r2"
    metrics = {
        metric: estimate.value,
        f"{metric}_low": estimate.low,
        f"{metric}_high": estimate.high,
        "fit_seconds": one.fitted.fit_seconds,
        "memory_megabytes": one.fitted.memory_megabytes,
        **{f"{metric}_fold_{number}": float(score) for number, score in enumerate(one.fitted.scores)},
    }
    tags = {
        "data.sha256": version.table,
        "data.archive_sha256": version.archive or "",
        "split.sha256": split,
        "target": board.target,
        "metric.convention": board.convention,
        "metric.direction": "higher",
        "folds": str(board.folds),
        "seed": str(board.seed),
        "simulated": board.simulated,
    }
    known = {name: float(value) for name, value in metrics.items() if value is not None}
    return tracking.Run(one.model.title, one.fitted.params, known, tags, predictions)
