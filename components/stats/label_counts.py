"""Judgements of annotators as counts: how often each item got each label. A missing label is missing, never a category."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.errors import BadInput

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "nat", "<na>"})
MOST_LISTED = 6
MOST_CELLS = 50_000_000


@dataclass(frozen=True)
class LabelCounts:
    """A long table of labels, coded.

    Attributes
    ----------
    counts : array, items × labels
        How many annotators gave each item each label.
    items, annotators, labels : arrays of object
        Names in the order of the codes.
    item_codes, annotator_codes, label_codes : arrays, one entry a judgement
    """

    counts: NDArray[np.float64]
    items: NDArray[Any]
    annotators: NDArray[Any]
    labels: NDArray[Any]
    item_codes: NDArray[np.int64]
    annotator_codes: NDArray[np.int64]
    label_codes: NDArray[np.int64]

    @property
    def judgements(self) -> int:
        """How many judgements there are."""
        return len(self.label_codes)

    @property
    def per_item(self) -> NDArray[np.float64]:
        """How many judgements each item has."""
        totals: NDArray[np.float64] = self.counts.sum(axis=1)
        return totals


def require_columns(frame: pd.DataFrame, names: Sequence[str]) -> None:
    """Raise `BadInput` when a column isn't there, naming those that are."""
    missing = [name for name in names if name not in frame.columns]
    if missing:
        present = ", ".join(str(column) for column in list(frame.columns)[:12]) or "none"
        raise BadInput(f"There is no column “{missing[0]}”.", f"The columns are: {present}.")


def named_columns(frame: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """Return columns under the names that our functions use, such as `item="image"`.

    Raises
    ------
    BadInput
        A column isn't there.
    """
    require_columns(frame, list(columns.values()))
    return pd.DataFrame({name: frame[column] for name, column in columns.items()})


def label_counts(labels: pd.DataFrame, numeric: bool = False) -> LabelCounts:
    """Code a long table of labels.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`; one row a judgement. Rows without a label (empty, NA, NaN, null, none) are left
        out. The same answer given twice by one annotator to one item counts once.
    numeric : bool
        Order labels as numbers, as the ordinal, interval and ratio levels need.

    Raises
    ------
    BadInput
        A column is missing, nothing is labelled, one annotator gave one item two different labels, or a label that must be a
        number isn't one.
    """
    require_columns(labels, ("item", "annotator", "label"))
    item, annotator, label = (_text(labels[name]) for name in ("item", "annotator", "label"))
    kept = label.notna()
    if not kept.any():
        raise BadInput("There is no label in this table.", "Each row needs an item, an annotator and a label.")
    unnamed = kept & (item.isna() | annotator.isna())
    if unnamed.any():
        row = int(np.flatnonzero(unnamed.to_numpy())[0])
        which = "item" if item.isna().iloc[row] else "annotator"
        raise BadInput(f"Row {row + 1} has a label but no {which}.", f"Fill in the {which} or leave the row out.")
    item_codes, items = pd.factorize(item[kept])
    annotator_codes, annotators = pd.factorize(annotator[kept])
    label_codes, names = _ordered(label[kept], numeric)
    judgements = np.column_stack([item_codes, annotator_codes, label_codes]).astype(np.int64)
    judgements = _once(judgements, np.asarray(items), np.asarray(annotators))
    if len(items) * len(names) > MOST_CELLS:
        raise BadInput(
            f"{len(names):,} different labels on {len(items):,} items are too many to compare.",
            "Group rare labels, or take a sample of items.",
        )
    counts = np.zeros((len(items), len(names)))
    np.add.at(counts, (judgements[:, 0], judgements[:, 2]), 1.0)
    return LabelCounts(counts, np.asarray(items), np.asarray(annotators), names, judgements[:, 0], judgements[:, 1], judgements[:, 2])


def _text(column: pd.Series) -> pd.Series:
    """Return a column as text, whole numbers without decimals, with every spelling of “missing” missing."""
    if pd.api.types.is_float_dtype(column):
        present = column.dropna()
        if np.isfinite(present).all() and (present == present.round()).all():
            column = column.astype("Int64")
    present = column.notna().to_numpy()
    cells = [str(cell).strip() if there else None for cell, there in zip(column, present, strict=True)]
    return pd.Series([None if cell is None or cell.lower() in MISSING else cell for cell in cells], dtype="object")


def _ordered(label: pd.Series, numeric: bool) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Code labels, by number where all are (or must be) numbers, else by name."""
    codes, names = pd.factorize(label)
    numbers = pd.to_numeric(pd.Series(names, dtype="object"), errors="coerce").to_numpy(dtype=np.float64)
    bad = ~np.isfinite(numbers)
    if numeric and bad.any():
        raise BadInput(
            f"The label “{str(np.asarray(names)[bad][0])[:40]}” is not a number.",
            "Ordinal, interval and ratio agreement need numbers: code the labels as 1, 2, 3 …, or choose nominal.",
        )
    if bad.any():
        order = np.argsort(np.asarray(names, dtype=str), kind="stable")
        values: NDArray[Any] = np.asarray(names, dtype=object)[order]
    else:
        unique = np.unique(numbers)
        merged = np.searchsorted(unique, numbers)
        shown = np.empty(len(unique), dtype=object)
        for place, name in zip(merged[::-1], np.asarray(names, dtype=object)[::-1], strict=True):
            shown[place] = name
        return merged[codes].astype(np.int64), shown
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[codes], values


def _once(judgements: NDArray[np.int64], items: NDArray[Any], annotators: NDArray[Any]) -> NDArray[np.int64]:
    """Keep each judgement once; refuse two different ones by one annotator on one item."""
    pair = judgements[:, 0] * len(annotators) + judgements[:, 1]
    order = np.argsort(pair, kind="stable")
    same_pair = np.diff(pair[order]) == 0
    if not same_pair.any():
        return judgements
    differs = same_pair & (np.diff(judgements[order, 2]) != 0)
    if differs.any():
        places = order[np.flatnonzero(differs)]
        shown = [f"{items[judgements[p, 0]]}: {annotators[judgements[p, 1]]}" for p in places[:MOST_LISTED]]
        raise BadInput(
            f"Annotators gave one item two different labels, {len(places)} times; first {annotators[judgements[places[0], 1]]} "
            f"on item {items[judgements[places[0], 0]]}.",
            "Keep the answer that counts, or give repeated judgements an annotator name of their own.",
            shown,
        )
    keep = np.ones(len(judgements), dtype=bool)
    keep[order[1:][same_pair]] = False
    return judgements[keep]
