"""Krippendorff's α: observed disagreement against what chance would give, for labels of four levels."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from components.stats.estimate import Estimate
from components.stats.resampling import bootstrap

Array = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
MOST_ORDINAL = 40
"""Ordinal distances follow from the marginals, so each resample needs its coincidence matrix: labels² figures an item."""


def alpha_estimate(counts: Array, values: Array, level: Level, seed: int = 0) -> Estimate:
    """Return Krippendorff's α with its bootstrap interval over items.

    Parameters
    ----------
    counts : array, items × labels
        How many annotators gave each item each label.
    values : array, labels
        The labels as numbers, ascending; only their identity matters at the nominal level.
    level : str
        Nominal δ² = [c ≠ k]; ordinal δ² = (Σ_{g=c}^{k} n_g - (n_c + n_k)/2)²; interval δ² = (c - k)²;
        ratio δ² = ((c - k)/(c + k))².

    Returns
    -------
    Estimate
        α = 1 - (n - 1) Σ_u Σ_ck n_uc n_uk δ²_ck / (m_u - 1) / Σ_ck n_c n_k δ²_ck over items with at least two labels.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> counts = np.array([[2., 0.], [1., 1.], [0., 2.]])
    >>> round(alpha_estimate(counts, np.array([0., 1.]), "nominal").value, 4)
    0.4444
    """
    pairable = counts[counts.sum(axis=1) >= 2]
    if level == "ordinal" and counts.shape[1] <= MOST_ORDINAL:
        return bootstrap(_coincidences(pairable), lambda sums: _ordinal_alpha(sums, counts.shape[1]), seed=seed)
    if level == "ordinal":
        values, level = _rank_positions(pairable.sum(axis=0)), "interval"
    distance = _distance(values, level)
    totals = pairable.sum(axis=1)
    observed = ((pairable @ distance) * pairable).sum(axis=1) / np.maximum(totals - 1, 1)
    figures = np.column_stack([observed, pairable])

    def alpha(sums: Array) -> Array:
        marginals = sums[:, 1:]
        expected = ((marginals @ distance) * marginals).sum(axis=1)
        return _ratio(sums[:, 0], expected, marginals.sum(axis=1))

    return bootstrap(figures, alpha, seed=seed)


def _ratio(observed: Array, expected: Array, n: Array) -> Array:
    result: Array = np.where(expected > 0, 1 - (n - 1) * observed / np.where(expected > 0, expected, 1.0), np.nan)
    return result


def _distance(values: Array, level: Level) -> Array:
    c, k = values[:, None], values[None, :]
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        result: Array = (c - k) ** 2
        return result
    return np.divide((c - k) ** 2, (c + k) ** 2, out=np.zeros((len(values), len(values))), where=(c + k) != 0)


def _rank_positions(marginals: Array) -> Array:
    """Return positions whose squared differences are the ordinal distances: the middle of each label among all labels."""
    result: Array = np.cumsum(marginals) - marginals / 2
    return result


def _coincidences(counts: Array) -> Array:
    """Return per item its coincidences of every two labels, flattened: n_uc n_uk / (m_u - 1), n_uc (n_uc - 1) / (m_u - 1)."""
    totals = counts.sum(axis=1)
    outer = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    outer[:, diagonal, diagonal] -= counts
    flat: Array = (outer / np.maximum(totals - 1, 1)[:, None, None]).reshape(len(counts), -1)
    return flat


def _ordinal_alpha(sums: Array, labels: int) -> Array:
    coincidences = sums.reshape(-1, labels, labels)
    marginals = coincidences.sum(axis=2)
    positions = np.cumsum(marginals, axis=1) - marginals / 2
    distance = (positions[:, :, None] - positions[:, None, :]) ** 2
    observed = (coincidences * distance).sum(axis=(1, 2))
    expected = (marginals[:, :, None] * marginals[:, None, :] * distance).sum(axis=(1, 2))
    return _ratio(observed, expected, marginals.sum(axis=1))
