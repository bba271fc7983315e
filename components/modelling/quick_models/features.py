"""Which columns of a table are features, as what, and why the others are left out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput

FEW_VALUES = 20
WIDE_TEXT = 0.5
KEY_GAPS = 1.2
SENTENCE = 2.5
LOOKED_AT = 1000


def features(frame: pd.DataFrame, leave_out: tuple[str, ...], notes: list[str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the features of a table and which of them are running text; what is left out is added to `notes`.

    Raises
    ------
    BadInput
        No column is left.
    """
    kept: dict[str, pd.Series] = {}
    dropped: dict[str, list[str]] = {}
    texts: list[str] = []
    infinite = 0
    for name in frame.columns:
        column = frame[name]
        reason = "named as key, split, group or time" if name in leave_out else _unusable(column)
        if reason:
            dropped.setdefault(reason, []).append(name)
        elif pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
            values = numbers(column)
            infinite += int(np.isinf(values).sum())
            kept[name] = pd.Series(np.where(np.isinf(values), np.nan, values), index=column.index)
        elif _many_values(column.dropna()):
            texts.append(name)
            kept[name] = pd.Series(
                ["" if missing else str(cell) for cell, missing in zip(column, column.isna(), strict=True)], dtype=object
            )
        else:
            cells = [None if missing else str(cell) for cell, missing in zip(column, column.isna(), strict=True)]
            kept[name] = pd.Series(cells, index=column.index, dtype=object)
    notes += [f"{words.listed(names)} left out: {reason}." for reason, names in dropped.items()]
    if texts:
        notes.append(f"{words.listed(texts)} read as text: its words and pairs of words, weighed by TF-IDF.")
    if infinite:
        notes.append(f"{words.counted(infinite, 'infinite cell')} treated as missing.")
    if not kept:
        raise BadInput("No column is left to learn from.", "Bring at least one column of numbers, categories or text beside the target.")
    return pd.DataFrame(kept), tuple(texts)


def numbers(column: pd.Series) -> NDArray[np.float64]:
    """Return the numbers of a column as floats; NaN where there are none."""
    if not pd.api.types.is_numeric_dtype(column):
        return np.full(len(column), np.nan)
    found: NDArray[np.float64] = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return found


def _unusable(column: pd.Series) -> str:
    """Return why a column can't be a feature of a quick model, or nothing."""
    present = column.dropna()
    if not len(present):
        return "empty"
    if isinstance(present.iloc[0], list | dict | np.ndarray):
        return "lists or records"
    if present.nunique() < 2:
        return "a single value"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "a time"
    if pd.api.types.is_numeric_dtype(column):
        return "it numbers the rows" if _numbers_rows(present) else ""
    return "a key" if _many_values(present) and not _reads_as_text(present) else ""


def _many_values(present: pd.Series) -> bool:
    return not pd.api.types.is_numeric_dtype(present) and bool(present.nunique() > max(FEW_VALUES, WIDE_TEXT * len(present)))


def _reads_as_text(present: pd.Series) -> bool:
    """Whether cells hold several words each; scripts without blanks count by their length."""
    looked = present.astype(str).head(LOOKED_AT)
    return bool((looked.str.count(r"\S+") + looked.str.count(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")).mean() >= SENTENCE)


def _numbers_rows(present: pd.Series) -> bool:
    """Whether whole numbers, each once, stand in order or leave hardly a gap: a key, in whatever order the rows are."""
    values = numbers(present)
    if len(values) <= FEW_VALUES or not present.is_unique or not (np.isfinite(values) & (values == np.round(values))).all():
        return False
    return bool(present.is_monotonic_increasing or present.is_monotonic_decreasing or np.ptp(values) < KEY_GAPS * len(values))
