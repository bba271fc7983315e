"""Where agreement is lost: by label, by pair of annotators, by annotator, and which labels are taken for one another."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.data.disagreement import CORRECTED, alpha_estimate
from components.stats.estimate import Estimate
from components.stats.intervals import rule_of_three, wilson
from components.stats.label_counts import LabelCounts
from components.stats.leave_one_out import leave_one_out
from components.stats.resampling import Resampled, distinct_rows

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
MOST_LABELS = 60
MOST_ANNOTATORS = 100
MOST_PAIRS = 300


def by_label(coded: LabelCounts, seed: int) -> pd.DataFrame:
    """Return one row a label: how often it was given, and α of that label against all others; the most frequent first."""
    totals, per_item = coded.counts.sum(axis=0), coded.per_item
    rows = []
    for code in np.argsort(-totals, kind="stable")[:MOST_LABELS]:
        this = coded.counts[:, code]
        two, times = distinct_rows(np.column_stack([this, per_item - this]))
        alpha = alpha_estimate(two, np.array([0.0, 1.0]), "nominal", seed, times)
        if alpha.value == 1:
            share = totals[code] / coded.judgements
            alpha = unanimous(alpha, alpha.n or 1, float(2 * share * (1 - share)))
        rows.append((coded.labels[code], int(totals[code]), totals[code] / totals.sum(), alpha.value, alpha.low, alpha.high))
    return _table(rows, ["label", "labels", "share", "alpha", "low", "high"])


def by_annotator(coded: LabelCounts) -> pd.DataFrame:
    """Return one row an annotator: how often they give the label that the majority of the others gives (Wilson), least first."""
    others, most = leave_one_out(coded), len(coded.annotators)
    given, compared, right = (
        np.bincount(coded.annotator_codes[which], minlength=most).tolist() for which in (slice(None), others.judged, others.correct)
    )
    rows = []
    for code, name in enumerate(coded.annotators):
        share = wilson(right[code], compared[code])
        rows.append((name, given[code], compared[code], share.value, share.low, share.high))
    frame = _table(rows, ["annotator", "labels", "compared", "agrees", "low", "high"])
    return frame.sort_values("agrees", kind="stable", na_position="last").reset_index(drop=True)


def by_pair(coded: LabelCounts) -> pd.DataFrame:
    """Return one row a pair of annotators who share items: how often they agree (Wilson), and Cohen's κ; most shared items first.

    In a large crowd, the pairs among those who labelled most.
    """
    active = np.argsort(-np.bincount(coded.annotator_codes), kind="stable")[:MOST_ANNOTATORS]
    table = _by_annotator(coded, np.sort(active))
    given = (table >= 0).astype(np.float32)
    shared = np.triu(given @ given.T, k=1)
    first, second = np.nonzero(shared)
    rows = []
    for place in np.argsort(-shared[first, second], kind="stable")[:MOST_PAIRS]:
        a, b = table[first[place]], table[second[place]]
        both = (a >= 0) & (b >= 0)
        a, b = a[both], b[both]
        same = wilson(int((a == b).sum()), len(a))
        names = coded.annotators[np.sort(active)[[first[place], second[place]]]]
        rows.append((*names, len(a), same.value, same.low, same.high, cohen(a, b, len(coded.labels))))
    return _table(rows, ["first", "second", "items", "percent", "low", "high", "cohen"])


def confusion(coded: LabelCounts) -> pd.DataFrame:
    """Return which labels two annotators give one item, most frequent first: label, other, pairs, share of all disagreeing pairs."""
    totals = coded.counts.sum(axis=0)
    kept = np.sort(np.argsort(-totals, kind="stable")[:MOST_LABELS])
    together = np.triu(coded.counts[:, kept].T @ coded.counts[:, kept], k=1)
    first, second = np.nonzero(together)
    order = np.argsort(-together[first, second], kind="stable")
    whole = float(together.sum())
    rows = [
        (coded.labels[kept[a]], coded.labels[kept[b]], int(together[a, b]), together[a, b] / whole)
        for a, b in zip(first[order], second[order], strict=True)
    ]
    return _table(rows, ["label", "other", "pairs", "share"])


def two_annotators(coded: LabelCounts, seed: int) -> Estimate:
    """Return Cohen's κ of two annotators with its bootstrap interval over the items that both labelled."""
    table = _by_annotator(coded, np.arange(2))
    table = table[:, (table >= 0).all(axis=0)].astype(np.int64)
    labels = len(coded.labels)
    cells, times = np.unique(table[0] * labels + table[1], return_counts=True)
    first, second = cells // labels, cells % labels
    agrees = (first == second).astype(np.float64)
    used = np.unique(np.concatenate([first, second]))
    gave = np.column_stack([agrees, first[:, None] == used, second[:, None] == used]).astype(np.float64)

    def kappa(sums: Array) -> Array:
        shares = sums / table.shape[1]
        expected = (shares[:, 1 : 1 + len(used)] * shares[:, 1 + len(used) :]).sum(axis=1)
        result: Array = np.where(expected < 1, (shares[:, 0] - expected) / (1 - expected), np.nan)
        return result

    return Resampled(gave, times.astype(np.int64), seed=seed).estimate(kappa, CORRECTED)


def unanimous(estimate: Estimate, n: int, by_chance: float) -> Estimate:
    """Give the lower limit that unanimous items allow: disagreement on at most the rule of three's share of items.

    `by_chance` is how much disagreement chance would give: 1 for a share that isn't corrected for it.
    """
    if estimate.value is None:
        return estimate
    low = max(1 - rule_of_three(n) / by_chance, 0.0)
    why = f"All {words.counted(n, 'item')} with two labels are unanimous; the lower limit is the rule of three's."
    return Estimate(1.0, low, 1.0, n, why)


def cohen(a: NDArray[np.integer], b: NDArray[np.integer], labels: int) -> float | None:
    """Return Cohen's κ of two annotators' codes on the same items; None where chance alone would agree always.

    >>> round(cohen(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 0]), 2), 3)
    0.5
    """
    first, second = (np.bincount(codes, minlength=labels) / len(a) for codes in (a, b))
    expected = float(first @ second)
    return None if expected >= 1 else float(((a == b).mean() - expected) / (1 - expected))


def _by_annotator(coded: LabelCounts, chosen: Codes) -> NDArray[np.int32]:
    """Return chosen annotators × items, -1 where there is no label."""
    place = np.full(len(coded.annotators), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    theirs = place[coded.annotator_codes] >= 0
    table = np.full((len(chosen), len(coded.items)), -1, dtype=np.int32)
    table[place[coded.annotator_codes[theirs]], coded.item_codes[theirs]] = coded.label_codes[theirs]
    return table


def _table(rows: list[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    """Return rows as a table whose figures are numbers also where some are missing."""
    frame = pd.DataFrame(rows, columns=columns)
    figures = [name for name in columns if name in {"alpha", "agrees", "percent", "cohen", "low", "high"}]
    return frame.astype(dict.fromkeys(figures, "float64"))
