"""Agreement where labels that lie near one another agree in part: every measure with weights, and those of several annotators."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from components.data.disagreement import CORRECTED
from components.data.weights import Weights, weights
from components.stats.estimate import Estimate
from components.stats.label_counts import LabelCounts
from components.stats.resampling import Resampled, distinct_rows

Array = NDArray[np.float64]
MOST_LABELS = 200
MOST_FIGURES, MOST_CELLS = 2_000, 2_000_000
"""Beyond these, what each annotator said of each item takes too much memory to be resampled; Fleiss' κ is nearly Conger's there."""


@dataclass(frozen=True)
class Weighted:
    """Measures of agreement with weights; see `weighted`."""

    percent: Estimate
    brennan_prediger: Estimate
    fleiss: Estimate
    ac2: Estimate
    alpha: Estimate
    conger: Estimate


def weighted(coded: LabelCounts, kind: Weights, values: Array | None = None, seed: int = 0) -> Weighted:
    """Measure agreement with weights.

    Parameters
    ----------
    coded : LabelCounts
        The labels in ascending order.
    kind : str
        The weights; see `components.data.weights.weights`. With identity, `ac2` is Gwet's AC1 and the others their unweighted forms.
    values : array, optional
        The labels as numbers; their places 1, 2, 3 … without them.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    Weighted
        Estimates with 95 % intervals over items, as `agreement` gives them; without value and with `why` where not defined, and all of
        them beyond 200 labels. `conger` is Cohen's κ where there are two annotators, and Conger's among more; `fleiss` is Scott's π there.

    Notes
    -----
    With w_kl the weights, T their sum, K labels, n_uk labels k on item u, m_u labels on it: P_a = mean over items with m_u ≥ 2 of
    Σ_kl n_uk (w_kl n_ul - [k = l]) / (m_u (m_u - 1)), π_k the mean of n_uk / m_u. Expected by chance: Brennan-Prediger T / K²; Fleiss Σ
    w_kl π_k π_l; AC2 T Σ π_k (1 - π_k) / (K (K - 1)); Conger the mean of Σ w_kl p_gk p_hl over every two annotators g ≠ h, with p_gk
    the share of k among the labels by g. α is 1 - (n - 1) D_o / D_e with the distances 1 - w_kl.

    References
    ----------
    Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, ch. 2 to 5. Conger, A. J. (1980). Psychological Bulletin 88, 322-328.
    """
    labels = len(coded.labels)
    if not 2 <= labels <= MOST_LABELS:
        why = f"More than {MOST_LABELS} labels are not weighed." if labels > 1 else "Everybody gave the same label throughout."
        return Weighted(*[Estimate(None, why=why)] * 6)
    given = weights(np.arange(1, labels + 1, dtype=np.float64) if values is None else values, kind)
    counts, times = distinct_rows(coded.counts)
    total, spread = float(given.sum()), given
    sums = Resampled(_figures(counts, given), times, seed=seed)
    n = int(times[counts.sum(axis=1) >= 2].sum())

    def corrected(expected: Callable[[Array], Array]) -> Estimate:
        return replace(sums.estimate(lambda s: _beyond(_observed(s), expected(_shares(s))), CORRECTED), n=n)

    by_chance = total / labels**2
    return Weighted(
        percent=replace(sums.estimate(_observed, (0.0, 1.0)), n=n),
        brennan_prediger=corrected(lambda shares: np.full(shares.shape[:-1], by_chance)),
        fleiss=corrected(lambda shares: ((shares @ spread) * shares).sum(axis=-1)),
        ac2=corrected(lambda shares: total * (shares * (1 - shares)).sum(axis=-1) / (labels * (labels - 1))),
        alpha=_alpha(counts, times, given, seed),
        conger=_conger(coded, given, seed),
    )


def _figures(counts: Array, given: Array) -> Array:
    """Return per item: weighted agreement, whether it has two labels, whether it has one, and its share of each label."""
    totals = counts.sum(axis=1)
    pairable = totals >= 2
    agreeing = (counts * (counts @ given - 1)).sum(axis=1) / np.where(pairable, totals * (totals - 1), 1.0)
    return np.column_stack([np.where(pairable, agreeing, 0.0), pairable, totals > 0, counts / np.maximum(totals, 1.0)[:, None]])


def _observed(sums: Array) -> Array:
    result: Array = sums[..., 0] / sums[..., 1]
    return result


def _shares(sums: Array) -> Array:
    result: Array = sums[..., 3:] / sums[..., 2:3]
    return result


def _beyond(observed: Array, expected: Array) -> Array:
    result: Array = np.where(expected < 1, (observed - expected) / np.where(expected < 1, 1 - expected, 1.0), np.nan)
    return result


def _alpha(counts: Array, times: NDArray[np.int64], given: Array, seed: int) -> Estimate:
    kept = counts.sum(axis=1) >= 2
    counts, apart = counts[kept], 1 - given
    observed = (counts * (counts @ apart)).sum(axis=1) / np.maximum(counts.sum(axis=1) - 1, 1)

    def alpha(sums: Array) -> Array:
        marginals = sums[..., 1:]
        expected = (marginals * (marginals @ apart)).sum(axis=-1)
        n = marginals.sum(axis=-1)
        result: Array = np.where(expected > 0, 1 - (n - 1) * sums[..., 0] / np.where(expected > 0, expected, 1.0), np.nan)
        return result

    return Resampled(np.column_stack([observed, counts]), times[kept], seed=seed).estimate(alpha, CORRECTED)


def _conger(coded: LabelCounts, given: Array, seed: int) -> Estimate:
    people, labels = len(coded.annotators), len(coded.labels)
    if people * labels > MOST_FIGURES or people * labels * len(coded.items) > MOST_CELLS:
        return Estimate(None, why="Too many annotators or items to compare each with each; Fleiss' κ is nearly the same.")
    table = np.zeros((len(coded.items), people * labels))
    table[coded.item_codes, coded.annotator_codes * labels + coded.label_codes] = 1.0
    agreeing = _figures(coded.counts, given)[:, :2]
    rows, times = distinct_rows(np.column_stack([agreeing, table]))

    def kappa(sums: Array) -> Array:
        theirs = sums[..., 2:].reshape(*sums.shape[:-1], people, labels)
        totals = theirs.sum(axis=-1, keepdims=True)
        shares = theirs / np.where(totals > 0, totals, np.nan)
        together = shares.sum(axis=-2)
        own = ((shares @ given) * shares).sum(axis=(-2, -1))
        expected = (((together @ given) * together).sum(axis=-1) - own) / (people * (people - 1))
        return _beyond(_observed(sums), expected)

    return Resampled(rows, times, seed=seed).estimate(kappa, CORRECTED)
