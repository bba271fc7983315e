"""Slices that nobody named: where the model is worst, found by a shallow tree and corrected for searching."""

from dataclasses import dataclass
from math import exp, lgamma
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.stats.paired import holm

DEPTH = 3
SMALLEST = 0.02
FEWEST = 20
MOST_VALUES = 30
LEVEL = 0.05
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Found:
    """A slice that was found: its demands as column, operator and value; n, wrong and elsewhere on the half that did not search."""

    clauses: tuple[dict[str, str], ...]
    n: int
    error: float
    elsewhere: float
    p_value: float


def find(features: pd.DataFrame, wrong: NDArray[np.bool_], seed: int = 0) -> list[Found]:
    """Return where the model is wrong more often than elsewhere, the most certain first.

    Parameters
    ----------
    features : DataFrame
        What is known of each item: numbers, categories and truths. Texts and names that are different for nearly every item are
        left out.
    wrong : array of bool
        Whether the model is wrong.
    seed : int
        Seed of how the items are halved.

    Returns
    -------
    list of Found

    Notes
    -----
    One half of the items grows a tree of depth 3, whose leaves hold at least 2 % of them; the other half tests each leaf that was
    worse, by Fisher's exact test against the rest, with Holm's correction for the number of leaves. So what the search fitted to
    chance is not counted: on pure noise, the chance of finding anything is at most 5 %.
    """
    from sklearn.tree import DecisionTreeClassifier

    cells, splits = _numbers(features)
    halves = np.random.default_rng(seed).permutation(len(wrong))
    searching, testing = halves[: len(wrong) // 2], halves[len(wrong) // 2 :]
    least = max(FEWEST, int(SMALLEST * len(searching)))
    if cells.shape[1] == 0 or len(searching) < 2 * least or len(np.unique(wrong[searching])) < 2:
        return []
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=least, random_state=seed)
    tree.fit(cells[searching], wrong[searching])
    overall = wrong[searching].mean()
    leaf_of = tree.apply(cells)
    worse = [leaf for leaf in np.unique(leaf_of[searching]) if wrong[searching][leaf_of[searching] == leaf].mean() > overall]
    tested, fails = leaf_of[testing], wrong[testing]
    found = []
    for leaf in worse:
        inside = tested == leaf
        hits, size = int(fails[inside].sum()), int(inside.sum())
        p_value = _more_than_chance(hits, size, int(fails.sum()), len(fails))
        elsewhere = float(fails[~inside].mean()) if (~inside).any() else float("nan")
        found.append((leaf, size, hits / size if size else 0.0, elsewhere, p_value))
    adjusted = holm([one[-1] for one in found])
    kept = [
        Found(_clauses(tree.tree_, int(leaf), splits), size, error, elsewhere, float(p))
        for (leaf, size, error, elsewhere, _), p in zip(found, adjusted, strict=True)
        if p <= LEVEL
    ]
    return sorted(kept, key=lambda one: (one.p_value, -one.error))


def _numbers(features: pd.DataFrame) -> tuple[NDArray[np.float64], list[tuple[str, str | None]]]:
    """Return columns of numbers that a tree can split, and what each is: a column's number, or whether it has one value."""
    columns: list[NDArray[np.float64]] = []
    splits: list[tuple[str, str | None]] = []
    for name in list(features.columns)[:MOST_COLUMNS]:
        column = features[name]
        values = column.nunique()
        as_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        if values < 2 or (not as_number and values > MOST_VALUES):
            continue
        if as_number and values > MOST_VALUES:
            numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
            if np.isfinite(numbers).all():
                columns.append(numbers)
                splits.append((str(name), None))
            continue
        texts = column.astype(str).where(column.notna())
        for value in texts.dropna().unique():
            columns.append((texts == value).to_numpy(dtype=np.float64))
            splits.append((str(name), str(value)))
    return np.column_stack(columns) if columns else np.zeros((len(features), 0)), splits


def _clauses(tree: Any, leaf: int, splits: list[tuple[str, str | None]]) -> tuple[dict[str, str], ...]:
    """Return the demands on the way from the root to a leaf, each column's narrowest only."""
    parent = {int(child): node for node in range(tree.node_count) for child in (tree.children_left[node], tree.children_right[node])}
    demands: dict[tuple[str, str], dict[str, str]] = {}
    node = leaf
    while node in parent:
        above = parent[node]
        column, value = splits[int(tree.feature[above])]
        left = int(tree.children_left[above]) == node
        if value is not None:
            operator, told = ("is not" if left else "is"), value
        else:
            operator, told = ("at most" if left else "above"), f"{float(tree.threshold[above]):.6g}"
        key = (column, operator if value is None else f"{operator} {value}")
        demands.setdefault(key, {"column": column, "operator": operator, "value": told})  # deeper is narrower, and comes first
        node = above
    return tuple(reversed(list(demands.values())))


def _more_than_chance(hits: int, size: int, all_hits: int, everything: int) -> float:
    """Return the chance of at least so many hits in a slice when hits fall anywhere: the upper tail of the hypergeometric."""
    if not size or not hits:
        return 1.0
    most = min(size, all_hits)

    def ways(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    total = ways(everything, size)
    least = max(hits, size - (everything - all_hits))
    return min(1.0, sum(exp(ways(all_hits, k) + ways(everything - all_hits, size - k) - total) for k in range(least, most + 1)))
