"""Do the labellers agree? Percent agreement, Cohen, Fleiss, Krippendorff's α and Gwet's AC1, each with an interval."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.data.disagreement import Level, alpha_estimate
from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.intervals import rule_of_three, wilson
from components.stats.label_counts import LabelCounts, label_counts
from components.stats.leave_one_out import leave_one_out
from components.stats.resampling import bootstrap

Array = NDArray[np.float64]
Band = Literal["too low", "tentative", "good"]
TENTATIVE, GOOD = 0.667, 0.8
"""Krippendorff (2004): .800 is customary, .667 the lowest for tentative conclusions."""
PARADOX = 0.2
MOST_PAIRS = 300
MOST_LABELS = 60


@dataclass(frozen=True)
class Agreement:
    """How far annotators agree; see `agreement`."""

    coded: LabelCounts
    level: Level
    seed: int
    percent: Estimate
    cohen: Estimate
    fleiss: Estimate
    alpha: Estimate
    ac1: Estimate

    @property
    def items(self) -> int:
        """How many items have a label."""
        return len(self.coded.items)

    @property
    def annotators(self) -> int:
        """How many annotators there are."""
        return len(self.coded.annotators)

    @property
    def judgements(self) -> int:
        """How many labels were given."""
        return self.coded.judgements

    @property
    def band(self) -> Band | None:
        """Krippendorff's band of the lower bound of α; None where α has no interval."""
        if self.alpha.low is None:
            return None
        return "good" if self.alpha.low >= GOOD else "tentative" if self.alpha.low >= TENTATIVE else "too low"

    @property
    def too_low(self) -> bool:
        """Whether it is too low to go on: the lower bounds of both α and AC1 lie under .667."""
        return all(e.low is not None and e.low < TENTATIVE for e in (self.alpha, self.ac1))

    @property
    def why(self) -> str:
        """What must be known to read the figures; empty when there is nothing to say."""
        alpha, ac1, percent = self.alpha.value, self.ac1.value, self.percent.value
        if alpha is None:
            return self.alpha.why
        if ac1 is not None and percent is not None and ac1 - alpha > PARADOX and percent > 0.8:
            return (
                f"Annotators give the same label {words.percent(percent)} of the time, yet α is only {words.decimal(alpha)}: one label "
                "is so frequent that chance alone would agree nearly as often. AC1 corrects for that differently; look at both."
            )
        return self.alpha.why

    @cached_property
    def per_label(self) -> pd.DataFrame:
        """One row a label: its share of all judgements, and α of that label against all others with its interval."""
        totals = self.coded.counts.sum(axis=0)
        rows = []
        for code in np.argsort(-totals, kind="stable")[:MOST_LABELS]:
            this = self.coded.counts[:, code]
            two = np.column_stack([this, self.coded.per_item - this])
            alpha = alpha_estimate(two, np.array([0.0, 1.0]), "nominal", self.seed)
            name = self.coded.labels[code]
            share = totals[code] / totals.sum()
            rows.append((name, int(totals[code]), share, alpha.value, alpha.low, alpha.high))
        return pd.DataFrame(rows, columns=["label", "labels", "share", "alpha", "low", "high"])

    @cached_property
    def per_pair(self) -> pd.DataFrame:
        """One row a pair of annotators who share items: how often they agree (Wilson), and Cohen's κ; most shared items first."""
        table = self._by_annotator
        rows = []
        for first, second in self._pairs():
            both = (table[:, first] >= 0) & (table[:, second] >= 0)
            a, b = table[both, first], table[both, second]
            same = wilson(int((a == b).sum()), len(a))
            names = self.coded.annotators[[first, second]]
            rows.append((*names, len(a), same.value, same.low, same.high, _cohen(a, b, len(self.coded.labels))))
        return pd.DataFrame(rows, columns=["first", "second", "items", "percent", "low", "high", "cohen"])

    @cached_property
    def per_annotator(self) -> pd.DataFrame:
        """One row an annotator: how often they give the label that the majority of the others gives (Wilson), least first."""
        others = leave_one_out(self.coded)
        rows = []
        for code, name in enumerate(self.coded.annotators):
            mine = self.coded.annotator_codes == code
            judged = mine & others.judged
            share = wilson(int(others.correct[judged].sum()), int(judged.sum()))
            rows.append((name, int(mine.sum()), int(judged.sum()), share.value, share.low, share.high))
        frame = pd.DataFrame(rows, columns=["annotator", "labels", "compared", "agrees", "low", "high"])
        return frame.sort_values("agrees", kind="stable", na_position="last").reset_index(drop=True)

    @cached_property
    def _by_annotator(self) -> NDArray[np.int64]:
        table = np.full((self.items, self.annotators), -1, dtype=np.int64)
        table[self.coded.item_codes, self.coded.annotator_codes] = self.coded.label_codes
        return table

    def _pairs(self) -> list[tuple[int, int]]:
        given = (self._by_annotator >= 0).astype(np.float32)
        shared = np.triu(given.T @ given, k=1)
        first, second = np.nonzero(shared)
        order = np.argsort(-shared[first, second], kind="stable")[:MOST_PAIRS]
        return [(int(first[place]), int(second[place])) for place in order]


def agreement(labels: pd.DataFrame, level: Level = "nominal", seed: int = 0) -> Agreement:
    """Measure how far annotators agree.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`; one row a judgement, missing ones left out (a missing label is never a category).
    level : {"nominal", "ordinal", "interval", "ratio"}
        What differences between labels mean, for α. The other measures treat labels as names.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    Agreement
        `percent`, `cohen` (two annotators only), `fleiss`, `alpha`, `ac1`: each an `Estimate` in shares (percent) or on a scale
        that ends at 1, with a 95 % percentile bootstrap interval over items (1,000 resamples). Where every item is unanimous the
        bootstrap collapses; the lower limit is then the rule of three's. `per_label`, `per_pair`, `per_annotator`: DataFrames.

    Raises
    ------
    BadInput
        Fewer than two annotators, no item with two labels, contradictory answers, or labels that must be numbers and aren't.

    Notes
    -----
    With n_uk labels k on item u, m_u labels on it: P_a = mean over items with m_u ≥ 2 of Σ_k n_uk (n_uk - 1) / (m_u (m_u - 1));
    π_k = mean of n_uk / m_u; Fleiss (P_a - Σ π_k²) / (1 - Σ π_k²), AC1 with P_e = Σ π_k (1 - π_k) / (K - 1). Items with
    missing labels are handled as Gwet does.

    References
    ----------
    Krippendorff, K. (2004). Content Analysis, ch. 11. Fleiss, J. L. (1971). Psychological Bulletin 76, 378-382. Gwet, K. L. (2008).
    British J. Math. Stat. Psychology 61, 29-48. Cohen, J. (1960). Educational and Psychological Measurement 20, 37-46.

    Examples
    --------
    >>> rows = [(1, "a", "x"), (1, "b", "x"), (2, "a", "y"), (2, "b", "x"), (3, "a", "y"), (3, "b", "y")]
    >>> found = agreement(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    >>> round(found.percent.value, 3), round(found.alpha.value, 3)
    (0.667, 0.444)
    """
    coded = label_counts(labels, numeric=level != "nominal")
    if len(coded.annotators) < 2:
        raise BadInput(
            f"All labels are by one annotator ({str(coded.annotators[0])[:40]}), so there is nothing to compare.",
            "Have at least one other person label the same items.",
        )
    if not (coded.per_item >= 2).any():
        raise BadInput("No item was labelled by two annotators, so nobody can be compared.", "Have people label some items in common.")
    counts = coded.counts
    figures = _figures(counts)
    labels_used = counts.shape[1]
    n = int((coded.per_item >= 2).sum())
    percent = bootstrap(figures, _percent, seed=seed)
    fleiss = bootstrap(figures, _fleiss, seed=seed)
    ac1 = bootstrap(figures, lambda sums: _ac1(sums, labels_used), seed=seed)
    values = np.array([float(name) for name in coded.labels]) if level != "nominal" else np.arange(labels_used, dtype=np.float64)
    alpha = alpha_estimate(counts, values, level, seed)
    if labels_used == 1:
        same = "Everybody gave the same label throughout, so chance-corrected agreement is not defined."
        fleiss = ac1 = alpha = Estimate(None, n=n, why=same)
    if percent.value == 1:
        by_chance = float(1 - ((counts.sum(axis=0) / counts.sum()) ** 2).sum())
        fleiss, ac1, alpha = (_unanimous(e, n, by_chance) for e in (fleiss, ac1, alpha))
        percent = _unanimous(percent, n, 1.0)
    return Agreement(coded, level, seed, percent, _overall_cohen(coded, seed), fleiss, alpha, ac1)


def _figures(counts: Array) -> Array:
    """Return per item: agreement, whether it has two labels, whether it has one, and its share of each label."""
    totals = counts.sum(axis=1)
    pairable = totals >= 2
    pairs = np.where(pairable, totals * (totals - 1), 1.0)
    agreeing = np.where(pairable, (counts * (counts - 1)).sum(axis=1) / pairs, 0.0)
    shares = counts / np.maximum(totals, 1.0)[:, None]
    return np.column_stack([agreeing, pairable, totals > 0, shares])


def _percent(sums: Array) -> Array:
    result: Array = sums[:, 0] / sums[:, 1]
    return result


def _prevalence(sums: Array) -> Array:
    result: Array = sums[:, 3:] / sums[:, 2:3]
    return result


def _fleiss(sums: Array) -> Array:
    expected = (_prevalence(sums) ** 2).sum(axis=1)
    result: Array = np.where(expected < 1, (_percent(sums) - expected) / (1 - expected), np.nan)
    return result


def _ac1(sums: Array, labels: int) -> Array:
    prevalence = _prevalence(sums)
    expected = (prevalence * (1 - prevalence)).sum(axis=1) / max(labels - 1, 1)
    result: Array = (_percent(sums) - expected) / (1 - expected)
    return result


def _unanimous(estimate: Estimate, n: int, by_chance: float) -> Estimate:
    """Give the lower limit that unanimous items allow: disagreement on at most the rule of three's share of items.

    `by_chance` is how much disagreement chance would give: 1 for a share that isn't corrected for it.
    """
    if estimate.value is None:
        return estimate
    low = max(1 - rule_of_three(n) / by_chance, 0.0)
    why = f"All {words.counted(n, 'item')} with two labels are unanimous; the lower limit is the rule of three's."
    return Estimate(1.0, low, 1.0, n, why)


def _overall_cohen(coded: LabelCounts, seed: int) -> Estimate:
    if len(coded.annotators) != 2:
        return Estimate(None, why="Cohen's κ compares two annotators; see the pairs.")
    table = np.full((len(coded.items), 2), -1, dtype=np.int64)
    table[coded.item_codes, coded.annotator_codes] = coded.label_codes
    table = table[(table >= 0).all(axis=1)]
    labels = len(coded.labels)
    if labels > MOST_LABELS:
        return Estimate(_cohen(table[:, 0], table[:, 1], labels), n=len(table), why="Too many labels for an interval.")
    joint = np.zeros((len(table), labels * labels))
    joint[np.arange(len(table)), table[:, 0] * labels + table[:, 1]] = 1

    def kappa(sums: Array) -> Array:
        cells = sums.reshape(-1, labels, labels) / len(table)
        observed = np.trace(cells, axis1=1, axis2=2)
        expected = (cells.sum(axis=2) * cells.sum(axis=1)).sum(axis=1)
        result: Array = np.where(expected < 1, (observed - expected) / (1 - expected), np.nan)
        return result

    found = bootstrap(joint, kappa, seed=seed)
    if found.value != 1:
        return found
    return _unanimous(found, len(table), float(1 - ((coded.counts.sum(axis=0) / coded.counts.sum()) ** 2).sum()))


def _cohen(a: NDArray[np.int64], b: NDArray[np.int64], labels: int) -> float | None:
    if not len(a):
        return None
    first, second = (np.bincount(codes, minlength=labels) / len(a) for codes in (a, b))
    expected = float(first @ second)
    return None if expected >= 1 else float(((a == b).mean() - expected) / (1 - expected))
