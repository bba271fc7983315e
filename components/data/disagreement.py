"""Krippendorff's α: observed disagreement against what chance would give, for labels of four levels."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.resampling import Resampled, distinct_rows

Array = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
CORRECTED = (-1.0, 1.0)
"""Where agreement corrected for chance begins and ends."""
MOST_ORDINAL, MOST_ORDINAL_CELLS = 30, 10_000_000
"""Ordinal distances follow from the marginals, so each resample needs its coincidence matrix: labels² figures a kind of item.

Beyond these, distances are those of all labels together and stay the same in each resample.
"""


def alpha_estimate(counts: Array, values: Array, level: Level, seed: int = 0, times: NDArray[np.int64] | None = None) -> Estimate:
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
    times : array of int, items, optional
        How often each row of counts occurs, where equal rows were brought together.

    Returns
    -------
    Estimate
        α = 1 - (n - 1) Σ_u Σ_ck n_uc n_uk δ²_ck / (m_u - 1) / Σ_ck n_c n_k δ²_ck over items with at least two labels.

    Raises
    ------
    BadInput
        Labels below zero at the ratio level.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> counts = np.array([[2., 0.], [1., 1.], [0., 2.]])
    >>> round(alpha_estimate(counts, np.array([0., 1.]), "nominal").value, 4)
    0.4444
    """
    if times is None:
        counts, times = distinct_rows(counts)
    kept = counts.sum(axis=1) >= 2
    pairable, times = counts[kept], times[kept]
    used = pairable.any(axis=0)
    pairable, values = pairable[:, used], values[used]
    labels = pairable.shape[1]
    if level == "ordinal" and labels <= MOST_ORDINAL and pairable.size * labels <= MOST_ORDINAL_CELLS:
        return Resampled(_coincidences(pairable), times, seed=seed).estimate(lambda sums: _ordinal_alpha(sums, labels), CORRECTED)
    if level == "ordinal":
        values, level = _rank_positions(times @ pairable), "interval"
    values = _scaled(values, level)
    totals = pairable.sum(axis=1)
    observed = _disagreement(pairable, values, level) / np.maximum(totals - 1, 1)

    def alpha(sums: Array) -> Array:
        marginals = sums[:, 1:]
        return _ratio(sums[:, 0], _disagreement(marginals, values, level), marginals.sum(axis=1))

    return Resampled(np.column_stack([observed, pairable]), times, seed=seed).estimate(alpha, CORRECTED)


def _ratio(observed: Array, expected: Array, n: Array) -> Array:
    result: Array = np.where(expected > 0, 1 - (n - 1) * observed / np.where(expected > 0, expected, 1.0), np.nan)
    return result


def _scaled(values: Array, level: Level) -> Array:
    """Bring labels to [0, 1], which changes no α but keeps squares of huge numbers finite."""
    if not len(values) or level == "nominal":
        return values
    largest = float(np.abs(values).max()) or 1.0
    values = values / largest
    if level == "interval":
        values = values - values.min()
        result: Array = values / (float(values.max()) or 1.0)
        return result
    if (values < 0).any():
        raise BadInput("Ratio agreement needs labels that are not below zero.", "Choose interval, or nominal.")
    return values


def _disagreement(counts: Array, values: Array, level: Level) -> Array:
    """Return `Σ_ck n_c n_k δ²_ck` of each row of counts."""
    if level == "nominal":
        result: Array = counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1)
    elif level == "interval":
        centred = values[None, :] - ((counts @ values) / np.maximum(counts.sum(axis=1), 1))[:, None]
        result = 2 * counts.sum(axis=1) * (counts * centred**2).sum(axis=1)
    else:
        c, k = values[:, None], values[None, :]
        distance = np.divide(c - k, c + k, out=np.zeros((len(values), len(values))), where=(c + k) != 0) ** 2
        result = ((counts @ distance) * counts).sum(axis=1)
    return result


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
