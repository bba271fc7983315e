"""The folds that all models share: stratified, with groups kept together, or in time."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.modelling.quick_models.declaration import Fold, Task

FEWEST = 2


def make_folds(
    values: NDArray[Any],
    task: Task,
    number: int,
    seed: int,
    notes: list[str],
    *,
    groups: pd.Series | None = None,
    times: pd.Series | None = None,
) -> tuple[list[Fold], str]:
    """Return folds and how they were made: by time where times are given, else grouped where groups are, else stratified.

    Raises
    ------
    BadInput
        There are too few rows or groups to hold any back.
    """
    if number < FEWEST:
        raise BadInput(f"{words.counted(number, 'fold')} can't hold anything back.", "Use at least two folds.")
    if len(values) < 2 * FEWEST:
        raise BadInput(f"{words.counted(len(values), 'row')} are too few to hold any back.", "Bring at least four rows.")
    if times is not None:
        return _in_time(values, task, number, notes, groups, times), "by time"
    if groups is not None:
        return _grouped(values, task, number, seed, notes, groups), "grouped"
    from sklearn.model_selection import KFold, StratifiedKFold

    if task == "regression":
        return list(KFold(min(number, len(values) // 2), shuffle=True, random_state=seed).split(values)), "shuffled"
    smallest = int(pd.Series(values).value_counts().min())
    if smallest < number:
        notes.append(f"{smallest} folds instead of {number}: the rarest class has {smallest} examples.")
    splitter = StratifiedKFold(min(number, smallest), shuffle=True, random_state=seed)
    return list(splitter.split(np.zeros(len(values)), values)), "stratified"


def _grouped(values: NDArray[Any], task: Task, number: int, seed: int, notes: list[str], groups: pd.Series) -> list[Fold]:
    from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

    codes = _codes(groups)
    there = int(codes.max()) + 1
    if there < FEWEST:
        raise BadInput(f"All rows belong to one group (column “{groups.name}”), so none can be held back.", "Name another group column.")
    if there < number:
        notes.append(f"{there} folds instead of {number}: there are {words.counted(there, 'group')} in “{groups.name}”.")
    number = min(number, there)
    splitter = StratifiedGroupKFold if task == "classification" else GroupKFold
    folds = list(splitter(number, shuffle=True, random_state=seed).split(np.zeros(len(values)), values, codes))
    return _that_teach(folds, values, task, notes)


def _in_time(values: NDArray[Any], task: Task, number: int, notes: list[str], groups: pd.Series | None, times: pd.Series) -> list[Fold]:
    """Return folds in which only what came before is learnt from; of a group that is tested, nothing is."""
    from sklearn.model_selection import TimeSeriesSplit

    when = times if pd.api.types.is_numeric_dtype(times) else pd.to_datetime(times, errors="coerce", format="mixed", utc=True)
    if when.isna().all():
        raise BadInput(f"No cell of “{times.name}” can be read as a time.", "Name another time column, or none.")
    order = np.argsort(when.to_numpy(), kind="stable")  # rows without a time come last
    if when.isna().any():
        order = order[: int(when.notna().sum())]
        notes.append(f"{words.counted(int(when.isna().sum()), 'row')} without a time left out.")
    number = min(number, len(order) // 2)
    folds = [(order[train], order[test]) for train, test in TimeSeriesSplit(number).split(order)]
    first = len(order) - sum(len(test) for _, test in folds)
    notes.append(f"The oldest {words.counted(first, 'row')} are only learnt from.")
    if groups is not None:
        codes = _codes(groups)
        folds = [(train[~np.isin(codes[train], codes[test])], test) for train, test in folds]
    return _that_teach(folds, values, task, notes)


def _that_teach(folds: list[Fold], values: NDArray[Any], task: Task, notes: list[str]) -> list[Fold]:
    """Leave out folds whose training rows hold nothing to learn: no row, or a single class."""
    least = 2 if task == "classification" else 1
    kept = [(train, test) for train, test in folds if len(test) and len(train) >= FEWEST and len(pd.unique(values[train])) >= least]
    if not kept:
        raise BadInput("No fold leaves two classes to learn from.", "Use fewer folds, or other groups or times.")
    if len(kept) < len(folds):
        notes.append(f"{words.counted(len(folds) - len(kept), 'fold')} left out: too little to learn from in the rest.")
    return kept


def _codes(groups: pd.Series) -> NDArray[np.int64]:
    """Return a number for each group; a row without one is a group of its own."""
    codes: NDArray[np.int64] = pd.factorize(groups)[0].astype(np.int64)
    alone = codes < 0
    codes[alone] = codes.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    return codes
