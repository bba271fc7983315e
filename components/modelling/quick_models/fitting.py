"""Fits one model on every fold, in a process of its own that can be cut off."""

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from components.modelling.quick_models.declaration import Problem, QuickModel

WARM_UP_ROWS = 60
MEGABYTE = 1024**2
MANY_CELLS = 2_000_000
SHARE_OF_FREE = 0.8
PRELOADED = ["__main__", "components.modelling.quick_models.preload"]


@dataclass(frozen=True)
class Fitted:
    """What came of one model: its score on each fold, what it predicted for each row, and what it took.

    Of classes, `certainty` is the probability that it gave to its prediction and `of_truth` that of the right class. A row that no
    fold tests has no prediction (None, or NaN). `learnt` says of each row whether a model that had learnt from it predicts it right,
    NaN where none was asked. `own_megabytes` is what fitting took beyond the program and the data.
    """

    scores: NDArray[np.float64]
    predictions: NDArray[Any]
    fit_seconds: float
    memory_megabytes: float
    params: dict[str, str]
    error: str = ""
    certainty: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    of_truth: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    own_megabytes: float = 0.0
    learnt: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def failed(error: str) -> Fitted:
    """Return what stands for a model that failed."""
    return Fitted(np.zeros(0), np.zeros(0), 0.0, 0.0, {}, error)


def ready() -> None:
    """Start the process that fits are forked from, which takes seconds to import what they need."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin while others compute slow everybody down
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()


def fit(
    model: QuickModel,
    problem: Problem,
    seed: int,
    time_limit: float,
    alive: Callable[[], None] = lambda: None,
    memory_limit: float | None = None,
) -> Fitted:
    """Fit a model in a fresh process and return what came of it; one that takes too much or dies is reported, not waited for.

    `memory_limit` is in megabytes; by default four fifths of what is free. A trivial model takes nothing and runs where it is called.

    `alive` is called every quarter of a second; an exception from it ends the process and is passed on.
    """
    if model.trivial:
        alive()
        return _guarded(model, problem, seed)
    ready()
    context = multiprocessing.get_context("forkserver")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, model, problem, seed), daemon=True)
    try:
        process.start()
    except OSError:
        receiver.close()
        sender.close()
        return failed("No process could be started for it; the machine may be out of memory or of processes.")
    sender.close()
    deadline = time.monotonic() + time_limit
    most = memory_limit or SHARE_OF_FREE * psutil.virtual_memory().available / MEGABYTE
    try:
        while not receiver.poll(min(0.25, max(deadline - time.monotonic(), 0.01))):
            alive()
            if time.monotonic() > deadline:
                return failed(f"Cut off after {time_limit:g} s.")
            if _megabytes(process.pid) > most:
                return failed(f"Cut off: it took more than {most:,.0f} MB of memory.")
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


def _megabytes(pid: int | None) -> float:
    try:
        return float(psutil.Process(pid).memory_info().rss) / MEGABYTE
    except psutil.NoSuchProcess:
        return 0.0


def _child(sender: Connection, model: QuickModel, problem: Problem, seed: int) -> None:
    sender.send(_guarded(model, problem, seed))
    sender.close()


def _guarded(model: QuickModel, problem: Problem, seed: int) -> Fitted:
    """Fit a model; what goes wrong is what came of it."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return cross_validated(model, problem, seed)
        except MemoryError:
            return failed("Memory ran out.")
        except Exception as error:
            return failed(f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else 'no more is known'}")


def cross_validated(model: QuickModel, problem: Problem, seed: int) -> Fitted:
    """Fit a model on every fold; the same figures as scikit-learn's `cross_validate` with the same folds.

    Linear algebra gets one thread, and so does all else on small tables: a second one gains nothing there, and where others compute
    too, threads that wait for each other turn a fit of .1 s into 14.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1, user_api="blas" if problem.features.size > MANY_CELLS else None):
        return _cross_validated(model, problem, seed)


def _cross_validated(model: QuickModel, problem: Problem, seed: int) -> Fitted:
    from sklearn.base import clone

    from components.modelling.quick_models.pipeline import pipeline

    estimator = pipeline(model, problem, seed)
    begun = _peak()
    _warm_up(clone(estimator), problem)
    classes = problem.task == "classification"
    predictions = np.full(len(problem.target), None if classes else np.nan, dtype=problem.target.dtype)
    certainty, of_truth, learnt = np.full((3, len(problem.target)), np.nan)
    scores, seconds = [], 0.0
    for number, (train, test) in enumerate(problem.folds):
        fitted = clone(estimator)
        started = time.perf_counter()
        fitted.fit(problem.features.iloc[train], problem.target[train])
        seconds += time.perf_counter() - started
        predictions[test] = fitted.predict(problem.features.iloc[test])
        scores.append(score(problem.task, problem.target[test], predictions[test]))
        if classes:
            certainty[test], of_truth[test] = _probabilities(fitted, problem, test, predictions[test])
        if classes and not model.trivial:
            seen = _learnt_from(problem, number)
            learnt[seen] = fitted.predict(problem.features.iloc[seen]) == problem.target[seen] if len(seen) else np.nan
    memory = _peak()
    params = {name: repr(value)[:250] for name, value in estimator.get_params(deep=True).items()}
    return Fitted(np.array(scores), predictions, seconds, memory, params, "", certainty, of_truth, memory - begun, learnt)


def _learnt_from(problem: Problem, fold: int) -> NDArray[np.int64]:
    """Return the rows that the fold before holds back, as far as this one learns from them: of all folds together, each row once."""
    held_back = problem.folds[fold - 1][1]
    return held_back[np.isin(held_back, problem.folds[fold][0])]


def _peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (MEGABYTE if sys.platform == "darwin" else 1024)


def _probabilities(fitted: Any, problem: Problem, test: NDArray[np.int64], predicted: NDArray[Any]) -> NDArray[np.float64]:
    """Return the probabilities of the predicted classes and of the right ones; 0 for a class that training did not hold."""
    given = fitted.predict_proba(problem.features.iloc[test])
    place = {name: number for number, name in enumerate(fitted.classes_)}
    padded = np.column_stack([given, np.zeros(len(given))])
    rows = np.arange(len(given))
    return np.array([padded[rows, [place.get(name, -1) for name in names]] for names in (predicted, problem.target[test])])


def score(task: str, truth: NDArray[Any], predicted: NDArray[Any]) -> float:
    """Score predictions as scikit-learn does: accuracy, or R²; its own accuracy sorts both first, which takes longer than guessing."""
    if task == "classification":
        return float((truth == predicted).mean())
    from sklearn.metrics import r2_score

    return float(r2_score(truth, predicted))


def _warm_up(estimator: Any, problem: Problem) -> None:
    """Pay for lazy imports and thread pools before the clock starts; that it may fail on so few rows doesn't matter."""
    import contextlib

    rows = problem.folds[0][0][:WARM_UP_ROWS]
    with contextlib.suppress(ValueError):
        estimator.fit(problem.features.iloc[rows], problem.target[rows])
