"""Judgements of annotators as counts: how often each item got each label. A missing label is missing, never a category."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.errors import BadInput

Codes = NDArray[np.int64]
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "nat", "<na>"})
MOST_LISTED = 6
MOST_CELLS = 20_000_000
WHOLE = re.compile(r"(-?\d+)\.0+")


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
    item_codes: Codes
    annotator_codes: Codes
    label_codes: Codes

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
        A column isn't there, or is given twice.
    """
    chosen = list(columns.values())
    require_columns(frame, chosen)
    twice = next((column for column in chosen if chosen.count(column) > 1), None)
    if twice is not None:
        raise BadInput(f"The column “{twice}” can't be two things at once.", "Choose another column for one of them.")
    return pd.DataFrame({name: frame[column] for name, column in columns.items()})


def label_counts(labels: pd.DataFrame, numeric: bool = False, of: str = "labels") -> LabelCounts:
    """Code a long table of labels.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`; one row a judgement. Rows without a label (empty, NA, NaN, null, none) are left
        out. The same answer given twice by one annotator to one item counts once.
    numeric : bool
        Read labels as numbers, as the ordinal, interval and ratio levels need: `1`, `1.0` and `1e0` are one label.
    of : str
        What the labels are called when something is wrong with them.

    Returns
    -------
    LabelCounts
        Names are text, whole numbers without decimals; labels are in the order of their numbers where all are numbers.

    Raises
    ------
    BadInput
        A column is missing, nothing is labelled, one annotator gave one item two different labels, or a label that must be a
        number isn't one.

    Examples
    --------
    >>> rows = [(1, "a", "cat"), (1, "b", "dog"), (2, "a", "NA"), (2, "b", "cat")]
    >>> label_counts(pd.DataFrame(rows, columns=["item", "annotator", "label"])).counts.tolist()
    [[1.0, 1.0], [1.0, 0.0]]
    """
    require_columns(labels, ("item", "annotator", "label"))
    (item, items), (annotator, annotators), (label, names) = (coded(labels[name]) for name in ("item", "annotator", "label"))
    kept = label >= 0
    if not kept.any():
        raise BadInput(f"There are no {of} in this table.", "Each row needs an item, an annotator and a label.")
    for which, codes in (("item", item), ("annotator", annotator)):
        unnamed = kept & (codes < 0)
        if unnamed.any():
            row = int(np.flatnonzero(unnamed)[0])
            raise BadInput(f"Row {row + 1} has a label but no {which}.", f"Fill in the {which} or leave the row out.")
    if not kept.all():
        item, annotator, label = item[kept], annotator[kept], label[kept]
    item, items = _used(item, items)
    annotator, annotators = _used(annotator, annotators)
    label, names = _ordered(*_used(label, names), numeric)
    if len(items) * len(names) > MOST_CELLS:
        raise BadInput(
            f"{len(names):,} different labels on {len(items):,} items are too many to compare.",
            "Group rare labels, or take a sample of items.",
        )
    once = _once(item, annotator, label, items, annotators, of)
    if once is not None:
        item, annotator, label = item[once], annotator[once], label[once]
    cells = np.bincount(item * len(names) + label, minlength=len(items) * len(names))
    counts = cells.reshape(len(items), len(names)).astype(np.float64)
    return LabelCounts(counts, items, annotators, names, item, annotator, label)


def coded(column: pd.Series) -> tuple[Codes, NDArray[Any]]:
    """Return a column as codes of texts, in order of appearance, and the texts; -1 where it is missing, however that is spelt."""
    try:
        codes, values = pd.factorize(column)
    except TypeError:  # lists and the like
        codes, values = pd.factorize(column.astype(str))
    if pd.api.types.is_integer_dtype(values):
        return codes.astype(np.int64), np.asarray(values).astype(str).astype(object)
    texts = [_text(value) for value in np.asarray(values, dtype=object)]
    merged, names = pd.factorize(np.array([*texts, None], dtype=object))
    merged = merged.astype(np.int64)  # its last entry is -1, which the missing code -1 picks
    return merged[codes], np.asarray(names, dtype=object)


def _text(value: Any) -> str | None:
    """Return a cell as text, whole numbers without decimals, and None for every spelling of “missing”."""
    if isinstance(value, float | np.floating) and np.isinf(value):
        raise BadInput("A cell holds infinity, which is neither a name nor a label.", "Correct it, or leave it empty.")
    text = str(value).strip()
    if text.lower() in MISSING:
        return None
    whole = WHOLE.fullmatch(text)
    return whole.group(1) if whole else text


def _used(codes: Codes, names: NDArray[Any]) -> tuple[Codes, NDArray[Any]]:
    """Leave out names that no code refers to."""
    used = np.bincount(codes, minlength=len(names)) > 0
    if used.all():
        return codes, names
    place = np.cumsum(used) - 1
    return place[codes].astype(np.int64), names[used]


def _ordered(codes: Codes, names: NDArray[Any], numeric: bool) -> tuple[Codes, NDArray[Any]]:
    """Order labels by number where all are numbers, else by name; with `numeric`, equal numbers become one label."""
    numbers = pd.to_numeric(pd.Series(names, dtype="object"), errors="coerce").to_numpy(dtype=np.float64)
    bad = ~np.isfinite(numbers)
    if numeric and bad.any():
        raise BadInput(
            f"The label “{str(names[bad][0])[:40]}” is not a number.",
            "Ordinal, interval and ratio agreement need numbers: code the labels as 1, 2, 3 …, or choose nominal.",
        )
    if numeric:
        _, first, place = np.unique(numbers, return_index=True, return_inverse=True)
        return place[codes].astype(np.int64), names[first]
    order = np.argsort(names.astype(str) if bad.any() else numbers, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[codes], names[order]


def _once(item: Codes, annotator: Codes, label: Codes, items: NDArray[Any], annotators: NDArray[Any], of: str) -> Codes | None:
    """Return the places of judgements counted once, None where all are; refuse two different ones by one annotator on one item."""
    pair = item * len(annotators) + annotator
    if len(items) * len(annotators) <= max(8 * len(pair), 1_000_000) and np.bincount(pair).max() == 1:
        return None
    order = np.argsort(pair, kind="stable")
    same_pair = np.diff(pair[order]) == 0
    if not same_pair.any():
        return None
    differs = same_pair & (np.diff(label[order]) != 0)
    if differs.any():
        places = order[np.flatnonzero(differs)]
        shown = [f"{items[item[p]]}: {annotators[annotator[p]]}" for p in places[:MOST_LISTED]]
        times = len(np.unique(pair[places]))
        raise BadInput(
            f"One item has two different {of} by one annotator, {times} {'time' if times == 1 else 'times'}; "
            f"first {str(annotators[annotator[places[0]]])[:60]} on item {str(items[item[places[0]]])[:60]}.",
            "Say whether the first or the last answer counts, or give repeated judgements an annotator name of their own.",
            shown,
        )
    keep = np.ones(len(pair), dtype=np.bool_)
    keep[order[1:][same_pair]] = False
    return np.flatnonzero(keep)
