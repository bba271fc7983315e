"""Fits one model on every fold, in a process of its own that can be cut off."""

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.modelling.quick_models.declaration import QuickModel
from components.modelling.quick_models.task import Problem

WARM_UP_ROWS = 60
PRELOADED = ["__main__", "components.modelling.quick_models.preload"]


@dataclass(frozen=True)
class Fitted:
    """What came of one model: its score on each fold, what it predicted for each row, and what it took."""

    scores: NDArray[np.float64]
    predictions: NDArray[Any]
    fit_seconds: float
    memory_megabytes: float
    params: dict[str, str]
    error: str = ""


def failed(error: str) -> Fitted:
    """Return what stands for a model that failed."""
    return Fitted(np.zeros(0), np.zeros(0), 0.0, 0.0, {}, error)


def ready() -> None:
    """Start the process that fits are forked from, which takes seconds to import what they need."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin while others compute slow everybody down
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()


def fit(model: QuickModel, problem: Problem, seed: int, time_limit: float, alive: Callable[[], None] = lambda: None) -> Fitted:
    """Fit a model in a fresh process and return what came of it; one that takes too long or dies is reported, not waited for.

    `alive` is called every quarter of a second; an exception from it ends the process and is passed on.
    """
    ready()
    context = multiprocessing.get_context("forkserver")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, model, problem, seed), daemon=True)
    process.start()
    sender.close()
    deadline = time.monotonic() + time_limit
    try:
        while not receiver.poll(min(0.25, max(deadline - time.monotonic(), 0.01))):
            alive()
            if time.monotonic() > deadline:
                return failed(f"Cut off after {time_limit:g} s.")
        found: Fitted = receiver.recv()
        return found
    except (EOFError, ConnectionError):
        process.join()
        return failed("Its process was killed before it finished, perhaps because memory ran out.")
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        receiver.close()


def _child(sender: Connection, model: QuickModel, problem: Problem, seed: int) -> None:
    import warnings

    warnings.simplefilter("ignore")
    try:
        found = cross_validated(model, problem, seed)
    except MemoryError:
        found = failed("Memory ran out.")
    except Exception as error:
        found = failed(f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else 'no more is known'}")
    sender.send(found)
    sender.close()


def cross_validated(model: QuickModel, problem: Problem, seed: int) -> Fitted:
    """Fit a model on every fold; the same figures as scikit-learn's `cross_validate` with the same folds."""
    from sklearn.base import clone

    from components.modelling.quick_models.pipeline import pipeline

    estimator = pipeline(model, problem, seed)
    _warm_up(clone(estimator), problem)
    predictions = np.empty(len(problem.target), dtype=problem.target.dtype)
    scores, seconds = [], 0.0
    for train, test in problem.folds:
        fitted = clone(estimator)
        started = time.perf_counter()
        fitted.fit(problem.features.iloc[train], problem.target[train])
        seconds += time.perf_counter() - started
        predictions[test] = fitted.predict(problem.features.iloc[test])
        scores.append(score(problem.task, problem.target[test], predictions[test]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    params = {name: repr(value)[:250] for name, value in estimator.get_params(deep=True).items()}
    return Fitted(np.array(scores), predictions, seconds, memory, params)


def score(task: str, truth: NDArray[Any], predicted: NDArray[Any]) -> float:
    """Score predictions as scikit-learn does: accuracy, or R²."""
    from sklearn.metrics import accuracy_score, r2_score

    return float(accuracy_score(truth, predicted) if task == "classification" else r2_score(truth, predicted))


def _warm_up(estimator: Any, problem: Problem) -> None:
    """Pay for lazy imports and thread pools before the clock starts; that it may fail on so few rows doesn't matter."""
    import contextlib

    rows = problem.folds[0][0][:WARM_UP_ROWS]
    with contextlib.suppress(ValueError):
        estimator.fit(problem.features.iloc[rows], problem.target[rows])
