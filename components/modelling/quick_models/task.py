"""What is to be learnt: which rows and features, classification or regression, and the folds that all models share."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.modelling.quick_models.declaration import Problem, Task
from components.modelling.quick_models.features import FEW_VALUES, features, numbers
from components.modelling.quick_models.folds import make_folds

MOST_CLASSES = 200


def problem(
    frame: pd.DataFrame,
    target: str,
    *,
    seed: int = 0,
    folds: int = 5,
    leave_out: tuple[str, ...] = (),
    group: str | None = None,
    time: str | None = None,
) -> Problem:
    """Make a learning problem from a table.

    `group` names the column of what belongs together and is never torn between training and test, `time` the column by which folds
    are ordered; neither is a feature.

    Raises
    ------
    BadInput
        The target isn't there, is constant, or can't be told from text; nothing is left to learn from, or to hold back.
    """
    frame = frame.set_axis(frame.columns.map(str), axis="columns")
    for name in filter(None, (target, group, time)):
        if name not in frame.columns:
            raise BadInput(f"There is no column “{name}”.", f"The columns are: {words.listed(frame.columns, most=12)}.")
    notes: list[str] = []
    rows = np.flatnonzero(_present(frame[target]))
    if len(rows) < len(frame):
        kind = " finite" if np.isinf(numbers(frame[target])).any() else ""
        notes.append(f"{words.counted(len(frame) - len(rows), 'row')} without a{kind} target left out.")
    if not len(rows):
        raise BadInput(f"The target “{target}” is missing in every row.", "Choose another column.")
    task = _task(frame[target].iloc[rows], target)
    if task == "classification":
        rows = _frequent(frame[target], rows, target, notes)
    answers = frame[target].iloc[rows]
    apart = (*leave_out, *filter(None, (group, time)))
    learnt_from, texts = features(frame.drop(columns=[target]).iloc[rows].reset_index(drop=True), apart, notes)
    values = answers.astype(str).to_numpy(dtype=object) if task == "classification" else answers.to_numpy(dtype=np.float64)
    groups = frame[group].iloc[rows] if group else None
    times = frame[time].iloc[rows] if time else None
    made, order = make_folds(values, task, folds, seed, notes, groups=groups, times=times)
    return Problem(task, learnt_from, values, rows.astype(np.int64), made, tuple(notes), texts, order)


def _present(column: pd.Series) -> NDArray[np.bool_]:
    present: NDArray[np.bool_] = column.notna().to_numpy()
    return present & ~np.isinf(numbers(column))


def _task(answers: pd.Series, target: str) -> Task:
    distinct = answers.nunique()
    if distinct < 2:
        raise BadInput(f"The target “{target}” has a single value, so there is nothing to learn.", "Choose another column.")
    if pd.api.types.is_datetime64_any_dtype(answers):
        raise BadInput(f"The target “{target}” is a time.", "Choose a class or a number, such as the days until then.")
    if pd.api.types.is_numeric_dtype(answers) and not pd.api.types.is_bool_dtype(answers):
        whole = (answers == answers.round()).all()
        return "classification" if whole and distinct <= FEW_VALUES else "regression"
    if distinct > MOST_CLASSES or distinct > max(len(answers) / 2, 2):
        raise BadInput(
            f"The target “{target}” has {distinct:,} different values in {len(answers):,} rows: that is text or a key, not a class.",
            "Choose a column with few classes or with numbers.",
        )
    return "classification"


def _frequent(column: pd.Series, rows: NDArray[np.int64], target: str, notes: list[str]) -> NDArray[np.int64]:
    """Leave out classes with a single example: they can't be in training and test."""
    answers = column.iloc[rows].astype(str)
    counts = answers.value_counts()
    single = counts.index[counts < 2]
    if not len(single):
        return rows
    if (counts >= 2).sum() < 2:
        raise BadInput(f"Only one class of “{target}” has two examples.", "Collect more examples of each class.")
    notes.append(f"{words.counted(len(single), 'class', 'classes')} with a single example left out: {words.listed(map(str, single))}.")
    kept: NDArray[np.int64] = rows[~answers.isin(single).to_numpy()]
    return kept
