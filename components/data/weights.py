"""How much credit two labels of one item get: 1 when they are the same, less the further they lie apart."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from components.data.disagreement import Level
from components.errors import BadInput

Array = NDArray[np.float64]
Weights = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
OF_LEVEL: dict[Level, Weights] = {"nominal": "identity", "ordinal": "ordinal", "interval": "quadratic", "ratio": "ratio"}


def weights(values: Array, kind: Weights) -> Array:
    """Return the weight of every two labels.

    Parameters
    ----------
    values : array of shape (labels,)
        The labels as numbers, ascending; with identity and ordinal weights only their order matters.
    kind : str
        With x the labels, R their range: identity [k = l]; linear 1 - |x_k - x_l| / R; quadratic 1 - (x_k - x_l)² / R²;
        radical 1 - √|x_k - x_l| / √R; ratio 1 - ((x_k - x_l) / (x_k + x_l))² / (R / (x_max + x_min))²; ordinal 1 - M_kl / max M with
        M_kl the number of pairs of labels from k to l; circular 1 - sin²(π (x_k - x_l) / (R + 1)), scaled; bipolar
        1 - (x_k - x_l)² / ((x_k + x_l - 2 x_min)(2 x_max - x_k - x_l)), scaled.

    Returns
    -------
    array of shape (labels, labels)
        Between 0 and 1, 1 on the diagonal.

    Raises
    ------
    BadInput
        Ratio weights of labels of which one is below zero.

    References
    ----------
    Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, ch. 3.

    Examples
    --------
    >>> weights(np.array([1., 2., 3.]), "linear").tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    if kind == "identity" or len(values) < 2:
        result: Array = np.eye(len(values))
        return result
    if kind == "ratio" and values.min() < 0:
        raise BadInput("Ratio agreement needs labels that are not below zero.", "Choose interval, or nominal.")
    apart = _APART[kind](values)
    np.fill_diagonal(apart, 0.0)
    result = 1 - apart / apart.max()
    return result


def _difference(x: Array) -> Array:
    result: Array = np.abs(x[:, None] - x[None, :])
    return result


def _ordinal(x: Array) -> Array:
    steps = _difference(np.arange(len(x), dtype=np.float64))
    result: Array = steps * (steps + 1) / 2
    return result


def _ratio(x: Array) -> Array:
    total = x[:, None] + x[None, :]
    result: Array = np.divide(_difference(x), total, out=np.zeros_like(total), where=total != 0) ** 2
    return result


def _circular(x: Array) -> Array:
    result: Array = np.sin(np.pi * _difference(x) / (x.max() - x.min() + 1)) ** 2
    return result


def _bipolar(x: Array) -> Array:
    total = x[:, None] + x[None, :]
    room = (total - 2 * x.min()) * (2 * x.max() - total)
    result: Array = np.divide(_difference(x) ** 2, room, out=np.zeros_like(room), where=room > 0)
    return result


_APART: dict[str, Callable[[Array], Array]] = {
    "linear": _difference,
    "quadratic": lambda x: _difference(x) ** 2,
    "radical": lambda x: np.sqrt(_difference(x)),
    "ordinal": _ordinal,
    "ratio": _ratio,
    "circular": _circular,
    "bipolar": _bipolar,
}
