"""How sure a cross-validated score is: rows resampled within folds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.modelling.quick_models.declaration import Problem
from components.modelling.quick_models.fitting import Fitted
from components.stats.estimate import Estimate
from components.stats.intervals import wilson
from components.stats.paired import paired_interval
from components.stats.resampling import RESAMPLES, percentile_interval, resampled_sums


def score_estimate(problem: Problem, fitted: Fitted, seed: int = 0) -> Estimate:
    """Return the mean score over folds, with the interval that resampling rows within each fold gives.

    Where every row is right (or wrong) the resamples are all alike; the interval is then Wilson's on all rows.
    """
    value = float(fitted.scores.mean())
    n = problem.tested
    draws = np.zeros(RESAMPLES)
    rng = np.random.default_rng(seed)
    for number, (_, test) in enumerate(problem.folds):
        truth, predicted = problem.target[test], fitted.predictions[test]
        if problem.task == "classification":
            draws += rng.binomial(len(test), float((truth == predicted).mean()), RESAMPLES) / len(test)
        else:
            draws += _r_squared(truth, predicted, seed + number)
    draws /= len(problem.folds)
    if problem.task == "classification" and value in {0.0, 1.0}:
        limits = wilson(value * n, n)
        return Estimate(value, limits.low, limits.high, n)
    found = percentile_interval(draws)
    if found is None:
        return Estimate(value, n=n, why="Too few different rows for an interval.")
    return Estimate(value, min(found[0], value), max(found[1], value), n)


def learnt_estimates(problem: Problem, fitted: Fitted) -> tuple[Estimate, Estimate] | None:
    """Return the accuracy on rows that were learnt from, and how much more that is than on the same rows held back; or nothing."""
    if not len(fitted.learnt) or np.isnan(fitted.learnt).all():
        return None
    asked = np.flatnonzero(~np.isnan(fitted.learnt))
    seen, unseen = fitted.learnt[asked] == 1, problem.target[asked] == fitted.predictions[asked]
    only_seen, only_unseen, n = int((seen & ~unseen).sum()), int((unseen & ~seen).sum()), len(asked)
    more = (only_seen - only_unseen) / n
    low, high = paired_interval(only_seen, only_unseen, n)
    return wilson(int(seen.sum()), n), Estimate(more, min(low, more), max(high, more), n)


def _r_squared(truth: NDArray[Any], predicted: NDArray[Any], seed: int) -> NDArray[np.float64]:
    """Return R² of resampled rows, with deviations from the mean of all of them.

    Taken from the mean of each resample, the deviations would be too small by the factor 1 − 1/n, and the interval of a constant
    would lie wholly below its own R².
    """
    figures = np.column_stack([(truth - predicted) ** 2, (truth - truth.mean()) ** 2])
    sums = resampled_sums(figures, seed=seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        result: NDArray[np.float64] = 1 - sums[:, 0] / sums[:, 1]
    return result
