"""Did the new wording help? The next round against the last one, on the same items."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.stats.estimate import Estimate
from components.stats.intervals import rule_of_three, wilson
from components.stats.resampling import Resampled

Array = NDArray[np.float64]
MARGIN = 0.1
"""By how much agreement on items that no change touches may fall, for a change of the rules to have done no harm."""
FEW = 2


@dataclass(frozen=True)
class Compared:
    """A round against the one before, on the items that both had.

    Attributes
    ----------
    affected, controls : Estimate
        Change of Krippendorff's α (nominal) on the items that a changed rule touches, and on the others, with paired intervals.
    harmless : bool or None
        Whether the interval on the controls excludes a fall by more than `margin`; None where it can't be said.
    discarded_before, discarded_after : Estimate
        Share of the common items whose majority says that they are to be discarded (Wilson): throwing the hard items out raises α too.
    """

    affected: Estimate
    controls: Estimate
    margin: float
    harmless: bool | None
    discarded_before: Estimate
    discarded_after: Estimate

    def to_dict(self) -> dict[str, Any]:
        """Return every field as it is saved."""
        return asdict(self)


def compared(
    before: pd.DataFrame, after: pd.DataFrame, touched: set[str], discards: tuple[set[str], set[str]], margin: float = MARGIN, seed: int = 0
) -> Compared:
    """Compare two rounds by a bootstrap over the items that both had, drawing an item's labels of both rounds together.

    Parameters
    ----------
    before, after : DataFrame
        Columns `item`, `annotator`, `label`; missing labels (can't tell) are no category.
    touched : set of str
        Items that a changed rule touches.
    discards : tuple of two sets
        Labels that mean to discard, before and after.
    margin : float
        See `MARGIN`.
    """
    common = sorted(set(before["item"]) & set(after["item"]))
    affected, controls = [one for one in common if one in touched], [one for one in common if one not in touched]
    on_controls = change_of_alpha(before, after, controls, seed)
    harmless = None if on_controls.low is None else on_controls.low > -margin
    rates = [discard_rate(table[table["item"].isin(common)], labels) for table, labels in zip((before, after), discards, strict=True)]
    return Compared(change_of_alpha(before, after, affected, seed), on_controls, margin, harmless, *rates)


def change_of_alpha(before: pd.DataFrame, after: pd.DataFrame, items: list[str], seed: int = 0) -> Estimate:
    """Return by how much α (nominal) rose on the same items, with its paired percentile interval over items.

    >>> rows = [(str(i), a, "x" if i % 2 else "y") for i in range(8) for a in "ab"]
    >>> same = pd.DataFrame(rows, columns=["item", "annotator", "label"])
    >>> split = same.assign(label=[label if a == "a" else "x" for _, a, label in rows])
    >>> round(change_of_alpha(split, same, [str(i) for i in range(8)]).value, 2)
    1.25
    """
    if len(items) < FEW:
        return Estimate(None, n=len(items), why="Too few items that both rounds had.")
    parts = [_figures(table, items) for table in (before, after)]
    widths = [part.shape[1] for part in parts]

    def difference(sums: Array) -> Array:
        result: Array = _alpha(sums[:, widths[0] :]) - _alpha(sums[:, : widths[0]])
        return result

    found = Resampled(np.column_stack(parts), seed=seed).estimate(difference)
    if found.value is None:
        return Estimate(None, n=len(items), why="In one of the rounds all labels of these items are the same, so α is not defined.")
    if not any(part[:, 0].any() for part in parts):
        shares = parts[1][:, 1:].sum(axis=0) / parts[1][:, 1:].sum()
        low = -rule_of_three(len(items)) / float(1 - (shares**2).sum())
        why = "Everybody said the same in both rounds, where the bootstrap collapses; the lower limit is the rule of three's."
        return replace(found, low=low, why=why)
    return found


def _figures(table: pd.DataFrame, items: list[str]) -> Array:
    """Return per item its observed disagreement and how often each label was given to it, of items with at least two labels."""
    kept = table[table["label"].notna() & table["item"].isin(items)]
    labels = sorted(set(kept["label"].astype(str)))
    counts = np.zeros((len(items), max(len(labels), 1)))
    place, code = {item: row for row, item in enumerate(items)}, {label: column for column, label in enumerate(labels)}
    for item, label in zip(kept["item"], kept["label"].astype(str), strict=True):
        counts[place[item], code[label]] += 1
    totals = counts.sum(axis=1)
    counts = np.where((totals >= FEW)[:, None], counts, 0.0)
    totals = counts.sum(axis=1)
    observed = (totals**2 - (counts**2).sum(axis=1)) / np.maximum(totals - 1, 1)
    return np.column_stack([observed, counts])


def _alpha(sums: Array) -> Array:
    observed, marginals = sums[:, 0], sums[:, 1:]
    n = marginals.sum(axis=1)
    expected = n**2 - (marginals**2).sum(axis=1)
    result: Array = np.where(expected > 0, 1 - (n - 1) * observed / np.where(expected > 0, expected, 1.0), np.nan)
    return result


def discard_rate(table: pd.DataFrame, labels: set[str]) -> Estimate:
    """Return the share of items whose majority gives a label that means to discard (Wilson); items without any label are left out."""
    kept = table[table["label"].notna()]
    if not len(kept):
        return Estimate(None, n=0, why="Nobody gave a label.")
    share = kept["label"].isin(labels).groupby(kept["item"]).mean()
    return wilson(int((share > 0.5).sum()), len(share))


def compared_sentence(found: dict[str, Any], before: int) -> str:
    """Say in a sentence what changed since the round before."""
    affected = Estimate(**found["affected"])
    if affected.value is None:
        return f"Against round {before}, nothing can be said yet: {affected.why[:1].lower()}{affected.why[1:]}"
    written = f"{'+' if affected.value >= 0 else ''}{words.decimal(affected.value)} {words.interval(affected)}".strip()
    where = f"on the {words.counted(affected.n or 0, 'item')} that the change touches"
    if affected.low is not None and affected.low > 0:
        return f"Against round {before}, α rose by {written} {where}: the change helped."
    if affected.high is not None and affected.high < 0:
        return f"Against round {before}, α fell by {written.lstrip('-')} {where}: the change made it worse."
    return f"Against round {before}, α changed by {written} {where}: whether the change helped can't be told from these."
