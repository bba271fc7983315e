"""Better data or more of them? The model is held fixed, the version of the data varies, and the gain is paired by item."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.modelling.quick_models.declaration import Fold, Problem
from components.stats.estimate import Estimate
from components.stats.resampling import bootstrap

ORIGIN = "augmented_from"
"""The column that names the item which a made-up row was made from (components.data.steps writes it)."""


@dataclass(frozen=True)
class Keyed:
    """A learning problem with the key of each of its rows, and of the item that each row was made from."""

    made: Problem
    keys: NDArray[np.object_]
    origins: NDArray[np.object_]

    @property
    def own(self) -> NDArray[np.bool_]:
        """Which rows are items themselves, not made from another."""
        same: NDArray[np.bool_] = self.keys == self.origins
        return same


def keyed(made: Problem, frame: pd.DataFrame, key: str | None, target: str) -> Keyed:
    """Return a problem with the keys of its rows; without a key column, a row is known by its content and by how often it came before.

    Raises
    ------
    BadInput
        A key stands there twice.
    """
    rows = frame.iloc[made.rows]
    if key is None:
        content = rows.drop(columns=[target]).astype(str).agg("\x1f".join, axis=1)
        keys = (content + "\x1f" + content.groupby(content).cumcount().astype(str)).to_numpy(dtype=object)
    else:
        keys = rows[key].astype(str).to_numpy(dtype=object)
        if len(set(keys)) < len(keys):
            raise BadInput(f"The key “{key}” stands there twice, so items can't be paired.", "Name a key that identifies a row.")
    origins = keys.copy()
    if key is not None and ORIGIN in rows.columns:
        made_up = rows[ORIGIN].notna().to_numpy()
        origins[made_up] = rows[ORIGIN].astype(str).to_numpy(dtype=object)[made_up]
    return Keyed(made, keys, origins)


def shared_items(versions: list[Keyed]) -> list[str]:
    """Return the keys of the items that every version holds, in the order of the first."""
    there = set.intersection(*(set(one.keys[one.own]) for one in versions))
    return [key for key in versions[0].keys if key in there]


def held_back(items: list[str], groups: NDArray[Any] | None, folds: int, seed: int) -> dict[str, int]:
    """Return in which fold each item is held back, groups together; the same for every version."""
    units = np.array(items, dtype=object) if groups is None else groups
    names = pd.unique(pd.Series(units).astype(str))
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {names[place]: number % folds for number, place in enumerate(order)}
    return {item: fold_of[str(unit)] for item, unit in zip(items, units, strict=True)}


def folds_for(one: Keyed, fold_of: dict[str, int], folds: int) -> list[Fold]:
    """Return the folds of a version: all its rows learn, without those held back and without what was made from them."""
    held = np.array([fold_of.get(origin, -1) for origin in one.origins])
    tested = np.array([key in fold_of for key in one.keys]) & one.own
    parts = [(np.flatnonzero(held != number), np.flatnonzero((held == number) & tested)) for number in range(folds)]
    return [(train, test) for train, test in parts if len(test)]


def right(one: Keyed, predictions: NDArray[Any], items: list[str], truth: dict[str, Any], task: str) -> NDArray[np.float64]:
    """Return for each item whether it is predicted as the truth has it, or for numbers the squared residual with its sign turned."""
    place = {key: row for row, key in enumerate(one.keys)}
    given = [predictions[place[item]] for item in items]
    if task == "classification":
        return np.array([float(guess == truth[item]) for guess, item in zip(given, items, strict=True)])
    return np.array([-((float(guess) - float(truth[item])) ** 2) for guess, item in zip(given, items, strict=True)])


def gain(before: NDArray[np.float64], after: NDArray[np.float64], truth: list[Any], task: str, seed: int = 0) -> Estimate:
    """Return what a version gains over another on the same items, with the paired bootstrap interval over items.

    Accuracy is compared as the difference of shares; R² as the difference of squared residuals over the variance of the truth.
    """
    figures = np.column_stack([after - before, np.ones(len(before))])
    if task == "regression":
        values = np.asarray(truth, float)
        figures[:, 1] = (values - values.mean()) ** 2
    return bootstrap(figures, lambda sums: sums[:, 0] / sums[:, 1], seed=seed)


def better_data_answer(gains: list[dict[str, Any]], metric: str) -> str:
    """Answer “better data or more of them?”."""
    known = [(one["name"], Estimate(**one["gain"])) for one in gains if one["gain"]["value"] is not None]
    if not known:
        return "Not known: no version could be compared."
    name, best = max(known, key=lambda pair: float(pair[1].value or 0.0))
    size = _size(best, metric)
    if best.low is not None and best.low > 0:
        return f"{name} buys most: {size}."
    if all(found.high is not None and found.high < 0 for _, found in known):
        return f"None of them helps: the best, {name[:1].lower()}{name[1:]}, loses {_size(best, metric)}."
    if len(known) == 1:
        return f"No gain can be told from chance: {name[:1].lower()}{name[1:]} brings {size}."
    return f"No gain can be told from chance; the largest is {name[:1].lower()}{name[1:]} with {size}."


def _size(found: Estimate, metric: str) -> str:
    share = metric == "accuracy"
    if share:
        return f"{words.bare_percent(float(found.value or 0.0), sign=True)} points {words.interval(found, as_percent=True)}".strip()
    return f"{float(found.value or 0.0):+.3f} {words.interval(found, digits=3)}".strip()


def gains_table(gains: list[dict[str, Any]], metric: str) -> pd.DataFrame:
    """Return the gains as they are drawn: name, value, low, high, role, text, and rows; the largest first."""
    rows = []
    for one in gains:
        found = Estimate(**one["gain"])
        if found.value is None:
            continue
        told = {"name": f"{one['name']}: {one['what']}", "value": found.value, "low": found.low, "high": found.high}
        rows.append({**told, "text": _size(found, metric), "rows": one["rows"], "items": one["items"] or None})
    table = pd.DataFrame(rows, columns=["name", "value", "low", "high", "text", "rows", "items"])
    table = table.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    return table.assign(role=["highlight" if number == 0 else "other" for number in table.index])
