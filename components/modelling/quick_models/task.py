"""What is to be learnt: which rows and features, classification or regression, and the folds that all models share."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.modelling.quick_models.declaration import Task

MOST_CLASSES = 200
FEW_NUMBERS = 20
WIDE_TEXT = 0.5
KEY_GAPS = 1.2


@dataclass(frozen=True)
class Problem:
    """A learning problem made from a table.

    Attributes
    ----------
    features : DataFrame
        Numbers as float64, categories as text; missing cells stay missing.
    target : array, rows
    rows : array of int
        Positions of the rows in the table, counted from 0.
    folds : list of (train, test)
        Positions in `features`; the same for every model.
    notes : tuple of str
        What was left out and why, in sentences.
    """

    task: Task
    features: pd.DataFrame
    target: NDArray[Any]
    rows: NDArray[np.int64]
    folds: list[tuple[NDArray[np.int64], NDArray[np.int64]]]
    notes: tuple[str, ...]

    @property
    def metric(self) -> str:
        """The metric of the leaderboard."""
        return "accuracy" if self.task == "classification" else "R²"

    @property
    def convention(self) -> str:
        """The metric written out."""
        if self.task == "classification":
            return f"Share of rows with the right class, mean over {len(self.folds)} stratified folds."
        return f"1 − residual ÷ total sum of squares, mean over {len(self.folds)} folds; 0 is as good as the mean, negative is worse."


def problem(frame: pd.DataFrame, target: str, *, seed: int = 0, folds: int = 5, leave_out: tuple[str, ...] = ()) -> Problem:
    """Make a learning problem from a table.

    Raises
    ------
    BadInput
        The target isn't there, is constant, or can't be told from text; nothing is left to learn from.
    """
    frame = frame.set_axis(frame.columns.map(str), axis="columns")
    if target not in frame.columns:
        raise BadInput(f"There is no column “{target}”.", f"The columns are: {words.listed(frame.columns, most=12)}.")
    notes: list[str] = []
    rows = np.flatnonzero(_present(frame[target]))
    if len(rows) < len(frame):
        kind = " finite" if np.isinf(_numbers(frame[target])).any() else ""
        notes.append(f"{words.counted(len(frame) - len(rows), 'row')} without a{kind} target left out.")
    if not len(rows):
        raise BadInput(f"The target “{target}” is missing in every row.", "Choose another column.")
    task = _task(frame[target].iloc[rows], target)
    if task == "classification":
        rows = _frequent(frame[target], rows, target, notes)
    answers = frame[target].iloc[rows]
    features = _features(frame.drop(columns=[target]).iloc[rows].reset_index(drop=True), leave_out, notes)
    values = answers.astype(str).to_numpy(dtype=object) if task == "classification" else answers.to_numpy(dtype=np.float64)
    return Problem(task, features, values, rows.astype(np.int64), _folds(values, task, folds, seed, notes), tuple(notes))


def _present(column: pd.Series) -> NDArray[np.bool_]:
    present: NDArray[np.bool_] = column.notna().to_numpy()
    return present & ~np.isinf(_numbers(column))


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    """Return the numbers of a column as floats; NaN where there are none."""
    if not pd.api.types.is_numeric_dtype(column):
        return np.full(len(column), np.nan)
    numbers: NDArray[np.float64] = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return numbers


def _task(answers: pd.Series, target: str) -> Task:
    distinct = answers.nunique()
    if distinct < 2:
        raise BadInput(f"The target “{target}” has a single value, so there is nothing to learn.", "Choose another column.")
    if pd.api.types.is_datetime64_any_dtype(answers):
        raise BadInput(f"The target “{target}” is a time.", "Choose a class or a number, such as the days until then.")
    if pd.api.types.is_numeric_dtype(answers) and not pd.api.types.is_bool_dtype(answers):
        whole = (answers == answers.round()).all()
        return "classification" if whole and distinct <= FEW_NUMBERS else "regression"
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


def _features(frame: pd.DataFrame, leave_out: tuple[str, ...], notes: list[str]) -> pd.DataFrame:
    kept: dict[str, pd.Series] = {}
    dropped: dict[str, list[str]] = {}
    infinite = 0
    for name in frame.columns:
        column = frame[name]
        reason = "named as key or split" if name in leave_out else _unusable(column)
        if reason:
            dropped.setdefault(reason, []).append(name)
        elif pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
            numbers = _numbers(column)
            infinite += int(np.isinf(numbers).sum())
            kept[name] = pd.Series(np.where(np.isinf(numbers), np.nan, numbers), index=column.index)
        else:
            cells = [None if missing else str(cell) for cell, missing in zip(column, column.isna(), strict=True)]
            kept[name] = pd.Series(cells, index=column.index, dtype=object)
    notes += [f"{words.listed(names)} left out: {reason}." for reason, names in dropped.items()]
    if infinite:
        notes.append(f"{words.counted(infinite, 'infinite cell')} treated as missing.")
    if not kept:
        raise BadInput("No column is left to learn from.", "Bring at least one column of numbers or categories beside the target.")
    return pd.DataFrame(kept)


def _unusable(column: pd.Series) -> str:
    """Return why a column can't be a feature of a quick model, or nothing."""
    present = column.dropna()
    numeric = pd.api.types.is_numeric_dtype(column)
    if not len(present):
        return "empty"
    if isinstance(present.iloc[0], list | dict | np.ndarray):
        return "lists or records"
    if present.nunique() < 2:
        return "a single value"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "a time"
    if numeric:
        return "it numbers the rows" if _numbers_rows(present) else ""
    return "text or a key" if present.nunique() > max(FEW_NUMBERS, WIDE_TEXT * len(present)) else ""


def _numbers_rows(present: pd.Series) -> bool:
    """Whether whole numbers, each once, stand in order or leave hardly a gap: a key, in whatever order the rows are."""
    numbers = _numbers(present)
    if len(numbers) <= FEW_NUMBERS or not present.is_unique or not (np.isfinite(numbers) & (numbers == np.round(numbers))).all():
        return False
    return bool(present.is_monotonic_increasing or present.is_monotonic_decreasing or np.ptp(numbers) < KEY_GAPS * len(numbers))


def _folds(values: NDArray[Any], task: Task, folds: int, seed: int, notes: list[str]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    from sklearn.model_selection import KFold, StratifiedKFold

    if task == "regression":
        number = min(folds, len(values) // 2)
        if number < 2:
            raise BadInput(f"{words.counted(len(values), 'row')} are too few to hold any back.", "Bring at least four rows.")
        splitter: Any = KFold(number, shuffle=True, random_state=seed)
        return list(splitter.split(np.zeros(len(values))))
    smallest = int(pd.Series(values).value_counts().min())
    number = min(folds, smallest)
    if number < folds:
        notes.append(f"{number} folds instead of {folds}: the rarest class has {smallest} examples.")
    splitter = StratifiedKFold(number, shuffle=True, random_state=seed)
    return list(splitter.split(np.zeros(len(values)), values))
