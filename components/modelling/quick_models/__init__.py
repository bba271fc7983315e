"""Quick models: the ladder from guessing to gradient boosting, on the same folds for all. Each kind is a file, listed here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from components.modelling.quick_models.declaration import Problem, QuickModel
from components.modelling.quick_models.dummies import DUMMIES
from components.modelling.quick_models.fitting import Fitted, fit
from components.modelling.quick_models.forest import FOREST
from components.modelling.quick_models.gradient_boosting import GRADIENT_BOOSTING
from components.modelling.quick_models.intervals import learnt_estimates, score_estimate
from components.modelling.quick_models.linear import LINEAR
from components.modelling.quick_models.nearest_neighbours import NEAREST_NEIGHBOURS
from components.modelling.quick_models.task import problem
from components.stats.estimate import Estimate

__all__ = ["MODELS", "Problem", "QuickModel", "Tried", "learnt_estimates", "models_for", "problem", "run", "try_all"]

MODELS: tuple[QuickModel, ...] = (*DUMMIES, *LINEAR, *NEAREST_NEIGHBOURS, *FOREST, *GRADIENT_BOOSTING)


@dataclass(frozen=True)
class Tried:
    """One model that was tried: its estimate, or why there is none."""

    model: QuickModel
    estimate: Estimate
    fitted: Fitted


def models_for(task: str) -> tuple[QuickModel, ...]:
    """Return the models of a task, from the simplest on."""
    return tuple(model for model in MODELS if model.task == task)


def try_all(
    made: Problem,
    *,
    seed: int = 0,
    time_limit: float = 60,
    memory_limit: float | None = None,
    models: tuple[QuickModel, ...] | None = None,
    on_result: Callable[[Tried], None] = lambda tried: None,
    alive: Callable[[str, int], None] = lambda title, number: None,
) -> list[Tried]:
    """Try models one after the other; one that fails doesn't keep the others from running."""
    found = []
    for number, model in enumerate(models or models_for(made.task)):
        fitted = fit(model, made, seed, time_limit, partial(alive, model.title, number), memory_limit)
        estimate = Estimate(None, n=made.tested, why=fitted.error) if fitted.error else score_estimate(made, fitted, seed)
        found.append(Tried(model, estimate, fitted))
        on_result(found[-1])
    return found


def run(
    frame: pd.DataFrame,
    target: str,
    *,
    seed: int = 0,
    folds: int = 5,
    time_limit: float = 60,
    memory_limit: float | None = None,
    group: str | None = None,
    time: str | None = None,
) -> pd.DataFrame:
    """Fit the quick models that suit a target.

    Parameters
    ----------
    frame : DataFrame
        One row an example.
    target : str
        The column to predict. Classes when it is text, boolean or a whole number with at most 20 values; else a number.
    seed, folds : int
        Seed of folds, models and intervals; folds are stratified and shuffled, fewer where a class is rare.
    time_limit : float
        Seconds after which a model is cut off.
    memory_limit : float, optional
        Megabytes beyond which a model is cut off; by default four fifths of what is free.
    group, time : str, optional
        Column of what belongs together and is never torn between training and test; column by which folds are ordered.

    Returns
    -------
    DataFrame
        name, title, value (mean over folds of accuracy or R²), low, high (95 %, rows resampled within folds), fit_seconds (all
        folds), error; best first, failed ones last.

    Raises
    ------
    BadInput
        The target isn't there or can't be learnt, or no feature is left.
    """
    made = problem(frame, target, seed=seed, folds=folds, group=group, time=time)
    tried = try_all(made, seed=seed, time_limit=time_limit, memory_limit=memory_limit)
    rows = [
        (t.model.name, t.model.title, t.estimate.value, t.estimate.low, t.estimate.high, t.fitted.fit_seconds, t.fitted.error)
        for t in tried
    ]
    board = pd.DataFrame(rows, columns=["name", "title", "value", "low", "high", "fit_seconds", "error"])
    return board.sort_values("value", ascending=False, na_position="last", kind="stable").reset_index(drop=True)
