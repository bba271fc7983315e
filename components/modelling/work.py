"""Long work on models: the quick models on a version of a data set, seen while they run."""

import contextlib
import hashlib
import threading
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import tracking
from components.modelling.experiments_work import keep_runs
from components.modelling.learning import Material, material
from components.modelling.quick_models import Problem, Tried, learnt_estimates, models_for, try_all
from components.modelling.records import Entry, Leaderboard
from components.project.data_sets import DataVersion
from components.project.tables import put_table

TRIVIAL = "trivial"
"""As `only`: the models that look at no feature, which are there in a moment."""


def baselines(work: Work) -> dict[str, Any]:
    """Run the quick models.

    `params`: `data_version`, and if wanted `target`, `time_limit` (seconds a model), `memory_limit` (megabytes a model), `folds`, `seed`,
    `only`.

    The leaderboard is saved after each model, so that everybody sees it fill; what an earlier run of the same found stays until
    its model has run again. At the end the runs are tracked in MLflow.
    """
    seed = int(work.params.get("seed", 0))
    time_limit = float(work.params.get("time_limit", 60))
    memory_limit = float(work.params["memory_limit"]) if work.params.get("memory_limit") else None
    work.progress(0.02, "Reading the data")
    read = material(work, work.params["data_version"], work.params.get("target"))
    made, version, target = read.problem(seed, int(work.params.get("folds", 5))), read.version, read.target
    planned = models_for(made.task)
    only = tuple(one for one in planned if one.trivial) if work.params.get("only") == TRIVIAL else planned
    first_that_learns = next((one for one in planned if not one.trivial), None)
    tried: list[Tried] = []
    kept: list[str] = []  # where the predictions of each model are
    before = work.store.get(work.project_id, Leaderboard, work.params["data_version"])

    def save(finished: bool, run_ids: list[str] | None = None, tracked: str = "") -> Leaderboard:
        board = _leaderboard(work, version, made, target, tried, kept, run_ids or [""] * len(tried), seed, finished, tracked)
        if before and not finished:
            board = _carried(board, before.body)
        work.store.put(work.project_id, board, person=work.person, id=work.params["data_version"])
        return board

    def add(one: Tried) -> None:
        tried.append(one)
        kept.append("" if one.fitted.error else put_table(work.files, predictions(made, one)))
        save(finished=False)
        if one.model == first_that_learns:  # the slow ones are fitted elsewhere, and nothing is imported here meanwhile
            threading.Thread(target=tracking.load, daemon=True).start()

    try_all(
        made,
        seed=seed,
        time_limit=time_limit,
        memory_limit=memory_limit,
        models=only,
        on_result=add,
        alive=lambda title, number: work.progress((number + 0.5) / (len(planned) + 1), f"{title}, fitting"),
    )
    if only != planned:
        return {"models": len(tried), "tracked": False}
    board = save(finished=True)
    work.progress(0.95, "Tracking the runs in MLflow")
    try:
        run_ids = tracking.log(work.settings, [logged(work, one, made, board, read) for one in tried if not one.fitted.error])
    except BadInput as error:
        save(finished=True, tracked=f"Not tracked. {error}")
        return {"models": len(tried), "tracked": False}
    waiting = iter(run_ids)
    with contextlib.suppress(BadInput):  # read again on the screen of experiments
        keep_runs(work)
    save(finished=True, run_ids=["" if one.fitted.error else next(waiting) for one in tried], tracked="Tracked in MLflow.")
    return {"models": len(tried), "tracked": True}


def _leaderboard(
    work: Work,
    version: DataVersion,
    made: Problem,
    target: str,
    tried: list[Tried],
    kept: list[str],
    run_ids: list[str],
    seed: int,
    finished: bool,
    tracked: str,
) -> Leaderboard:
    learnt = [learnt_estimates(made, one.fitted) for one in tried]
    entries = [
        Entry(
            name=one.model.name,
            title=one.model.title,
            trivial=one.model.trivial,
            estimate=one.estimate.to_dict(),
            fit_seconds=round(one.fitted.fit_seconds, 4),
            memory_megabytes=None if one.model.trivial else round(one.fitted.memory_megabytes, 1),
            error=one.fitted.error,
            run_id=run_id,
            predictions=where,
            learnt=known[0].to_dict() if known else {},
            forgets=known[1].to_dict() if known else {},
        )
        for one, where, run_id, known in zip(tried, kept, run_ids, learnt, strict=True)
    ]
    return Leaderboard(
        data_version=work.params["data_version"],
        target=target,
        task=made.task,
        metric=made.metric,
        convention=made.convention,
        folds=len(made.folds),
        seed=seed,
        n=made.tested,
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


def board_of(work: Work, version_id: str, read: Material, made: Problem, tried: list[Tried], seed: int) -> Leaderboard:
    """Return a leaderboard of some models that is not saved, for what is tracked of them."""
    part = work.part({**work.params, "data_version": version_id}, 0, 1)
    blank = [""] * len(tried)
    return _leaderboard(part, read.version, made, read.target, tried, blank, blank, seed, True, "")


def predictions(made: Problem, one: Tried) -> pd.DataFrame:
    """Return what a model predicted for each row that was held back: row (from 1), fold, truth, prediction, certainty, of_truth."""
    fold = fold_of(made)
    columns = {"row": made.rows + 1, "fold": fold, "truth": made.target, "prediction": one.fitted.predictions}
    if made.task == "classification":
        columns |= {"certainty": one.fitted.certainty, "of_truth": one.fitted.of_truth}
    return pd.DataFrame(columns)[fold >= 0].reset_index(drop=True)


def fold_of(made: Problem) -> NDArray[np.int64]:
    """Return in which fold each row is held back, -1 for those that never are."""
    fold = np.full(len(made.target), -1, dtype=np.int64)
    for number, (_, test) in enumerate(made.folds):
        fold[test] = number
    return fold


def rulebook(work: Work) -> str:
    """Say which rulebook stood when something was run: how many rules, and the beginning of a SHA-256 over what they ask for."""
    rule = work.store.kinds.get("rule")  # the data phase's: here they are only told apart
    rules: list[Any] = [record.body for record in work.store.all(work.project_id, rule)] if rule else []
    standing = sorted(one.content for one in rules if one.status != "retired")
    said = hashlib.sha256(" ".join(standing).encode()).hexdigest()[:12]
    return f"{words.counted(len(standing), 'rule')}, {said}" if standing else ""


def logged(work: Work, one: Tried, made: Problem, board: Leaderboard, read: Material, more: dict[str, str] | None = None) -> tracking.Run:
    """Return what is tracked of a model: parameters, scores, and everything that is needed to run it again."""
    split = hashlib.sha256(fold_of(made).tobytes() + made.rows.tobytes()).hexdigest()
    estimate = one.estimate
    metric = "accuracy" if made.task == "classification" else "r2"
    metrics = {
        metric: estimate.value,
        f"{metric}_low": estimate.low,
        f"{metric}_high": estimate.high,
        "fit_seconds": one.fitted.fit_seconds,
        "memory_megabytes": None if one.model.trivial else one.fitted.memory_megabytes,
        **{f"{metric}_fold_{number}": float(score) for number, score in enumerate(one.fitted.scores)},
    }
    predicted = predictions(made, one)
    tags = {
        tracking.PROJECT: work.project_id,
        "groundwork.model": one.model.name,
        "groundwork.data_version": board.data_version,
        "groundwork.predictions": put_table(work.files, predicted),
        "data.name": f"{read.data_set.name}, version {read.version.number}",
        "data.sha256": read.version.table,
        "data.archive_sha256": read.version.archive or "",
        "split.sha256": split,
        "target": board.target,
        "metric.convention": board.convention,
        "metric.direction": "higher",
        "folds": str(board.folds),
        "seed": str(board.seed),
        "rulebook": rulebook(work),
        "simulated": board.simulated,
        **(more or {}),
    }
    known = {name: float(value) for name, value in metrics.items() if value is not None}
    return tracking.Run(one.model.title, one.fitted.params, known, tags, predicted)
