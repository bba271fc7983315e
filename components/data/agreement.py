"""Do the labellers agree? Percent agreement, Cohen, Fleiss, Krippendorff's α and Gwet's AC1, each with an interval."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.data.agreement_details import by_annotator, by_label, by_pair, confusion, two_annotators, unanimous
from components.data.agreement_notes import odd_labels, paradox, rests_on
from components.data.disagreement import CORRECTED, LEVELS, Level, alpha_estimate
from components.data.weighted import Weighted, weighted
from components.data.weights import OF_LEVEL
from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.intervals import rule_of_three
from components.stats.label_counts import LabelCounts, label_counts
from components.stats.resampling import Resampled, distinct_rows

Array = NDArray[np.float64]
Band = Literal["too low", "tentative", "good"]
TENTATIVE, GOOD = 0.667, 0.8
"""Krippendorff (2004): .800 is customary, .667 the lowest for tentative conclusions."""


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
    def shared(self) -> int:
        """How many items have two labels, so that people can be compared."""
        return int((self.coded.per_item >= 2).sum())

    @property
    def disputed(self) -> int:
        """How many items were given different labels."""
        return int(((self.coded.counts > 0).sum(axis=1) >= 2).sum())

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
        sentences = [
            self.alpha.why,
            paradox(self.coded, self.level, self.percent, self.alpha, self.ac1),
            rests_on(self.coded, self.alpha),
            odd_labels(self.coded, self.level),
        ]
        if self.too_low:
            sentences.append(
                f"Too low to go on: the lower limits of α and of AC1 are both under {words.decimal(TENTATIVE, 3)}. "
                "Talk over the disputed items and sharpen the rule before more is labelled."
            )
        return " ".join(sentence for sentence in sentences if sentence)

    @cached_property
    def weighted(self) -> Weighted:
        """The measures with weights that fit the level (ordinal, quadratic, ratio), with AC2 and Conger's κ; unweighted at nominal."""
        values = self.coded.labels.astype(np.float64) if self.level != "nominal" else None
        return weighted(self.coded, OF_LEVEL[self.level], values, self.seed)

    @cached_property
    def per_label(self) -> pd.DataFrame:
        """One row a label: label, labels, share of all judgements, alpha of that label against all others, low, high."""
        return by_label(self.coded, self.seed)

    @cached_property
    def per_pair(self) -> pd.DataFrame:
        """One row a pair of annotators who share items: first, second, items, percent, low, high (Wilson), cohen."""
        return by_pair(self.coded)

    @cached_property
    def per_annotator(self) -> pd.DataFrame:
        """One row an annotator: annotator, labels, compared, agrees with the majority of the others, low, high (Wilson)."""
        return by_annotator(self.coded)

    @cached_property
    def confusion(self) -> pd.DataFrame:
        """One row a pair of labels that one item was given: label, other, pairs of judgements, share of all that disagree."""
        return confusion(self.coded)


def agreement(labels: pd.DataFrame, level: Level = "nominal", seed: int = 0) -> Agreement:
    """Measure how far annotators agree.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`; one row a judgement, missing ones left out (a missing label is never a category).
    level : {"nominal", "ordinal", "interval", "ratio"}
        What differences between labels mean, for α and `weighted`. The other measures treat labels as names.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    Agreement
        `percent`, `cohen` (two annotators only), `fleiss`, `alpha`, `ac1`: each an `Estimate` in shares (percent) or on a scale
        that ends at 1, with a 95 % interval over items: the middle of 1,000 bootstrap resamples or, up to 300 items where those are too
        narrow, the jackknife's on Fisher's scale. Where every item is unanimous, the lower limit is the rule of three's. `weighted`: the
        same with weights, AC2 and Conger's κ. `per_label`, `per_pair`, `per_annotator`: DataFrames.

    Raises
    ------
    BadInput
        Fewer than two annotators, no item with two labels, contradictory answers, or labels that must be numbers and aren't.
    ValueError
        There is no such level.

    Notes
    -----
    With n_uk labels k on item u, m_u labels on it: P_a = mean over items with m_u ≥ 2 of Σ_k n_uk (n_uk - 1) / (m_u (m_u - 1));
    π_k = mean of n_uk / m_u; Fleiss (P_a - Σ π_k²) / (1 - Σ π_k²), AC1 with P_e = Σ π_k (1 - π_k) / (K - 1). Items with
    missing labels are handled as Gwet does, which is Fleiss's own formula where every item has the same number of labels.

    References
    ----------
    Krippendorff, K. (2004). Content Analysis, ch. 11. Fleiss, J. L. (1971). Psychological Bulletin 76, 378-382. Gwet, K. L. (2008).
    British J. Math. Stat. Psychology 61, 29-48. Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, ch. 2 and 5. Cohen, J. (1960).
    Educational and Psychological Measurement 20, 37-46.

    Examples
    --------
    >>> rows = [(1, "a", "x"), (1, "b", "x"), (2, "a", "y"), (2, "b", "x"), (3, "a", "y"), (3, "b", "y")]
    >>> found = agreement(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    >>> round(found.percent.value, 3), round(found.alpha.value, 3)
    (0.667, 0.444)
    """
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level}")
    coded = label_counts(labels, numeric=level != "nominal")
    if len(coded.annotators) < 2:
        raise BadInput(
            f"All labels are by one annotator ({str(coded.annotators[0])[:40]}), so there is nothing to compare.",
            "Have at least one other person label the same items.",
        )
    counts, times = distinct_rows(coded.counts)
    pairable = counts.sum(axis=1) >= 2
    if not pairable.any():
        raise BadInput("No item was labelled by two annotators, so nobody can be compared.", "Have people label some items in common.")
    n, labels_used = int(times[pairable].sum()), counts.shape[1]
    cohen = _cohen(coded, seed)
    if labels_used == 1:
        same = Estimate(None, n=n, why="Everybody gave the same label throughout, so chance-corrected agreement is not defined.")
        return Agreement(coded, level, seed, unanimous(Estimate(1.0, n=n), n, 1.0), replace(cohen, why=same.why), same, same, same)
    sums = Resampled(_figures(counts), times, seed=seed)
    percent = replace(sums.estimate(_percent, (0.0, 1.0)), n=n)
    fleiss, ac1 = (replace(sums.estimate(one, CORRECTED), n=n) for one in (_fleiss, lambda s: _ac1(s, labels_used)))
    values = coded.labels.astype(np.float64) if level != "nominal" else np.arange(labels_used, dtype=np.float64)
    alpha = alpha_estimate(counts, values, level, seed, times)
    if alpha.value is None:
        alpha = replace(alpha, why="Items with two labels hold one label throughout, so α is not defined.")
    if percent.value == 1:
        by_chance = float(1 - ((coded.counts.sum(axis=0) / coded.judgements) ** 2).sum())
        cohen, fleiss, ac1, alpha = (unanimous(e, n, by_chance) for e in (cohen, fleiss, ac1, alpha))
        percent = unanimous(percent, n, 1.0)
    if percent.value == 0:
        percent = replace(
            percent, low=0.0, high=rule_of_three(n), why="No two labels of an item are the same; the upper limit is the rule of three's."
        )
    return Agreement(coded, level, seed, percent, cohen, fleiss, alpha, ac1)


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
    expected = (prevalence * (1 - prevalence)).sum(axis=1) / (labels - 1)
    result: Array = (_percent(sums) - expected) / (1 - expected)
    return result


def _cohen(coded: LabelCounts, seed: int) -> Estimate:
    if len(coded.annotators) != 2:
        return Estimate(None, why="Cohen's κ compares two annotators; see the pairs.")
    return two_annotators(coded, seed)
